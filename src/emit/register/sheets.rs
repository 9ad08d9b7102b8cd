//! What every sheet of the register holds: its columns, a row for each thing, links to the other sheets.

use std::borrow::Cow;
use std::collections::BTreeMap;

mod fees;

use super::bills;
use super::grid::{Cell, Grid, Lines, Tone};
use super::{Outcome, Register, RegisterBody, RegisterFile};
use crate::dossier::{Deadline, ServiceState, Standing};
use crate::rule::Severity;

/// Names of the sheets.
const ACTS: &str = "Atti";
const DEADLINES: &str = "Scadenze";
const FEES: &str = "Quote";
const LINES: &str = "Calcolo quote";
const SERVICES: &str = "Servizi";
const MISSING: &str = "Dati mancanti";
const FINDINGS: &str = "Segnalazioni";
const FILES: &str = "File";

/// Days before which a deadline is near, and at hand.
const NEAR: i64 = 90;
const AT_HAND: i64 = 30;

/// Writes the sheets in order, each made when its turn comes.
///
/// # Errors
/// What `write` says.
pub fn each<E>(it: &Register<'_>, mut write: impl FnMut(&Grid<'_>) -> Result<(), E>) -> Result<(), E> {
    let rows = Rows::of(it);
    write(&acts(it, &rows))?;
    write(&deadlines(it))?;
    write(&fees::fees(it, &rows))?;
    write(&fees::lines(it, &rows))?;
    write(&services(it, &rows))?;
    bills::sheets(&it.bills).iter().try_for_each(&mut write)?;
    write(&missing(it, &rows))?;
    write(&findings(it, &rows))?;
    write(&files(it, &rows))
}

/// How many rows a body has in a sheet, and the first of them, counted from one with the header.
#[derive(Clone, Copy)]
struct Span {
    first: usize,
    count: usize,
}

/// Where the rows of every body stand, for links: by code, and by name where a body has no code.
struct Rows<'a> {
    acts: BTreeMap<&'a str, Span>,
    fees: BTreeMap<&'a str, Span>,
    lines: BTreeMap<&'a str, Span>,
    services: BTreeMap<&'a str, Span>,
    missing: BTreeMap<&'a str, Span>,
    findings: BTreeMap<&'a str, Span>,
    names: BTreeMap<&'a str, &'a str>,
}

fn spans<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, Span> {
    let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
    for (row, code) in (2..).zip(codes).filter(|(_, code)| !code.is_empty()) {
        spans.entry(code).or_insert(Span { first: row, count: 0 }).count += 1;
    }
    spans
}

impl<'a> Rows<'a> {
    fn of(it: &'a Register<'a>) -> Self {
        let line_codes = it.fees.iter().flat_map(|fee| fee.lines.iter().map(|_| fee.body.code.as_str()));
        let bodies = it.acts.iter().map(|row| &row.body).chain(it.fees.iter().map(|fee| &fee.body));
        Self {
            acts: spans(it.acts.iter().map(|row| row.body.code.as_str())),
            fees: spans(it.fees.iter().map(|row| row.body.code.as_str())),
            lines: spans(line_codes),
            services: spans(it.services.iter().map(|row| row.body.code.as_str())),
            missing: spans(it.missing.iter().map(|row| row.body.code.as_str())),
            findings: spans(it.findings.iter().map(|row| row.body.as_deref().unwrap_or_default())),
            names: bodies.map(|body| (body.code.as_str(), body.name.as_str())).collect(),
        }
    }

    /// The name of a body, linked to its acts.
    fn body(&self, body: &'a RegisterBody) -> Cell<'a> {
        Cell::jump(ACTS, self.acts.get(body.code.as_str()).map(|span| span.first), body.name.as_str())
    }
}

/// A link to the rows of a body in another sheet, which says how many there are.
fn count_of<'a>(sheet: &'static str, spans: &BTreeMap<&str, Span>, body: &RegisterBody) -> Cell<'a> {
    match spans.get(body.code.as_str()) {
        Some(span) => Cell::Jump(sheet, span.first, span.count.to_string().into()),
        None => Cell::Empty,
    }
}

