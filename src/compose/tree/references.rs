//! Finds the target of every reference and gives it its words. What does not resolve stays empty: rule C30-15 tells it.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use crate::act::{Annex, Block, Inline, Text};

/// Fills the words of all references.
pub fn resolve(blocks: &mut [Block]) {
    let mut targets = BTreeMap::new();
    for block in blocks.iter() {
        match block {
            Block::Article(article) => {
                targets.insert(article.id.clone(), eco_format!("art.\u{a0}{}", article.number));
            }
            Block::Annex(annex) => {
                targets.insert(annex.id.clone(), eco_format!("Allegato\u{a0}{}", annex.letter));
            }
            _ => {}
        }
    }
    in_blocks(blocks, &targets);
}

fn in_blocks(blocks: &mut [Block], targets: &BTreeMap<EcoString, EcoString>) {
    for block in blocks {
        match block {
            Block::Title { text }
            | Block::Subtitle { text }
            | Block::Section { text, .. }
            | Block::Formula { text }
            | Block::Paragraph { text, .. } => in_text(text, targets),
            Block::Article(article) => in_blocks(&mut article.blocks, targets),
            Block::List(list) => list.items.iter_mut().for_each(|item| in_blocks(&mut item.blocks, targets)),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| in_text(cell, targets));
            }
            Block::Signatures { .. } => {}
            Block::Annex(Annex { blocks, .. }) => in_blocks(blocks, targets),
        }
    }
}

fn in_text(text: &mut Text, targets: &BTreeMap<EcoString, EcoString>) {
    for inline in text {
        match inline {
            Inline::Reference(reference) => {
                reference.s = targets.get(&reference.target).cloned().unwrap_or_default();
            }
            Inline::Strong { c } | Inline::Emphasis { c } => in_text(c, targets),
            _ => {}
        }
    }
}
