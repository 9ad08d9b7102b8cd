//! Checks templates before any data are read: syntax, clauses that exist, names that exist and have the right kind,
//! also inside conditions, each at file, line and column.

use std::collections::BTreeSet;

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};
use handlebars::{Path, TemplateErrorReason};

use super::citations;
use super::conditions::CONDITIONS;
use super::names::{Name, Scope, names};
use super::sources::{DEEPEST, LONGEST, Sources};
use crate::act::ActKind;
use crate::diagnostic::Diagnostic;
use crate::italian::nearest;
use crate::model::Model;
use crate::place::Place;

/// Checks every template of a model: acts from the root, clauses where they are called. Of an agreement, only the acts
/// that it has and the clauses that they call: the others speak of a convention.
pub fn model(sources: &Sources, model: &Model) -> Vec<Diagnostic> {
    let root = names(model);
    let mut lint = Lint { sources, model: &model.id, root: &root, found: Vec::new(), seen: BTreeSet::new() };
    let is_its_own = |name: &String| match ActKind::from_slug(name) {
        Some(kind) => model.offers(kind),
        None => !model.is_agreement(),
    };
    for name in sources.names_of(&model.id).iter().filter(|name| is_its_own(name)) {
        lint.file(name, &[&root], &Cursor { calls: &[], lists: &[], block: Place::None }, None);
        if ActKind::from_slug(name).is_some() && sources.length(&model.id, name) > LONGEST {
            let path = sources.resolve(&model.id, name).unwrap_or_default();
            let message =
                format!("l’atto con le sue clausole è più lungo di {} milioni di caratteri", LONGEST / 1_000_000);
            let hint = "richiamare ogni clausola una volta sola";
            lint.report(Diagnostic::new("TXT-03", Place::Text(path.into(), 1, 1), message).hint(hint));
        }
    }
    lint.found
}

struct Lint<'a> {
    sources: &'a Sources,
    model: &'a str,
    root: &'a Scope,
    found: Vec<Diagnostic>,
    /// The files checked, each with the lists around it: a clause called again among the same says nothing new.
    seen: BTreeSet<(String, Vec<String>)>,
}

struct Cursor<'a> {
    /// The files that have called one another, the one at hand last.
    calls: &'a [&'a str],
    /// The lists gone through, as they are called, the innermost last.
    lists: &'a [String],
    /// Where the block around starts.
    block: Place,
}

impl Cursor<'_> {
    fn path(&self) -> &str {
        self.calls.last().copied().unwrap_or_default()
    }
}