pub(super) fn columns<const N: usize>(columns: [(&'static str, f64); N]) -> Vec<(Cow<'static, str>, f64)> {
    columns.into_iter().map(|(header, width)| (header.into(), width)).collect()
}

fn acts<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |act: &'a super::RegisterRow| {
        let (state, reasons, files): (_, &[String], &[RegisterFile]) = match &act.outcome {
            Outcome::Produced(files) => (Cell::State("prodotto".into(), Tone::Good), &[], files),
            Outcome::Withheld(reasons) => (Cell::State("trattenuto".into(), Tone::Alert), reasons, &[]),
            Outcome::Left(reason) => (Cell::State("rimasto".into(), Tone::Leaving), std::slice::from_ref(reason), &[]),
        };
        let file = |format: &str, text: &'static str| {
            let found = files.iter().find(|file| file.format == format);
            found.map_or(Cell::Empty, |file| Cell::File(&file.path, text.into()))
        };
        let fee = rows.fees.get(act.body.code.as_str());
        vec![
            Cell::text(act.body.name.as_str()),
            Cell::text(act.body.code.as_str()),
            Cell::text(act.act.as_str()),
            Cell::text(act.subject.as_str()),
            state,
            Cell::text(reasons.join("\n")),
            file("pdf", "PDF"),
            file("docx", "Word"),
            file("html", "web"),
            act.bundle.as_deref().map_or(Cell::Empty, |path| Cell::File(path, "zip".into())),
            act.standing.map_or(Cell::Empty, |it| Cell::State(it.italian().into(), standing_tone(it))),
            Cell::text(act.deliberation.number.as_deref().unwrap_or_default()),
            Cell::day(act.deliberation.date),
            signatures(&act.signatures),
            fee.map_or(Cell::Empty, |span| Cell::Jump(FEES, span.first, "quota".into())),
            count_of(SERVICES, &rows.services, &act.body),
            count_of(MISSING, &rows.missing, &act.body),
            count_of(FINDINGS, &rows.findings, &act.body),
        ]
    };
    Grid {
        name: ACTS,
        columns: columns([
            ("ente", 36.0),
            ("codice", 16.0),
            ("atto", 28.0),
            ("oggetto", 26.0),
            ("stato", 12.0),
            ("motivi", 44.0),
            ("PDF", 8.0),
            ("Word", 8.0),
            ("web", 8.0),
            ("pacchetto", 12.0),
            ("adesione", 21.0),
            ("delibera", 11.0),
            ("del", 12.0),
            ("firme", 24.0),
            ("quota", 9.0),
            ("servizi", 10.0),
            ("dati mancanti", 11.0),
            ("segnalazioni", 14.0),
        ]),
        rows: Lines::of(&it.acts, row),
        totals: Vec::new(),
        nothing: "Nessun atto: si veda il foglio Segnalazioni.",
    }
}

/// The state of the signatures: good where there is nothing to add to how many of how many.
fn signatures(words: &str) -> Cell<'_> {
    let is_complete =
        words.strip_prefix("firmato da ").and_then(|rest| rest.split_once(" di ")).is_some_and(|(n, of)| n == of);
    match (words.is_empty(), is_complete) {
        (true, _) => Cell::Empty,
        (false, true) => Cell::State(words.into(), Tone::Good),
        (false, false) => Cell::State(words.into(), Tone::Alert),
    }
}

fn standing_tone(standing: Standing) -> Tone {
    match standing {
        Standing::Executive => Tone::Good,
        Standing::Adopted => Tone::Fair,
        Standing::Proposed => Tone::Waiting,
        Standing::Unvoted => Tone::Muted,
        Standing::Withheld => Tone::Alert,
        Standing::Leaving => Tone::Leaving,
    }
}

fn deadlines<'a>(it: &'a Register<'a>) -> Grid<'a> {
    let mut sorted: Vec<_> = it.deadlines.iter().collect();
    // Those to come by day, then the past ones from the latest.
    sorted.sort_by(|a, b| {
        let is_past = |deadline: &Deadline| deadline.day < it.day;
        let days = if is_past(a) { b.day.cmp(&a.day) } else { a.day.cmp(&b.day) };
        is_past(a).cmp(&is_past(b)).then(days).then_with(|| (&a.what, a.who()).cmp(&(&b.what, b.who())))
    });
    let row = move |deadline: &'a Deadline| {
        let left = deadline.day.signed_duration_since(it.day).num_days();
        let (state, tone) = match left {
            ..0 => ("passata", Tone::Muted),
            0 => ("oggi", Tone::Alert),
            1..AT_HAND => ("imminente", Tone::Alert),
            AT_HAND..=NEAR => ("vicina", Tone::Waiting),
            _ => ("lontana", Tone::Good),
        };
        vec![
            Cell::Day(deadline.day),
            Cell::Count(left),
            Cell::State(state.into(), tone),
            Cell::text(deadline.what.as_str()),
            Cell::text(if deadline.who().is_empty() { "tutti" } else { deadline.who() }),
            Cell::text(deadline.basis.as_str()),
        ]
    };
    Grid {
        name: DEADLINES,
        columns: columns([
            ("giorno", 12.0),
            ("giorni che mancano", 12.0),
            ("stato", 12.0),
            ("scadenza", 64.0),
            ("ente", 36.0),
            ("riferimento", 50.0),
        ]),
        rows: Lines::of(sorted, row),
        totals: Vec::new(),
        nothing: "Nessuna scadenza: mancano decorrenza o durata.",
    }
}

