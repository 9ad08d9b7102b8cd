//! Files against manifests: which document each file is, by its content first and by its name after, and what its
//! signatures are worth for that document.

use super::boxes;
use super::expand::base_name;
use super::expected::{called, expected};
use super::report::{Bundle, Document, DocumentState, Expected, File, FileState, Report};
use super::{Input, Scope};
use crate::emit::bundle::{self, Manifest};
use crate::verify::{self, Content, Detached, Fault, Signature};

const SEND_AGAIN: &str = "rimandare il documento del pacchetto e farlo firmare senza modificarlo";

/// A document of a manifest.
type Place = (usize, usize);

/// A file read, before it is known what it is.
struct Examined {
    name: String,
    asked: bool,
    sha256: String,
    /// What is inside the envelopes.
    content: Option<Vec<u8>>,
    detached: Option<Detached>,
    signatures: Vec<Signature>,
    findings: Vec<Fault>,
    place: Option<Place>,
    state: FileState,
}

/// Judges a group of files and adds it to the report.
pub(super) fn judge(manifests: Vec<(String, Manifest)>, files: Vec<Input>, scope: Scope, report: &mut Report) {
    let mut examined: Vec<Examined> = files.into_iter().map(examine).collect();
    for file in &mut examined {
        identify(file, &manifests);
    }
    resolve_detached(&mut examined, &manifests);
    let any_signed = examined.iter().any(|file| !file.signatures.is_empty());
    let first = report.bundles.len();
    report.bundles.extend(manifests.iter().map(|(source, manifest)| Bundle::of(manifest, source.clone())));
    let mut placed: Vec<Vec<Vec<File>>> =
        manifests.iter().map(|(_, manifest)| manifest.documents.iter().map(|_| Vec::new()).collect()).collect();
    for file in examined {
        let place = file.place;
        let file = file.close(!manifests.is_empty());
        let list = place.and_then(|(bundle, document)| placed.get_mut(bundle)?.get_mut(document));
        match (list, report.bundles.get_mut(first)) {
            (Some(list), _) => list.push(file),
            (None, Some(bundle)) if manifests.len() == 1 => bundle.added.push(file),
            _ => report.files.push(file),
        }
    }
    for (index, ((_, manifest), files)) in manifests.iter().zip(placed).enumerate() {
        let Some(bundle) = report.bundles.get_mut(first + index) else { continue };
        for (document, files) in manifest.documents.iter().zip(files) {
            if scope == Scope::Whole || !files.is_empty() {
                bundle.documents.push(conclude(document, files, any_signed));
            }
        }
    }
}

/// Opens a file and judges the signatures that can be judged without knowing what it should be.
fn examine(input: Input) -> Examined {
    let sha256 = bundle::sha256(&input.bytes);
    let mut examined = Examined {
        name: input.name,
        asked: input.asked,
        sha256,
        content: None,
        detached: None,
        signatures: Vec::new(),
        findings: Vec::new(),
        place: None,
        state: FileState::Added,
    };
    match verify::open(&input.bytes) {
        Some(opened) => {
            // The innermost envelope is the first signature.
            examined.signatures = opened.layers.into_iter().rev().flat_map(|layer| layer.signatures).collect();
            examined.findings = opened.findings;
            examined.content = opened.content;
            examined.detached = opened.detached;
        }
        None => {
            let base = base_name(&examined.name).to_ascii_lowercase();
            if base.ends_with(".p7m") || base.ends_with(".p7s") {
                let words = "il nome dice che è firmato, ma dentro non c’è una firma leggibile";
                examined.findings.push(Fault::error("unreadable-envelope", words, "chiederlo di nuovo"));
            }
            examined.content = Some(input.bytes);
        }
    }
    examined
}

