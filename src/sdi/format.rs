//! The format: does the file follow `sdi::schema`, element by element (controls 00200 and 00201)? The answer is that of a
//! validator of the Agency's schema, but for the inside of a signature, which is not judged.

use super::schema::{self, Alphabet, Content, Item, Kind, Spec};
use super::tree::{Element, Tree};
use super::{Finding, Unreadable, facets, quoted};

/// The namespace of ordinary invoices.
const SPACE: &str = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2";
/// The namespace of signatures.
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The root.
const ROOT: &str = "FatturaElettronica";
/// Faults of format after which the rest is not looked at.
const MOST: usize = 50;

/// Is the file an ordinary electronic invoice at all?
///
/// # Errors
/// It is the XML of something else, or of an older format.
pub(super) fn recognise(root: Element<'_>) -> Result<(), Unreadable> {
    let other = |what: &str, hint: &str| Err(Unreadable::new(what, hint).at(root.line()));
    match root.name() {
        ROOT if root.space().contains("fatturapa.gov.it/sdi/fatturapa/v1") => other(
            "è una fattura di un formato vecchio (1.0 o 1.1), che il sistema di interscambio non accetta più",
            "produrla di nuovo nel formato 1.2",
        ),
        ROOT => Ok(()),
        "FatturaElettronicaSemplificata" => other(
            "è una fattura semplificata (FSM10): qui si controllano quelle ordinarie (FPA12, FPR12)",
            "a una pubblica amministrazione si manda la fattura ordinaria",
        ),
        name => other(
            &format!("non è una fattura elettronica: comincia con <{}>", quoted(name)),
            "serve il file .xml della fattura, non la ricevuta o la notifica che l’accompagna",
        ),
    }
}

/// All that is wrong with the format, in the order of the file; past 50 faults one 00201 closes the list.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let root = tree.root();
    let mut judge = Judge { findings: Vec::new(), qualified: false };
    if root.space() != SPACE {
        let space = quoted(root.space());
        judge.add(Finding::at("00200", root, format!("il namespace è «{space}»: deve essere «{SPACE}»")));
    }
    for (name, kind, needed) in [
        ("versione", Kind::Word(schema::FORMATS), true),
        ("SistemaEmittente", Kind::Text(Alphabet::Basic, schema::Space::Replace, 1, 10), false),
    ] {
        match root.attribute(name) {
            None if needed => judge.add(Finding::at("00200", root, format!("manca l’attributo {name}"))),
            Some(value) if !facets::fits(kind, value) => {
                let message = format!("l’attributo {name} vale «{}»: serve {}", quoted(value), facets::wanted(kind));
                judge.add(Finding::at("00200", root, message));
            }
            _ => {}
        }
    }
    judge.attributes(root, &["versione", "SistemaEmittente"]);
    judge.block(root, schema::ROOT);
    let mut findings = judge.findings;
    if findings.len() > MOST {
        findings.truncate(MOST);
        findings.push(Finding::new(
            "00201",
            format!("gli errori di formato sono più di {MOST}: gli altri non si elencano"),
        ));
    }
    findings
}

struct Judge {
    findings: Vec<Finding>,
    /// It was said that elements stand in a namespace.
    qualified: bool,
}

impl Judge {
    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    fn full(&self) -> bool {
        self.findings.len() > MOST
    }

    fn attributes(&mut self, element: Element<'_>, known: &[&str]) {
        for attribute in element.attributes() {
            let ours = attribute.space.is_empty() && known.contains(&attribute.name.as_str());
            if !ours && !attribute.is_location() {
                self.add(Finding::at(
                    "00200",
                    element,
                    format!("l’attributo «{}» non è previsto", quoted(&attribute.name)),
                ));
            }
        }
    }

