//! The comments of a sheet: those of an earlier run taken out of the part, new ones put in, the clerk's own words kept.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use quick_xml::escape::{partial_escape, unescape};

use super::area::{name, position};
use super::marks::{HEAD, Mark, Spot};
use super::xml::{Edit, Step, splice, walk};

/// Who speaks.
const AUTHOR: &str = "Scrivano";
/// Longest comment, in characters: the format allows 32,767.
const LONGEST: usize = 32_000;

/// A comment that the part has.
#[derive(Default)]
struct Comment {
    at: Option<Spot>,
    span: Range<usize>,
    /// Pieces of text: the element, the text inside it, what it says, and whether it stands in a run.
    pieces: Vec<Piece>,
    /// Where the text ends; nothing for a comment without text.
    end: Option<usize>,
}

struct Piece {
    element: Range<usize>,
    inside: Range<usize>,
    says: String,
    is_run: bool,
}

/// A part of comments.
pub(super) struct Comments<'a> {
    xml: &'a str,
    prefix: String,
    authors: Vec<String>,
    authors_end: usize,
    list_end: usize,
    comments: Vec<Comment>,
}

/// What became of the part.
pub(super) struct Changed {
    pub(super) xml: String,
    /// Cells that have a comment now.
    pub(super) all: BTreeSet<Spot>,
    /// Cells that have none any more.
    pub(super) gone: BTreeSet<Spot>,
}

/// A part without comments.
pub(super) fn empty(space: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{space}\"><authors><author>{AUTHOR}</author>\
         </authors><commentList></commentList></comments>"
    )
}

impl<'a> Comments<'a> {
    /// Reads the part; `None` for one without lists of authors and comments.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        let mut found =
            Self { xml, prefix: String::new(), authors: Vec::new(), authors_end: 0, list_end: 0, comments: Vec::new() };
        let mut is_author = false;
        walk(xml, |step| match step {
            Step::Open(tag) if tag.depth == 0 => found.prefix = tag.prefix(),
            Step::Open(tag) if tag.is("author") && tag.depth == 2 => {
                found.authors.push(String::new());
                is_author = !tag.is_empty;
            }
            Step::Text(span) if is_author => {
                if let Some(author) = found.authors.last_mut() {
                    author.push_str(&said(xml, &span));
                }
            }
            Step::Open(tag) if tag.is("comment") && tag.depth == 2 => {
                let at = tag.attribute("ref").and_then(|name| position(&name));
                found.comments.push(Comment { at, span: tag.span, ..Comment::default() });
            }
            Step::Close(_, span, 2) => {
                is_author = false;
                if let Some(comment) = found.comments.last_mut() {
                    comment.span.end = comment.span.end.max(span.end);
                }
            }
            Step::Close(name, span, 1) if name == "authors" => found.authors_end = span.start,
            Step::Close(name, span, 1) if name == "commentList" => found.list_end = span.start,
            Step::Close(name, span, 3) if name == "text" => {
                if let Some(comment) = found.comments.last_mut() {
                    comment.end = Some(span.start);
                }
            }
            _ => {}
        })?;
        found.pieces()?;
        (found.authors_end > 0 && found.list_end > 0).then_some(found)
    }

    /// Finds the pieces of text: it is in `t`, alone or in a run.
    fn pieces(&mut self) -> Option<()> {
        let xml = self.xml;
        let (mut number, mut open_text, mut is_run, mut open_t) = (0_usize, 0, false, 0..0);
        walk(xml, |step| match step {
            Step::Open(tag) if tag.is("comment") && tag.depth == 2 => number += 1,
            Step::Open(tag) if tag.depth == 4 => {
                is_run = tag.is("r");
                open_text = tag.span.start;
                open_t = tag.span.end..tag.span.end;
            }
            Step::Open(tag) if tag.is("t") && tag.depth == 5 => open_t = tag.span.end..tag.span.end,
            Step::Close(name, span, depth) if depth == 4 || (name == "t" && depth == 5) => {
                if name == "t" {
                    open_t.end = span.start;
                }
                let is_piece = depth == 4 && (name == "r" || name == "t") && open_t.end > open_t.start;
                if let (true, Some(comment)) = (is_piece, self.comments.get_mut(number.saturating_sub(1))) {
                    let says = said(xml, &open_t);
                    let element = open_text..span.end;
                    comment.pieces.push(Piece { element, inside: open_t.clone(), says, is_run });
                    open_t = span.end..span.end;
                }
            }
            _ => {}
        })
    }

    /// The part without the words of an earlier run, and with these.
    pub(super) fn with(&self, marks: &BTreeMap<Spot, Mark>) -> Option<Changed> {
        let mut edits: Vec<Edit> = Vec::new();
        let (mut all, mut gone, mut told) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for comment in &self.comments {
            let Some(at) = comment.at else { continue };
            let mark = marks.get(&at).filter(|_| !told.contains(&at));
            let Some(kept) = self.without_ours(comment, &mut edits) else {
                // All of it was ours.
                edits.push((comment.span.clone(), mark.map(|mark| self.comment(at, mark)).unwrap_or_default()));
                if mark.is_some() {
                    told.insert(at);
                    all.insert(at);
                } else {
                    gone.insert(at);
                }
                continue;
            };
            all.insert(at);
            if let (Some(mark), Some(end)) = (mark, comment.end) {
                told.insert(at);
                // A lone text becomes a run, so that ours can stand after it.
                if let Some(piece) = comment.pieces.iter().find(|piece| !piece.is_run) {
                    let p = &self.prefix;
                    edits.push((piece.element.start..piece.element.start, format!("<{p}r>")));
                    edits.push((piece.element.end..piece.element.end, format!("</{p}r>")));
                }
                let end = kept.unwrap_or(end);
                edits.push((end..end, self.run(&format!("\n\n{}", mark.text))));
            }
        }
        gone.retain(|at| !all.contains(at));
        let left = marks.iter().filter(|(at, _)| !told.contains(*at));
        // A comment that holds no text cannot be added to: the sheet of findings says it.
        let new: String = left.filter(|(at, _)| !all.contains(*at)).map(|(at, mark)| self.comment(*at, mark)).collect();
        all.extend(marks.keys());
        if !new.is_empty() {
            edits.push((self.list_end..self.list_end, new));
        }
        let speaks = edits.iter().any(|(_, text)| text.contains(" authorId=\""));
        if speaks && self.author() == self.authors.len() {
            let p = &self.prefix;
            edits.push((self.authors_end..self.authors_end, format!("<{p}author>{AUTHOR}</{p}author>")));
        }
        Some(Changed { xml: splice(self.xml, edits)?, all, gone })
    }

    /// Takes our words out of a comment. `None` where nothing else was in it; else where the words that stay end.
    fn without_ours(&self, comment: &Comment, edits: &mut Vec<Edit>) -> Option<Option<usize>> {
        let whole: String = comment.pieces.iter().map(|piece| piece.says.as_str()).collect();
        let end = comment.pieces.last().map(|piece| piece.element.end);
        let Some(cut) = whole.find(HEAD) else { return Some(end) };
        if whole.get(..cut).unwrap_or_default().trim().is_empty() {
            return None;
        }
        let (mut start, mut end) = (0, None);
        for piece in &comment.pieces {
            let stays = cut.saturating_sub(start).min(piece.says.len());
            let words = piece.says.get(..stays).unwrap_or_default();
            if words.len() == piece.says.len() {
                end = Some(piece.element.end);
            } else if words.trim().is_empty() {
                edits.push((piece.element.clone(), String::new()));
            } else {
                edits.push((piece.inside.clone(), partial_escape(words.trim_end()).into_owned()));
                end = Some(piece.element.end);
            }
            start += piece.says.len();
        }
        Some(end)
    }

    fn author(&self) -> usize {
        self.authors.iter().position(|author| author == AUTHOR).unwrap_or(self.authors.len())
    }

    fn comment(&self, at: Spot, mark: &Mark) -> String {
        let p = &self.prefix;
        let (cell, author, run) = (name(at.0, at.1), self.author(), self.run(&mark.text));
        format!("<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text>{run}</{p}text></{p}comment>")
    }

    fn run(&self, text: &str) -> String {
        let p = &self.prefix;
        let text: String = text.chars().take(LONGEST).collect();
        format!(
            "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}color indexed=\"81\"/><{p}rFont val=\"Tahoma\"/><{p}family val=\"2\"/></{p}rPr>\
             <{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
            partial_escape(text.as_str())
        )
    }
}

