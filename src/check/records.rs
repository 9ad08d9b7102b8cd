//! Tables → dossier: every sheet of the contract becomes records, completed from the model's defaults and the national
//! list. Raises the WB rules and the identifier rules of single cells.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::check::{Findings, cells, columns, completion};
use crate::diagnostic::Diagnostic;
use crate::dossier::{
    Activity, Allocation, Band, Body, Convention, Deliberation, Dossier, Field, Invoice, Origin, Post, Recipient,
    Request, Service, TypedRow, Value,
};
use crate::italian::{fold, nearest};
use crate::model::Model;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BillKind, Layout, SHEETS, SheetSpec, matching, sheet};
use crate::table::{Sheet, Workbook};

/// Builds the dossier. `models` are the models at hand, one of them stands in while the workbook names none, so that
/// everything else can still be checked; the WB-12 error then withholds every act.
///
/// `None` where the workbook lacks what nothing can be said without: the `Convenzione` or the `Enti` sheet.
pub fn dossier(
    workbook: &Workbook,
    models: &[Arc<Model>],
    today: NaiveDate,
    findings: &mut Findings,
) -> Option<Dossier> {
    let rows = |name: &'static str, findings: &mut Findings| -> Option<Vec<TypedRow>> {
        let spec = sheet(name)?;
        let found = find_sheet(workbook, spec, findings)?;
        match spec.layout {
            Layout::Rows => rows_of(&found, spec, findings),
            Layout::Pairs => Some(vec![pairs_of(&found, spec, findings)]),
        }
    };
    let convention = rows("Convenzione", findings);
    let bodies = rows("Enti", findings);
    let deliberations = rows("Deliberazioni", findings).unwrap_or_default();
    let services = rows("Servizi", findings).unwrap_or_default();
    let bands = rows("Fasce", findings).unwrap_or_default();
    let requests = rows("Richieste", findings).unwrap_or_default();
    let recipients = rows("Beneficiari", findings).unwrap_or_default();
    let posts = rows("Incarichi", findings).unwrap_or_default();
    let invoices = rows("Fatture", findings).unwrap_or_default();
    let allocations = rows("Stanziamenti", findings).unwrap_or_default();
    let activities = rows("Attivita", findings).unwrap_or_default();

    let convention = convention?.pop().map(Convention::from_row)?;
    let mut bodies: Vec<Body> = bodies?.into_iter().map(Body::from_row).collect();
    if bodies.is_empty() {
        let message = "il foglio «Enti» non ha nessun ente";
        findings.push(Diagnostic::new("WB-01", Place::Sheet("Enti".into()), message).hint("scrivere un ente per riga"));
        return None;
    }
    let model = find_model(&convention, models, findings)?;
    for body in &mut bodies {
        completion::body(body);
        completed(body, findings);
    }
    let mut dossier = Dossier {
        workbook: Arc::clone(&workbook.name),
        today,
        model,
        convention,
        bodies,
        deliberations: deliberations.into_iter().map(Deliberation::from_row).map(completion::deliberation).collect(),
        services: services.into_iter().map(Service::from_row).collect(),
        bands: bands.into_iter().map(Band::from_row).collect(),
        requests: requests.into_iter().map(Request::from_row).collect(),
        recipients: recipients.into_iter().map(Recipient::from_row).collect(),
        posts: posts.into_iter().map(Post::from_row).collect(),
        invoices: invoices.into_iter().map(Invoice::from_row).collect(),
        allocations: allocations.into_iter().map(Allocation::from_row).collect(),
        activities: activities.into_iter().map(Activity::from_row).collect(),
        contributions: Vec::new(),
        charges: Vec::new(),
        roster: None,
    };
    dossier.link();
    completion::convention(&mut dossier.convention, &dossier.model);
    required_fields(&dossier, findings);
    known_bodies(&dossier, findings);
    Some(dossier)
}

