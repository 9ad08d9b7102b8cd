//! Metadata of an administrative document, annex 5 of the AgID guidelines on the making, management and preservation of
//! electronic documents (2021): as XML for the registry, as JSON in the manifest. Names, order and words are those of the
//! annex and of the schema that goes with it (`DocumentoAmministrativoInformatico`, no namespace); what is not known before
//! registration is left out and listed, never made up.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::{Map, Value};

use super::filing::{Agent, Filing};
use super::{File, signers};
use crate::act::{Act, ActKind};

const ROOT: &str = "DocumentoAmministrativoInformatico";
/// The first of the four ways of annex 5, in its words.
const MADE_BY_SOFTWARE: &str = "creazione tramite utilizzo di strumenti software che assicurino la produzione di documenti nei formati previsti in allegato 2";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Another document of the same bundle.
#[derive(Debug, Clone)]
pub struct Companion {
    /// Its act.
    pub kind: ActKind,
    /// File name, which identifies it in the bundle.
    pub name: String,
    /// Title.
    pub title: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// The metadata of a document.
pub struct Metadata {
    root: Node,
    /// What is left out because nobody knows it yet, in Italian with the element's name.
    pub missing: Vec<String>,
}

enum Node {
    Text(String),
    /// A digest, given in hexadecimal: base64 in XML, as the schema wants it.
    Digest(String),
    Group(Vec<(&'static str, Node)>),
}

fn text(words: impl Into<String>) -> Node {
    Node::Text(words.into())
}

/// The metadata of a file of an act; `others` are the originals of the other acts in the bundle.
pub fn metadata(act: &Act, file: &File, sha256: &str, filing: &Filing, others: &[Companion]) -> Metadata {
    let mut missing = Vec::new();
    let mut root: Vec<(&'static str, Node)> = vec![
        ("IdDoc", id_doc(&filing.body.code, &file.name, sha256)),
        ("ModalitaDiFormazione", text(MADE_BY_SOFTWARE)),
        ("TipologiaDocumentale", text(act.kind.italian())),
    ];
    root.extend(registration(act.kind, filing, &mut missing));
    root.push(("Soggetti", subjects(act, filing, &mut missing)));
    let mut key = vec![("Oggetto", text(&act.subject))];
    key.extend(keywords(act.kind, filing.is_agreement).into_iter().map(|word| ("ParoleChiave", text(word))));
    root.push(("ChiaveDescrittiva", Node::Group(key)));
    root.push(("Allegati", enclosures(act.kind, filing, others)));
    match &filing.classification {
        Some(index) => {
            root.push(("Classificazione", Node::Group(vec![("IndiceDiClassificazione", text(index))])));
            missing.push("Classificazione: Descrizione e PianoDiClassificazione".to_owned());
        }
        None => missing.push("Classificazione (nel foglio: Convenzione, campo classificazione)".to_owned()),
    }
    match filing.reserved {
        Some(reserved) => root.push(("Riservato", text(reserved.to_string()))),
        None => missing.push("Riservato (nel foglio: Convenzione, campo riservato)".to_owned()),
    }
    let product = vec![("NomeProdotto", text("Scrivano")), ("VersioneProdotto", text(VERSION))];
    let format = vec![("Formato", text(format(file.format))), ("ProdottoSoftware", Node::Group(product))];
    root.push(("IdentificativoDelFormato", Node::Group(format)));
    // As it is sent: unsigned. Who registers the signed document says so.
    let checks = [
        "FirmatoDigitalmente",
        "SigillatoElettronicamente",
        "MarcaturaTemporale",
        "ConformitaCopieImmagineSuSupportoInformatico",
    ];
    root.push(("Verifica", Node::Group(checks.into_iter().map(|check| (check, text("false"))).collect())));
    match &filing.folder {
        Some(folder) => {
            let id = vec![("TipoAggregazione", text("Fascicolo")), ("IdAggregazione", text(folder))];
            root.push(("Agg", Node::Group(vec![("TipoAgg", Node::Group(id))])));
        }
        None => missing.push("Agg: fascicolo o serie (nel foglio: Convenzione, campo fascicolo)".to_owned()),
    }
    let letter = others.iter().find(|other| other.kind == ActKind::LetteraTrasmissione);
    if let Some(letter) = letter.filter(|_| act.kind != ActKind::LetteraTrasmissione) {
        let id = id_doc(&filing.body.code, &letter.name, &letter.sha256);
        root.push(("IdIdentificativoDocumentoPrimario", id));
    }
    root.push(("NomeDelDocumento", text(&file.name)));
    root.push(("VersioneDelDocumento", text("1")));
    match filing.retention {
        Some(years) => root.push(("TempoDiConservazione", text(years.to_string()))),
        None => missing.push("TempoDiConservazione (nel foglio: Convenzione, campo tempo_di_conservazione)".to_owned()),
    }
    root.extend(note(act, file).map(|note| ("Note", text(note))));
    Metadata { root: Node::Group(root), missing }
}

fn id_doc(body: &str, name: &str, sha256: &str) -> Node {
    let digest = vec![("Impronta", Node::Digest(sha256.to_owned())), ("Algoritmo", text("SHA-256"))];
    Node::Group(vec![
        ("ImprontaCrittograficaDelDocumento", Node::Group(digest)),
        ("Identificativo", text(format!("{body}/{name}"))),
    ])
}

fn registration(kind: ActKind, filing: &Filing, missing: &mut Vec<String>) -> Option<(&'static str, Node)> {
    let Some((_, known)) = filing.registrations.iter().find(|(of, _)| *of == kind) else {
        missing.push("DatiDiRegistrazione: registro, numero e data (li dà il protocollo)".to_owned());
        return None;
    };
    missing.push("DatiDiRegistrazione: CodiceRegistro".to_owned());
    let entry = vec![
        ("TipoRegistro", text("Repertorio\\Registro")),
        ("DataRegistrazioneDocumento", text(known.date.to_string())),
        ("NumeroRegistrazioneDocumento", text(&known.number)),
    ];
    let register = Node::Group(vec![("Repertorio_Registro", Node::Group(entry))]);
    Some(("DatiDiRegistrazione", Node::Group(vec![("TipologiaDiFlusso", text("I")), ("TipoRegistro", register)])))
}

/// Who registers, who writes, to whom, with what.
fn subjects(act: &Act, filing: &Filing, missing: &mut Vec<String>) -> Node {
    let sender = if act.author == filing.body.name { &filing.body } else { &filing.lead };
    let receiver = if sender.name == filing.body.name { &filing.lead } else { &filing.body };
    let is_of_parties = matches!(act.kind, ActKind::Convenzione | ActKind::Accordo);
    let authors: Vec<&Agent> =
        if is_of_parties && !filing.parties.is_empty() { filing.parties.iter().collect() } else { vec![sender] };
    let mut roles: Vec<(&'static str, &'static str, Node)> = Vec::new();
    let mut role = |element, words, who: Node| roles.push((element, words, who));
    if !sender.is_private {
        role(
            "AmministrazioneCheEffettuaLaRegistrazione",
            "Amministrazione Che Effettua La Registrazione",
            agent(sender),
        );
        missing.push("Soggetti: IPAAOO, l’area organizzativa omogenea di ogni amministrazione".to_owned());
    }
    for author in &authors {
        role("Autore", "Autore", agent(author));
    }
    for signer in signers(act) {
        // Given name and surname stand apart in the annex: only of two words is it sure which is which.
        let words: Vec<&str> = signer.name.split_whitespace().collect();
        match words.as_slice() {
            [given, surname] if signer.name.chars().any(char::is_alphabetic) => {
                let person = vec![("Cognome", text(*surname)), ("Nome", text(*given))];
                role("Autore", "Autore", Node::Group(vec![("PF", Node::Group(person))]));
            }
            _ => missing.push(format!("Soggetti: Cognome e Nome di chi firma come {}", signer.office)),
        }
    }
    let is_addressed = !is_of_parties
        && !matches!(act.kind, ActKind::DeliberaSchema | ActKind::DeliberaAdesione | ActKind::CartaServizi);
    if is_addressed {
        role("Mittente", "Mittente", agent(sender));
        if sender != receiver {
            role("Destinatario", "Destinatario", agent(receiver));
        }
    }
    let system = Node::Group(vec![("DenominazioneSistema", text(format!("Scrivano {VERSION}")))]);
    role("Produttore", "Produttore", Node::Group(vec![("SW", system)]));
    let of_role = |(element, words, who): (&'static str, &'static str, Node)| {
        let mut fields = vec![("TipoRuolo", text(words))];
        if let Node::Group(own) = who {
            fields.extend(own);
        }
        ("Ruolo", Node::Group(vec![(element, Node::Group(fields))]))
    };
    Node::Group(roles.into_iter().map(of_role).collect())
}

/// A body: an Italian administration by its code in IndicePA, a company by its codice fiscale.
fn agent(agent: &Agent) -> Node {
    let address = agent.pec.as_ref().map(|pec| ("IndirizziDigitaliDiRiferimento", text(pec)));
    if agent.is_private {
        let mut fields = vec![("DenominazioneOrganizzazione", text(&agent.name))];
        fields.extend(agent.tax_code.as_ref().map(|code| ("CodiceFiscale_PartitaIva", text(code))));
        fields.extend(address);
        return Node::Group(vec![("PG", Node::Group(fields))]);
    }
    let mut named = vec![("Denominazione", text(&agent.name))];
    if agent.code.contains('_') {
        named.push(("CodiceIPA", text(&agent.code)));
    }
    let mut fields = vec![("IPAAmm", Node::Group(named))];
    fields.extend(address);
    Node::Group(vec![("PAI", Node::Group(fields))])
}

/// The documents that go with this one: all with the covering letter, the scheme with a deliberation.
fn enclosures(kind: ActKind, filing: &Filing, others: &[Companion]) -> Node {
    let goes_with = |other: &&Companion| match kind {
        ActKind::LetteraTrasmissione => other.kind != ActKind::LetteraTrasmissione,
        ActKind::DeliberaSchema | ActKind::DeliberaAdesione => {
            matches!(other.kind, ActKind::Convenzione | ActKind::Accordo)
        }
        _ => false,
    };
    let enclosed: Vec<&Companion> = others.iter().filter(goes_with).collect();
    let mut fields = vec![("NumeroAllegati", text(enclosed.len().to_string()))];
    fields.extend(enclosed.into_iter().map(|other| {
        let id = id_doc(&filing.body.code, &other.name, &other.sha256);
        ("IndiceAllegati", Node::Group(vec![("IdDoc", id), ("Descrizione", text(&other.title))]))
    }));
    Node::Group(fields)
}

fn format(format: &str) -> &'static str {
    match format {
        "pdf" => "PDF/A-2a (ISO 19005-2)",
        "docx" => "OOXML (ISO/IEC 29500)",
        _ => "HTML5",
    }
}

fn note(act: &Act, file: &File) -> Option<String> {
    let signers: Vec<String> = signers(act).into_iter().map(|it| format!("{} {}", it.office, it.name)).collect();
    let is_signed = file.format == "pdf" && !signers.is_empty();
    is_signed.then(|| {
        format!(
            "Documento da firmare: {}. Dopo la firma cambiano l’impronta e gli elementi di Verifica.",
            signers.join("; ")
        )
    })
}

/// Words by which people look for an act of this kind: five at most, by the annex.
fn keywords(kind: ActKind, is_agreement: bool) -> Vec<&'static str> {
    use ActKind as Kind;
    let base = if is_agreement { "accordo" } else { "convenzione" };
    let law = if is_agreement { "L. 241/1990, art. 15" } else { "D.Lgs. 267/2000, art. 30" };
    match kind {
        Kind::Convenzione => vec!["convenzione", law],
        Kind::Accordo => vec!["accordo", "L. 241/1990, art. 15"],
        // The council's competence is of conventions; agreements are the executive's.
        Kind::DeliberaSchema | Kind::DeliberaAdesione if is_agreement => vec!["deliberazione", base, law],
        Kind::DeliberaSchema | Kind::DeliberaAdesione => vec!["deliberazione", base, law, "D.Lgs. 267/2000, art. 42"],
        Kind::RichiestaServizio | Kind::DisdettaServizio | Kind::ConfermaAnnuale | Kind::CartaServizi => {
            vec![kind.italian(), "servizi digitali", base]
        }
        Kind::SchedaFabbisogni | Kind::RilevazioneFabbisogni | Kind::MappaRisorse => {
            vec![kind.italian(), "fabbisogni", "servizi digitali"]
        }
        Kind::NominaReferente | Kind::MappaOrganizzativa => vec![kind.italian(), "referenti", base],
        Kind::Recesso => vec!["recesso", base, law],
        Kind::Fattura | Kind::NotaCredito => vec![kind.italian(), "copia di cortesia", "D.P.R. 633/1972, art. 21"],
        Kind::RichiestaVersamento => vec![kind.italian(), "contributo", base],
        Kind::LetteraTrasmissione => vec![kind.italian(), "impronte dei documenti", base],
    }
}

impl Metadata {
    /// As JSON, for the manifest: elements that repeat are lists.
    pub fn json(&self) -> Value {
        json(&self.root)
    }