/// Finds the document that a file is, and judges the signatures inside a PDF.
fn identify(file: &mut Examined, manifests: &[(String, Manifest)]) {
    let content = file.content.take();
    let mut original = None;
    if let Some(content) = &content {
        let whole = bundle::sha256(content);
        file.place = find(manifests, |document| document.sha256 == whole);
        if file.place.is_none() && verify::is_pdf(content) {
            // Signatures inside a PDF leave what was sent at its beginning.
            file.place = find(manifests, |document| starts_with(content, document));
            original = file.place.and_then(|place| length_of(manifests, place));
        }
        if verify::is_pdf(content) && (original.is_some() || holds_signature(content)) {
            let signed = verify::read_pdf(content, original);
            if original.is_some() && signed.signatures.is_empty() && signed.findings.is_empty() {
                let words = "al documento inviato è stato aggiunto qualcosa che non è una firma";
                file.findings.push(Fault::error("changed-after", words, SEND_AGAIN));
            }
            if let (Some(place), Some(sent)) = (file.place, original.and_then(|length| content.get(..length))) {
                let signers = document(manifests, place).map_or(&[][..], |document| document.signers.as_slice());
                file.findings.extend(boxes::over_words(sent, &signed.boxes, signers));
            }
            file.findings.extend(signed.findings);
            file.signatures.splice(0..0, signed.signatures);
        }
    }
    let named = by_name(&file.name, manifests);
    match (file.place, named) {
        (Some(place), named) => {
            let is_changed = file.findings.iter().any(|found| found.code == "changed-after");
            file.state = match (is_changed, file.signatures.is_empty()) {
                (true, _) => FileState::Changed,
                (false, true) => FileState::Unchanged,
                (false, false) => FileState::Signed,
            };
            if let (Some(named), Some((_, is))) = (named.filter(|named| *named != place), path_of(manifests, place))
                && let Some((_, says)) = path_of(manifests, named)
            {
                let words = format!("il file si chiama come «{says}», ma contiene «{is}»");
                file.findings.push(Fault::error("other-document", words, "farsi mandare anche il documento che manca"));
            }
        }
        (None, Some(named)) if file.detached.is_none() => {
            file.place = Some(named);
            file.state = FileState::Changed;
            let words = if file.signatures.is_empty() {
                "non è il documento che è stato inviato: il contenuto è cambiato"
            } else {
                "quello che è stato firmato non è il documento inviato: il contenuto è diverso"
            };
            file.findings.push(Fault::error("content-changed", words, SEND_AGAIN));
        }
        _ => {}
    }
    file.content = content;
}

/// Finds what signatures without a document are of: the file beside them of the same name, any other file, or a document
/// whose SHA-256 the manifest gives.
fn resolve_detached(files: &mut [Examined], manifests: &[(String, Manifest)]) {
    for index in 0..files.len() {
        let Some(detached) = files.get_mut(index).and_then(|file| file.detached.take()) else { continue };
        let name = files.get(index).map(|file| bare(&file.name).to_owned()).unwrap_or_default();
        let mut order: Vec<usize> = (0..files.len()).filter(|other| *other != index).collect();
        order.sort_by_key(|other| files.get(*other).is_none_or(|file| base_name(&file.name).to_lowercase() != name));
        let mut found: Option<(Vec<Signature>, Option<Place>)> = None;
        for other in order.into_iter().filter_map(|other| files.get(other)) {
            let Some(content) = &other.content else { continue };
            let signatures = detached.signatures(Content::Parts(&[content]));
            if signatures.iter().any(|signature| signature.valid) {
                found = Some((signatures, other.place));
                break;
            }
        }
        let by_digest = || {
            let places = (0..manifests.len()).flat_map(|bundle| {
                let count = manifests.get(bundle).map_or(0, |(_, manifest)| manifest.documents.len());
                (0..count).map(move |document| (bundle, document))
            });
            places.into_iter().find_map(|place| {
                let digest = from_hex(&document(manifests, place)?.sha256)?;
                let signatures = detached.signatures(Content::Sha256(&digest));
                signatures.iter().any(|signature| signature.valid).then_some((signatures, Some(place)))
            })
        };
        let found = found.or_else(by_digest);
        let named = files.get(index).and_then(|file| by_name(&file.name, manifests));
        let Some(file) = files.get_mut(index) else { continue };
        match found {
            Some((signatures, place)) => {
                file.signatures = signatures;
                file.state = if place.is_some() { FileState::Signed } else { FileState::Added };
                file.place = place;
                if let (Some(named), Some(place)) = (named, place)
                    && named != place
                {
                    let words = "la firma separata è di un altro documento, non di quello di cui porta il nome";
                    file.findings.push(Fault::error("other-document", words, "farsi mandare la firma del documento"));
                }
            }
            None => {
                // Judged against nothing, to tell at least who signed.
                file.signatures = detached.signatures(Content::Sha256(&[]));
                file.place = named;
                file.state = if named.is_some() { FileState::Changed } else { FileState::Added };
                let words = "è una firma separata, e il documento che firma non è fra i file né nel manifesto";
                file.findings.push(Fault::error(
                    "content-missing",
                    words,
                    "mettere accanto alla firma il documento firmato",
                ));
            }
        }
    }
}

