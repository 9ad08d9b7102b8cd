//! Template + dossier → act. Templates are Handlebars over a small Markdown; values pass through both as opaque tokens
//! and are put in their place in the tree afterwards, so no cell can ever be parsed as markup.
//!
//! Called by `pipeline`: [`Library::load`] once, [`Library::faults`] for what the lint finds in the texts of the workbook's
//! model, then a [`Composer`] for the acts of the workbook ([`Library::compose`] for one alone) and
//! [`Library::compose_bill`] for every bill, from any thread; [`Library::edited`] for texts that are tried out.

mod bill;
mod citations;
mod composer;
mod conditions;
mod context;
mod engine;
mod lint;
mod mentions;
mod model;
mod names;
mod parties;
mod sources;
mod tokens;
mod tree;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use handlebars::Handlebars;

use crate::act::{Act, ActKind};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Assignment, Dossier};
use crate::model::Model;
use crate::place::Place;
use composer::Compiled;
pub use composer::Composer;
pub use names::{Name, Scope, names};
pub use sources::Sources;

/// A document that another names: the covering letter lists those that it goes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Name of the file.
    pub name: String,
    /// Title of the act.
    pub title: String,
    /// SHA-256, hexadecimal; empty where the document is not made yet.
    pub sha256: String,
}

/// All models with their templates. A model is checked when it is asked for, its acts compiled when first composed.
pub struct Library {
    models: Vec<Arc<Model>>,
    sources: Sources,
    /// Files that cannot be read at all.
    unreadable: Vec<Diagnostic>,
    /// What the lint found and the compiled acts, by model. The same clause name may mean another file in another model.
    shelves: BTreeMap<String, Shelf>,
}

/// What is made of a model's texts, once.
struct Shelf {
    faults: OnceLock<Vec<Diagnostic>>,
    /// One text a kind: a run asks for few kinds.
    texts: BTreeMap<ActKind, OnceLock<Compiled>>,
}

impl Shelf {
    fn new() -> Self {
        let texts = ActKind::ALL.iter().map(|kind| (*kind, OnceLock::new())).collect();
        Self { faults: OnceLock::new(), texts }
    }
}

impl Library {
    /// Loads the templates: those built in, each replaced by the file of the same path in `overrides`
    /// (`pesaro-urbino/model.toml`, `clausole/recesso.md`; UTF-8 bytes).
    ///
    /// Always returns the library; what is wrong with the texts is in [`Library::faults`].
    pub fn load(overrides: Vec<(String, Vec<u8>)>) -> Self {
        let (mut sources, mut unreadable) = Sources::new(overrides);
        let mut models = Vec::new();
        for id in sources.model_ids() {
            match model::parse(&sources, &id) {
                Ok(Some(model)) => models.push(Arc::new(model)),
                Ok(None) => {}
                Err(fault) => unreadable.push(*fault),
            }
        }
        models.iter().for_each(|model| sources.set_bases(&model.id, model.base.clone()));
        let shelves = models.iter().map(|model| (model.id.clone(), Shelf::new())).collect();
        Self { models, sources, unreadable: sorted(unreadable), shelves }
    }

    /// The same texts with some in the place of others: what somebody tries out. Paths and faults as for
    /// [`Library::load`].
    #[must_use]
    pub fn edited(&self, texts: &BTreeMap<String, String>) -> Self {
        let kept = self.sources.all().filter(|(path, _)| !texts.contains_key(*path));
        let kept = kept.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let edited = texts.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec()));
        let mut library = Self::load(kept.chain(edited).collect());
        let replaced = |fault: &&Diagnostic| match &fault.place {
            Place::File(path) | Place::Text(path, ..) => texts.contains_key(&**path),
            _ => false,
        };
        // What could not be read before still cannot be, unless it was replaced.
        library.unreadable.extend(self.unreadable.iter().filter(|fault| !replaced(fault)).cloned());
        library.unreadable = sorted(library.unreadable);
        library
    }

    /// The texts that the acts of a model are put together from, by path, with the kinds of act that each is part of.
    pub fn texts_in_use(&self, model: &str) -> BTreeMap<String, Vec<ActKind>> {
        let mut used: BTreeMap<String, Vec<ActKind>> = BTreeMap::new();
        for kind in ActKind::ALL.iter().copied().filter(|kind| self.has(model, *kind)) {
            for path in self.sources.parts_of(model, kind.slug()) {
                used.entry(path).or_default().push(kind);
            }
        }
        used
    }

    /// The models, in order of identifier; those that are only a base for others left out.
    pub fn models(&self) -> &[Arc<Model>] {
        &self.models
    }

    fn find(&self, model: &str) -> Option<(&Arc<Model>, &Shelf)> {
        Some((self.models.iter().find(|it| it.id == model)?, self.shelves.get(model)?))
    }

    /// True where the model has a text for acts of this kind.
    pub fn has(&self, model: &str, kind: ActKind) -> bool {
        self.find(model).is_some_and(|(model, _)| model.offers(kind))
            && self.sources.resolve(model, kind.slug()).is_some()
    }

    /// What is wrong with the texts of a model, files that cannot be read at all included: every error withholds its acts.
    /// A shared clause may be at fault for one model, whose parameters it needs, and not for another.
    pub fn faults(&self, model: &str) -> &[Diagnostic] {
        let Some((model, shelf)) = self.find(model) else { return &self.unreadable };
        // The texts built in have no fault: a test holds it.
        let found = || if self.sources.are_built_in() { Vec::new() } else { lint::model(&self.sources, model) };
        shelf.faults.get_or_init(|| sorted([self.unreadable.clone(), found()].concat()))
    }

    /// The text of acts of a kind. An act that does not compile has been reported by the lint.
    fn compiled(&self, model: &str, kind: ActKind) -> Option<&Compiled> {
        let (_, shelf) = self.find(model)?;
        let compile = || {
            let mut engine = Handlebars::new();
            engine.set_strict_mode(true);
            engine.register_escape_fn(handlebars::no_escape);
            conditions::register(&mut engine);
            let text = self.sources.instrumented(model, kind.slug()).unwrap_or_default();
            if let Ok(template) = engine::compile(kind.slug(), &text) {
                engine.register_template(kind.slug(), template);
            }
            Compiled::new(engine, &text)
        };
        Some(shelf.texts.get(&kind)?.get_or_init(compile))
    }

    /// Compiles the text of acts of a kind, where it has not been yet.
    pub fn prepare(&self, model: &str, kind: ActKind) {
        self.compiled(model, kind);
    }

    /// Every file of the templates of a model, its bases' and its shared clauses included: path and text. For
    /// `modello --testi`.
    pub fn files(&self, model: &str) -> Vec<(String, String)> {
        self.sources.files_of(model)
    }

    /// A digest of every text, for deciding whether an act must be made again.
    pub fn fingerprint(&self) -> String {
        self.sources.fingerprint()
    }

    /// Composes one act: see [`Composer::act`].
    ///
    /// # Errors
    /// As there.
    pub fn compose(
        &self,
        assignment: &Assignment,
        dossier: &Dossier,
        enclosed: &[Enclosure],
    ) -> Result<Act, Vec<Diagnostic>> {
        Composer::new(self, dossier).act(assignment, enclosed)
    }
}

/// TXT-02: a text that cannot be filled.
fn cannot_be_composed(kind: ActKind, place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new("TXT-02", place, format!("il testo non si può comporre: {reason}")).act(kind.slug())
}

fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
    diagnostics.dedup();
    diagnostics
}

#[cfg(test)]
mod tests;
