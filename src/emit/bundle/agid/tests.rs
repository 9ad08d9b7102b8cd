//! Metadata: who writes to whom, what is listed as missing, values that look like markup.

use chrono::NaiveDate;

use super::*;
use crate::emit::bundle::Registration;
use crate::emit::sample;

fn agent(name: &str, code: &str) -> Agent {
    Agent { name: name.to_owned(), code: code.to_owned(), pec: Some(format!("{code}@pec.example")), ..Agent::default() }
}

fn filing() -> Filing {
    Filing {
        lead: agent("Provincia di Pesaro e Urbino", "p_pu"),
        body: agent("Comune di Cantiano", "c_b636"),
        ..Filing::default()
    }
}

fn of(kind: ActKind, author: &str, filing: &Filing, others: &[Companion]) -> Metadata {
    let act = Act { kind, author: author.to_owned(), ..sample::act() };
    let file = File { name: "x.pdf".to_owned(), format: "pdf", act: 0, bytes: Vec::new() };
    metadata(&act, &file, "00ff", filing, others)
}

/// The roles of the subjects with the name of the body or system.
fn roles(metadata: &Metadata) -> Vec<String> {
    let json = metadata.json();
    let list = json["Soggetti"]["Ruolo"].as_array().expect("roles").clone();
    let role = |role: Value| {
        let (name, who) = role.as_object()?.iter().next().map(|(name, who)| (name.clone(), who.clone()))?;
        Some(format!("{name}: {}", who["PAI"]["IPAAmm"]["Denominazione"].as_str()?))
    };
    list.into_iter().filter_map(role).collect()
}

#[test]
fn a_form_goes_to_the_lead_body_and_a_letter_to_the_body() {
    let form = of(ActKind::RichiestaServizio, "Comune di Cantiano", &filing(), &[]);
    assert!(roles(&form).contains(&"Destinatario: Provincia di Pesaro e Urbino".to_owned()), "{:?}", roles(&form));
    assert!(roles(&form).contains(&"Mittente: Comune di Cantiano".to_owned()));
    let letter = of(ActKind::LetteraTrasmissione, "Provincia di Pesaro e Urbino", &filing(), &[]);
    assert!(roles(&letter).contains(&"Destinatario: Comune di Cantiano".to_owned()), "{:?}", roles(&letter));
    let own = of(ActKind::DeliberaAdesione, "Comune di Cantiano", &filing(), &[]);
    assert!(!roles(&own).iter().any(|role| role.starts_with("Destinatario")), "{:?}", roles(&own));
}

#[test]
fn deliberations_of_an_agreement_are_not_found_by_convention() {
    let words = |is_agreement| {
        let filing = Filing { is_agreement, ..filing() };
        of(ActKind::DeliberaAdesione, "x", &filing, &[]).json()["ChiaveDescrittiva"]["ParoleChiave"].to_string()
    };
    assert!(words(true).contains("accordo") && !words(true).contains("convenzione"), "{}", words(true));
    assert!(words(false).contains("convenzione") && !words(false).contains("accordo"), "{}", words(false));
}

#[test]
fn what_is_known_is_in_and_what_is_not_is_listed() {
    let bare = of(ActKind::DeliberaAdesione, "x", &filing(), &[]);
    for element in ["DatiDiRegistrazione", "Classificazione", "Riservato", "Agg", "TempoDiConservazione"] {
        assert!(bare.json().get(element).is_none(), "{element} is made up");
        assert!(bare.missing.iter().any(|words| words.starts_with(element)), "{element} is not listed");
    }
    let date = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
    let known = Filing {
        classification: Some("1.6.2".to_owned()),
        folder: Some("2026/14".to_owned()),
        retention: Some(9999),
        reserved: Some(false),
        registrations: vec![(ActKind::DeliberaAdesione, Registration { number: "12".to_owned(), date })],
        ..filing()
    };
    let full = of(ActKind::DeliberaAdesione, "x", &known, &[]).json();
    assert_eq!(full["Classificazione"]["IndiceDiClassificazione"], "1.6.2");
    assert_eq!(full["Agg"]["TipoAgg"]["IdAggregazione"], "2026/14");
    assert_eq!(full["TempoDiConservazione"], "9999");
    assert_eq!(full["Riservato"], false);
    let register = &full["DatiDiRegistrazione"]["TipoRegistro"]["Repertorio_Registro"];
    assert_eq!(
        (&register["NumeroRegistrazioneDocumento"], &register["DataRegistrazioneDocumento"]),
        (&"12".into(), &"2026-03-01".into())
    );
}

#[test]
fn the_letter_lists_what_goes_with_it_and_they_name_the_letter() {
    let other =
        |kind, name: &str| Companion { kind, name: name.to_owned(), title: "T".to_owned(), sha256: "00".to_owned() };
    let enclosed = [other(ActKind::Convenzione, "01.pdf"), other(ActKind::DeliberaAdesione, "02.pdf")];
    let letter = of(ActKind::LetteraTrasmissione, "x", &filing(), &enclosed).json();
    assert_eq!(letter["Allegati"]["NumeroAllegati"], "2");
    assert_eq!(letter["Allegati"]["IndiceAllegati"][1]["IdDoc"]["Identificativo"], "c_b636/02.pdf");
    let act = of(ActKind::Recesso, "x", &filing(), &[other(ActKind::LetteraTrasmissione, "00.pdf")]).json();
    assert_eq!(act["IdIdentificativoDocumentoPrimario"]["Identificativo"], "c_b636/00.pdf");
}

#[test]
fn values_never_become_markup() {
    let hostile = Filing {
        body: agent("Comune di <b>&amp;]]> --> \u{0}\u{8}", "c_x"),
        folder: Some("--><Riservato>true</Riservato><!--".to_owned()),
        ..filing()
    };
    let sheet = of(ActKind::Recesso, "x", &hostile, &[]);
    let xml = String::from_utf8(sheet.xml().expect("written")).expect("UTF-8");
    assert!(!xml.contains("<b>") && !xml.contains("<Riservato>") && !xml.contains('\u{0}'), "{xml}");
    let mut reader = quick_xml::Reader::from_str(&xml);
    while !matches!(reader.read_event().expect("well-formed"), Event::Eof) {}
    // Base64 of the bytes, as the schema wants a digest.
    assert!(xml.contains("<Impronta>AP8=</Impronta>"), "{xml}");
}
