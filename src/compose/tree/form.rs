//! An act whose values are still tokens: the same for all bodies of which the same is known, so that it is made once and
//! filled for each.
//!
//! Called by `tree`.

use super::tables;
use crate::act::{Blank, Block, Inline, Text, Value};
use crate::compose::tokens::Slots;

/// Puts the values of an act into the blocks of its form, and settles what depends on them.
pub fn fill(blocks: &mut [Block], slots: &Slots, is_form: bool) {
    for block in blocks {
        match block {
            Block::Title { text }
            | Block::Subtitle { text }
            | Block::Section { text, .. }
            | Block::Formula { text }
            | Block::Paragraph { text, .. } => run(text, slots),
            Block::Article(article) => {
                run(&mut article.heading, slots);
                fill(&mut article.blocks, slots, is_form);
            }
            Block::List(list) => list.items.iter_mut().for_each(|item| fill(&mut item.blocks, slots, is_form)),
            Block::Table(table) => {
                run(&mut table.caption, slots);
                table.head.iter_mut().for_each(|cell| run(cell, slots));
                table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| run(cell, slots));
                tables::settle(table, is_form);
            }
            Block::Signatures { slots: lines } => {
                for line in lines {
                    [&mut line.party, &mut line.office, &mut line.name, &mut line.note]
                        .into_iter()
                        .for_each(|text| run(text, slots));
                }
            }
            Block::Annex(annex) => {
                run(&mut annex.heading, slots);
                fill(&mut annex.blocks, slots, is_form);
            }
        }
    }
}

fn run(text: &mut Text, slots: &Slots) {
    for inline in text {
        match inline {
            Inline::Value(value) => {
                if let Some(slot) = slots.of(&value.s) {
                    *value = Value {
                        name: slot.name.clone(),
                        s: slot.text.clone().unwrap_or_default(),
                        place: slot.place.clone(),
                    };
                }
            }
            Inline::Blank(blank) => {
                if let Some(slot) = slots.of(&blank.name) {
                    *blank = Blank {
                        name: slot.name.clone(),
                        label: slot.label.into(),
                        width: slot.width.saturating_mul(blank.width),
                        open: blank.open,
                        place: slot.place.clone(),
                    };
                }
            }
            Inline::Strong { c } | Inline::Emphasis { c } => run(c, slots),
            Inline::Text { .. } | Inline::Reference(_) | Inline::Break => {}
        }
    }
}
