//! Handlebars templates compiled piece by piece. The compiler counts the lines before every element anew, so its time grows
//! with the square of the text: an act with its clauses in place takes a tenth of a second whole, a hundredth in pieces.
//!
//! Called by `compose` when an act of a kind is first composed.

use handlebars::template::TemplateElement;
use handlebars::{Template, TemplateError};

/// A piece ends at the first line outside all blocks from here on, in bytes.
const PIECE: usize = 160;

/// The compiled text: the same as if compiled whole.
///
/// # Errors
/// Those of the text compiled whole.
pub fn compile(name: &str, text: &str) -> Result<Template, TemplateError> {
    // What reaches over the end of a line needs the whole.
    let reaches = ["{{~", "~}}", "{{{{"].iter().any(|mark| text.contains(mark));
    match (!reaches).then(|| joined(name, text)).flatten() {
        Some(template) => Ok(template),
        None => Template::compile_with_name(text, name.to_owned()),
    }
}

/// The pieces compiled and put together; `None` where one does not stand by itself.
fn joined(name: &str, text: &str) -> Option<Template> {
    let mut whole = Template::default();
    whole.name = Some(name.to_owned());
    let mut lines = 0;
    for piece in pieces(text) {
        let mut template = Template::compile_with_name(piece, name.to_owned()).ok()?;
        move_down(&mut template, lines);
        whole.elements.append(&mut template.elements);
        whole.mapping.append(&mut template.mapping);
        lines += piece.matches('\n').count();
    }
    Some(whole)
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
    let mut depth = 0_usize;
    let (mut start, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        depth += line.matches("{{#").count();
        depth = depth.saturating_sub(line.matches("{{/").count());
        end += line.len();
        if depth == 0 && end - start >= PIECE {
            pieces.extend(text.get(start..end));
            start = end;
        }
    }
    pieces.extend(text.get(start..end).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use handlebars::template::TemplateMapping;

    use super::*;

    /// The elements, texts that follow each other made one.
    fn elements(template: Template) -> Vec<TemplateElement> {
        let mut merged: Vec<TemplateElement> = Vec::new();
        for element in template.elements {
            match (element, merged.last_mut()) {
                (TemplateElement::RawString(more), Some(TemplateElement::RawString(text))) => text.push_str(&more),
                (TemplateElement::RawString(text), _) if text.is_empty() => {}
                (element, _) => merged.push(element),
            }
        }
        merged
    }

    /// Lines and columns of the tags: errors name those; a text may begin where it was cut.
    fn places(template: &Template) -> Vec<&TemplateMapping> {
        let places = template.elements.iter().zip(&template.mapping);
        places.filter(|(element, _)| !matches!(element, TemplateElement::RawString(_))).map(|(_, at)| at).collect()
    }

    #[test]
    fn pieces_make_the_same_as_the_whole() {
        let clause =
            "Il {{ente.nome}} e\n{{#if a}}\nsì {{b}}\n{{else}}\n{{#each c}}\n- {{d}}\n{{/each}}\n{{/if}}\n\nfine\n";
        let text = clause.repeat(40);
        assert!(pieces(&text).len() > 1);
        let whole = Template::compile_with_name(&text, "x".to_owned()).unwrap();
        let joined = compile("x", &text).unwrap();
        assert_eq!(places(&joined), places(&whole));
        assert_eq!(elements(joined), elements(whole));
    }

    #[test]
    fn the_built_in_acts_are_compiled_in_pieces() {
        let (sources, _) = crate::compose::Sources::new(Vec::new());
        for act in ["convenzione", "delibera-adesione"] {
            let text = sources.instrumented("pesaro-urbino", act).unwrap();
            assert!(pieces(&text).len() > 5, "{act}");
            let whole = Template::compile_with_name(&text, act.to_owned()).unwrap();
            assert_eq!(elements(joined(act, &text).unwrap()), elements(whole), "{act}");
        }
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
        assert_eq!(elements(compile("x", &text).unwrap()), elements(Template::compile(&text).unwrap()));
    }
}