/// The sheet of the contract, its name compared after folding. Reports WB-01, and WB-09 where two sheets have it.
fn find_sheet(workbook: &Workbook, spec: &SheetSpec, findings: &mut Findings) -> Option<Sheet> {
    let wanted = fold(spec.name);
    let named: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| fold(&sheet.name) == wanted).collect();
    let found = named.first().copied();
    for pair in named.windows(2) {
        let [found, twin] = pair else { continue };
        let message = format!("i fogli «{}» e «{}» sono lo stesso foglio «{}»", found.name, twin.name, spec.name);
        findings.push(
            Diagnostic::new("WB-09", twin.place(0, 0), message)
                .hint("tenere un foglio solo, e dare all’altro un nome diverso: il programma legge il primo"),
        );
    }
    if found.is_none() && spec.required {
        let is_other = |name: &&str| !SHEETS.iter().any(|spec| fold(spec.name) == fold(name));
        let names = workbook.sheets.iter().map(|sheet| &*sheet.name).filter(is_other);
        let hint = match nearest(spec.name, names) {
            Some(near) => format!("c’è un foglio «{near}»: se è quello, va chiamato «{}»", spec.name),
            None => {
                format!("aggiungere il foglio. {} Un modello pronto si ottiene con «scrivano modello»", spec.purpose)
            }
        };
        let place = Place::File(Arc::clone(&workbook.name));
        findings.push(Diagnostic::new("WB-01", place, format!("manca il foglio «{}»", spec.name)).hint(hint));
    }
    // Places bear the contract's name whatever the spelling of the sheet, so that a place means one thing everywhere.
    found.map(|sheet| Sheet { name: spec.name.into(), rows: sheet.rows.clone(), hidden: sheet.hidden })
}

fn rows_of(sheet: &Sheet, spec: &'static SheetSpec, findings: &mut Findings) -> Option<Vec<TypedRow>> {
    if sheet.rows.is_empty() && !spec.required {
        return Some(Vec::new());
    }
    let located = columns::locate(sheet, spec, findings)?;
    let mut records = Vec::new();
    for row in sheet.rows.iter().skip(located.first) {
        let is_total = row.cells.iter().find_map(|cell| match &cell.raw {
            crate::table::Raw::Text(text) if !text.trim().is_empty() => Some(fold(text)),
            _ => None,
        });
        if is_total.is_some_and(|text| text == "totale" || text.starts_with("totale ") || text == "totali") {
            continue;
        }
        let mut record = TypedRow { row: row.index, ..TypedRow::default() };
        let mut filled = false;
        let mut faults = Vec::new();
        for (col, column) in &located.columns {
            let place = sheet.place(row.index, *col);
            if record.place.is_none() {
                record.place = place.clone();
            }
            let field = match row.get(*col) {
                Some(cell) => field(&cell.raw, column, place, &mut faults),
                None => Field::absent(place),
            };
            filled |= !field.is_absent();
            record.fields.insert(column.name, field);
        }
        if filled {
            attribute(&record, spec, &mut faults);
            faults.into_iter().for_each(|fault| findings.push(fault));
            records.push(record);
        }
    }
    Some(records)
}

/// Says whose row a fault of a cell is, so that it withholds that body's acts only.
fn attribute(record: &TypedRow, spec: &SheetSpec, faults: &mut [Diagnostic]) {
    let key = if spec.name == Body::SHEET { ["codice", "denominazione"] } else { ["ente", "ente"] };
    let text = |name: &str| match record.fields.get(name).and_then(Field::get) {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::BodyCode(code)) => Some(code.as_str().to_owned()),
        _ => None,
    };
    if !matches!(
        spec.name,
        "Enti" | "Deliberazioni" | "Richieste" | "Beneficiari" | "Incarichi" | "Fatture" | "Stanziamenti"
    ) {
        return;
    }
    // Without code and name the row itself stands for the body: it withholds no other.
    let owner = key.into_iter().find_map(text).unwrap_or_else(|| format!("riga {}", record.row + 1));
    for fault in faults {
        fault.body = Some(owner.clone());
    }
}

