//! A desk of its own for a test, and a browser that knows no more than cookies.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;

use scrivano::compose::Library;
use scrivano::web::{self, Options};
use tokio::sync::oneshot;

use crate::support::today;

/// A desk that is open until it is dropped.
pub struct Desk {
    pub url: String,
    pub port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    /// On loopback, at a free port.
    pub fn open() -> Self {
        Self::with(|_| {})
    }

    /// With options of its own.
    pub fn with(change: impl FnOnce(&mut Options)) -> Self {
        let mut options = Options {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 0,
            read_only: false,
            workbook: None,
            library: Library::load(Vec::new()),
            jobs: 2,
            today: Box::new(today),
        };
        change(&mut options);
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let stopped = async {
                let _closed = stopped.await;
            };
            web::serve(options, |open| tell.send(open.url.clone()).unwrap(), stopped).expect("a desk");
        });
        let url = told.recv().expect("an address");
        let port = url.trim_start_matches("http://").split(['/', '?']).next().unwrap().rsplit(':').next().unwrap();
        Self { port: port.parse().unwrap(), url, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.unwrap().expect("a desk that ends well");
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    /// What was sent, unpacked.
    pub body: Vec<u8>,
    /// How many bytes it had on its way.
    pub sent: usize,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Sends bytes as they are, reads all that comes back.
pub fn raw(port: u16, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
    // A desk that has refused does not read on.
    let _sent = stream.write_all(request);
    let mut bytes = Vec::new();
    let _reset = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let headers: BTreeMap<String, String> =
        pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    let mut body = bytes.get(end + 4..).unwrap_or_default().to_vec();
    if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        body = unchunked(&body);
    }
    let sent = body.len();
    if headers.get("content-encoding").is_some_and(|coding| coding == "gzip") {
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(body.as_slice()).read_to_end(&mut unpacked).expect("a whole page");
        body = unpacked;
    }
    Answer { status, headers, body, sent }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..at]), 16).unwrap_or(0);
        body.extend_from_slice(rest.get(at + 2..at + 2 + size).unwrap_or_default());
        rest = rest.get(at + 4 + size..).unwrap_or_default();
    }
    body
}

/// A browser.
pub struct Browser {
    pub port: u16,
    pub cookies: BTreeMap<String, String>,
}

/// Between the parts of a form.
const BOUNDARY: &str = "----------confine";

impl Browser {
    pub fn new(desk: &Desk) -> Self {
        Self { port: desk.port, cookies: BTreeMap::new() }
    }

    fn send(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        let port = self.port;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\naccept-encoding: gzip\r\n"
        );
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head += &format!("cookie: {}\r\n", pairs.join("; "));
        }
        if method == "POST" {
            let length = body.len();
            head += &format!("origin: http://127.0.0.1:{port}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n");
        }
        let answer = raw(port, &[head.as_bytes(), b"\r\n", body].concat());
        if let Some((name, value)) =
            answer.headers.get("set-cookie").and_then(|line| line.split(';').next()?.split_once('='))
        {
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        answer
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", b"")
    }

    /// A page, which must be there, be ours in every header, and be small.
    pub fn page(&mut self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
        assert!(answer.sent < 100_000, "{path} has {} bytes on its way", answer.sent);
        answer.text()
    }

    /// A form.
    pub fn post(&mut self, path: &str, fields: &str) -> Answer {
        self.send("POST", path, "application/x-www-form-urlencoded", fields.as_bytes())
    }

    /// A workbook in a form.
    pub fn upload(&mut self, name: &str, bytes: &[u8]) -> Answer {
        self.upload_to("/foglio", "foglio", &[(name, bytes)])
    }

    /// Files in a field of a form.
    pub fn upload_to(&mut self, path: &str, field: &str, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 content-type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(&[head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        self.send("POST", path, &format!("multipart/form-data; boundary={BOUNDARY}"), &body)
    }

    /// A workbook that the desk takes.
    pub fn load(&mut self, name: &str, bytes: &[u8]) {
        let answer = self.upload(name, bytes);
        assert_eq!((answer.status, answer.header("location")), (303, "/controlli"), "{}", answer.text());
    }
}

/// A fixture.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).expect("a fixture")
}
