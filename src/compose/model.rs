//! `model.toml` → [`Model`], over those it builds on. Unknown keys are errors, told in Italian with line and column.

use super::sources::Sources;
use crate::act::ActKind;
use crate::diagnostic::Diagnostic;
use crate::italian::nearest;
use crate::model::{Model, ModelFile};
use crate::place::Place;

/// Longest chain of bases: beyond it a circle is presumed.
const LONGEST_CHAIN: usize = 4;

/// The model in folder `id`; `None` for one that is only a base for others.
///
/// # Errors
/// TXT-06 at the line and column of the file, or of its base's.
pub fn parse(sources: &Sources, id: &str) -> Result<Option<Model>, Box<Diagnostic>> {
    let mut file = read(sources, id)?;
    if file.astratto {
        return Ok(None);
    }
    let mut bases: Vec<String> = Vec::new();
    let mut next = file.base.clone();
    while let Some(base) = next {
        if sources.text(&path_of(&base)).is_none() || bases.contains(&base) || bases.len() == LONGEST_CHAIN {
            let ids = sources.model_ids();
            let near = nearest(&base, ids.iter().map(String::as_str)).map(|near| format!("forse si voleva «{near}»"));
            let message = format!("il modello si basa su «{base}», che non c’è o che si basa a sua volta su di lui");
            return Err(fault(id, message, near.unwrap_or_else(|| "correggere la chiave «base»".to_owned())));
        }
        let of_base = read(sources, &base)?;
        next = of_base.base.clone();
        file = file.over(of_base);
        bases.push(base);
    }
    let atti = match file.atti {
        None => Model::USUAL_ACTS.to_vec(),
        Some(slugs) => slugs.iter().map(|slug| act(id, slug)).collect::<Result<_, _>>()?,
    };
    let Some(quota) = file.quota else {
        return Err(fault(
            id,
            "manca la sezione «[quota]»".to_owned(),
            "scrivere per esempio criterio = \"abitante\"".to_owned(),
        ));
    };
    Ok(Some(Model {
        nome: file.nome.unwrap_or_else(|| id.to_owned()),
        id: file.id,
        descrizione: file.descrizione.unwrap_or_default(),
        base: bases,
        atti,
        predefiniti: file.predefiniti,
        scadenze: file.scadenze,
        quota,
        parametri: file.parametri,
        organi: file.organi,
    }))
}

fn act(id: &str, slug: &str) -> Result<ActKind, Box<Diagnostic>> {
    ActKind::from_slug(slug).ok_or_else(|| {
        let near =
            nearest(slug, ActKind::ALL.iter().map(|kind| kind.slug())).map(|near| format!("forse si voleva «{near}»"));
        let hint = near.unwrap_or_else(|| "gli atti sono quelli di «scrivano genera --help»".to_owned());
        fault(id, format!("l’atto «{slug}» non esiste"), hint)
    })
}

fn path_of(id: &str) -> String {
    format!("{id}/model.toml")
}

fn fault(id: &str, message: String, hint: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::new("TXT-06", Place::File(path_of(id).into()), message).hint(hint))
}

/// The file of one folder, alone.
fn read(sources: &Sources, id: &str) -> Result<ModelFile, Box<Diagnostic>> {
    let path = path_of(id);
    let text = sources.text(&path).unwrap_or_default();
    let file: ModelFile = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let before = text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        let place = Place::Text(path.as_str().into(), line as u32, column as u32);
        Box::new(
            Diagnostic::new("TXT-06", place, format!("il file del modello non si legge: {}", error.message()))
                .hint("confrontarlo con il model.toml di un modello fornito con il programma"),
        )
    })?;
    if file.id != id {
        let message = format!("il modello si chiama «{}» ma la cartella «{id}»", file.id);
        return Err(fault(id, message, "usare lo stesso nome".to_owned()));
    }
    Ok(file)
}