fn pairs_of(sheet: &Sheet, spec: &'static SheetSpec, findings: &mut Findings) -> TypedRow {
    let is_text =
        |raw: &crate::table::Raw, wanted: &str| matches!(raw, crate::table::Raw::Text(text) if fold(text) == wanted);
    let header = sheet.rows.iter().take(40).find_map(|row| {
        let label = row.cells.iter().find(|cell| is_text(&cell.raw, "campo"))?;
        let value = row.cells.iter().find(|cell| is_text(&cell.raw, "valore"))?;
        Some((row.index, label.col, value.col))
    });
    let first_col = sheet.rows.iter().filter_map(|row| row.cells.first()).map(|cell| cell.col).min().unwrap_or(0);
    let (header_row, label_col, value_col) = match header {
        Some((row, label, value)) => (Some(row), label, value),
        None => (None, first_col, first_col + 1),
    };
    let mut record = TypedRow { row: 0, place: Place::Sheet(Arc::clone(&sheet.name)), ..TypedRow::default() };
    for row in sheet.rows.iter().filter(|row| header_row.is_none_or(|header| row.index > header)) {
        let Some(crate::table::Raw::Text(label)) = row.get(label_col).map(|cell| &cell.raw) else { continue };
        let place = sheet.place(row.index, value_col);
        let Some(column) = matching(spec, label) else {
            let label = label.trim();
            let hint = match nearest(label, spec.columns.iter().map(|column| column.name)) {
                Some(near) => format!("forse si voleva «{near}»"),
                None => "il campo non viene letto".to_owned(),
            };
            let place = sheet.place(row.index, label_col);
            findings.push(Diagnostic::new("WB-05", place, format!("il campo «{label}» non è previsto")).hint(hint));
            continue;
        };
        if let Some(first) = record.fields.get(column.name) {
            findings.push(
                Diagnostic::new("WB-09", place, format!("il campo «{}» c’è due volte", column.name))
                    .hint("lasciare una sola riga per campo")
                    .related(first.place.clone()),
            );
            continue;
        }
        let mut faults = Vec::new();
        let field = match row.get(value_col) {
            Some(cell) => field(&cell.raw, column, place, &mut faults),
            None => Field::absent(place),
        };
        faults.into_iter().for_each(|fault| findings.push(fault));
        record.fields.insert(column.name, field);
    }
    for column in spec.columns {
        record.fields.entry(column.name).or_insert_with(|| Field::absent(Place::Sheet(Arc::clone(&sheet.name))));
    }
    record
}

fn field(
    raw: &crate::table::Raw,
    column: &'static crate::schema::Column,
    place: Place,
    faults: &mut Vec<Diagnostic>,
) -> Field<Value> {
    match cells::read(raw, column) {
        cells::Reading::Blank => Field::absent(place),
        cells::Reading::Value(value, note) => {
            if let Some(note) = note {
                faults.push(Diagnostic::new("WB-08", place.clone(), note));
            }
            Field::new(value, place, Origin::Sheet)
        }
        cells::Reading::Fault(code, message, hint) => {
            faults.push(Diagnostic::new(code, place.clone(), message).hint(hint));
            let mut field = Field::absent(place);
            field.origin = Origin::Unreadable;
            field
        }
    }
}

/// Reports WB-13: what the national list has filled in, so that nobody takes it for typed.
fn completed(body: &Body, findings: &mut Findings) {
    let fields = body.fields_from(Origin::Completed);
    if !fields.is_empty() {
        let message = format!("«{}»: dall’elenco nazionale vengono {}", body.name(), fields.join(", "));
        let hint = "controllare che i dati siano quelli attuali; ciò che è scritto nel foglio prevale sempre";
        findings.push(Diagnostic::new("WB-13", body.place.clone(), message).hint(hint).body(body.code()));
    }
}

/// Reports WB-12.
fn find_model(convention: &Convention, models: &[Arc<Model>], findings: &mut Findings) -> Option<Arc<Model>> {
    let named = convention.modello.text();
    let found = named.and_then(|name| models.iter().find(|model| fold(&model.id) == fold(name)));
    if let (None, Some(name)) = (found, named) {
        let list = models.iter().map(|model| model.id.as_str()).collect::<Vec<_>>().join("», «");
        let hint = match nearest(name, models.iter().map(|model| model.id.as_str())) {
            Some(near) => format!("forse si voleva «{near}»; i modelli sono «{list}»"),
            None => format!("i modelli sono «{list}»"),
        };
        let message = format!("il modello «{name}» non esiste");
        findings.push(Diagnostic::new("WB-12", convention.modello.place.clone(), message).hint(hint));
    }
    // The nearest name stands in, else a convention: under an agreement other rules hold.
    let near = || nearest(named?, models.iter().map(|model| model.id.as_str()));
    let meant = || near().and_then(|id| models.iter().find(|model| model.id == id));
    let convention = || models.iter().find(|model| !model.is_agreement());
    found.or_else(meant).or_else(convention).or(models.first()).map(Arc::clone)
}