impl Lint<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    fn file(&mut self, name: &str, scopes: &[&Scope], from: &Cursor<'_>, called_at: Option<Place>) {
        let Some(path) = self.sources.resolve(self.model, name) else {
            let known = self.sources.names_of(self.model);
            let hint = match nearest(name, known.iter().map(String::as_str)) {
                Some(near) => format!("forse si voleva «{near}»"),
                None => format!("creare il file {name}.md, o togliere il richiamo"),
            };
            let message = format!("la clausola «{name}» non esiste");
            self.report(Diagnostic::new("TXT-03", called_at.unwrap_or_default(), message).hint(hint));
            return;
        };
        if from.calls.contains(&path.as_str()) || from.calls.len() > DEEPEST {
            self.circle(called_at.unwrap_or_default());
            return;
        }
        if !self.seen.insert((path.clone(), from.lists.to_vec())) {
            return;
        }
        let text = self.sources.text(&path).unwrap_or_default();
        match Template::compile(text) {
            Ok(template) => {
                spelling(text, &path).into_iter().for_each(|fault| self.report(fault));
                citations::faults(text, &path).into_iter().for_each(|fault| self.report(fault));
                let block = Place::Text(path.as_str().into(), 1, 1);
                let calls = [from.calls, &[path.as_str()]].concat();
                self.elements(&template, scopes, &Cursor { calls: &calls, lists: from.lists, block });
            }
            Err(error) => {
                let (line, column) = error.pos().unwrap_or((1, 1));
                let place = Place::Text(path.as_str().into(), line as u32, column as u32);
                let (message, hint) = reworded(error.reason(), text);
                self.report(Diagnostic::new("TXT-02", place, message).hint(hint));
            }
        }
    }

    fn elements(&mut self, template: &Template, scopes: &[&Scope], at: &Cursor<'_>) {
        for (index, element) in template.elements.iter().enumerate() {
            // The engine keeps no position for what follows `{{else if}}`: the block's own stands in.
            let place = match template.mapping.get(index) {
                Some(mapping) => Place::Text(at.path().into(), mapping.0 as u32, mapping.1 as u32),
                None => at.block.clone(),
            };
            match element {
                TemplateElement::Expression(expression) | TemplateElement::HtmlExpression(expression) => {
                    self.expression(expression, scopes, &place);
                }
                TemplateElement::HelperBlock(block) => self.block(block, scopes, &place, at),
                TemplateElement::PartialExpression(partial) => match &partial.name {
                    _ if !partial.params.is_empty() || !partial.hash.is_empty() => self.report(
                        Diagnostic::new("TXT-02", place, "il richiamo di una clausola vuole solo il suo nome")
                            .hint("scrivere per esempio {{> clausole/recesso}}"),
                    ),
                    Parameter::Name(name) => self.file(name, scopes, at, Some(place)),
                    Parameter::Path(path) => self.file(raw(path), scopes, at, Some(place)),
                    _ => self.circle(place),
                },
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
                _ => self.report(
                    Diagnostic::new("TXT-02", place, "costrutto non previsto fra doppie graffe")
                        .hint("si usano i nomi, #if, #unless, #each, spazio e il richiamo di clausole"),
                ),
            }
        }
    }

    fn circle(&mut self, place: Place) {
        let message = "la clausola richiama sé stessa, o il suo nome non è scritto per esteso";
        let hint = "scrivere il nome della clausola: {{> clausole/recesso}}";
        self.report(Diagnostic::new("TXT-03", place, message).hint(hint));
    }

    fn expression(&mut self, expression: &HelperTemplate, scopes: &[&Scope], place: &Place) {
        let name = text_of(&expression.name);
        if name == "spazio" {
            let plain = |label: &str| label.chars().all(|c| c.is_alphanumeric() || " ’,.".contains(c));
            let fits = matches!(expression.params.first(), Some(Parameter::Literal(label)) if label.as_str().is_some_and(plain))
                && matches!(expression.params.get(1), None | Some(Parameter::Literal(serde_json::Value::Number(_))))
                && expression.params.len() <= 2;
            if !fits {
                let hint = "scrivere per esempio {{spazio \"luogo e data\" 20}}";
                self.report(
                    Diagnostic::new("TXT-02", place.clone(), "«spazio» vuole che cosa va scritto, fra virgolette e con sole lettere, e la larghezza in cifre")
                        .hint(hint),
                );
            }
            return;
        }
        if name == "casella" {
            match expression.params.as_slice() {
                [param] if expression.hash.is_empty() => self.condition(param, scopes, place),
                _ => self.report(
                    Diagnostic::new("TXT-02", place.clone(), "«casella» vuole un solo nome o una condizione").hint(
                        "scrivere per esempio {{casella adesione.deliberata}}; una casella sempre vuota si scrive ☐",
                    ),
                ),
            }
            return;
        }
        if !expression.params.is_empty() || !expression.hash.is_empty() {
            let message = format!("«{name}» non è un comando");
            self.report(
                Diagnostic::new("TXT-02", place.clone(), message)
                    .hint("fuori dalle condizioni si scrive solo un nome, «spazio» o «casella»"),
            );
            return;
        }
        if let Some(found) = self.lookup(&name, scopes, place)
            && found != Name::Text
        {
            let message = format!("«{name}» non si può stampare");
            let hint = match found {
                Name::Flag => "serve solo nelle condizioni: {{#if …}}",
                Name::List(_) => "è un elenco: va percorso con {{#each …}}",
                _ => "è un gruppo: scrivere uno dei suoi nomi, per esempio {{ente.nome}}",
            };
            self.report(Diagnostic::new("TXT-01", place.clone(), message).hint(hint));
        }
    }

    fn block(&mut self, block: &HelperTemplate, scopes: &[&Scope], place: &Place, at: &Cursor<'_>) {
        let name = text_of(&block.name);
        let at = &Cursor { calls: at.calls, lists: at.lists, block: place.clone() };
        // More than one word would silently be ignored: "#if a or b".
        let param = block.params.first().filter(|_| block.params.len() == 1 && block.hash.is_empty());
        match (name.as_str(), param) {
            ("if" | "unless", Some(param)) => {
                self.condition(param, scopes, place);
                for branch in [&block.template, &block.inverse].into_iter().flatten() {
                    self.elements(branch, scopes, at);
                }
            }
            ("each", Some(param)) => {
                let list = self.lookup(&text_of(param), scopes, place);
                let inner = match &list {
                    Some(Name::List(inner)) => inner,
                    Some(_) => {
                        let message = format!("«{}» non è un elenco", text_of(param));
                        self.report(
                            Diagnostic::new("TXT-01", place.clone(), message).hint("each percorre solo elenchi"),
                        );
                        return;
                    }
                    None => return,
                };
                let mut scopes = scopes.to_vec();
                scopes.push(inner);
                if let Some(body) = &block.template {
                    let lists = [at.lists, &[text_of(param)]].concat();
                    self.elements(body, &scopes, &Cursor { lists: &lists, calls: at.calls, block: place.clone() });
                }
                if let Some(body) = &block.inverse {
                    scopes.pop();
                    self.elements(body, &scopes, at);
                }
            }
            _ => {
                let message = format!("«#{name}» non è un comando, o non ha un solo nome");
                let hint = "si usano #if, #unless ed #each con un nome; per più condizioni {{#if (or a b)}}";
                self.report(Diagnostic::new("TXT-02", place.clone(), message).hint(hint));
            }
        }
    }

    fn condition(&mut self, param: &Parameter, scopes: &[&Scope], place: &Place) {
        match param {
            Parameter::Subexpression(sub) => match sub.as_element() {
                TemplateElement::Expression(inner) if CONDITIONS.contains(&text_of(&inner.name).as_str()) => {
                    inner.params.iter().for_each(|param| self.condition(param, scopes, place));
                }
                _ => self.report(
                    Diagnostic::new(
                        "TXT-02",
                        place.clone(),
                        "nelle condizioni si usano solo (and …), (or …) e (not …)",
                    )
                    .hint("per esempio {{#if (and delibera.adottata delibera.immediata)}}"),
                ),
            },
            Parameter::Literal(_) => {
                self.report(
                    Diagnostic::new("TXT-02", place.clone(), "una condizione vuole un nome")
                        .hint("togliere il valore scritto"),
                );
            }
            _ => {
                let name = text_of(param);
                if let Some(Name::Group(_)) = self.lookup(&name, scopes, place) {
                    let message = format!("«{name}» è un gruppo: la condizione sarebbe sempre vera");
                    let hint = format!("scrivere uno dei suoi nomi: {name}.…");
                    self.report(Diagnostic::new("TXT-01", place.clone(), message).hint(hint));
                }
            }
        }
    }

    /// Finds a name from the innermost scope; reports TXT-01 where it is not.
    fn lookup(&mut self, name: &str, scopes: &[&Scope], place: &Place) -> Option<Name> {
        let mut depth = scopes.len();
        let mut rest = name;
        while let Some(outer) = rest.strip_prefix("../") {
            depth = depth.saturating_sub(1);
            rest = outer;
        }
        let mut scope = if let Some(path) = rest.strip_prefix("@root.") {
            rest = path;
            self.root
        } else {
            let Some(scope) = depth.checked_sub(1).and_then(|depth| scopes.get(depth)) else {
                let hint = "«../» serve solo dentro un #each, una volta per ogni #each";
                self.report(
                    Diagnostic::new("TXT-01", place.clone(), format!("il nome «{name}» non esiste")).hint(hint),
                );
                return None;
            };
            scope
        };
        if let Some(word) = rest.strip_prefix('@') {
            if scopes.len() > 1 && ["first", "last", "index"].contains(&word) {
                return Some(Name::Text);
            }
            let hint = "dentro un #each si usano @first, @last e @index; ovunque @root. seguito da un nome";
            self.report(Diagnostic::new("TXT-01", place.clone(), format!("il nome «{name}» non esiste")).hint(hint));
            return None;
        }
        rest = rest.strip_prefix("this.").unwrap_or(rest);
        let words: Vec<&str> = rest.split(['.', '/']).collect();
        for (index, word) in words.iter().enumerate() {
            match (scope.get(*word), index + 1 == words.len()) {
                (Some(found), true) => return Some(found.clone()),
                (Some(Name::Group(inner)), false) => scope = inner,
                _ => {
                    let hint = match nearest(word, scope.keys().map(String::as_str)) {
                        Some(near) => format!("forse si voleva «{near}»"),
                        None => format!(
                            "i nomi possibili qui sono: {}",
                            scope.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
                        ),
                    };
                    self.report(
                        Diagnostic::new("TXT-01", place.clone(), format!("il nome «{name}» non esiste")).hint(hint),
                    );
                    return None;
                }
            }
        }
        None
    }
}

