//! What the sheet leaves out and the program knows: the national list for Comuni, the model's defaults for the
//! convention. The sheet always wins; completed values are marked as such.

use chrono::{Datelike, NaiveDate};

use crate::date;
use crate::dossier::{Body, Convention, Deliberation, Origin};
use crate::gazetteer::{Comune, Gazetteer, POPULATION_DAY};
use crate::identifier::{BodyCode, IstatCode, Pec, PostCode, TaxCode};
use crate::italian::{fold, slug};
use crate::model::Model;
use crate::schema::{BodyKind, Choices, Extension, Form, Mode, Signing};

/// Completes a body: its kind from its name, everything else of a Comune from the national list.
pub fn body(body: &mut Body) {
    let kind = body.denominazione.text().and_then(kind_of);
    let is_comune = body.tipo.get().copied().or(kind).unwrap_or(BodyKind::Comune) == BodyKind::Comune;
    let listed = if is_comune { listed(body) } else { None };
    if let Some(comune) = listed {
        from_list(body, comune);
    }
    body.tipo.complete(kind, Origin::Completed);
    if body.tipo.is(BodyKind::Comune) {
        official_name(body, listed);
        let office = body.carica.is_absent() && !body.rappresentante.is_absent();
        body.carica.complete(office.then(|| "Sindaco".to_owned()), Origin::Default);
    }
    let code = body.denominazione.text().map(slug).and_then(|slug| BodyCode::parse(&slug).ok());
    body.codice.complete(code.map(|parsed| parsed.value), Origin::Default);
    body.folded_names = folded_names(body, listed);
}

/// Completes a deliberation: what is immediately executable is so from the session (TUEL art. 134 c. 4).
pub fn deliberation(mut act: Deliberation) -> Deliberation {
    let at_once = act.data.copied().filter(|_| act.immediata.is(true) && act.is_adopted());
    act.esecutiva_dal.complete(at_once, Origin::Completed);
    act
}

/// The Comune of the list that this row means: by ISTAT code, by name and province, by code.
fn listed(body: &Body) -> Option<&'static Comune> {
    let list = Gazetteer::get();
    let by_istat = body.codice_istat.get().and_then(|code| list.by_istat(code.as_str()));
    let by_name = || {
        let (name, province) = (body.denominazione.text()?, body.provincia.text());
        list.find(bare_name(name), province).or_else(|| bare_names(name).iter().find_map(|it| list.find(it, province)))
    };
    // A code copied from another row says nothing of a row that has a name of its own.
    let is_called = |comune: &&Comune| {
        let named = |name: &str| comune.is_named(bare_name(name)) || comune.is_nearly_named(bare_name(name));
        body.denominazione.text().is_none_or(named)
    };
    let by_code = || list.by_code(body.codice.get()?.as_str()).filter(is_called);
    by_istat.or_else(by_name).or_else(by_code)
}

/// The names of the list that a denomination may mean: "Comune dell’Aquila" → "dellaquila", "laquila".
pub(super) fn bare_names(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut names = vec![folded.clone()];
    for title in ["comune", "citta", "municipio"] {
        let Some(rest) = folded.strip_prefix(title).and_then(|rest| rest.strip_prefix(' ')) else { continue };
        names.push(rest.to_owned());
        for (preposition, article) in
            [("di ", ""), ("de ", ""), ("del ", "il "), ("della ", "la "), ("dei ", "i "), ("dell", "l"), ("d", "")]
        {
            names.extend(rest.strip_prefix(preposition).map(|rest| format!("{article}{rest}")));
        }
    }
    if name.ends_with(')') {
        // "Peglio (PU)"
        let short: Vec<_> =
            names.iter().filter_map(|name| name.rsplit_once(' ')).map(|(name, _)| name.to_owned()).collect();
        names.extend(short);
    }
    names.extend(names.iter().filter_map(|name| name.strip_suffix(" capitale")).map(str::to_owned).collect::<Vec<_>>());
    names
}

/// "Comune di Cantiano" → "Cantiano".
pub fn bare_name(name: &str) -> &str {
    let lower = name.to_lowercase();
    for prefix in ["comune di ", "comune d'", "comune d’", "città di ", "citta' di ", "municipio di ", "comune "] {
        if lower.starts_with(prefix) && lower.len() == name.len() {
            return name.get(prefix.len()..).unwrap_or(name).trim();
        }
    }
    name
}

fn from_list(body: &mut Body, comune: &'static Comune) {
    let full = |text: &'static str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (y, m, d) = POPULATION_DAY;
    body.listed = Some(comune.codice_istat.to_string());
    body.tipo.complete(Some(BodyKind::Comune), Origin::Completed);
    body.codice.complete(BodyCode::parse(&comune.codice_ipa).ok().map(|parsed| parsed.value), Origin::Completed);
    body.denominazione.complete(Some(comune.full_name()), Origin::Completed);
    body.codice_istat.complete(IstatCode::parse(&comune.codice_istat).ok().map(|p| p.value), Origin::Completed);
    body.codice_fiscale.complete(TaxCode::parse(&comune.codice_fiscale).ok().map(|p| p.value), Origin::Completed);
    body.indirizzo.complete(Some(comune.street()).filter(|street| !street.is_empty()), Origin::Completed);
    body.cap.complete(PostCode::parse(&comune.cap).ok().map(|p| p.value), Origin::Completed);
    body.comune.complete(full(&comune.nome), Origin::Completed);
    body.provincia.complete(full(&comune.sigla), Origin::Completed);
    body.pec.complete(Pec::parse(&comune.pec).ok().map(|p| p.value), Origin::Completed);
    if body.abitanti.is_absent() && comune.popolazione_2023.is_some() {
        body.abitanti_al.clear();
        body.abitanti_al.complete(NaiveDate::from_ymd_opt(y, m, d), Origin::Completed);
    }
    body.abitanti.complete(comune.popolazione_2023, Origin::Completed);
}