/// What a stretch of the part says.
fn said(xml: &str, span: &Range<usize>) -> String {
    let raw = xml.get(span.clone()).unwrap_or_default();
    match raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>")) {
        Some(plain) => plain.to_owned(),
        None => unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Severity;

    fn marks(cells: &[(Spot, &str)]) -> BTreeMap<Spot, Mark> {
        let mark = |text: &str| Mark { severity: Severity::Error, text: format!("{HEAD}\n{text}"), first: 0 };
        cells.iter().map(|(at, text)| (*at, mark(text))).collect()
    }

    const KEPT: &str = "<x:comments xmlns:x=\"m\"><x:authors><x:author>Anna</x:author></x:authors><x:commentList>\
        <x:comment ref=\"A1\" authorId=\"0\"><x:text><x:t>vedi &lt;qui&gt;</x:t></x:text></x:comment>\
        <x:comment ref=\"B2\" authorId=\"0\"><x:text><x:r><x:rPr><x:b/></x:rPr><x:t>Anna:</x:t></x:r><x:r><x:t> a voce</x:t></x:r></x:text>\
        </x:comment></x:commentList></x:comments>";

    #[test]
    fn words_of_others_stay_and_ours_come_and_go() {
        let wanted = marks(&[((0, 0), "manca «x» & y"), ((1, 1), "no"), ((4, 2), "mai")]);
        let once = Comments::of(KEPT).and_then(|it| it.with(&wanted)).expect("a part");
        assert!(
            once.xml.contains("<x:r><x:t>vedi &lt;qui&gt;</x:t></x:r><x:r>") && once.xml.contains("manca «x» &amp; y")
        );
        assert!(
            once.xml.contains("<x:author>Anna</x:author><x:author>Scrivano</x:author>")
                && once.xml.contains("ref=\"C5\" authorId=\"1\"")
        );
        assert_eq!((once.all.len(), once.gone.len()), (3, 0));
        let again = Comments::of(&once.xml).and_then(|it| it.with(&wanted)).expect("a part");
        assert_eq!(again.xml, once.xml, "nothing is doubled");
        let clean = Comments::of(&once.xml).and_then(|it| it.with(&marks(&[]))).expect("a part");
        assert!(
            !clean.xml.contains("Controllo di")
                && clean.xml.contains("vedi &lt;qui&gt;")
                && clean.xml.contains(" a voce")
        );
        assert_eq!((clean.all.len(), clean.gone), (2, BTreeSet::from([(4, 2)])));
    }

    #[test]
    fn words_joined_by_another_program_are_cut_where_ours_begin() {
        let joined = format!(
            "<comments><authors><author>a</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>mio\n\n{HEAD}\nnostro</t></text></comment></commentList></comments>"
        );
        let clean = Comments::of(&joined).and_then(|it| it.with(&marks(&[]))).expect("a part");
        assert!(clean.xml.contains("<t>mio</t>"), "{}", clean.xml);
    }
}
