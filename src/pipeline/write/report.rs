//! `esito.json` and `registro.xlsx` of a run.

use std::path::Path;

use crate::deadlines;
use crate::dossier::{Contribution, Dossier};
use crate::emit::EmitError;
use crate::emit::register::{self, Outcome, RegisterDeliberation, RegisterFile, RegisterRow};
use crate::pipeline::outcome::{ActOutcome, ActState, RunReport};
use crate::pipeline::store::{RunError, write_atomically};
use crate::schema::Choices;

/// Writes both; a slice has its own names, so that slices made side by side do not overwrite each other.
pub fn write(report: &RunReport, dossier: &Dossier, root: &Path) -> Result<(), RunError> {
    let suffix = report.slice.as_deref().map(|slice| format!("-{}", slice.replace('/', "-di-"))).unwrap_or_default();
    let rows: Vec<RegisterRow> = report.acts.iter().map(|act| row(act, dossier)).collect();
    let title = dossier.convention.titolo.text().unwrap_or("Registro degli atti");
    let workbook = register::register(title, &rows, &report.diagnostics, &deadlines::deadlines(dossier))
        .map_err(EmitError::from)?;
    write_atomically(&root.join(format!("registro{suffix}.xlsx")), &workbook)?;
    let mut json = serde_json::to_vec_pretty(report).map_err(EmitError::from)?;
    json.push(b'\n');
    write_atomically(&root.join(format!("esito{suffix}.json")), &json)?;
    Ok(())
}

fn row(act: &ActOutcome, dossier: &Dossier) -> RegisterRow {
    let body = dossier.bodies.get(act.index);
    let deliberation = body.and_then(|body| dossier.adhesion_of(body));
    let contribution = dossier.contribution(act.index);
    let file = |file: &crate::pipeline::outcome::FileOutcome| RegisterFile {
        format: file.format.clone(),
        path: file.path.clone(),
        sha256: file.sha256.clone(),
    };
    let reason = |code: &&'static str| match crate::rule::find(code) {
        Some(rule) => format!("{code} {}", rule.title),
        None => (*code).to_owned(),
    };
    RegisterRow {
        body_code: act.body.clone(),
        body_name: act.name.clone(),
        act: crate::act::ActKind::from_slug(act.act).map_or(act.act, |kind| kind.italian()).to_owned(),
        outcome: match act.state {
            ActState::Produced => Outcome::Produced(act.files.iter().map(file).collect()),
            ActState::Withheld => Outcome::Withheld(act.reasons.iter().map(reason).collect()),
        },
        deliberation: RegisterDeliberation {
            state: deliberation
                .and_then(|act| act.stato.copied())
                .map(|state| state.word().to_owned())
                .unwrap_or_default(),
            number: deliberation.and_then(|act| act.numero.get().cloned()),
            date: deliberation.and_then(|act| act.data.copied()),
        },
        yearly: contribution.map(Contribution::yearly),
        total: contribution.map(Contribution::total),
    }
}