/// "CANTIANO", "Cantiano" and "Comune di CANTIANO" become "Comune di Cantiano", with the list's accents.
fn official_name(body: &mut Body, listed: Option<&'static Comune>) {
    let Some(name) = body.denominazione.text() else { return };
    let bare = bare_name(name);
    let official = match listed {
        Some(comune) if comune.is_named(bare) => comune.full_name(),
        _ if fold(name).starts_with("comune ") || fold(name).starts_with("citta ") || fold(name) == "roma capitale" => {
            return;
        }
        _ => format!("Comune di {name}"),
    };
    let title = name.to_lowercase().starts_with("citt") && listed.is_some_and(|comune| comune.is_named(bare));
    if !title {
        body.denominazione.replace(official);
    }
}

/// The kind that a name tells.
pub fn kind_of(name: &str) -> Option<BodyKind> {
    let name = fold(name);
    let starts = |words: &[&str]| words.iter().any(|word| name == *word || name.starts_with(&format!("{word} ")));
    Some(if starts(&["comune", "citta di", "municipio", "roma capitale"]) {
        BodyKind::Comune
    } else if starts(&["unione montana", "comunita montana", "comunita isolana", "unione dei comuni montani"]) {
        BodyKind::Montana
    } else if starts(&["unione"]) {
        BodyKind::Unione
    } else if starts(&["provincia", "libero consorzio"]) {
        BodyKind::Provincia
    } else if starts(&["citta metropolitana"]) {
        BodyKind::CittaMetropolitana
    } else if starts(&["regione"]) {
        BodyKind::Regione
    } else if starts(&["consorzio"]) {
        BodyKind::Consorzio
    } else if starts(&["associazione", "fondazione"]) {
        BodyKind::Associazione
    } else if starts(&["societa"])
        || name.ends_with(" srl")
        || name.ends_with(" s r l")
        || name.ends_with(" spa")
        || name.ends_with(" s p a")
    {
        BodyKind::Societa
    } else {
        return None;
    })
}

fn folded_names(body: &Body, listed: Option<&'static Comune>) -> Vec<String> {
    let mut names: Vec<String> =
        body.denominazione.text().into_iter().flat_map(|name| [fold(name), fold(bare_name(name))]).collect();
    if let Some(comune) = listed {
        names.push(fold(&comune.codice_ipa));
        names.push(comune.codice_istat.to_string());
    }
    names.sort();
    names.dedup();
    names
}

/// Completes the convention from the model's defaults, and end of term and term from each other.
pub fn convention(convention: &mut Convention, model: &Model) {
    let defaults = &model.predefiniti;
    let start = convention.decorrenza.copied();
    if let (Some(start), Some(end), true) = (start, convention.scadenza.copied(), convention.durata_anni.is_absent()) {
        convention.durata_anni.complete(whole_years(start, end), Origin::Completed);
    }
    convention.durata_anni.complete(defaults.durata_anni, Origin::Default);
    let end = start
        .zip(convention.durata_anni.copied())
        .and_then(|(start, years)| date::term_end(start, u32::try_from(years).ok()?));
    convention.scadenza.complete(end, Origin::Completed);
    convention.tipo.complete(word(defaults.tipo.as_deref()).or(Some(Form::Bilaterale)), Origin::Default);
    convention.rinnovo.complete(word(defaults.rinnovo.as_deref()).or(Some(Extension::No)), Origin::Default);
    convention.forma.complete(word::<Mode>(defaults.forma.as_deref()), Origin::Default);
    convention.firma.complete(word(defaults.firma.as_deref()).or(Some(Signing::Digitale)), Origin::Default);
    convention.recesso_preavviso_giorni.complete(defaults.recesso_preavviso_giorni, Origin::Default);
    convention.recesso_dal_anno.complete(defaults.recesso_dal_anno.or(Some(1)), Origin::Default);
    convention.funzioni_fondamentali.complete(Some(false), Origin::Default);
    convention.anno.complete(start.and_then(|day| u64::try_from(day.year()).ok()), Origin::Default);
}

fn word<T: Choices>(text: Option<&str>) -> Option<T> {
    let wanted = fold(text?);
    T::WORDS.iter().position(|choice| fold(choice.word) == wanted).and_then(T::from_index)
}

/// The number of whole years from `start` to `end`, if it is whole.
fn whole_years(start: NaiveDate, end: NaiveDate) -> Option<u64> {
    (1..=99).find(|&years| date::term_end(start, years) == Some(end)).map(u64::from)
}
