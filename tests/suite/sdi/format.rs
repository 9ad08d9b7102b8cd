//! The format: what the schema refuses is refused there, what it lets pass passes. The schema itself may not stand here:
//! agreement with validators of it was measured by hand, on thousands of changed files.

use super::{PLAIN, WHOLE, found, places, with};

#[test]
fn faults_of_format_are_told_where_they_are() {
    let body = "FatturaElettronicaBody[1]";
    for (base, from, to, path, said) in [
        (PLAIN, "versione=\"FPA12\"", "", "FatturaElettronica", "versione"),
        (PLAIN, "versione=\"FPA12\"", "versione=\"FPA12\" a=\"b\"", "FatturaElettronica", "«a»"),
        (PLAIN, "fatture/v1.2", "fatture/v1.3", "FatturaElettronica", "namespace"),
        (PLAIN, "<Divisa>EUR</Divisa>", "", &*format!("{body}/DatiGenerali/DatiGeneraliDocumento/Divisa"), "manca"),
        (PLAIN, "<Divisa>EUR", "<Divisa>eur", &format!("{body}/DatiGenerali/DatiGeneraliDocumento/Divisa"), "«eur»"),
        (PLAIN, "<Divisa>EUR", "<Divisa> EUR", &format!("{body}/DatiGenerali/DatiGeneraliDocumento/Divisa"), "« EUR»"),
        (
            PLAIN,
            "<Divisa>EUR</Divisa>",
            "<Divisa>EUR</Divisa><Divisa>EUR</Divisa>",
            &format!("{body}/DatiGenerali/DatiGeneraliDocumento/Divisa[2]"),
            "ripetuto",
        ),
        (
            PLAIN,
            "<Imposta>220.00</Imposta>",
            "<Imposta>220,00</Imposta>",
            &format!("{body}/DatiBeniServizi/DatiRiepilogo/Imposta"),
            "punto",
        ),
        (
            PLAIN,
            "Quota di adesione: 5000",
            "Quota dell’anno: 5000",
            &format!("{body}/DatiBeniServizi/DettaglioLinee/Descrizione"),
            "U+2019",
        ),
        (PLAIN, "TD01", "TD30", &format!("{body}/DatiGenerali/DatiGeneraliDocumento/TipoDocumento"), "TD29"),
        (
            PLAIN,
            "Comune di Valtorta Nuova</Denominazione>",
            "Comune di Valtorta Nuova</Denominazione><Nome>Ada</Nome>",
            "FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici/Anagrafica",
            "oppure",
        ),
        (
            WHOLE,
            "<Cognome>Dell'Inventato</Cognome>",
            "",
            "FatturaElettronicaHeader/CedentePrestatore/DatiAnagrafici/Anagrafica/Denominazione",
            "<Nome> e <Cognome>",
        ),
        (
            WHOLE,
            "SistemaEmittente=\"prova\"",
            "SistemaEmittente=\"12345678901\"",
            "FatturaElettronica",
            "SistemaEmittente",
        ),
        (WHOLE, "Y2lhbw==", "Y2lhbw=", &format!("{body}/Allegati/Attachment"), "base64"),
        (
            WHOLE,
            "2025-12-30T09:00:00",
            "2025-12-30 09:00",
            &format!("{body}/DatiGenerali/DatiTrasporto/DataOraRitiro"),
            "data e ora",
        ),
        (WHOLE, "<Data>2020-01-01", "<Data>2020-02-30", &format!("{body}/DatiVeicoli/Data"), "AAAA-MM-GG"),
        (WHOLE, "<TotalePercorso>1000 km", "<TotalePercorso>", &format!("{body}/DatiVeicoli/TotalePercorso"), "vuoto"),
        (
            WHOLE,
            "<TotalePercorso>1000 km",
            "<TotalePercorso><b>1</b>",
            &format!("{body}/DatiVeicoli/TotalePercorso/b"),
            "solo un valore",
        ),
        (WHOLE, "<DatiVeicoli>", "<DatiVeicoli>ciao", &format!("{body}/DatiVeicoli"), "ciao"),
    ] {
        let findings = found(&with(base, from, to));
        let [finding] = findings.as_slice() else { panic!("{to}: {findings:?}") };
        assert_eq!((finding.code, finding.path.as_str()), ("00200", path), "{to}");
        assert!(finding.message.contains(said), "{to}: {}", finding.message);
    }
}

#[test]
fn an_element_out_of_place_is_told_and_the_rest_is_still_judged() {
    let moved = with(
        &with(PLAIN, "<Divisa>EUR</Divisa>", ""),
        "<Numero>12/CST</Numero>",
        "<Numero>12/CST</Numero><Divisa>EU</Divisa>",
    );
    let findings = found(&moved);
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings[0].message.contains("prima di <Numero>"), "{findings:?}");
    assert!(findings[1].message.contains("«EU»"), "{findings:?}");
    let misspelt = found(&with(PLAIN, "<Divisa>EUR</Divisa>", "<Valuta/><Divisa>EUR</Divisa>"));
    assert!(misspelt.len() == 1 && misspelt[0].message.contains("non è previsto"), "{misspelt:?}");
    let near = found(&with(&with(PLAIN, "<Divisa>", "<Divise>"), "</Divisa>", "</Divise>"));
    assert!(near.iter().any(|finding| finding.hint.contains("<Divisa>")), "{near:?}");
}

#[test]
fn what_the_schema_lets_pass_passes() {
    for (base, from, to) in [
        // The namespace as default, undone by each child: clumsy but right.
        (PLAIN, "<Provincia>ZZ</Provincia><Nazione>IT</Nazione>", "<Nazione></Nazione>"),
        (PLAIN, "<ProgressivoInvio>00001", "<ProgressivoInvio>a b\t~"),
        (PLAIN, "<Data>2026-01-08</Data>", "<Data> 2026-01-08Z\n</Data>"),
        (PLAIN, "<NumeroLinea>1<", "<NumeroLinea> +0001 <"),
        (PLAIN, "<AliquotaIVA>22.00", "<AliquotaIVA>\n022.00"),
        (PLAIN, "<Causale>", "<Causale>\u{80}é\u{ff}<![CDATA[<b>]]><!-- c --><?p i?>"),
        (
            PLAIN,
            "</FatturaElettronicaBody>",
            "</FatturaElettronicaBody><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X/></ds:Signature>",
        ),
        (WHOLE, "<PECDestinatario>", "<PECDestinatario>  "),
        (WHOLE, "Y2lhbw==", "Y2lh\n  bw = ="),
        (WHOLE, "2025-12-30T09:00:00", "2025-12-30T24:00:00.000-14:00"),
        (WHOLE, "<Titolo>Dott.", "<Titolo>  Dott.  \t ing.\n"),
    ] {
        assert_eq!(places(&with(base, from, to)), [], "{to}");
    }
}

#[test]
fn a_default_namespace_is_told_once() {
    let xml = with(PLAIN, "xmlns:p=", "xmlns=").replace("p:FatturaElettronica", "FatturaElettronica");
    let findings = found(&xml);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(findings[0].message.contains("namespace") && findings[0].hint.contains("prefisso"));
}

#[test]
fn past_fifty_faults_the_list_ends() {
    let mut xml = PLAIN.to_owned();
    for _ in 0..60 {
        xml = with(&xml, "<DatiPagamento>", "<Altro/><DatiPagamento>");
    }
    let findings = found(&xml);
    assert_eq!(findings.len(), 51);
    assert!(findings[..50].iter().all(|finding| finding.code == "00200"));
    assert_eq!(findings[50].code, "00201");
}