    /// As XML, for the registry; what is missing is said in a comment at the top.
    ///
    /// # Errors
    /// None in practice: the writer's target is memory.
    pub fn xml(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        if !self.missing.is_empty() {
            // A comment must not hold two hyphens in a row.
            let words = format!(" Da completare: {}. ", self.missing.join("; ")).replace("--", "- -");
            writer.write_event(Event::Comment(BytesText::from_escaped(words)))?;
        }
        element(&mut writer, ROOT, &self.root)?;
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn json(node: &Node) -> Value {
    match node {
        Node::Text(words) | Node::Digest(words) => match words.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            words => Value::String(words.to_owned()),
        },
        Node::Group(fields) => {
            let mut map = Map::new();
            for (name, node) in fields {
                let value = json(node);
                match map.get_mut(*name) {
                    Some(Value::Array(list)) => list.push(value),
                    Some(one) => *one = Value::Array(vec![one.take(), value]),
                    None => {
                        map.insert((*name).to_owned(), value);
                    }
                }
            }
            Value::Object(map)
        }
    }
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, node: &Node) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    match node {
        Node::Text(words) => writer.write_event(Event::Text(BytesText::new(&printable(words))))?,
        Node::Digest(hex) => {
            let bytes: Option<Vec<u8>> =
                (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect();
            writer.write_event(Event::Text(BytesText::new(&STANDARD.encode(bytes.unwrap_or_default()))))?;
        }
        Node::Group(fields) => fields.iter().try_for_each(|(name, node)| element(writer, name, node))?,
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// Without the characters that XML cannot hold.
fn printable(words: &str) -> String {
    words.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