/// What became of a document, from the files that are it or go by its name.
fn conclude(document: &bundle::Document, files: Vec<File>, any_signed: bool) -> Document {
    let of_document = files.iter().filter(|file| file.state == FileState::Signed);
    let signatures: Vec<&Signature> = of_document.flat_map(|file| &file.signatures).collect();
    let is_signed = !signatures.is_empty();
    let (expected, mut findings) = expected(&document.signers, &signatures);
    let all = expected.iter().all(|expected| expected.signed);
    let is_wrong = |file: &File| file.state == FileState::Changed;
    let state = match () {
        () if files.is_empty() => DocumentState::Missing,
        () if files.iter().any(is_wrong) => DocumentState::Changed,
        () if !is_signed => DocumentState::Unchanged,
        () if all => DocumentState::Signed,
        () => DocumentState::PartlySigned,
    };
    if state == DocumentState::Missing {
        let words = format!("manca «{}»", document.path);
        if document.signers.is_empty() {
            findings.push(Fault::note("missing", format!("{words}, che non si firma")));
        } else {
            findings.push(Fault::error(
                "missing",
                words,
                "chiedere il documento firmato, o cercarlo fra gli allegati della PEC",
            ));
        }
    } else if any_signed && state != DocumentState::Changed {
        // A signature that is there and is not good is told where it stands.
        let is_told =
            |slot: &&Expected| signatures.iter().any(|it| !it.counts() && verify::same_person(&slot.name, it.who()));
        for slot in expected.iter().filter(|slot| !slot.signed && !is_told(slot)) {
            let words = format!("manca la firma: {}", called(slot));
            let hint = match expected.iter().any(|other| other.signed) {
                true => "far firmare il file già firmato dagli altri, non una copia",
                false => "far firmare il documento del pacchetto",
            };
            findings.push(Fault::error("signature-missing", words, hint));
        }
    }
    Document {
        path: document.path.clone(),
        kind: document.kind.clone(),
        title: document.title.clone(),
        sha256: document.sha256.clone(),
        state,
        expected,
        files,
        findings,
    }
}

impl Examined {
    /// True for what may be taken for an act: receipts and notes may stand among the files.
    fn is_document(&self) -> bool {
        let name = base_name(&self.name).to_ascii_lowercase();
        let named = [".pdf", ".docx", ".doc", ".odt", ".p7m", ".p7s"].iter().any(|extension| name.ends_with(extension));
        named || self.content.as_deref().is_some_and(verify::is_pdf)
    }

    fn close(mut self, has_manifest: bool) -> File {
        if self.place.is_none() {
            if has_manifest && !self.signatures.is_empty() {
                let words = "è firmato, ma non è nessuno dei documenti inviati";
                self.findings.push(Fault::error("other-document", words, SEND_AGAIN));
            } else if has_manifest && self.asked && self.is_document() {
                let words = "non è firmato e non è nessuno dei documenti inviati";
                let hint = "se è un documento cambiato, salvato di nuovo o scansionato: rimandare quello del pacchetto e farlo firmare senza modificarlo";
                self.findings.push(Fault::error("other-document", words, hint));
            } else if has_manifest {
                let hint = "se non è un documento di questo pacchetto, toglierlo dalla cartella";
                self.findings.push(Fault::warning("not-in-manifest", "il manifesto non prevede questo file", hint));
            } else if self.signatures.is_empty() && self.findings.is_empty() {
                let hint =
                    "indicare anche il pacchetto inviato (.zip): è il suo manifesto che dice che cosa doveva tornare";
                self.findings.push(Fault::error(
                    "nothing-to-verify",
                    "non è firmato, e non c’è un manifesto con cui confrontarlo",
                    hint,
                ));
            } else if !self.signatures.is_empty() {
                let words =
                    "senza il pacchetto inviato non si può dire se è il documento giusto, né se hanno firmato tutti";
                self.findings.push(Fault::warning(
                    "no-manifest",
                    words,
                    "aggiungere il pacchetto (.zip) al comando, o con --pacchetto",
                ));
                self.state = FileState::Signed;
            }
        }
        File {
            name: self.name,
            sha256: self.sha256,
            state: self.state,
            signatures: self.signatures,
            findings: self.findings,
        }
    }
}

