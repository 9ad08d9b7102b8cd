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
}

impl Library {
    /// Loads and checks the templates: those built in, each replaced by the file of the same path in `overrides`
    /// (`pesaro-urbino/model.toml`, `clausole/recesso.md`; UTF-8 bytes).
    ///
    /// Always returns the library, with everything found wrong in it: an error withholds the acts of all models.
    pub fn load(overrides: Vec<(String, Vec<u8>)>) -> (Self, Vec<Diagnostic>) {
        let (sources, mut diagnostics) = Sources::new(overrides);
        let mut models = Vec::new();
        for id in sources.model_ids() {
            match model::parse(&sources, &id) {
                Ok(model) => models.push(Arc::new(model)),
                Err(fault) => diagnostics.push(*fault),
            }
        }
        for model in &models {
            diagnostics.extend(lint::model(&sources, model));
        }
        diagnostics.sort_by(|a, b| a.place.cmp(&b.place));
        diagnostics.dedup();
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
        (Self { models, sources, engines }, diagnostics)
    }

    /// The models, in order of identifier.
    pub fn models(&self) -> &[Arc<Model>] {
        &self.models
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
        let rendered = engine.render(name, &data).map_err(|error| {
            let at = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
            let file = format!("{}.md", error.template_name.as_deref().unwrap_or(name));
            fault(Place::Text(file.into(), at(error.line_no), at(error.column_no)), error.reason().to_string())
        })?;
        let head = parties::head(kind, dossier, body);
        tree::parse(&rendered, &slots, &self.sources, kind, head)
    }
}

#[cfg(test)]
mod tests;
