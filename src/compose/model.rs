//! `model.toml` → [`Model`]. Unknown keys are errors, told in Italian with line and column.

use super::sources::Sources;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::place::Place;

/// Reads the model in folder `id`.
///
/// # Errors
/// TXT-06 at the line and column of the file.
pub fn parse(sources: &Sources, id: &str) -> Result<Model, Box<Diagnostic>> {
    let path = format!("{id}/model.toml");
    let text = sources.text(&path).unwrap_or_default();
    let model: Model = toml::from_str(text).map_err(|error| {
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
    if model.id != id {
        let message = format!("il modello si chiama «{}» ma la cartella «{id}»", model.id);
        return Err(Box::new(
            Diagnostic::new("TXT-06", Place::File(path.as_str().into()), message).hint("usare lo stesso nome"),
        ));
    }
    Ok(model)
}