fn find(manifests: &[(String, Manifest)], is: impl Fn(&bundle::Document) -> bool) -> Option<Place> {
    manifests
        .iter()
        .enumerate()
        .find_map(|(bundle, (_, manifest))| manifest.documents.iter().position(&is).map(|document| (bundle, document)))
}

fn document(manifests: &[(String, Manifest)], (bundle, document): Place) -> Option<&bundle::Document> {
    manifests.get(bundle)?.1.documents.get(document)
}

fn path_of(manifests: &[(String, Manifest)], place: Place) -> Option<(usize, &str)> {
    document(manifests, place).map(|document| (place.0, document.path.as_str()))
}

fn length_of(manifests: &[(String, Manifest)], place: Place) -> Option<usize> {
    usize::try_from(document(manifests, place)?.bytes).ok()
}

/// True where the content begins with the bytes of a document and goes on.
fn starts_with(content: &[u8], document: &bundle::Document) -> bool {
    let ours = usize::try_from(document.bytes).ok().filter(|length| *length > 0 && *length < content.len());
    ours.and_then(|length| content.get(..length)).is_some_and(|ours| bundle::sha256(ours) == document.sha256)
}

fn holds_signature(content: &[u8]) -> bool {
    content.windows(10).any(|window| window == b"/ByteRange")
}

/// The document that a file goes by the name of; nothing where several bundles have one of that name.
fn by_name(name: &str, manifests: &[(String, Manifest)]) -> Option<Place> {
    let wanted = bare(name);
    let mut found = manifests.iter().enumerate().filter_map(|(bundle, (_, manifest))| {
        let position = manifest.documents.iter().position(|document| document.path.to_lowercase() == wanted)?;
        Some((bundle, position))
    });
    found.next().filter(|_| found.next().is_none())
}

/// The name of the document in the name of a file that came back: "01-convenzione.pdf.p7m", "01-convenzione-signed.pdf",
/// "01-convenzione_firmato (1).pdf".
fn bare(name: &str) -> String {
    let mut name = base_name(name).to_lowercase();
    loop {
        let before = name.len();
        for envelope in [".p7m", ".p7s", ".p7c", ".tsd"] {
            name.truncate(name.strip_suffix(envelope).map_or(name.len(), str::len));
        }
        if let Some((stem, extension)) = name.rsplit_once('.') {
            let marks =
                ["-signed", "_signed", "-firmato", "_firmato", " firmato", ".signed", ".firmato", "-sign", "_f"];
            let mut stem = stem.trim_end();
            if let Some((start, number)) = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('))
                && number.bytes().all(|byte| byte.is_ascii_digit())
            {
                stem = start.trim_end();
            }
            for mark in marks {
                stem = stem.strip_suffix(mark).unwrap_or(stem);
            }
            name = format!("{stem}.{extension}");
        }
        if name.len() == before {
            return name;
        }
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_signing_programs_add_to_a_name_is_taken_off() {
        for name in [
            "01-convenzione.pdf.p7m",
            "01-convenzione.pdf.p7m.p7m",
            "x/01-Convenzione-signed.pdf",
            "01-convenzione_firmato (1).pdf",
            "01-convenzione-signed-signed.pdf.p7m",
        ] {
            assert_eq!(bare(name), "01-convenzione.pdf", "{name}");
        }
    }
}