/// Reports WB-11: fields without which no act can be written, at any stage.
fn required_fields(dossier: &Dossier, findings: &mut Findings) {
    let convention = &dossier.convention;
    let mut want = |missing: bool, name: &str, place: &Place, hint: &str| {
        if missing {
            let message = format!("nel foglio «Convenzione» manca il campo «{name}»");
            findings.push(Diagnostic::new("WB-11", place.clone(), message).hint(hint));
        }
    };
    want(
        convention.modello.is_absent(),
        "modello",
        &convention.modello.place,
        "scrivere il modello, per esempio «pesaro-urbino»",
    );
    want(convention.titolo.is_absent(), "titolo", &convention.titolo.place, "scrivere il titolo della convenzione");
    want(convention.fase.is_absent(), "fase", &convention.fase.place, "scrivere «schema» o «stipula»");
    for body in &dossier.bodies {
        if body.codice.is_absent() || body.denominazione.is_absent() {
            let what = if body.codice.is_absent() { "il codice" } else { "la denominazione" };
            findings.push(
                Diagnostic::new("WB-11", body.place.clone(), format!("la riga non ha {what} dell’ente"))
                    .hint("di un Comune bastano il nome o il codice ISTAT; di ogni altro ente servono codice e denominazione")
                    .body(if body.code().is_empty() { format!("riga {}", body.row + 1) } else { body.code().to_owned() }),
            );
        }
    }
}

fn is_void(row: &Invoice) -> bool {
    row.tipo.is(BillKind::Annullata) && row.ente.is_absent()
}

/// Reports WB-10: rows of other sheets that name a body not in `Enti`; and puts the body's code where the row was
/// attributed by name.
fn known_bodies(dossier: &Dossier, findings: &mut Findings) {
    let references = (dossier.deliberations.iter().map(|row| (&row.ente, &row.place)))
        .chain(dossier.requests.iter().map(|row| (&row.ente, &row.place)))
        .chain(dossier.recipients.iter().map(|row| (&row.ente, &row.place)))
        .chain(dossier.posts.iter().map(|row| (&row.ente, &row.place)))
        // A number that was not used is of nobody.
        .chain(dossier.invoices.iter().filter(|row| !is_void(row)).map(|row| (&row.ente, &row.place)))
        .chain(dossier.allocations.iter().map(|row| (&row.ente, &row.place)))
        // An activity of no body is of all.
        .chain(dossier.activities.iter().map(|row| (&row.ente, &row.place)).filter(|(ente, _)| !ente.is_absent()));
    for (field, row) in references {
        let place = if field.place.is_none() { row } else { &field.place };
        let Some(name) = field.text() else {
            if field.is_absent() {
                let message = "la riga non dice di quale ente è";
                findings.push(
                    Diagnostic::new("WB-10", place.clone(), message)
                        .hint("scrivere il codice dell’ente, come nel foglio «Enti»")
                        .body(place.to_string()),
                );
            }
            continue;
        };
        if dossier.find_body(name).is_none() {
            let names = dossier.bodies.iter().flat_map(|body| [body.code(), body.name()]);
            let hint = match nearest(name, names) {
                Some(near) => format!("forse si voleva «{near}»"),
                None => "aggiungere l’ente al foglio «Enti», o correggere il codice".to_owned(),
            };
            let (message, hint) = if dossier.roster.as_ref().is_some_and(|roster| roster.is_ambiguous(name)) {
                let hint = "scrivere il codice dell’ente al posto del nome".to_owned();
                (format!("più enti si chiamano «{name}»"), hint)
            } else {
                (format!("l’ente «{name}» non è nel foglio «Enti»"), hint)
            };
            findings.push(Diagnostic::new("WB-10", place.clone(), message).hint(hint).body(name));
        }
    }
    let capofila = &dossier.convention.capofila;
    if let Some(name) = capofila.text().filter(|name| dossier.find_body(name).is_none()) {
        let message = format!("l’ente capofila «{name}» non è nel foglio «Enti»");
        let hint = "aggiungere l’ente capofila al foglio «Enti», o correggerne il codice";
        findings.push(Diagnostic::new("WB-10", capofila.place.clone(), message).hint(hint).severity(Severity::Error));
    }
}
