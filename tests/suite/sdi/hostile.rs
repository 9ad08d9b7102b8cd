//! Files that are no invoices, are damaged, or mean harm: one clear answer, never a panic.

use std::fmt::Write as _;

use scrivano::sdi::{MAX_BYTES, Unreadable, inspect, judge};

use super::{PLAIN, WHOLE, found, received, with};

fn refusal(bytes: &[u8]) -> Unreadable {
    inspect(None, bytes, received()).expect_err("not readable")
}

#[test]
fn what_is_no_invoice_is_said_in_one_sentence() {
    for (bytes, said) in [
        (&b""[..], "vuoto"),
        (b" \n\t", "vuoto"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02", "firmata"),
        (b"0\x82\x10\x00\x06\x09*\x86H", "firmata"),
        (b"MIIHqQYJKoZIhvcNAQcCoIIHmjCC", "firmata"),
        (b"Spett.le Comune, ecco la fattura", "non è un file XML"),
        (b"\x00\x01\x02\x03", "non è un file XML"),
        (b"<html><body>ciao</body></html>", "comincia con <html>"),
        (b"<a", "non è XML ben formato"),
        (b"<?xml version=\"1.0\"?>", "non c’è nessun elemento"),
        (b"<p:FatturaElettronicaSemplificata xmlns:p=\"x\"/>", "semplificata"),
        (b"<p:FatturaElettronica xmlns:p=\"http://www.fatturapa.gov.it/sdi/fatturapa/v1.1\"/>", "formato vecchio"),
    ] {
        let refusal = refusal(bytes);
        assert!(refusal.message.contains(said), "{said}: {refusal:?}");
        assert!(!refusal.hint.is_empty());
        let findings = judge(None, bytes, received());
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["00200"]);
    }
}

#[test]
fn damaged_xml_is_told_with_its_line() {
    let cut = &PLAIN[..PLAIN.len() / 2];
    let lines = cut.lines().count() as u64;
    assert_eq!(refusal(cut.as_bytes()).line, lines);
    for (from, to, said) in [
        ("<Divisa>EUR", "<Divisa>\u{1}EUR", "U+0001"),
        ("<Divisa>EUR", "<Divisa>&#1;EUR", "&#1;"),
        ("<Divisa>EUR", "<Divisa>&#xFFFFFF;EUR", "XML ben formato"),
        ("<Divisa>EUR", "<Divisa>&euro;", "&euro;"),
        ("<Divisa>EUR", "<Divisa>a & b", "XML ben formato"),
        ("<Divisa>EUR", "<Divisa>]]>", "]]>"),
        ("<Divisa>", "<Divisa x=\"1\" x=\"2\">", "XML ben formato"),
        ("<Divisa>", "<Divisa q:x=\"1\">", "prefisso"),
        ("<Divisa>", "<q:Divisa>", "prefisso"),
        ("<Divisa>", "<Divisa><!-- a -- b -->", "XML ben formato"),
    ] {
        let refusal = refusal(with(PLAIN, from, to).as_bytes());
        assert!(refusal.message.contains(said), "{to}: {refusal:?}");
        let line = 1 + PLAIN.lines().position(|line| line.contains("<Divisa>")).unwrap() as u64;
        assert_eq!(refusal.line, line, "{to}: {refusal:?}");
    }
    let closing = "</p:FatturaElettronica>";
    for (end, said) in [("<x/>", "altri elementi"), ("testo", "fuori")] {
        let refusal = refusal(with(PLAIN, closing, &format!("{closing}{end}")).as_bytes());
        assert!(refusal.message.contains(said), "{refusal:?}");
    }
}

#[test]
fn bombs_and_abysses_are_refused() {
    let bomb = with(
        PLAIN,
        "<p:Fattura",
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n<p:Fattura",
    );
    assert!(refusal(with(&bomb, "<Divisa>EUR", "<Divisa>&b;").as_bytes()).message.contains("DTD"));
    let external = with(PLAIN, "<p:Fattura", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">\n<p:Fattura");
    assert!(refusal(external.as_bytes()).message.contains("DTD"));
    let deep = "<a>".repeat(100_000);
    assert!(refusal(deep.as_bytes()).message.contains("annidati"));
    let long = with(PLAIN, "<Divisa>EUR", &format!("<{}/><Divisa>EUR", "a".repeat(100_000)));
    assert!(refusal(long.as_bytes()).message.chars().count() < 200);
    let deep = with(PLAIN, "<Divisa>EUR", &format!("<Divisa>{}{}", "<a>".repeat(60), "</a>".repeat(60)));
    assert!(!found(&deep).is_empty());
}

