//! Letters with their places → lines of text. Called by `pdf`. Letters stay in the order of the page's program, which is
//! nearly always that of reading; where its lines jump up and down the page, they are put in order of height.

/// A letter, or the letters of a ligature, on the page: origin, advance and size in points, upwards.
pub(super) struct Mark {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) wide: f64,
    pub(super) size: f64,
}

/// Letters on one line.
struct Row {
    text: String,
    left: f64,
    right: f64,
    y: f64,
    size: f64,
}

/// The rows of a page.
#[derive(Default)]
pub(super) struct Page {
    rows: Vec<Row>,
    last: Option<(f64, f64, String)>,
}

impl Page {
    /// Adds a letter.
    pub(super) fn add(&mut self, mark: Mark) {
        let known = [mark.x, mark.y, mark.wide, mark.size].iter().all(|value| value.is_finite());
        if !known || mark.size < 0.5 || mark.text.chars().all(char::is_control) {
            return;
        }
        // Some programs draw a letter twice for bold.
        if let Some((x, y, text)) = &self.last
            && (x - mark.x).abs() < mark.size * 0.1
            && (y - mark.y).abs() < mark.size * 0.1
            && *text == mark.text
        {
            return;
        }
        self.last = Some((mark.x, mark.y, mark.text.clone()));
        let right = mark.x + mark.wide;
        let Some(row) = self.rows.last_mut().filter(|row| {
            let size = row.size.max(mark.size);
            // The same height, and not back to the left: a second column begins a row of its own.
            (row.y - mark.y).abs() < size * 0.45 && mark.x > row.right - size * 1.5
        }) else {
            self.rows.push(Row { text: mark.text, left: mark.x, right, y: mark.y, size: mark.size });
            return;
        };
        // The mark of a footnote would stick to the number before it: "n. 267" and a small 2.
        let raised = mark.size < row.size * 0.8 && mark.y > row.y + row.size * 0.12;
        if raised && mark.text.chars().all(|c| c.is_ascii_digit()) {
            row.right = row.right.max(right);
            return;
        }
        if mark.x > row.right + row.size.min(mark.size) * 0.16 && !row.text.ends_with(' ') && mark.text != " " {
            // A wide gap parts the cells of a table.
            row.text.push_str(if mark.x > row.right + row.size * 2.0 { "  " } else { " " });
        }
        row.text.push_str(&mark.text);
        (row.right, row.size) = (row.right.max(right), row.size.max(mark.size));
    }

    /// The lines, with a blank one where the page leaves a gap.
    pub(super) fn lines(mut self) -> Vec<String> {
        self.rows.retain(|row| !row.text.trim().is_empty());
        let pairs = self.rows.len().saturating_sub(1);
        let up = self.rows.windows(2).filter(|pair| matches!(pair, [a, b] if b.y > a.y + a.size * 0.5)).count();
        if up * 4 > pairs {
            self.rows.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
        }
        let mut rows: Vec<Row> = Vec::new();
        for row in self.rows {
            match rows.last_mut() {
                // Pieces of one line that were drawn apart.
                Some(last) if (last.y - row.y).abs() < last.size * 0.3 && row.left >= last.right - last.size * 0.3 => {
                    last.text.push_str(if row.left > last.right + last.size * 0.16 { "  " } else { "" });
                    last.text.push_str(&row.text);
                    last.right = row.right;
                }
                _ => rows.push(row),
            }
        }
        let mut gaps: Vec<f64> = rows.windows(2).filter_map(gap).collect();
        gaps.sort_by(f64::total_cmp);
        let usual = gaps.get(gaps.len() / 3).copied().unwrap_or(0.0);
        let mut lines = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| rows.get(before..=index)).and_then(gap);
            if before.is_some_and(|gap| gap > usual * 1.4) {
                lines.push(String::new());
            }
            lines.push(row.text.trim().to_owned());
        }
        lines.push(String::new());
        lines
    }
}

/// How far the second of two rows is below the first.
fn gap(pair: &[Row]) -> Option<f64> {
    match pair {
        [first, second] => Some(first.y - second.y).filter(|gap| *gap > 0.5),
        _ => None,
    }
}
