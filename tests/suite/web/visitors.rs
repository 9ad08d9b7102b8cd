//! Visitors side by side, a desk for reading, a desk on the network with its key.

use std::net::{IpAddr, Ipv4Addr};

use super::client::{Browser, Desk, fixture, raw};

#[test]
fn two_visitors_see_their_own_workbook_only() {
    let desk = Desk::open();
    let (mut one, mut other) = (Browser::new(&desk), Browser::new(&desk));
    one.load("uno.xlsx", &fixture("upi.xlsx"));
    other.load("due.xlsx", &fixture("accordo.xlsx"));
    assert_ne!(one.cookies, other.cookies);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..5 {
                let page = one.page("/controlli");
                assert!(page.contains("uno.xlsx") && !page.contains("due.xlsx"));
            }
        });
        scope.spawn(|| {
            for _ in 0..5 {
                let page = other.page("/enti");
                assert!(page.contains("due.xlsx") && !page.contains("uno.xlsx"));
            }
        });
    });
    one.post("/chiudi", "");
    assert_eq!(one.get("/enti").status, 404);
    assert!(other.page("/enti").contains("due.xlsx"), "the other stays");
    let mut stranger = Browser::new(&desk);
    stranger.cookies.insert(format!("scrivano-{}", desk.port), "0".repeat(64));
    assert_eq!(stranger.get("/enti").status, 404);
    // The cookie cannot be read by scripts, and does not go to other sites.
    let mut fresh = Browser::new(&desk);
    let cookie = fresh.upload("tre.xlsx", &fixture("upi.xlsx")).header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(secret.len(), 64);
}

#[test]
fn a_desk_for_reading_shows_and_does_nothing() {
    let desk = Desk::with(|options| {
        options.read_only = true;
        options.workbook = Some(("mostrato.xlsx".to_owned(), fixture("pesaro-urbino.xlsx")));
    });
    let mut browser = Browser::new(&desk);
    let start = browser.page("/");
    assert!(start.contains("mostrato.xlsx") && start.contains("Sola lettura") && !start.contains("type=\"file\""));
    for path in [
        "/controlli",
        "/enti",
        "/enti/1",
        "/enti/1/01-convenzione",
        "/scadenze",
        "/fatture",
        "/produci",
        "/rinnovo",
        "/verifica",
    ] {
        let page = browser.page(path);
        assert!(!page.contains("method=\"post\""), "{path}");
    }
    assert_eq!(browser.get("/modelli/upi/prova?file=clausole/recesso.md").status, 403, "nothing is tried");
    assert!(!browser.page("/modelli/upi/testo?file=clausole/recesso.md").contains("/prova"));
    assert_eq!(browser.upload("mio.xlsx", &fixture("upi.xlsx")).status, 403);
    for path in super::attacks::POSTS {
        assert_eq!(browser.post(path, "anno=2026&confermo=si").status, 403, "{path}");
    }
}

#[test]
fn a_desk_on_the_network_wants_its_key() {
    let desk = Desk::with(|options| options.address = IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let key = desk.url.split("chiave=").nth(1).expect("a key in the address").to_owned();
    assert_eq!(key.len(), 64);
    let mut browser = Browser::new(&desk);
    for path in ["/", "/regole", "/aspetto/banco.css", "/?chiave=", &format!("/?chiave={}", "0".repeat(64))] {
        assert_eq!(browser.get(path).status, 401, "{path}");
    }
    assert_eq!(browser.upload("x.xlsx", &fixture("upi.xlsx")).status, 401);
    let named = format!("GET /?chiave={key} HTTP/1.1\r\nhost: evil.example:{}\r\nconnection: close\r\n\r\n", desk.port);
    assert_eq!(raw(desk.port, named.as_bytes()).status, 421, "the key does not open to other names");
    let entered = browser.get(&format!("/?chiave={key}"));
    assert_eq!((entered.status, entered.header("location")), (303, "/"), "the key leaves the address");
    browser.page("/");
    browser.load("enti.xlsx", &fixture("upi.xlsx"));
    assert!(browser.page("/enti").contains("enti.xlsx"));
    assert!(!Desk::open().url.contains("chiave"), "on loopback there is none");
}
