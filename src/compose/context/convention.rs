//! `convenzione.*`: the names of the convention, its dates, notices and flags, as templates print them.

use serde_json::Value as Json;

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Convention, Dossier};
use crate::italian::{decimal, grouped, number_words, ordinal};
use crate::money::Money;
use crate::schema::{Choices, Extension, Form, Mode, Signing, VatRegime};

fn years_words(years: u64) -> String {
    match years {
        1 => "1 (un) anno".to_owned(),
        _ => format!("{years} ({}) anni", number_words(years)),
    }
}

fn days_words(days: u64) -> String {
    match days {
        1 => "1 (un) giorno".to_owned(),
        _ => format!("{} ({}) giorni", grouped(days), number_words(days)),
    }
}

fn years_adjective(years: u64) -> String {
    const WORDS: [&str; 10] = [
        "annuale",
        "biennale",
        "triennale",
        "quadriennale",
        "quinquennale",
        "sessennale",
        "settennale",
        "ottennale",
        "novennale",
        "decennale",
    ];
    let word = years.checked_sub(1).and_then(|index| WORDS.get(usize::try_from(index).ok()?));
    word.map_or_else(|| format!("di {} anni", number_words(years)), |word| (*word).to_owned())
}

/// The names of the convention.
pub fn convention(slots: &mut Slots, it: &Convention, dossier: &Dossier) -> Json {
    let mut group = Group::new(slots, "convenzione");
    let clone = String::clone;
    group.field("titolo", &it.titolo, "titolo della convenzione", 40, clone);
    group.field("decorrenza", &it.decorrenza, "data di decorrenza", 20, |day| date::long(*day));
    group.field("scadenza", &it.scadenza, "data di scadenza", 20, |day| date::long(*day));
    group.field("durata", &it.durata_anni, "durata in anni", 12, |years| years_words(*years));
    group.field("durata_aggettivo", &it.durata_anni, "durata", 12, |years| years_adjective(*years));
    group.field("luogo_firma", &it.luogo_firma, "luogo della firma", 20, clone);
    group.field("data_firma", &it.data_firma, "data della firma", 20, |day| date::long(*day));
    group.field("sede", &it.sede, "sede", 30, clone);
    group.field("anno", &it.anno, "anno", 6, u64::to_string);
    group.field("preavviso", &it.recesso_preavviso_giorni, "giorni di preavviso", 12, |days| days_words(*days));
    group.field("recesso_anno_ordinale", &it.recesso_dal_anno, "anno", 8, |n| {
        ordinal(u32::try_from(*n).unwrap_or(u32::MAX))
    });
    group.text(
        "recesso_dal",
        it.withdrawal_from().map(date::long),
        &it.recesso_dal_anno.place,
        "primo giorno utile",
        18,
    );
    let last_day = it.notice_day().map(|day| day.to_string());
    group.text("recesso_ultimo_giorno", last_day, &it.recesso_preavviso_giorni.place, "ultimo giorno utile", 12);
    group.field("regime_iva", &it.regime_iva, "regime IVA", 40, |regime| regime.word().to_owned());
    group.field("aliquota_iva", &it.aliquota_iva, "aliquota IVA", 6, |rate| format!("{}%", decimal(*rate, 0)));
    group.field("importo_totale", &it.importo_totale, "importo totale", 15, |sum| Money::round(*sum).to_string());
    group.flag("recesso_limitato", it.recesso_dal_anno.copied().is_some_and(|year| year > 1));
    for (name, form) in [("bilaterale", Form::Bilaterale), ("multilaterale", Form::Multilaterale)] {
        group.flag(name, it.tipo.is(form));
    }
    group.flag("schema", !dossier.at_signature());
    group.flag("stipula", dossier.at_signature());
    group.flag("firma_digitale", it.firma.is(Signing::Digitale));
    for (name, extension) in [
        ("rinnovo_espresso", Extension::Espresso),
        ("rinnovo_tacito", Extension::Tacito),
        ("rinnovo_no", Extension::No),
    ] {
        group.flag(name, it.rinnovo.is(extension));
    }
    group.flag("fondamentali", it.funzioni_fondamentali.is(true));
    for (name, mode) in
        [("forma_delega", Mode::Delega), ("forma_ufficio", Mode::Ufficio), ("forma_coordinamento", Mode::Coordinamento)]
    {
        group.flag(name, it.forma.is(mode));
    }
    for (name, regime) in [
        ("iva_fuori_campo", VatRegime::FuoriCampo),
        ("iva_esente", VatRegime::Esente),
        ("iva_imponibile", VatRegime::Imponibile),
    ] {
        group.flag(name, it.regime_iva.is(regime));
    }
    group.flag("scissione", it.scissione_pagamenti.is(true));
    group.done()
}
