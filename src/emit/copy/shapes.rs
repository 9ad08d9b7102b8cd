//! The drawing that comments need: a note of the old drawing language for each, hidden until the pointer is on the cell. The
//! part is followed as text, since what programs write there is not always well-formed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::marks::Spot;
use super::sheet::Worksheet;
use super::xml::{Edit, splice};

/// Identifiers in a block: the format gives them out by the thousand.
const BLOCK: u32 = 1024;
/// Size of a note, in pixels; what a column and a row measure where the sheet does not say.
const WIDE: u32 = 360;
const LINE: u32 = 16;
const COLUMN: u32 = 64;
const ROW: u32 = 20;
/// Characters in a line of a note.
const CHARACTERS: usize = 58;
/// Tallest note, in lines.
const TALLEST: usize = 26;

/// The declarations that a note needs.
const SPACES: [(&str, &str); 3] = [
    ("xmlns:v", "urn:schemas-microsoft-com:vml"),
    ("xmlns:o", "urn:schemas-microsoft-com:office:office"),
    ("xmlns:x", "urn:schemas-microsoft-com:office:excel"),
];

/// A part without notes, whose identifiers are those of a block that no other part has.
pub(super) fn empty(block: u32) -> String {
    let spaces: Vec<String> = SPACES.iter().map(|(name, space)| format!("{name}=\"{space}\"")).collect();
    format!(
        "<xml {}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout></xml>",
        spaces.join(" ")
    )
}

/// The blocks of identifiers that a part has.
pub(super) fn blocks(xml: &str) -> Vec<u32> {
    let data = map(xml).and_then(|span| xml.get(span)).unwrap_or_default();
    data.split(',').filter_map(|block| block.trim().parse().ok()).collect()
}

/// Where a part lists its blocks.
fn map(xml: &str) -> Option<Range<usize>> {
    let tag = xml.find("idmap")?;
    let end = tag + xml.get(tag..)?.find('>')?;
    let open = tag + xml.get(tag..end)?.find("data=")? + "data=".len();
    let quote = xml.get(open..)?.chars().next().filter(|c| "\"'".contains(*c))?;
    let length = xml.get(open + 1..end)?.find(quote)?;
    Some(open + 1..open + 1 + length)
}

/// The notes of a part: where they stand, and their cell.
fn notes(xml: &str) -> Vec<(Range<usize>, Option<Spot>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = xml.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        at = start + 1;
        let rest = xml.get(at..).unwrap_or_default();
        let tag = rest.get(..rest.find([' ', '\t', '\n', '\r', '>', '/']).unwrap_or(0)).unwrap_or_default();
        if tag.rsplit(':').next() != Some("shape") {
            continue;
        }
        let close = format!("</{tag}>");
        let Some(length) = rest.find(&close) else { continue };
        let end = at + length + close.len();
        let inside = xml.get(start..end).unwrap_or_default();
        let spot = number(inside, "Row").zip(number(inside, "Column")).filter(|_| inside.contains("\"Note\""));
        found.push((start..end, spot));
        at = end;
    }
    found
}

/// The number in an element, whatever its prefix.
fn number(xml: &str, name: &str) -> Option<u32> {
    let (_, rest) = xml.split_once(&format!("{name}>"))?;
    rest.get(..rest.find('<')?)?.trim().parse().ok()
}

