//! Texts in the schema's characters, and what of a bill goes in which block.

use proptest::prelude::*;

use super::sample::{credit_note, invoice};
use super::{FatturaElettronica, basic, cut, latin, pieces};
use crate::bill::Named;
use crate::schema::BillKind;

fn shown(text: &str) -> String {
    latin(text).0
}

#[test]
fn typographic_signs_have_a_plain_twin_and_are_not_told() {
    let text = "L’ente «A» – “B” costa € 0,15…\u{a0}l’anno: ﬁne\u{200b}";
    assert_eq!(latin(text), ("L'ente «A» - \"B\" costa EUR 0,15... l'anno: fine".to_owned(), vec![]));
    assert_eq!(shown("città, Forlì, Köln, Orléans, 5½ m²"), "città, Forlì, Köln, Orléans, 5½ m²");
    assert_eq!(shown("citta\u{300}"), "città", "composed first");
}

#[test]
fn letters_that_latin_1_lacks_lose_their_marks_and_are_told() {
    assert_eq!(latin("Győr, Łódź, Œuvre"), ("Gyor, Lódz, OEuvre".to_owned(), vec!['ő', 'Ł', 'ź', 'Œ']));
    assert_eq!(latin("① №5 ｆ"), ("1 n.5 f".to_owned(), vec!['①', 'ｆ']));
}

#[test]
fn nothing_else_is_dropped_in_silence() {
    assert_eq!(latin("Ελ 🏛️ 漢"), ("?? ? ?".to_owned(), vec!['Ε', 'λ', '🏛', '漢']));
    assert_eq!(latin("a\u{7}b\u{85}c\u{92}d\u{7f}e"), ("a b c d e".to_owned(), vec!['\u{7}', '\u{92}', '\u{7f}']));
    assert_eq!(latin("a\u{20dd}b"), ("ab".to_owned(), vec!['\u{20dd}']));
    assert_eq!(latin(" \t\r\n\u{a0} "), (String::new(), vec![]));
}

#[test]
fn codes_are_basic_latin_alone() {
    assert_eq!(basic("n° 5/è"), ("no 5/e".to_owned(), vec!['°', 'è']));
    assert_eq!(basic("87–A"), ("87-A".to_owned(), vec![]));
}

#[test]
fn a_cut_is_at_the_end_of_a_word_and_pieces_lose_nothing() {
    assert_eq!(cut("uno due tre", 11), None);
    assert_eq!(cut("uno due tre", 10).as_deref(), Some("uno due"));
    assert_eq!(cut("uno due tre", 7).as_deref(), Some("uno due"));
    assert_eq!(cut("a bcdefghi", 8).as_deref(), Some("a"));
    assert_eq!(cut("a bcdefghijklmnop", 8).as_deref(), Some("a bcdefg"), "a word longer than the room is broken");
    assert_eq!(pieces("uno due tre quattro", 8), ["uno due", "tre", "quattro"]);
    assert_eq!(pieces("", 8), [] as [&str; 0]);
}

proptest! {
    #[test]
    fn any_text_comes_out_in_the_allowed_set(text in any::<String>()) {
        let (latin, told) = latin(&text);
        let allowed = |c: char| matches!(c, ' '..='~' | '\u{a1}'..='\u{ff}');
        prop_assert!(latin.chars().all(allowed), "{}", latin);
        prop_assert!(!latin.contains("  ") && latin.trim() == latin);
        prop_assert_eq!(super::latin(&latin), (latin.clone(), vec![]));
        prop_assert!(told.iter().all(|c| !allowed(*c)), "{:?}", told);
        let (basic, _) = basic(&text);
        prop_assert!(basic.is_ascii());
    }

    #[test]
    fn pieces_fit_and_hold_every_letter(text in "[a-zè ]{0,300}", limit in 1_usize..40) {
        let (text, _) = latin(&text);
        let pieces = pieces(&text, limit);
        prop_assert!(pieces.iter().all(|piece| (1..=limit).contains(&piece.chars().count())));
        let letters = |text: &str| text.replace(' ', "");
        prop_assert_eq!(letters(&pieces.concat()), letters(&text));
    }
}

#[test]
fn the_payer_decides_format_and_destination() {
    let public = FatturaElettronica::of(&invoice()).expect("sent").dati_trasmissione;
    assert_eq!((public.formato_trasmissione, public.codice_destinatario.as_str()), ("FPA12", "UF1234"));
    assert_eq!(public.pec_destinatario, None);
    let private = FatturaElettronica::of(&credit_note()).expect("sent").dati_trasmissione;
    assert_eq!((private.formato_trasmissione, private.codice_destinatario.as_str()), ("FPR12", "0000000"));
    assert_eq!(private.pec_destinatario.as_deref(), Some("comune@pec.example.it"));
}

#[test]
fn what_is_not_sent_has_no_file() {
    let request = crate::bill::Bill { kind: BillKind::Richiesta, ..invoice() };
    assert_eq!(FatturaElettronica::of(&request), None);
    assert_eq!(FatturaElettronica::of(&crate::bill::Bill { sending: None, ..invoice() }), None);
}

#[test]
fn a_text_that_is_cut_stands_whole_in_the_reasons() {
    let mut bill = invoice();
    bill.payer.name = "Consorzio ".repeat(30).trim().to_owned();
    bill.lines[0].description = "parola ".repeat(200).trim().to_owned();
    let file = FatturaElettronica::of(&bill).expect("sent");
    assert!(file.cessionario_committente.denominazione.chars().count() <= 80);
    let elements: Vec<_> = file.adapted.shortened.iter().map(|it| it.element).collect();
    assert_eq!(elements, ["Denominazione", "Descrizione"]);
    let causale = &file.dati_generali.dati_generali_documento.causale;
    assert!(causale.iter().all(|piece| piece.chars().count() <= 200));
    let told = causale.join(" ");
    for it in &file.adapted.shortened {
        assert!(told.contains(&it.whole) && it.whole.starts_with(&it.kept), "{}", it.element);
    }
    assert!(told.contains("Denominazione di chi paga: Consorzio"), "{told}");
}

#[test]
fn a_reason_that_says_it_already_is_not_repeated() {
    let mut bill = invoice();
    bill.references.title = "Convenzione per la gestione ".repeat(5).trim().to_owned();
    bill.reasons = vec![format!("Servizi della {}.", bill.references.title)];
    let file = FatturaElettronica::of(&bill).expect("sent");
    assert_eq!(file.adapted.shortened.len(), 1);
    let told = file.dati_generali.dati_generali_documento.causale.join(" ");
    assert_eq!(told, bill.reasons.join(" "));
}

#[test]
fn codes_of_the_spending_are_never_lost() {
    let mut bill = invoice();
    bill.references.spending = None;
    let general = |bill: &crate::bill::Bill| FatturaElettronica::of(bill).expect("sent").dati_generali;
    let with_convention = general(&bill);
    assert_eq!(with_convention.dati_ordine_acquisto, None);
    assert_eq!(with_convention.dati_convenzione.and_then(|it| it.codice_cig).as_deref(), Some("A01B2C3D4E"));
    bill.references.convention = Some(Named { number: "  ".into(), date: None });
    let alone = general(&bill);
    assert_eq!(alone.dati_convenzione, None);
    let order = alone.dati_ordine_acquisto.expect("an order");
    assert_eq!((order.id_documento.as_str(), order.codice_cig.as_deref()), ("A01B2C3D4E", Some("A01B2C3D4E")));
}
