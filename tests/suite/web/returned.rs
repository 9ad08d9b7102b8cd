//! What came back signed, judged in the browser: a bundle, single files, files that are nothing of the kind.

use super::client::{Browser, Desk, fixture};

/// A file of the samples of signatures.
fn sample(name: &str) -> Vec<u8> {
    fixture(&format!("firme/{name}"))
}

#[test]
fn what_came_back_is_judged_against_what_was_sent() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    assert!(browser.page("/verifica").contains("multiple"));
    assert_eq!(browser.get("/verifica/esito").status, 404);
    let (bundle, signed, altered) = (sample("pacchetto.zip"), sample("una.pdf.p7m"), sample("alterata.pdf.p7m"));
    let sent = browser.upload_to("/verifica", "file", &[("pacchetto.zip", &bundle)]);
    assert_eq!((sent.status, sent.header("location")), (303, "/verifica/esito"));
    assert!(browser.page("/verifica/esito").contains("integr"));

    let both: [(&str, &[u8]); 2] = [("pacchetto.zip", &bundle), ("01-convenzione.pdf.p7m", &signed)];
    browser.upload_to("/verifica", "file", &both);
    let page = browser.page("/verifica/esito");
    assert!(
        page.contains("GIULIA FANTINI") && page.contains("firma valida") && page.contains("firmato da 1 di 2"),
        "{page}"
    );
    assert!(page.contains("Che cosa questa verifica non dice"));

    browser.upload_to("/verifica", "file", &[("01-convenzione.pdf.p7m", &altered)]);
    let page = browser.page("/verifica/esito");
    assert!(page.contains("firma che non vale") && page.contains("segnalazione errore"), "{page}");
    let mut other = Browser::new(&desk);
    assert_eq!(other.get("/verifica/esito").status, 404, "what somebody verified is theirs");
}

#[test]
fn files_that_are_nothing_of_the_kind_are_told() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    assert_eq!(browser.upload_to("/verifica", "file", &[]).status, 400);
    assert_eq!(browser.upload_to("/verifica", "file", &[("vuoto.zip", b"")]).status, 400);
    assert_eq!(browser.upload_to("/verifica", "altro", &[("x.zip", b"x")]).status, 400);
    let large = vec![b'x'; 60_500_000];
    assert_eq!(browser.upload_to("/verifica", "file", &[("grande.pdf", &large)]).status, 413);
    let hostile: [(&str, &[u8]); 5] = [
        ("../../<script>alert(1)</script>.zip", b"PK\x03\x04"),
        ("x.p7m", b"\x30\x84\xff\xff\xff\xff"),
        ("x.pdf", b"%PDF-1.7\n/ByteRange [0 99999999999 1 1]"),
        ("manifesto.json", b"{\"documents\":[{\"path\":\"<img src=x onerror=alert(1)>\"}]}"),
        ("x.zip", b"PK\x05\x06"),
    ];
    for (name, bytes) in hostile {
        assert_eq!(browser.upload_to("/verifica", "file", &[(name, bytes)]).status, 303, "{name}");
        let page = browser.page("/verifica/esito");
        assert!(!page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("../"), "{name}");
    }
    assert_eq!(browser.upload_to("/verifica", "file", &hostile).status, 303);
    browser.page("/verifica/esito");
}