/// Ways of writing that the engine would take and that would go wrong unseen: a tag over two lines, `~` and `&` in tags,
/// triple braces, character entities.
fn spelling(text: &str, path: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        let fault = if line.matches("{{").count() != line.matches("}}").count() {
            Some((
                "TXT-02",
                "le doppie graffe si aprono e si chiudono su righe diverse",
                "scrivere il comando su una riga sola",
            ))
        } else if ["{{~", "~}}", "{{{", "{{&", "{{*", "{{!--"].iter().any(|mark| line.contains(mark)) {
            Some((
                "TXT-02",
                "dopo le doppie graffe c’è un segno che non si usa",
                "scrivere {{nome}}, senza ~ & * né terze graffe",
            ))
        } else if line.contains("&#") {
            Some(("TXT-04", "c’è un carattere scritto come codice (&#…;)", "scrivere il carattere stesso"))
        } else {
            None
        };
        if let Some((code, message, hint)) = fault {
            let column =
                line.find("{{").or(line.find("&#")).map_or(1, |at| line.get(..at).map_or(1, |b| b.chars().count() + 1));
            let place = Place::Text(path.into(), number, column as u32);
            found.push(Diagnostic::new(code, place, message).hint(hint));
        }
    }
    found
}

fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

fn text_of(param: &Parameter) -> String {
    match param {
        Parameter::Name(name) => name.clone(),
        Parameter::Path(path) => raw(path).to_owned(),
        Parameter::Literal(value) => value.to_string(),
        _ => "(…)".to_owned(),
    }
}

/// The grammar's error in words for who writes acts.
fn reworded(reason: &TemplateErrorReason, text: &str) -> (String, String) {
    match reason {
        TemplateErrorReason::MismatchingClosedHelper(open, closed) => {
            (format!("il blocco «{open}» è chiuso da «/{closed}»"), format!("scrivere {{{{/{open}}}}}"))
        }
        _ => {
            let unclosed = ["if", "unless", "each"].into_iter().find(|word| {
                text.matches(&format!("{{{{#{word} ")).count() > text.matches(&format!("{{{{/{word}}}}}")).count()
            });
            match unclosed {
                Some(word) => {
                    let line =
                        text.lines().position(|line| line.contains(&format!("{{{{#{word} "))).map_or(1, |n| n + 1);
                    (
                        format!("un blocco «#{word}» non è chiuso"),
                        format!(
                            "aggiungere {{{{/{word}}}}} dove il blocco finisce; il primo «#{word}» è alla riga {line}"
                        ),
                    )
                }
                None => (
                    "le doppie graffe non sono scritte bene".to_owned(),
                    "ogni {{ vuole la sua }}, con un solo nome dentro".to_owned(),
                ),
            }
        }
    }
}
