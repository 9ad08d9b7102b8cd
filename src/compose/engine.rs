//! Handlebars templates compiled piece by piece. The compiler counts the lines before every element anew, so its time grows
//! with the square of the text: an act with its clauses in place takes a tenth of a second whole, a hundredth in pieces.
//!
//! Called by `compose` when an act of a kind is first composed.

use handlebars::template::TemplateElement;
use handlebars::{Template, TemplateError};

/// A piece ends at the first line outside all blocks from here on, in bytes.
const PIECE: usize = 160;

/// A block of this many bytes is taken apart itself.
const LARGE: usize = 4 * PIECE;

/// The compiled text: the same as if compiled whole.
///
/// # Errors
/// Those of the text compiled whole.
pub fn compile(name: &str, text: &str) -> Result<Template, TemplateError> {
    // What reaches over the end of a line needs the whole.
    let reaches = ["{{~", "~}}", "{{{{"].iter().any(|mark| text.contains(mark));
    match (!reaches).then(|| joined(text)).flatten() {
        Some(mut template) => {
            template.name = Some(name.to_owned());
            Ok(template)
        }
        None => Template::compile_with_name(text, name.to_owned()),
    }
}

/// The pieces compiled and put together; `None` where one does not stand by itself.
fn joined(text: &str) -> Option<Template> {
    let mut whole = Template::default();
    let mut lines = 0;
    for piece in pieces(text) {
        let apart = (piece.len() >= LARGE).then(|| block(piece)).flatten();
        let mut template = apart.or_else(|| Template::compile(piece).ok())?;
        move_down(&mut template, lines);
        whole.elements.append(&mut template.elements);
        whole.mapping.append(&mut template.mapping);
        lines += piece.matches('\n').count();
    }
    Some(whole)
}

/// A block whose tags stand on lines of their own, what is inside compiled apart; `None` for anything else. An `{{else}}`
/// that is another block's does not compile, where it comes to stand.
fn block(piece: &str) -> Option<Template> {
    let (open, rest) = piece.split_once('\n')?;
    let (inside, close) = rest.strip_suffix('\n')?.rsplit_once('\n')?;
    let is_tag = |line: &str, mark| line.starts_with(mark) && line.ends_with("}}") && line.matches("{{").count() == 1;
    if !is_tag(open, "{{#") || !is_tag(close, "{{/") {
        return None;
    }
    let mut depth = Depth::default();
    let (mut at, mut parted) = (0, None);
    for line in inside.split_inclusive('\n') {
        if depth.0 == 0 && line == "{{else}}\n" {
            parted = Some((inside.get(..at)?, rest.get(at + line.len()..=inside.len())?));
            break;
        }
        depth.pass(line);
        at += line.len();
    }
    let (then, otherwise) = parted.map_or((rest.get(..=inside.len())?, None), |(then, it)| (then, Some(it)));
    let tags =
        if otherwise.is_some() { format!("{open}\n{{{{else}}}}\n{close}\n") } else { format!("{open}\n{close}\n") };
    let mut template = Template::compile(&tags).ok()?;
    let Some(TemplateElement::HelperBlock(helper)) = template.elements.first_mut() else { return None };
    let inside = |text: &str, lines| {
        let mut template = joined(text)?;
        move_down(&mut template, lines);
        Some(template)
    };
    helper.template = Some(inside(then, 1)?);
    if let Some(text) = otherwise {
        helper.inverse = Some(inside(text, then.matches('\n').count() + 2)?);
    }
    Some(template)
}

/// How many blocks are open after the lines so far.
#[derive(Default)]
struct Depth(usize);

impl Depth {
    fn pass(&mut self, line: &str) {
        self.0 += line.matches("{{#").count();
        self.0 = self.0.saturating_sub(line.matches("{{/").count());
    }
}

/// Adds to the line numbers of a template, its blocks included.
fn move_down(template: &mut Template, lines: usize) {
    template.mapping.iter_mut().for_each(|at| at.0 += lines);
    for element in &mut template.elements {
        let inside = match element {
            TemplateElement::HelperBlock(it) => [it.template.as_mut(), it.inverse.as_mut()],
            TemplateElement::DecoratorBlock(it) | TemplateElement::PartialBlock(it) => [it.template.as_mut(), None],
            _ => [None, None],
        };
        inside.into_iter().flatten().for_each(|inside| move_down(inside, lines));
    }
}