/// The part with a note for each of the cells `all`, those that it has left alone, and without those of the cells `gone`.
/// `texts` are what new notes have to hold. `None` where the part is not understood.
pub(super) fn with(
    xml: &str,
    all: &BTreeSet<Spot>,
    gone: &BTreeSet<Spot>,
    texts: &BTreeMap<Spot, &str>,
    sheet: &Worksheet<'_>,
) -> Option<String> {
    let known = notes(xml);
    let mut edits: Vec<Edit> = known
        .iter()
        .filter(|(_, spot)| spot.is_some_and(|spot| gone.contains(&spot)))
        .map(|(span, _)| (span.clone(), String::new()))
        .collect();
    let has: BTreeSet<Spot> = known.iter().filter_map(|(_, spot)| *spot).collect();
    let end = xml.rfind("</xml>").or_else(|| xml.rfind("</"))?;
    let mut blocks = blocks(xml);
    let first = blocks.iter().max().copied().unwrap_or(1);
    let ids = xml.split("_x0000_s").skip(1).filter_map(|rest| {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..digits)?.parse::<u32>().ok()
    });
    let mut id = ids.max().unwrap_or(0).max(first.saturating_mul(BLOCK));
    let root = xml.get(..xml.find("shapelayout").or_else(|| xml.find('>')).unwrap_or(0)).unwrap_or_default();
    let missing: String = SPACES
        .iter()
        .filter(|(name, _)| !root.contains(&format!("{name}=")))
        .map(|(name, space)| format!(" {name}=\"{space}\""))
        .collect();
    let mut new = String::new();
    if !xml.contains("id=\"_x0000_t202\"") && !xml.contains("id='_x0000_t202'") {
        new.push_str(&format!(
            "<v:shapetype{missing} id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
             o:connecttype=\"rect\"/></v:shapetype>"
        ));
    }
    for spot in all.iter().filter(|spot| !has.contains(*spot)) {
        id = id.checked_add(1)?;
        if !blocks.contains(&(id / BLOCK)) {
            blocks.push(id / BLOCK);
        }
        new.push_str(&note(id, *spot, texts.get(spot).copied().unwrap_or_default(), &missing, sheet));
    }
    if edits.is_empty() && (new.is_empty() || all.iter().all(|spot| has.contains(spot))) {
        return Some(xml.to_owned());
    }
    edits.push((end..end, new));
    let list: Vec<String> = blocks.iter().map(u32::to_string).collect();
    edits.extend(map(xml).map(|span| (span, list.join(","))));
    splice(xml, edits)
}

fn note(id: u32, (row, col): Spot, text: &str, spaces: &str, sheet: &Worksheet<'_>) -> String {
    let lines: usize = text.lines().map(|line| line.chars().count() / CHARACTERS + 1).sum();
    let tall = LINE * u32::try_from(lines.clamp(3, TALLEST) + 1).unwrap_or(4);
    // From the next column, a little above.
    let (left, top) = (col + 1, row.saturating_sub(1));
    let (right, right_by) = past(left, 15 + WIDE, |col| sheet.wide(col));
    let (bottom, bottom_by) = past(top, 10 + tall, |row| sheet.tall(row));
    let order = id % BLOCK;
    format!(
        "<v:shape{spaces} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:80pt;margin-top:5pt;\
         width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill \
         color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox \
         style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData \
         ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 10, {right}, {right_by}, {bottom}, \
         {bottom_by}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
        width = WIDE * 3 / 4,
        height = tall * 3 / 4,
    )
}

/// The column or row that ends so many pixels after the start of the first, and how many pixels into it.
fn past(first: u32, mut pixels: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut at = first;
    loop {
        let here = size(at);
        if pixels <= here || at > first + 60 {
            return (at, pixels.min(here));
        }
        pixels -= here;
        at += 1;
    }
}

impl Worksheet<'_> {
    /// Width of a column, zero-based, in pixels.
    fn wide(&self, col: u32) -> u32 {
        let width = self.widths.iter().find(|(min, max, _)| (*min..=*max).contains(&(col + 1)));
        width.map_or(COLUMN, |(.., width)| pixels(width * 7.0 + 5.0))
    }

    /// Height of a row, zero-based, in pixels.
    fn tall(&self, row: u32) -> u32 {
        let height = self.rows.iter().find(|it| it.index == row).and_then(|row| row.height);
        height.map_or(ROW, |height| pixels(height * 4.0 / 3.0))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and two thousand")]
fn pixels(size: f64) -> u32 {
    size.clamp(0.0, 2_000.0) as u32
}
