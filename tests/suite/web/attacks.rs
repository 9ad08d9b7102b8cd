//! What a desk must refuse: other names, other sites, files that are no workbooks, addresses that climb.

use super::client::{Browser, Desk, fixture, raw};

/// Where something is changed.
pub const POSTS: [&str; 9] = [
    "/foglio",
    "/verifica",
    "/chiudi",
    "/produci",
    "/produci/ferma",
    "/fatture",
    "/rinnovo",
    "/modelli/upi/prova",
    "/modelli/originali",
];

/// A request for the first page, or a form, with these headers.
fn asked(desk: &Desk, line: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = format!("{line} HTTP/1.1\r\nconnection: close\r\ncontent-length: 0\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    raw(desk.port, format!("{request}\r\n").as_bytes()).status
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let desk = Desk::open();
    let host = format!("127.0.0.1:{}", desk.port);
    let rebound = format!("evil.example:{}", desk.port);
    assert_eq!(asked(&desk, "GET /", &[("host", &host)]), 200);
    assert_eq!(asked(&desk, "GET /", &[("host", &format!("localhost:{}", desk.port))]), 200);
    for name in [rebound.as_str(), "evil.example", "127.0.0.1", "0.0.0.0:80"] {
        assert_eq!(asked(&desk, "GET /", &[("host", name)]), 421, "{name}");
    }
    assert_ne!(asked(&desk, "GET /", &[]), 200);
    assert_ne!(asked(&desk, "GET /", &[("host", &host), ("host", &rebound)]), 200);
    let ours = format!("http://{host}");
    for path in POSTS {
        let line = format!("POST {path}");
        assert_eq!(asked(&desk, &line, &[("host", &host)]), 403, "{path} without origin");
        for origin in ["http://evil.example", "null", &format!("http://{rebound}"), "http://127.0.0.1:1"] {
            assert_eq!(asked(&desk, &line, &[("host", &host), ("origin", origin)]), 403, "{path} from {origin}");
        }
        let cross = [("host", host.as_str()), ("origin", &ours), ("sec-fetch-site", "cross-site")];
        assert_eq!(asked(&desk, &line, &cross), 403, "{path}");
        assert_ne!(asked(&desk, &line, &[("host", &host), ("origin", &ours)]), 403, "{path} from our own page");
    }
    // What changes something is never done by following a link.
    for path in ["/foglio", "/chiudi", "/produci/ferma", "/modelli/originali"] {
        assert_eq!(asked(&desk, &format!("GET {path}"), &[("host", &host)]), 405, "{path}");
    }
}

#[test]
fn hostile_uploads_are_told_and_nothing_breaks() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    assert_eq!(browser.upload("vuoto.xlsx", b"").status, 400);
    assert_eq!(browser.upload("grande.xlsx", &vec![b'x'; 10_500_000]).status, 413);
    assert_eq!(browser.post("/foglio", "foglio=x").status, 400, "a form that holds no file");
    assert_eq!(browser.post("/produci", "%ff%00=&&==").status, 404, "there is no workbook");
    let hostile: [(&str, Vec<u8>); 6] = [
        ("../../../etc/passwd", b"root:x:0:0".to_vec()),
        ("<script>alert(1)</script>.xlsx", b"PK\x03\x04 no zip".to_vec()),
        ("a\r\nset-cookie: x=y.xlsx", vec![0; 4096]),
        ("bomba.xlsx", b"PK\x05\x06".repeat(1000)),
        ("pagina.html", b"<html><script>alert(1)</script></html>".to_vec()),
        ("vecchio.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(600)),
    ];
    for (name, bytes) in hostile {
        let answer = browser.upload(&name.replace("\r\n", ""), &bytes);
        assert_eq!(answer.status, 303, "{name}: {}", answer.text());
        let page = browser.page("/controlli");
        assert!(page.contains("Il file non si può leggere"), "{name}");
        assert!(!page.contains("<script>") && !page.contains("../"), "{name}");
        for path in ["/enti", "/produci", "/scadenze", "/fatture"] {
            assert_eq!(browser.get(path).status, 409, "{name}: {path} has nothing to show");
        }
    }
    // Half a file, and a boundary that never comes.
    let host = format!("127.0.0.1:{0}\r\norigin: http://127.0.0.1:{0}", desk.port);
    let half = format!(
        "POST /foglio HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=x\r\n\
         content-length: 60\r\n\r\n--x\r\ncontent-disposition: form-data; name=\"foglio\"; filename"
    );
    assert_eq!(raw(desk.port, half.as_bytes()).status, 400);
    // The desk works on.
    browser.load("enti.xlsx", &fixture("upi.xlsx"));
    assert!(browser.page("/controlli").contains("enti.xlsx"));
}

#[test]
fn addresses_that_climb_lead_nowhere() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    browser.load("enti.xlsx", &fixture("upi.xlsx"));
    for path in [
        "/aspetto/../Cargo.toml",
        "/aspetto/..%2f..%2fCargo.toml",
        "/aspetto/cornice.hbs",
        "/aspetto/%00",
        "/produci/file/..%2f..%2fetc%2fpasswd",
        "/produci/file/esito.json",
        "/produci/pacchetto/-1",
        "/produci/pacchetto/99999999999999999999999",
        "/modelli/..%2f..",
        "/modelli/upi/testo?file=../../Cargo.toml",
        "/modelli/upi/testo?file=/etc/passwd",
        "/modelli/upi/testo",
        "/modelli/web/foglio",
        "/enti/99999",
        "/enti/-1",
        "/enti/1/..%2f..%2fesito",
        "/enti/1/01-convenzione%00/pdf",
        "/regole/NON-99",
        "/fatture/file/0/xml",
        "/rinnovo/foglio",
        "/enti/99999/affiancati",
        "/enti/x/affiancati",
        "/%",
        "//evil.example/",
    ] {
        let answer = browser.get(path);
        assert!((400..500).contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.text().contains("[package]") && !answer.text().contains("root:"), "{path}");
    }
    let long = format!("/enti?cerca={}", "%25".repeat(2000));
    assert_eq!(browser.get(&long).status, 200);
    let markup = browser.page("/enti?cerca=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&ordina=x&pagina=-3");
    assert!(!markup.contains("<script>alert") && markup.contains("&quot;&gt;&lt;script&gt;"));
}
