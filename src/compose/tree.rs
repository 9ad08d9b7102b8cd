//! Rendered Markdown → form → act tree. Line markers become places, headings become articles and annexes with their numbers,
//! references find their targets; then tokens become values and blanks with their cells.

mod blocks;
mod form;
mod inline;
mod references;
mod tables;

use pulldown_cmark::{Options, Parser};

use super::parties::Head;
use super::sources::Sources;
use super::tokens::Slots;
use crate::act::{Act, ActKind, Block, plain};
use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// Builds the form of an act from the rendered text: its values are still tokens.
///
/// # Errors
/// Every construct that is not allowed (TXT-04) and every fault of structure (TXT-05), at template file and line; tokens
/// in their messages too.
pub fn form(rendered: &str, sources: &Sources, kind: ActKind) -> Result<Vec<Block>, Vec<Diagnostic>> {
    let parser = Parser::new_ext(rendered, Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES);
    let events = parser.collect::<Vec<_>>();
    let mut builder = blocks::Builder::new(&events, sources, kind);
    let mut blocks = builder.document();
    let mut faults = builder.faults;
    references::resolve(&mut blocks);
    let title = match blocks.first() {
        Some(Block::Title { text }) => plain(text),
        _ => String::new(),
    };
    let titles = blocks.iter().filter(|block| matches!(block, Block::Title { .. })).count();
    if title.trim().is_empty() || titles != 1 {
        let message = "l’atto deve aprirsi con un titolo («# …»), e averne uno solo";
        let diagnostic = Diagnostic::new("TXT-05", Place::File(format!("{}.md", kind.slug()).into()), message);
        faults.push(diagnostic.hint("scrivere il titolo alla prima riga").act(kind.slug()));
    }
    if faults.is_empty() { Ok(blocks) } else { Err(faults) }
}

/// Fills a form with the values of an act.
pub fn act(form: &[Block], slots: &Slots, kind: ActKind, stem: String, head: Head) -> Act {
    let mut blocks = form.to_vec();
    form::fill(&mut blocks, slots, kind.is_form());
    let title = match blocks.first() {
        Some(Block::Title { text }) => plain(text),
        _ => String::new(),
    };
    Act { kind, stem, title, subject: head.subject, author: head.author, header: head.header, date: head.date, blocks }
}
