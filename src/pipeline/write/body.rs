//! The acts of one body: composed, emitted unless the bundle already there was made from the very same, put in place; or
//! withheld, where an error says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ecow::{EcoString, eco_format};

use super::earlier::{self, Earlier};
use super::install::{install, remove};
use super::{Format, Options, stage};
use crate::act::{Act, ActKind};
use crate::compose::{Composer, Enclosure, Library};
use crate::dossier::{Assignment, Body, Dossier};
use crate::emit::bundle::{self, Contents, Manifest, Party};
use crate::emit::pdf::Press;
use crate::emit::{docx, html};
use crate::pipeline::bills::{BillAct, files};
use crate::pipeline::memory::Vouched;
use crate::pipeline::outcome::{ActOutcome, ActState, FileOutcome};
use crate::pipeline::site::Site;
use crate::pipeline::store::RunError;
use crate::pipeline::verify::signatures_in;
use crate::pipeline::{assignments, reasons};

/// What became of a body.
#[derive(Debug, Default)]
pub struct Done {
    /// Its acts.
    pub acts: Vec<ActOutcome>,
    /// Its bundle.
    pub bundle: Option<Vouched>,
}

/// What the bodies of a run have in common.
pub struct Run<'a> {
    pub dossier: &'a Dossier,
    pub library: &'a Library,
    pub composer: &'a Composer<'a>,
    pub press: &'a Press,
    pub options: &'a Options,
    pub root: &'a Path,
    pub site: &'a Site,
    pub earlier: &'a Earlier,
    /// Folder of each body.
    pub folders: &'a [String],
    /// For each body, the codes of the errors that withhold its acts.
    pub withheld: &'a [Vec<&'static str>],
    /// The bills to put in the bundles, by position of the payer.
    pub bills: &'a BTreeMap<usize, Vec<BillAct>>,
    /// A digest of everything but the data that decides the bytes of acts.
    pub engine: String,
    /// Called before anything is changed in the folder.
    pub changing: &'a (dyn Fn() + Sync),
}

