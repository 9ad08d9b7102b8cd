//! Block events of the Markdown parser → blocks of the act: articles, lists, tables, signatures. Called by `tree`.

use ecow::EcoString;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::{inline, tables};
use crate::act::{ActKind, Annex, Article, Block, Element, Inline, Item, List, ListStyle, Text, plain};
use crate::compose::sources::Sources;
use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// Nesting of lists beyond which an act is no longer readable: comma, letter, dash.
const DEEPEST_LIST: usize = 3;

/// Walks the events once.
pub struct Builder<'a> {
    events: &'a [Event<'a>],
    at: usize,
    pub(super) sources: &'a Sources,
    pub(super) kind: ActKind,
    place: Place,
    articles: u32,
    annexes: u8,
    ids: Vec<String>,
    in_annex: bool,
    /// What was found wrong.
    pub faults: Vec<Diagnostic>,
}

struct Heading {
    level: HeadingLevel,
    id: String,
    classes: Vec<String>,
    covers: Vec<String>,
    text: Text,
    place: Place,
}

impl Heading {
    fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }
}

impl<'a> Builder<'a> {
    /// A builder at the first event.
    pub fn new(events: &'a [Event<'a>], sources: &'a Sources, kind: ActKind) -> Self {
        Self {
            events,
            at: 0,
            sources,
            kind,
            place: Place::None,
            articles: 0,
            annexes: 0,
            ids: Vec::new(),
            in_annex: false,
            faults: Vec::new(),
        }
    }

    pub(super) fn next(&mut self) -> Option<&'a Event<'a>> {
        let event = self.events.get(self.at);
        self.at += 1;
        event
    }

    fn fault(&mut self, code: &'static str, message: impl Into<String>, hint: &str) {
        let place = self.place.clone();
        self.faults.push(Diagnostic::new(code, place, message).hint(hint).act(self.kind.slug()));
    }

    /// All blocks of the document, articles and annexes holding what follows them.
    pub fn document(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                    let heading = self.heading(*level, id.as_ref(), classes, attrs);
                    self.open(heading, &mut blocks);
                }
                event => {
                    if let Some(block) = self.block(event, 0) {
                        push(&mut blocks, block);
                    }
                }
            }
        }
        tables::captions(&mut blocks);
        blocks
    }

    fn heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&CowStr<'_>>,
        classes: &[CowStr<'_>],
        attrs: &[(CowStr<'_>, Option<CowStr<'_>>)],
    ) -> Heading {
        let (text, place) = self.run(TagEnd::Heading(level));
        let covers = attrs.iter().find(|(key, _)| &**key == "covers").and_then(|(_, value)| value.as_deref());
        let covers = covers.unwrap_or_default().trim_matches('"').split([',', ' ']);
        if let Some((unknown, _)) = attrs.iter().find(|(key, _)| &**key != "covers") {
            let message = format!("l’attributo «{unknown}» non è previsto");
            self.fault("TXT-05", message, "dopo un titolo si scrive {#nome covers=\"…\"} oppure {.sezione}");
        }
        Heading {
            level,
            id: id.map(ToString::to_string).unwrap_or_default(),
            classes: classes.iter().map(ToString::to_string).collect(),
            covers: covers.map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect(),
            text,
            place,
        }
    }

    fn open(&mut self, heading: Heading, blocks: &mut Vec<Block>) {
        let own_id = |builder: &mut Self, heading: &Heading| {
            if heading.id.is_empty() || builder.ids.contains(&heading.id) {
                let message = match heading.id.as_str() {
                    "" => format!("l’articolo «{}» non ha un nome", plain(&heading.text)),
                    id => format!("due articoli o allegati si chiamano «{id}»"),
                };
                builder.fault("TXT-05", message, "dare a ogni articolo un nome suo: ## Durata {#durata}");
            }
            builder.ids.push(heading.id.clone());
            heading.id.clone()
        };
        if heading.is("formula") {
            push(blocks, Block::Formula { text: heading.text });
        } else if heading.is("sottotitolo") {
            blocks.push(Block::Subtitle { text: heading.text });
        } else if heading.level == HeadingLevel::H1 {
            blocks.push(Block::Title { text: heading.text });
        } else if heading.is("allegato") {
            let id = own_id(self, &heading).into();
            let letter = EcoString::from(char::from(b'A' + self.annexes % 26));
            self.annexes += 1;
            self.in_annex = true;
            blocks.push(Block::Annex(Annex { id, letter, heading: heading.text, blocks: Vec::new() }));
        } else if heading.is("sezione") {
            let section = |level| Block::Section { level, text: heading.text.clone() };
            if self.in_annex {
                push(blocks, section(3));
            } else {
                blocks.push(section(2));
            }
        } else if heading.level == HeadingLevel::H2 && !self.in_annex {
            let id = own_id(self, &heading);
            let mut covers = Vec::new();
            for word in &heading.covers {
                match Element::from_slug(word) {
                    Some(element) => covers.push(element),
                    None => {
                        let list = Element::ALL.map(Element::slug).join(", ");
                        self.fault(
                            "TXT-05",
                            format!("«{word}» non è un contenuto previsto"),
                            &format!("i contenuti sono: {list}"),
                        );
                    }
                }
            }
            self.articles += 1;
            let number = self.articles;
            blocks.push(Block::Article(Article {
                id: id.into(),
                number,
                heading: heading.text,
                covers,
                place: heading.place,
                blocks: Vec::new(),
            }));
        } else {
            self.fault(
                "TXT-05",
                format!("il titolo «{}» non dice che cosa apre", plain(&heading.text)),
                "scrivere ## per un articolo, o aggiungere {.sezione}, {.allegato}, {.formula}",
            );
        }
    }

    /// The block that `event` opens; `depth` counts the lists around it.
    fn block(&mut self, event: &'a Event<'a>, depth: usize) -> Option<Block> {
        match event {
            Event::Start(Tag::Paragraph) => {
                let (text, place) = self.run(TagEnd::Paragraph);
                (!text.is_empty()).then_some(Block::Paragraph { text, place })
            }
            Event::Start(Tag::List(start)) => Some(Block::List(self.list(start.is_some(), depth))),
            Event::Start(Tag::Table(alignment)) => Some(Block::Table(self.table(alignment))),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.trim() == "firme" => {
                Some(self.signatures())
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.fault(
                    "TXT-04",
                    "c’è un blocco di codice",
                    "togliere gli spazi all’inizio della riga: quattro spazi aprono un blocco di codice",
                );
                self.skip(|end| matches!(end, TagEnd::CodeBlock));
                None
            }
            Event::Start(Tag::HtmlBlock) => {
                self.fault("TXT-04", "c’è del codice HTML", "negli atti si scrive solo testo, senza < e >");
                self.skip(|end| matches!(end, TagEnd::HtmlBlock));
                None
            }
            Event::Start(Tag::BlockQuote(_)) => {
                self.fault("TXT-04", "c’è una citazione («>» a inizio riga)", "togliere il segno «>»");
                self.skip(|end| matches!(end, TagEnd::BlockQuote(_)));
                None
            }
            Event::Rule => {
                self.fault(
                    "TXT-04",
                    "c’è una riga di separazione",
                    "toglierla: le parti dell’atto si aprono con un titolo",
                );
                None
            }
            _ => None,
        }
    }

    fn skip(&mut self, is_end: impl Fn(&TagEnd) -> bool) {
        while let Some(event) = self.next() {
            if matches!(event, Event::End(end) if is_end(end)) {
                break;
            }
        }
    }

    /// Inline events up to the end tag. In tight list items there is no paragraph: the run then ends where a block
    /// begins or the item ends, and that event is left for the caller.
    pub(super) fn run(&mut self, end: TagEnd) -> (Text, Place) {
        let mut stack: Vec<(Text, bool)> = vec![(Vec::new(), false)];
        let mut place = Place::None;
        let mut pending = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(words) => {
                    pending.push_str(words);
                    continue;
                }
                Event::SoftBreak => {
                    pending.push(' ');
                    continue;
                }
                _ => {}
            }
            let sources = self.sources;
            if let Some((run, _)) = stack.last_mut() {
                inline::words(&pending, sources, run, &mut place);
            }
            pending.clear();
            if !place.is_none() {
                self.place = place.clone();
            }
            match event {
                Event::End(found) if *found == end => break,
                Event::Start(Tag::Strong) => stack.push((Vec::new(), true)),
                Event::Start(Tag::Emphasis) => stack.push((Vec::new(), false)),
                Event::End(TagEnd::Strong | TagEnd::Emphasis) => {
                    if let (Some((run, strong)), true) = (stack.pop(), !stack.is_empty()) {
                        let inline = if strong { Inline::Strong { c: run } } else { Inline::Emphasis { c: run } };
                        if let Some((outer, _)) = stack.last_mut() {
                            outer.push(inline);
                        }
                    }
                }
                Event::Start(Tag::Link { dest_url, title, .. }) => {
                    let target = dest_url.strip_prefix('#');
                    let (inner, _) = self.run(TagEnd::Link);
                    match target {
                        Some(target) if inner.is_empty() => {
                            let reference = inline::reference(target, title, self.place.clone());
                            if let Some((run, _)) = stack.last_mut() {
                                run.push(Inline::Reference(reference));
                            }
                        }
                        _ => self.fault(
                            "TXT-04",
                            "c’è un collegamento",
                            "i richiami si scrivono [](#nome), senza parole fra le quadre",
                        ),
                    }
                }
                Event::HardBreak => {
                    if let Some((run, _)) = stack.last_mut() {
                        run.push(Inline::Break);
                    }
                }
                Event::InlineHtml(_) | Event::Html(_) => {
                    self.fault("TXT-04", "c’è del codice HTML", "negli atti si scrive solo testo, senza < e >")
                }
                Event::Code(_) => self.fault("TXT-04", "ci sono apici inversi (`)", "togliere gli apici inversi"),
                Event::Start(Tag::Image { .. }) => {
                    self.fault("TXT-04", "c’è un’immagine", "gli atti non hanno immagini");
                    self.skip(|end| matches!(end, TagEnd::Image));
                }
                Event::Start(_) | Event::End(_) => {
                    self.at -= 1;
                    break;
                }
                _ => {}
            }
        }
        let mut run = stack.into_iter().next().map(|(run, _)| run).unwrap_or_default();
        if self.kind.is_form() && end != TagEnd::TableCell {
            inline::widen(&mut run);
        }
        (inline::tidy(run), place)
    }

    fn list(&mut self, ordered: bool, depth: usize) -> List {
        if depth >= DEEPEST_LIST {
            self.fault("TXT-05", "l’elenco è troppo profondo", "al massimo commi, lettere e un elenco con trattini");
        }
        let style = match (ordered, depth) {
            (false, _) => ListStyle::Dashes,
            (true, 0) => ListStyle::Commas,
            (true, _) => ListStyle::Letters,
        };
        let mut items = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.item(depth)),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items.retain(|item: &Item| !item.blocks.is_empty());
        List { style, items }
    }

    fn item(&mut self, depth: usize) -> Item {
        let mut blocks = Vec::new();
        let mut first = Place::None;
        while let Some(event) = self.next() {
            match event {
                Event::End(TagEnd::Item) => break,
                Event::Text(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Code(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. }) => {
                    self.at -= 1;
                    let (text, place) = self.run(TagEnd::Item);
                    let ended = matches!(self.events.get(self.at - 1), Some(Event::End(TagEnd::Item)));
                    if first.is_none() {
                        first = place.clone();
                    }
                    if !text.is_empty() {
                        blocks.push(Block::Paragraph { text, place });
                    }
                    if ended {
                        break;
                    }
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.fault("TXT-05", "c’è un titolo dentro un elenco", "lasciare una riga vuota prima del titolo");
                    self.skip(|end| matches!(end, TagEnd::Heading(_)));
                }
                event => {
                    if let Some(block) = self.block(event, depth + 1) {
                        if let (Block::Paragraph { place, .. }, true) = (&block, first.is_none()) {
                            first = place.clone();
                        }
                        blocks.push(block);
                    }
                }
            }
        }
        Item { place: first, blocks }
    }
}

/// Puts a block into the open article or annex, else at the end of the document.
fn push(blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        Some(Block::Article(article)) => article.blocks.push(block),
        Some(Block::Annex(annex)) => annex.blocks.push(block),
        _ => blocks.push(block),
    }
}