#[test]
fn large_files_are_judged() {
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(judge(None, &large, received()).iter().map(|finding| finding.code).collect::<Vec<_>>(), ["00003"]);
    // As many lines, rates and names as fit.
    let mut lines = String::new();
    let mut rate = 0;
    while lines.len() < MAX_BYTES - 40_000 {
        rate = (rate + 1) % 10_000;
        let rate = format!("{}.{:02}", rate / 100, rate % 100);
        write!(
            lines,
            "<DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>x</Descrizione><PrezzoUnitario>1.00</PrezzoUnitario>\
             <PrezzoTotale>2.00</PrezzoTotale><AliquotaIVA>{rate}</AliquotaIVA></DettaglioLinee>"
        )
        .unwrap();
    }
    let many = with(PLAIN, "<DettaglioLinee>", &format!("{lines}<DettaglioLinee>"));
    assert!(found(&many).len() > 10_000);
    let names: String = (0..200_000).map(|n| format!("<a{n}/>")).collect();
    let findings = found(&with(PLAIN, "<DettaglioLinee>", &format!("{names}<DettaglioLinee>")));
    assert_eq!(findings.len(), 51);
    assert_eq!(findings.last().map(|finding| finding.code), Some("00201"));
}

#[test]
fn encodings_are_read_as_declared() {
    let latin = with(WHOLE, "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"");
    let latin = with(&latin, "P-1 €", "P-1");
    let bytes: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(judge(None, &bytes, received()), []);
    // The same bytes under the name of UTF-8 are not UTF-8.
    let wrong = String::from_utf8_lossy(&bytes).replace("ISO-8859-1", "UTF-8");
    assert_eq!(judge(None, wrong.as_bytes(), received()).len(), 2, "U+FFFD is outside Latin-1");
    let mut raw = bytes.clone();
    let at = raw.windows(10).position(|part| part == b"ISO-8859-1").unwrap();
    raw.splice(at..at + 10, *b"UTF-8");
    let refusal = refusal(&raw);
    assert!(refusal.message.contains("UTF-8") && refusal.line > 10, "{refusal:?}");
    for (label, wide) in [("UTF-16", true), ("UTF-16", false)] {
        let text = with(WHOLE, "encoding=\"UTF-8\"", &format!("encoding=\"{label}\""));
        let text = format!("\u{FEFF}{text}");
        let bytes: Vec<u8> = if wide {
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        } else {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        };
        assert_eq!(judge(None, &bytes, received()), []);
    }
    assert_eq!(found(&format!("\u{FEFF}{WHOLE}")), []);
    let unknown = with(PLAIN, "encoding=\"UTF-8\"", "encoding=\"EBCDIC-IT\"");
    assert!(inspect(None, unknown.as_bytes(), received()).is_err());
}

#[test]
fn cut_and_scrambled_files_never_panic() {
    for end in (0..PLAIN.len()).step_by(7) {
        let _any = judge(Some("IT80000000010_00001.xml"), &PLAIN.as_bytes()[..end], received());
    }
    let mut seed = 7_u32;
    for _ in 0..2_000 {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for _ in 0..3 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = seed as usize % bytes.len();
            bytes[at] = (seed >> 24) as u8;
        }
        let _any = judge(None, &bytes, received());
    }
}

#[test]
fn names_of_files_are_judged_where_given() {
    let long = format!("IT{}_1.xml", "9".repeat(300));
    for name in [long.as_str(), "IT80000000010_000001.xml", "..", "a\u{0}b", "IT80000000010_è.xml"] {
        let findings = judge(Some(name), PLAIN.as_bytes(), received());
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["00001"], "{name}");
        assert!(findings[0].message.chars().count() < 250);
    }
}
