//! The words of an act as its tree says them, labels and numbers included: what every format must show.

use scrivano::act::{Act, Block, plain};

/// The words in reading order, one line a run.
pub fn words(act: &Act) -> String {
    let mut lines = Vec::new();
    let mut tables = 0;
    blocks(&act.blocks, &mut tables, &mut lines);
    lines.join("\n")
}

fn blocks(all: &[Block], tables: &mut u32, lines: &mut Vec<String>) {
    for block in all {
        match block {
            Block::Title { text }
            | Block::Subtitle { text }
            | Block::Section { text, .. }
            | Block::Formula { text }
            | Block::Paragraph { text, .. } => lines.push(plain(text)),
            Block::Article(article) => {
                lines.push(format!("Art. {} – {}", article.number, plain(&article.heading)));
                blocks(&article.blocks, tables, lines);
            }
            Block::Annex(annex) => {
                lines.push(format!("Allegato {} – {}", annex.letter, plain(&annex.heading)));
                blocks(&annex.blocks, tables, lines);
            }
            Block::List(list) => {
                for (index, item) in list.items.iter().enumerate() {
                    lines.push(list.style.label(index));
                    blocks(&item.blocks, tables, lines);
                }
            }
            Block::Table(table) => {
                if !table.caption.is_empty() {
                    *tables += 1;
                    lines.push(format!("Tabella {tables} – {}", plain(&table.caption)));
                }
                lines.extend(
                    table.head.iter().chain(table.rows.iter().flat_map(|row| &row.cells)).map(|run| plain(run)),
                );
            }
            Block::Signatures { slots } => {
                let runs = slots.iter().flat_map(|slot| [&slot.party, &slot.office, &slot.name, &slot.note]);
                lines.extend(runs.map(|run| plain(run)));
            }
        }
    }
}

/// Without white space, hyphens and soft hyphens: what line breaks cannot change.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{AD}' | '\u{2010}' | '\u{2011}')).collect()
}

/// Fails where two texts differ, showing the first difference with what stands around it.
pub fn assert_same(what: &str, expected: &str, found: &str) {
    let (expected, found) = (squeezed(expected), squeezed(found));
    if expected == found {
        return;
    }
    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(60)).take(140).collect::<String>();
    panic!("{what}: the words differ\n  tree: …{}…\n  file: …{}…", around(&expected), around(&found));
}