fn services<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |service: &'a super::RegisterService| {
        let tone = match service.state {
            ServiceState::Requested => Tone::Fair,
            ServiceState::Active => Tone::Good,
            ServiceState::ToConfirm => Tone::Waiting,
            ServiceState::Withdrawing => Tone::Leaving,
            ServiceState::Withdrawn => Tone::Muted,
        };
        let count = |value: Option<i64>| value.map_or(Cell::Empty, Cell::Count);
        vec![
            rows.body(&service.body),
            Cell::text(service.body.code.as_str()),
            Cell::text(service.name.as_str()),
            Cell::text(service.code.as_str()),
            Cell::text(service.pricing.as_str()),
            Cell::State(service.state.italian().into(), tone),
            Cell::day(service.since),
            Cell::day(service.notice),
            Cell::day(service.until),
            service.confirmed.map_or(Cell::Empty, |year| Cell::text(year.to_string())),
            count(service.quantity.map(|count| i64::try_from(count).unwrap_or(i64::MAX))),
            Cell::text(service.rows.as_str()),
        ]
    };
    Grid {
        name: SERVICES,
        columns: columns([
            ("ente", 36.0),
            ("codice", 16.0),
            ("servizio", 40.0),
            ("codice servizio", 22.0),
            ("modalità", 16.0),
            ("stato", 15.0),
            ("dal", 12.0),
            ("disdetta del", 12.0),
            ("fino al", 12.0),
            ("confermato per", 13.0),
            ("quantità", 11.0),
            ("righe di Richieste", 16.0),
        ]),
        rows: Lines::of(&it.services, row),
        totals: Vec::new(),
        nothing: "Nessun servizio incluso nella quota né richiesto.",
    }
}

fn severity(severity: Severity) -> Cell<'static> {
    let tone = match severity {
        Severity::Error => Tone::Alert,
        Severity::Warning => Tone::Waiting,
        Severity::Note => Tone::Muted,
    };
    Cell::State(severity.italian().into(), tone)
}

fn missing<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |missing: &'a super::RegisterMissing| {
        vec![
            if missing.body.code.is_empty() { Cell::text("tutti") } else { rows.body(&missing.body) },
            Cell::text(missing.body.code.as_str()),
            Cell::text(missing.sheet.as_str()),
            Cell::text(missing.cell.as_str()),
            Cell::text(missing.column.as_str()),
            Cell::text(missing.meaning.as_str()),
            Cell::text(missing.wanted_by.as_str()),
            severity(missing.severity),
            Cell::text(missing.hint.as_str()),
        ]
    };
    Grid {
        name: MISSING,
        columns: columns([
            ("ente", 36.0),
            ("codice", 16.0),
            ("foglio", 16.0),
            ("cella", 9.0),
            ("dato", 22.0),
            ("che cosa scrivere", 42.0),
            ("serve per", 34.0),
            ("gravità", 11.0),
            ("rimedio", 44.0),
        ]),
        rows: Lines::of(&it.missing, row),
        totals: Vec::new(),
        nothing: "Non manca nessun dato.",
    }
}

fn findings<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |finding: &'a crate::diagnostic::Diagnostic| {
        let code = finding.body.as_deref().unwrap_or_default();
        let name = rows.names.get(code).copied().unwrap_or(code);
        let sheet = finding.place.sheet().map_or_else(|| finding.place.to_string(), str::to_owned);
        vec![
            Cell::jump(ACTS, rows.acts.get(code).map(|span| span.first), name),
            Cell::text(code),
            Cell::text(sheet),
            Cell::text(finding.place.a1().unwrap_or_default()),
            Cell::text(finding.code),
            severity(finding.severity),
            Cell::text(finding.message.as_str()),
            Cell::text(finding.hint.as_str()),
            Cell::text(finding.law),
        ]
    };
    Grid {
        name: FINDINGS,
        columns: columns([
            ("ente", 36.0),
            ("codice ente", 16.0),
            ("foglio", 16.0),
            ("cella", 9.0),
            ("regola", 10.0),
            ("gravità", 11.0),
            ("messaggio", 64.0),
            ("rimedio", 50.0),
            ("norma", 30.0),
        ]),
        rows: Lines::of(it.findings, row),
        totals: Vec::new(),
        nothing: "Nessuna segnalazione.",
    }
}

fn files<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |(act, file): (&'a super::RegisterRow, &'a RegisterFile)| {
        vec![
            rows.body(&act.body),
            Cell::text(act.body.code.as_str()),
            Cell::text(act.act.as_str()),
            Cell::text(act.subject.as_str()),
            Cell::File(&file.path, file.path.as_str().into()),
            Cell::Count(i64::try_from(file.bytes).unwrap_or(i64::MAX)),
            Cell::text(file.sha256.as_str()),
        ]
    };
    let pairs = it.acts.iter().flat_map(|act| {
        let files: &[RegisterFile] = match &act.outcome {
            Outcome::Produced(files) => files,
            Outcome::Withheld(_) | Outcome::Left(_) => &[],
        };
        files.iter().map(move |file| (act, file))
    });
    Grid {
        name: FILES,
        columns: columns([
            ("ente", 36.0),
            ("codice", 16.0),
            ("atto", 28.0),
            ("oggetto", 26.0),
            ("file", 56.0),
            ("byte", 11.0),
            ("impronta SHA-256", 68.0),
        ]),
        rows: Lines::of(pairs, row),
        totals: Vec::new(),
        nothing: "Nessun file prodotto.",
    }
}
