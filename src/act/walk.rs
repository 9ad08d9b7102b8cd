//! Ways through the tree: plain text of a run, all articles, every inline in reading order. Used by the rules, by the
//! emitters' checks and by the tests that compare outputs.

use super::{Act, Article, Block, Inline, Text};

impl Act {
    /// The articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Article(article) => Some(article),
            _ => None,
        })
    }

    /// Calls `visit` on every inline in reading order, those inside bold and italic included.
    pub fn for_each_inline<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        for_each_inline(&self.blocks, visit);
    }
}

impl Article {
    /// The plain words of the article, blocks separated by line ends, without labels.
    pub fn plain(&self) -> String {
        let mut runs = Vec::new();
        for_each_run(&self.blocks, &mut |run| runs.push(plain(run)));
        runs.join("\n")
    }
}

/// The plain words of a run: values as printed, blanks as dots, breaks as spaces.
pub fn plain(text: &[Inline]) -> String {
    let mut words = String::new();
    push_plain(text, &mut words);
    words
}

fn push_plain(text: &[Inline], words: &mut String) {
    for inline in text {
        match inline {
            Inline::Text { s } => words.push_str(s),
            Inline::Strong { c } | Inline::Emphasis { c } => push_plain(c, words),
            Inline::Value(value) => words.push_str(&value.s),
            Inline::Blank(blank) => words.push_str(&blank.dots()),
            Inline::Reference(reference) => words.push_str(&reference.s),
            Inline::Break => words.push(' '),
        }
    }
}

/// Calls `visit` on every run of the blocks, in reading order.
pub fn for_each_run<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Text)) {
    for block in blocks {
        match block {
            Block::Title { text }
            | Block::Subtitle { text }
            | Block::Section { text, .. }
            | Block::Formula { text }
            | Block::Paragraph { text, .. } => visit(text),
            Block::Article(article) => {
                visit(&article.heading);
                for_each_run(&article.blocks, visit);
            }
            Block::List(list) => {
                for item in &list.items {
                    for_each_run(&item.blocks, visit);
                }
            }
            Block::Table(table) => {
                visit(&table.caption);
                table.head.iter().for_each(&mut *visit);
                table.rows.iter().flat_map(|row| &row.cells).for_each(&mut *visit);
            }
            Block::Signatures { slots } => {
                for slot in slots {
                    [&slot.party, &slot.office, &slot.name, &slot.note].into_iter().for_each(&mut *visit);
                }
            }
            Block::Annex(annex) => {
                visit(&annex.heading);
                for_each_run(&annex.blocks, visit);
            }
        }
    }
}

/// Calls `visit` on every inline of the blocks, in reading order.
pub fn for_each_inline<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    fn inside<'a>(text: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
        for inline in text {
            visit(inline);
            if let Inline::Strong { c } | Inline::Emphasis { c } = inline {
                inside(c, visit);
            }
        }
    }
    for_each_run(blocks, &mut |run| inside(run, visit));
}