    fn block(&mut self, element: Element<'_>, items: &[Item]) {
        if !element.text().trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            let text = quoted(element.text().trim());
            self.add(Finding::at(
                "00200",
                element,
                format!("contiene del testo, «{text}», invece dei soli elementi previsti"),
            ));
        }
        let specs: Vec<&Spec> = items.iter().flat_map(Item::specs).collect();
        let mut counts = vec![0_usize; specs.len()];
        let mut latest = 0;
        for child in element.children() {
            if self.full() {
                return;
            }
            let position = specs.iter().position(|spec| spec.name == child.name() && self.of(spec, child));
            let Some((position, spec)) = position.and_then(|at| Some((at, specs.get(at)?))) else {
                let message = "l’elemento non è previsto in questo punto";
                let hint = nearest(child.name(), &specs);
                self.add(Finding::at("00200", child, message).hint(hint));
                continue;
            };
            let count = counts.get_mut(position).map_or(0, |count| {
                *count += 1;
                *count
            });
            if count > 1 && !spec.many {
                self.add(Finding::at("00200", child, "l’elemento è ripetuto: può esserci una volta sola"));
            } else if position < latest {
                let before = specs.get(latest).map_or("", |spec| spec.name);
                self.add(Finding::at(
                    "00200",
                    child,
                    format!("l’elemento è fuori posto: deve stare prima di <{before}>"),
                ));
            }
            latest = latest.max(position);
            self.element(child, spec);
        }
        let count = |name: &str| specs.iter().position(|spec| spec.name == name).and_then(|at| counts.get(at)).copied();
        for item in items {
            match item {
                Item::Element(spec) if spec.least > 0 && count(spec.name) == Some(0) => {
                    self.add(Finding::missing("00200", element, spec.name, "l’elemento manca"));
                }
                Item::Element(_) => {}
                Item::Either(sequences) => self.either(element, sequences, &|name| count(name).unwrap_or(0) > 0),
            }
        }
    }

    /// One of the sequences must be there, and nothing of the others.
    fn either(&mut self, element: Element<'_>, sequences: &[&[Spec]], there: &dyn Fn(&str) -> bool) {
        let names =
            |sequence: &[Spec]| sequence.iter().map(|spec| format!("<{}>", spec.name)).collect::<Vec<_>>().join(" e ");
        let wanted = sequences.iter().map(|sequence| names(sequence)).collect::<Vec<_>>().join(" oppure ");
        let begun = sequences.iter().filter(|sequence| sequence.iter().any(|spec| there(spec.name)));
        let whole = begun.clone().all(|sequence| sequence.iter().all(|spec| there(spec.name)));
        match begun.count() {
            1 if whole => {}
            0 | 1 => {
                let absent = sequences.iter().flat_map(|sequence| sequence.iter()).find(|spec| !there(spec.name));
                let name = absent.map_or("", |spec| spec.name);
                self.add(Finding::missing("00200", element, name, format!("servono {wanted}")));
            }
            _ => self.add(Finding::at("00200", element, format!("servono {wanted}, non tutti insieme"))),
        }
    }

    /// True where the element is in the namespace of its specification. Elements in the namespace of the root are taken
    /// for what their author meant, and it is said once.
    fn of(&mut self, spec: &Spec, element: Element<'_>) -> bool {
        if matches!(spec.content, Content::Signature) {
            return element.space() == SIGNATURE;
        }
        if element.space() == SPACE && !self.qualified {
            self.qualified = true;
            let message = "l’elemento sta nel namespace della fattura: solo <FatturaElettronica> può starci";
            let hint = "dichiarare il namespace con un prefisso (xmlns:p=\"…\") e usarlo solo per la radice";
            self.add(Finding::at("00200", element, message).hint(hint));
        }
        element.space().is_empty() || element.space() == SPACE
    }

    fn element(&mut self, element: Element<'_>, spec: &Spec) {
        match spec.content {
            Content::Signature => {}
            Content::Block(items) => {
                self.attributes(element, &[]);
                self.block(element, items);
            }
            Content::Value(kind) => {
                self.attributes(element, &[]);
                if let Some(child) = element.children().next() {
                    self.add(Finding::at(
                        "00200",
                        child,
                        "l’elemento non è previsto in questo punto: qui va solo un valore",
                    ));
                    return;
                }
                let text = element.text();
                let defaulted = text.is_empty() && spec.default.is_some();
                if !defaulted && !facets::fits(kind, text) {
                    self.add(wrong_value(element, kind));
                }
            }
        }
    }
}

fn nearest(name: &str, specs: &[&Spec]) -> String {
    match specs.iter().find(|spec| spec.name == name) {
        Some(_) => "controllare il namespace dell’elemento".to_owned(),
        None => crate::italian::nearest(name, specs.iter().map(|spec| spec.name))
            .map_or_else(String::new, |near| format!("forse si voleva <{near}>")),
    }
}

fn wrong_value(element: Element<'_>, kind: Kind) -> Finding {
    let text = element.text();
    let wanted = facets::wanted(kind);
    if text.trim().is_empty() {
        let finding = Finding::at("00200", element, format!("l’elemento è vuoto: serve {wanted}"));
        return finding.hint("se il dato non c’è e non è obbligatorio, togliere l’elemento");
    }
    let Kind::Text(alphabet, ..) = kind else {
        let spaced = text.trim() != text && facets::fits(kind, text.trim());
        let hint = if spaced { "togliere gli spazi prima e dopo il valore" } else { "" };
        return Finding::at("00200", element, format!("vale «{}»: serve {wanted}", quoted(text))).hint(hint);
    };
    match alphabet.stranger(text) {
        Some(c) => {
            let message = format!("contiene «{}» (U+{:04X}): servono {wanted}", quoted(&c.to_string()), u32::from(c));
            Finding::at("00200", element, message)
                .hint("sostituire il carattere: apostrofo e virgolette diritti, trattino semplice, EUR per €")
        }
        None => {
            let length = text.chars().count();
            Finding::at("00200", element, format!("è di {length} caratteri: servono {wanted}"))
        }
    }
}
