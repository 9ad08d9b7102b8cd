//! Template + dossier → act. Templates are Handlebars over a small Markdown; values pass through both as opaque tokens
//! and are put in their place in the tree afterwards, so no cell can ever be parsed as markup.
//!
//! Called by `pipeline`: [`Library::load`] once (it lints every template before any data are read), then
//! [`Library::compose`] for every act, from any thread.

mod conditions;
mod context;
mod lint;
mod model;
mod names;
mod parties;
mod sources;
mod tokens;
mod tree;

use std::collections::BTreeMap;
use std::sync::Arc;

use handlebars::Handlebars;

use crate::act::{Act, ActKind};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::model::Model;
use crate::place::Place;
pub use names::{Name, Scope, names};
pub use sources::Sources;

/// All models with their templates, checked and compiled.
pub struct Library {
    models: Vec<Arc<Model>>,
    sources: Sources,
    /// One engine a model: the same clause name may mean another file in another model.
    engines: BTreeMap<String, Handlebars<'static>>,
    /// Files that cannot be read at all.
    unreadable: Vec<Diagnostic>,
    /// The same and what the lint found, by model.
    faults: BTreeMap<String, Vec<Diagnostic>>,
}

impl Library {
    /// Loads and checks the templates: those built in, each replaced by the file of the same path in `overrides`
    /// (`pesaro-urbino/model.toml`, `clausole/recesso.md`; UTF-8 bytes).
    ///
    /// Always returns the library; what is wrong with the texts is in [`Library::faults`].
    pub fn load(overrides: Vec<(String, Vec<u8>)>) -> Self {
        let (sources, mut unreadable) = Sources::new(overrides);
        let mut models = Vec::new();
        for id in sources.model_ids() {
            match model::parse(&sources, &id) {
                Ok(model) => models.push(Arc::new(model)),
                Err(fault) => unreadable.push(*fault),
            }
        }
        let faults_of = |model: &Arc<Model>| [unreadable.clone(), lint::model(&sources, model)].concat();
        let faults = models.iter().map(|model| (model.id.clone(), sorted(faults_of(model)))).collect();
        let mut engines = BTreeMap::new();
        for model in &models {
            let mut engine = Handlebars::new();
            engine.set_strict_mode(true);
            engine.register_escape_fn(handlebars::no_escape);
            conditions::register(&mut engine);
            for (name, text) in sources.instrumented(&model.id) {
                // A template that does not compile has already been reported by the lint.
                let _reported = engine.register_template_string(&name, text);
            }
            engines.insert(model.id.clone(), engine);
        }
        Self { models, sources, engines, unreadable: sorted(unreadable), faults }
    }

    /// The models, in order of identifier.
    pub fn models(&self) -> &[Arc<Model>] {
        &self.models
    }

    /// What is wrong with the texts of a model, files that cannot be read at all included: every error withholds its acts. A shared clause may be at fault for one
    /// model, whose parameters it needs, and not for another.
    pub fn faults(&self, model: &str) -> &[Diagnostic] {
        self.faults.get(model).unwrap_or(&self.unreadable)
    }

    /// Every file of the templates of a model, its shared clauses included: path and text. For `modello --testi`.
    pub fn files(&self, model: &str) -> Vec<(String, String)> {
        self.sources.files_of(model)
    }

    /// A digest of every text, for deciding whether an act must be made again.
    pub fn fingerprint(&self) -> String {
        self.sources.fingerprint()
    }

    /// Composes the act of a kind for the body at `body` in the dossier.
    ///
    /// # Errors
    /// The template's faults at template file and line: a construct that is not allowed, a structure that is not valid.
    pub fn compose(&self, kind: ActKind, dossier: &Dossier, body: usize) -> Result<Act, Vec<Diagnostic>> {
        let (data, slots) = context::build(dossier, body);
        let name = kind.slug();
        let fault = |place, reason: String| {
            vec![Diagnostic::new("TXT-02", place, format!("il testo non si può comporre: {reason}")).act(name)]
        };
        let Some(engine) = self.engines.get(&dossier.model.id) else {
            return Err(fault(Place::None, format!("il modello «{}» non c’è", dossier.model.id)));
        };
        let rendered = engine.render_with_context(name, &data.into()).map_err(|error| {
            let at = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
            let file = format!("{}.md", error.template_name.as_deref().unwrap_or(name));
            fault(Place::Text(file.into(), at(error.line_no), at(error.column_no)), error.reason().to_string())
        })?;
        let head = parties::head(kind, dossier, body);
        tree::parse(&rendered, &slots, &self.sources, kind, head)
    }
}

fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
    diagnostics.dedup();
    diagnostics
}

#[cfg(test)]
mod tests;