/// The text cut after lines that end outside all blocks.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut depth = Depth::default();
    let (mut start, mut end, mut opened) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        if depth.0 == 0 {
            opened = end;
        }
        depth.pass(line);
        end += line.len();
        if depth.0 == 0 && end - opened >= LARGE {
            pieces.extend(text.get(start..opened).filter(|before| !before.is_empty()));
            start = opened;
        }
        if depth.0 == 0 && end - start >= PIECE {
            pieces.extend(text.get(start..end));
            start = end;
        }
    }
    pieces.extend(text.get(start..end).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that follow each other made one, empty ones left out; no places of texts, which may begin where one was cut:
    /// errors name the places of tags.
    fn normal(template: Template) -> Template {
        let mut merged = Template::default();
        merged.name = template.name;
        for (mut element, mut at) in template.elements.into_iter().zip(template.mapping) {
            if let TemplateElement::HelperBlock(block) = &mut element {
                block.template = block.template.take().map(normal);
                block.inverse = block.inverse.take().map(normal);
            }
            match (element, merged.elements.last_mut()) {
                (TemplateElement::RawString(more), Some(TemplateElement::RawString(text))) => text.push_str(&more),
                (TemplateElement::RawString(text), _) if text.is_empty() => {}
                (element, _) => {
                    if matches!(element, TemplateElement::RawString(_)) {
                        (at.0, at.1) = (0, 0);
                    }
                    merged.mapping.push(at);
                    merged.elements.push(element);
                }
            }
        }
        merged
    }

    #[test]
    fn pieces_make_the_same_as_the_whole() {
        let clause =
            "Il {{ente.nome}} e\n{{#if a}}\nsì {{b}}\n{{else}}\n{{#each c}}\n- {{d}}\n{{/each}}\n{{/if}}\n\nfine\n";
        let text = clause.repeat(40);
        assert!(pieces(&text).len() > 1);
        let whole = Template::compile_with_name(&text, "x".to_owned()).unwrap();
        assert_eq!(normal(compile("x", &text).unwrap()), normal(whole));
    }

    #[test]
    fn large_blocks_are_taken_apart() {
        let clause =
            "Il {{ente.nome}} e {{#if a}}sì{{else}}no {{b}}{{/if}}\n{{#each c}}\n- {{d}}\n{{/each}}\n".repeat(12);
        let texts = [
            format!("uno\n{{{{#if a}}}}\n{clause}{{{{else}}}}\n{clause}{{{{/if}}}}\ndue\n"),
            format!("{{{{#each a}}}}\n{{{{#unless b}}}}\n{clause}{{{{/unless}}}}\n{clause}{{{{/each}}}}\n"),
            format!(
                "{{{{#if a}}}}\n{clause}{{{{else}}}}\n{{{{/if}}}}\n{{{{#if a}}}}\n{{{{else}}}}\n{clause}{{{{/if}}}}\n"
            ),
        ];
        for text in texts {
            assert!(pieces(&text).iter().any(|piece| block(piece).is_some()), "{text}");
            assert_eq!(
                normal(compile("x", &text).unwrap()).elements,
                normal(Template::compile(&text).unwrap()).elements
            );
        }
        // An `{{else if}}` needs the whole block; one that is nobody's is a fault.
        let chained = format!("{{{{#if a}}}}\n{clause}{{{{else if b}}}}\n{clause}{{{{/if}}}}\n");
        assert!(block(&chained).is_none());
        assert_eq!(
            normal(compile("x", &chained).unwrap()).elements,
            normal(Template::compile(&chained).unwrap()).elements
        );
        // Two blocks in one piece: the first one's tag is not closed by the other's.
        let small = format!("{{{{#if a}}}}\nb\n{{{{/if}}}}\n{{{{#if c}}}}\n{}{{{{/if}}}}\n", "riga {{x}}\n".repeat(56));
        assert!(pieces(&small).iter().any(|piece| piece.len() >= LARGE && block(piece).is_none()));
        assert_eq!(normal(compile("x", &small).unwrap()).elements, normal(Template::compile(&small).unwrap()).elements);
        let twice = format!("{{{{#if a}}}}\n{clause}{{{{else}}}}\n{clause}{{{{else}}}}\n{{{{/if}}}}\n");
        assert!(compile("x", &twice).is_err());
    }

    #[test]
    fn the_built_in_acts_are_compiled_in_pieces() {
        let (sources, _) = crate::compose::Sources::new(Vec::new());
        for model in ["upi", "pesaro-urbino", "accordo"] {
            for kind in crate::act::ActKind::ALL {
                let Some(text) = sources.instrumented(model, kind.slug()) else { continue };
                let whole = Template::compile(&text).unwrap();
                assert_eq!(normal(joined(&text).unwrap()), normal(whole), "{model} {kind:?}");
            }
        }
        let convention = sources.instrumented("pesaro-urbino", "convenzione").unwrap();
        let longest = pieces(&convention).iter().filter(|piece| block(piece).is_none()).map(|piece| piece.len()).max();
        assert!(longest < Some(4 * LARGE), "{longest:?}");
    }

    #[test]
    fn what_does_not_compile_says_where_in_the_whole() {
        let text = format!("{}{{{{#if a}}}}\nb\n", "riga {{x}}\n".repeat(200));
        let (piecewise, whole) = (compile("x", &text).unwrap_err(), Template::compile(&text).unwrap_err());
        assert_eq!(piecewise.pos(), whole.pos());
    }

    #[test]
    fn spaces_cut_over_lines_need_the_whole() {
        let text = format!("{}{{{{#if a ~}}}}\n\nb\n{{{{/if}}}}\n", "riga {{x}}\n".repeat(200));
        assert_eq!(normal(compile("x", &text).unwrap()).elements, normal(Template::compile(&text).unwrap()).elements);
    }
}