impl Run<'_> {
    /// The acts of a body: composed, emitted unless the bundle already there was made from the very same, written; or
    /// withheld, where an error says so.
    ///
    /// # Errors
    /// The disk refuses, or a fault of the program.
    pub fn body(&self, index: usize) -> Result<Done, RunError> {
        let Some(body) = self.dossier.bodies.get(index) else { return Ok(Done::default()) };
        let mut made = Vec::new();
        let mut withheld = Vec::new();
        for assignment in assignments(self.library, self.dossier, index, self.options.acts.as_deref()) {
            let reasons = reasons(self.dossier, self.withheld, &assignment);
            if reasons.is_empty() {
                made.push(assignment);
            } else {
                withheld.push(self.withheld_outcome(&assignment, body, reasons));
            }
        }
        if made.is_empty() && !self.bills.contains_key(&index) {
            // Acts of an earlier run, unless changed since, go: they would be taken for good.
            self.remove_earlier(body, None)?;
            return Ok(Done { acts: withheld, bundle: None });
        }
        let mut done = self.make(index, body, &made)?;
        done.acts.extend(withheld);
        Ok(done)
    }

    /// Makes the acts of a body.
    fn make(&self, index: usize, body: &Body, made: &[Assignment]) -> Result<Done, RunError> {
        let (letters, others): (Vec<Assignment>, Vec<Assignment>) =
            made.iter().copied().partition(|assignment| assignment.kind == ActKind::LetteraTrasmissione);
        // Judged already: what is wrong with an act has withheld the body.
        let compose = |assignment: &Assignment, enclosed: &[Enclosure]| self.composer.act(assignment, enclosed).ok();
        let mut acts: Vec<Act> = others.iter().filter_map(|assignment| compose(assignment, &[])).collect();
        let bills = self.bills.get(&index).map_or(&[][..], Vec::as_slice);
        let first_bill = acts.len();
        acts.extend(bills.iter().map(|bill| bill.act.clone()));
        let sent: Vec<_> =
            bills.iter().map(|bill| bill.file.as_ref().map(|(name, bytes)| (name, bundle::sha256(bytes)))).collect();
        // What the letter says besides, before the documents it lists are made.
        let drafts: Vec<Act> = letters.iter().filter_map(|letter| compose(letter, &[])).collect();
        let folder = self.folders.get(index).cloned().unwrap_or_default();
        let party = Party { code: body.code().to_owned(), name: body.name().to_owned() };
        let title = self.dossier.convention.titolo.text().unwrap_or_default();
        let filing = super::filing::of(self.dossier, body);
        let known = (&party, title, stage(self.dossier), &filing);
        let identity =
            serde_json::to_vec(&(&self.engine, known, &acts, &drafts, &sent)).map_err(crate::emit::EmitError::from)?;
        let fingerprint = bundle::sha256(&identity);
        let zip_path = self.root.join(format!("{folder}.zip"));
        // A body that changed name has its earlier bundle elsewhere.
        self.remove_earlier(body, Some(&folder))?;
        let old = self.earlier.manifest(body.code(), &folder);
        if let Some(old) = old.as_ref().filter(|old| old.fingerprint == fingerprint)
            && let Ok(zip) = fs::read(&zip_path)
            && bundle::is_whole(&zip, old)
            && earlier::is_in_place(&self.root.join(&folder), old)
        {
            return Ok(self.outcomes((made, bills), &folder, old, &zip, true));
        }
        let mut files = Vec::new();
        for (number, act) in acts.iter().enumerate().take(first_bill) {
            self.emit(number, act, &mut files)?;
        }
        for (number, bill) in (first_bill..).zip(bills) {
            files.push(self.bill(number, bill, &folder)?);
        }
        let enclosed = enclosures(&acts, &files);
        for letter in letters.iter().filter_map(|letter| compose(letter, &enclosed)) {
            self.emit(acts.len(), &letter, &mut files)?;
            acts.push(letter);
        }
        let contents = Contents {
            body: party,
            convention: title,
            stage: stage(self.dossier),
            filing: &filing,
            acts: &acts,
            files: &files,
        };
        let (zip, manifest) = bundle::build(&fingerprint, contents)?;
        (self.changing)();
        let documents: Vec<(&str, &[u8])> =
            files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
        install(self.site, self.root, &folder, &documents, &zip, old.as_ref())?;
        Ok(self.outcomes((made, bills), &folder, &manifest, &zip, false))
    }

    /// The files of an act, in every format asked for.
    fn emit(&self, number: usize, act: &Act, files: &mut Vec<bundle::File>) -> Result<(), RunError> {
        for format in &self.options.formats {
            let bytes = match format {
                Format::Pdf => self.press.pdf(act)?,
                Format::Docx => docx::docx(act)?,
                Format::Html => html::html(act).into_bytes(),
            };
            let name = format!("{}.{}", act.stem, format.extension());
            files.push(bundle::File { name, format: format.extension(), act: number, bytes });
        }
        Ok(())
    }

    /// The readable copy of a bill: as it was issued, where it is there.
    fn bill(&self, number: usize, bill: &BillAct, folder: &str) -> Result<bundle::File, RunError> {
        let name = format!("{}.pdf", bill.act.stem);
        let bytes = match fs::read(self.root.join(folder).join(&name)) {
            Ok(issued) => issued,
            Err(_) => {
                let file = bill.file.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
                files::pdf(&bill.act, file, self.press)?
            }
        };
        Ok(bundle::File { name, format: Format::Pdf.extension(), act: number, bytes })
    }

    /// Takes away the earlier bundles of a body, save the one in `keep`. Nothing goes where two rows share the code: one
    /// of them may be right.
    fn remove_earlier(&self, body: &Body, keep: Option<&str>) -> Result<(), RunError> {
        let has_code = |other: &&Body| other.code() == body.code();
        if body.code().is_empty() || self.earlier.of(body.code()).iter().all(|stem| Some(stem.as_str()) == keep) {
            return Ok(());
        }
        if self.dossier.bodies.iter().filter(has_code).count() > 1 {
            return Ok(());
        }
        for stem in self.earlier.of(body.code()).iter().filter(|stem| Some(stem.as_str()) != keep) {
            if let Some(manifest) = self.earlier.manifest(body.code(), stem) {
                (self.changing)();
                remove(self.site, self.root, stem, &manifest)?;
            }
        }
        Ok(())
    }

    /// What is told of an act that an error withholds.
    fn withheld_outcome(&self, assignment: &Assignment, body: &Body, reasons: Vec<&'static str>) -> ActOutcome {
        ActOutcome {
            body: if body.code().is_empty() { eco_format!("riga {}", body.row + 1) } else { body.code().into() },
            name: body.name().into(),
            act: assignment.kind.slug(),
            service: self.service(assignment),
            state: ActState::Withheld,
            reasons,
            files: Vec::new(),
            bundle: None,
            unchanged: false,
            signatures: None,
            index: assignment.body,
        }
    }

    /// The code of the service that an act is about.
    fn service(&self, assignment: &Assignment) -> Option<String> {
        let request = assignment.request.and_then(|index| self.dossier.requests.get(index))?;
        request.servizio.get().cloned()
    }

    fn outcomes(
        &self,
        (made, bills): (&[Assignment], &[BillAct]),
        folder: &str,
        manifest: &Manifest,
        zip: &[u8],
        unchanged: bool,
    ) -> Done {
        let files_of = |stem: &str| {
            let of_act = |path: &str| path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'));
            let documents = manifest.documents.iter().filter(|document| of_act(&document.path));
            let file = |document: &bundle::Document| FileOutcome {
                format: document.format.as_str().into(),
                path: eco_format!("{folder}/{}", document.path),
                bytes: document.bytes,
                sha256: document.sha256.as_str().into(),
            };
            documents.map(file).collect()
        };
        let path = eco_format!("{folder}.zip");
        let name = EcoString::from(manifest.body.name.as_str());
        let signatures = signatures_in(&self.root.join(folder), manifest, self.dossier.today);
        let outcome = |kind: ActKind, service: Option<String>, stem: &str, index: usize| ActOutcome {
            body: manifest.body.code.as_str().into(),
            name: name.clone(),
            act: kind.slug(),
            service,
            state: ActState::Produced,
            reasons: Vec::new(),
            files: files_of(stem),
            bundle: Some(path.clone()),
            unchanged,
            signatures: signatures.get(&format!("{stem}.pdf")).cloned(),
            index,
        };
        let acts = made.iter().map(|assignment| {
            let stem = self.dossier.stem(assignment);
            outcome(assignment.kind, self.service(assignment), &stem, assignment.body)
        });
        let payer = self.dossier.bodies.iter().position(|body| body.code() == manifest.body.code).unwrap_or(usize::MAX);
        let bills = bills.iter().map(|bill| outcome(bill.act.kind, None, &bill.act.stem, payer));
        Done { acts: acts.chain(bills).collect(), bundle: Some(Vouched::of(path.clone(), zip)) }
    }
}

/// The documents that a covering letter goes with: the originals, or whatever there is of each act.
fn enclosures(acts: &[Act], files: &[bundle::File]) -> Vec<Enclosure> {
    let first_of = |number: usize| files.iter().find(|file| file.act == number);
    let enclosure = |(number, act): (usize, &Act)| {
        first_of(number).map(|file| Enclosure {
            name: file.name.clone(),
            title: act.title.clone(),
            sha256: bundle::sha256(&file.bytes),
        })
    };
    acts.iter().enumerate().filter_map(enclosure).collect()
}
