//! What every request goes through before a page sees it: the right host, no other site behind it, the key where one is
//! asked for, nothing but reading where the desk is for reading; and the headers of every answer.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};

use super::reply::{self, Fault};
use super::{App, Shared};

/// Nothing but our own files; no script or style inside a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
                      connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// For what the browser shows with a viewer of its own, which needs styles and scripts that are not ours.
const VIEWER_POLICY: &str = "frame-ancestors 'self'";
/// The parameter of the address that holds the key.
const KEY: &str = "chiave";

/// Lets a request through, or says why not.
pub async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let mut answer = match refusal(&app, &request) {
        Some(refused) => refused,
        None => next.run(request).await,
    };
    let is_pdf = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    let headers = answer.headers_mut();
    // Only a PDF stands inside a page of ours; no page stands in any.
    let (policy, frames) = if is_pdf { (VIEWER_POLICY, "SAMEORIGIN") } else { (POLICY, "DENY") };
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, frames),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

fn refusal(app: &App, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_our_host(app.bound, headers) {
        return Some(reply::plain(StatusCode::MISDIRECTED_REQUEST, "Questo non è l’indirizzo del banco."));
    }
    if !is_reading && !is_our_page(headers) {
        return Some(reply::plain(StatusCode::FORBIDDEN, "La richiesta viene da un altro sito."));
    }
    if let Some(key) = &app.key {
        let offered = query_key(request);
        if offered.as_deref().is_some_and(|offered| is_same(offered, key)) {
            let cookie = format!("{}={key}; Path=/; HttpOnly; SameSite=Lax", key_cookie(app));
            return Some(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response());
        }
        if !cookie(headers, &key_cookie(app)).is_some_and(|offered| is_same(offered, key)) {
            let message =
                "Per entrare serve la chiave: aprire l’indirizzo per intero, come lo ha scritto Scrivano all’avvio.";
            return Some(reply::plain(StatusCode::UNAUTHORIZED, message));
        }
    }
    if !is_reading && app.options.read_only {
        return Some(Fault::ReadOnly.into_response());
    }
    None
}

/// The cookie that holds the key. Browsers do not tell the ports of a host apart.
fn key_cookie(app: &App) -> String {
    format!("scrivano-chiave-{}", app.bound.port())
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn query_key(request: &Request) -> Option<String> {
    let pairs = request.uri().query()?.split('&');
    pairs.filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == KEY).map(|(_, value)| value.to_owned())
}

/// Compares without telling by its time how much is alike.
fn is_same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

/// True where the browser was told to speak to us: a name of ours or a bare address, with our port. A name that somebody
/// made point here (DNS rebinding) is none of them.
fn is_our_host(bound: SocketAddr, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else { return false };
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() && !port.ends_with(']') => (name, port.parse::<u16>().ok()),
        _ => (host, Some(80)),
    };
    if port != Some(bound.port()) {
        return false;
    }
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    match bare.parse::<IpAddr>() {
        Ok(address) if bound.ip().is_unspecified() => !address.is_unspecified(),
        Ok(address) if bound.ip().is_loopback() => address.is_loopback(),
        Ok(address) => address == bound.ip(),
        Err(_) => bound.ip().is_loopback() && bare.eq_ignore_ascii_case("localhost"),
    }
}

/// True where what changes something comes from a page of ours. Browsers say where a form comes from; who does not say it is
/// no browser, and is refused too.
fn is_our_page(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = headers.get("sec-fetch-site").map(|site| site == "same-origin");
    let origin = text(&header::ORIGIN).map(|origin| {
        text(&header::HOST).is_some_and(|host| origin.strip_prefix("http://").is_some_and(|rest| rest == host))
    });
    match (site, origin) {
        // With no referrer a browser calls the origin of a form "null": then only it can say that the page is ours.
        (Some(same), _) if text(&header::ORIGIN) == Some("null") => same,
        (Some(same), Some(ours)) => same && ours,
        (None, Some(ours)) => ours,
        (Some(same), None) => same,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_names_are_hosts() {
        let is_ours = |bound: &str, host: &str| is_our_host(bound.parse().unwrap(), &headers(&[("host", host)]));
        for host in ["127.0.0.1:8585", "localhost:8585", "[::1]:8585", "LOCALHOST:8585"] {
            assert!(is_ours("127.0.0.1:8585", host), "{host}");
        }
        for host in
            ["evil.example:8585", "127.0.0.1", "127.0.0.1:80", "localhost", "10.0.0.1:8585", "", ":8585", "[::1]"]
        {
            assert!(!is_ours("127.0.0.1:8585", host), "{host}");
        }
        assert!(is_ours("0.0.0.0:8585", "192.168.1.4:8585"));
        assert!(!is_ours("0.0.0.0:8585", "desk.example:8585"));
        assert!(is_ours("192.168.1.4:8585", "192.168.1.4:8585") && !is_ours("192.168.1.4:8585", "192.168.1.5:8585"));
        assert!(!is_our_host("127.0.0.1:1".parse().unwrap(), &headers(&[("host", "localhost:1"), ("host", "x:1")])));
    }

    #[test]
    fn forms_of_other_sites_are_not_ours() {
        let host = ("host", "127.0.0.1:8585");
        let ours = |pairs: &[(&'static str, &str)]| is_our_page(&headers(&[&[host], pairs].concat()));
        assert!(ours(&[("origin", "http://127.0.0.1:8585")]));
        assert!(ours(&[("origin", "null"), ("sec-fetch-site", "same-origin")]));
        for pairs in [
            &[("origin", "http://evil.example")][..],
            &[("origin", "http://127.0.0.1:9")],
            &[("origin", "https://127.0.0.1:8585")],
            &[("origin", "null")],
            &[("origin", "null"), ("sec-fetch-site", "cross-site")],
            &[("origin", "http://127.0.0.1:8585"), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[],
        ] {
            assert!(!ours(pairs), "{pairs:?}");
        }
    }
}
