//! The acts of one workbook. What all acts of a kind say alike (the convention, the lead body, the model) is made once for
//! all bodies, and so are the forms: what comes out of a text for bodies of whom the same is known. Called by `pipeline`, and
//! by [`Library::compose`] for one act alone.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use handlebars::Handlebars;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::context::{self, Common};
use super::mentions::Mentions;
use super::parties::{self, Head};
use super::sources::Sources;
use super::tree;
use super::{Enclosure, Library, cannot_be_composed};
use crate::act::{Act, ActKind, Block};
use crate::bill::Bill;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Assignment, Dossier};
use crate::place::Place;

/// Forms of a kind kept at a time: more than bodies of one workbook call for, few enough for memory.
const FORMS: usize = 96;
/// Workbooks, by what their acts say alike, whose forms are kept at a time.
const WORKBOOKS: usize = 8;

/// Composes the acts of a workbook, from any thread.
pub struct Composer<'a> {
    library: &'a Library,
    dossier: &'a Dossier,
    /// What is made of the workbook, once for each kind of act.
    kinds: BTreeMap<ActKind, OnceLock<(Common, Arc<Forms>)>>,
}

impl<'a> Composer<'a> {
    /// For the acts of this workbook.
    pub fn new(library: &'a Library, dossier: &'a Dossier) -> Self {
        let kinds = ActKind::ALL.iter().map(|kind| (*kind, OnceLock::new())).collect();
        Self { library, dossier, kinds }
    }

    /// Composes an act. `enclosed` are the documents that it goes with, for the covering letter.
    ///
    /// # Errors
    /// The template's faults at template file and line: a construct that is not allowed, a structure that is not valid.
    pub fn act(&self, assignment: &Assignment, enclosed: &[Enclosure]) -> Result<Act, Vec<Diagnostic>> {
        let named = (self.dossier.stem(assignment), parties::head(assignment, self.dossier));
        self.filled(assignment, enclosed, None, named)
    }

    /// The text of a kind filled with its data, as a tree; `named` are the stem of its file and its head.
    pub(super) fn filled(
        &self,
        assignment: &Assignment,
        enclosed: &[Enclosure],
        bill: Option<&Bill>,
        named: (String, Head),
    ) -> Result<Act, Vec<Diagnostic>> {
        let (kind, model) = (assignment.kind, &self.dossier.model.id);
        let made = self.library.compiled(model, kind).zip(self.kinds.get(&kind));
        let Some((text, made)) = made else {
            let reason = format!("il modello «{model}» non c’è");
            return Err(vec![cannot_be_composed(kind, Place::None, &reason)]);
        };
        let (common, forms) = made.get_or_init(|| {
            let common = context::common(self.dossier, &text.mentions);
            let forms = text.forms_of(&common.data);
            (common, forms)
        });
        let (data, slots) = context::build(assignment, self.dossier, enclosed, bill, common);
        let form = forms.get(text, kind, data, &self.library.sources).map_err(|mut faults| {
            faults.iter_mut().for_each(|fault| fault.message = slots.expand(&fault.message));
            faults
        })?;
        Ok(tree::act(&form, &slots, kind, named.0, named.1))
    }
}

/// The text of acts of a kind, ready to be filled.
pub(super) struct Compiled {
    engine: Handlebars<'static>,
    /// The names that it asks for.
    mentions: Arc<Mentions>,
    /// What came out of it, by what the acts of a workbook say alike. Data hold tokens and flags alone, so many workbooks
    /// have the same.
    forms: RwLock<Vec<Arc<Forms>>>,
}

impl Compiled {
    /// A text of which the engine has the template, under the name of its kind.
    pub(super) fn new(engine: Handlebars<'static>, text: &str) -> Self {
        Self { engine, mentions: Arc::new(Mentions::of(text)), forms: RwLock::default() }
    }

    fn forms_of(&self, common: &Map<String, Json>) -> Arc<Forms> {
        // A thread that panicked with the lock leaves whole lists behind.
        let mut all = self.forms.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.iter().find(|forms| forms.common == *common) {
            return Arc::clone(known);
        }
        if all.len() >= WORKBOOKS {
            all.remove(0);
        }
        let forms = Arc::new(Forms { common: common.clone(), made: RwLock::default() });
        all.push(Arc::clone(&forms));
        forms
    }
}

/// What came out of a text for a workbook, by the data of single acts: those of bodies of whom the same is known are equal.
struct Forms {
    common: Map<String, Json>,
    made: RwLock<FxHashMap<Json, Arc<Vec<Block>>>>,
}

impl Forms {
    /// What comes out of the text with these data, its values still tokens.
    fn get(
        &self,
        text: &Compiled,
        kind: ActKind,
        data: Json,
        sources: &Sources,
    ) -> Result<Arc<Vec<Block>>, Vec<Diagnostic>> {
        // A thread that panicked with the lock leaves whole forms behind: each is put in at once.
        if let Some(form) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(&data) {
            return Ok(Arc::clone(form));
        }
        let name = kind.slug();
        let own = data.as_object().into_iter().flatten();
        let whole = self.common.iter().chain(own).map(|(name, value)| (name.clone(), value.clone()));
        let context = Json::Object(whole.collect()).into();
        let rendered = text.engine.render_with_context(name, &context).map_err(|error| {
            let at = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
            let file = format!("{}.md", error.template_name.as_deref().unwrap_or(name));
            let place = Place::Text(file.into(), at(error.line_no), at(error.column_no));
            vec![cannot_be_composed(kind, place, &error.reason().to_string())]
        })?;
        let form = Arc::new(tree::form(&rendered, sources, kind)?);
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if made.len() >= FORMS {
            made.clear();
        }
        made.insert(data, Arc::clone(&form));
        Ok(form)
    }
}
