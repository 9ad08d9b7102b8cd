//! A file that came back, opened: envelopes one inside the other (`.pdf.p7m.p7m`), each judged, down to the document.

use super::ber;
use super::cms::Message;
use super::hash::Content;
use super::value::{Fault, Form, Signature};

/// Deepest nest of envelopes opened: as many signatories in a row.
const DEEPEST: usize = 24;

/// One envelope.
#[derive(Debug)]
pub struct Layer {
    /// Its signatures.
    pub signatures: Vec<Signature>,
}

/// A signature without the document.
pub struct Detached {
    message: Message,
}

impl std::fmt::Debug for Detached {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Detached").finish_non_exhaustive()
    }
}

impl Detached {
    /// Judges the signatures against a document.
    pub fn signatures(&self, content: Content<'_>) -> Vec<Signature> {
        self.message.signatures(content, Form::Detached)
    }
}

/// A file opened.
#[derive(Debug)]
pub struct Opened {
    /// Envelopes, the outermost first.
    pub layers: Vec<Layer>,
    /// What is inside all of them; nothing where the signature is without its document.
    pub content: Option<Vec<u8>>,
    /// The signature without document.
    pub detached: Option<Detached>,
    /// What there is to say of the file itself.
    pub findings: Vec<Fault>,
}

/// True where the bytes are a signed message, wrapped in base64 or not.
pub fn is_signed_message(bytes: &[u8]) -> bool {
    ber::is_signed_data(bytes) || is_text(bytes) && ber::unwrapped(bytes).is_some()
}

/// Base64 is text: nothing else is worth decoding.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().take(64).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte >= 0xbb)
}

/// Opens a file. `None` where it is not a signed message.
pub fn open(bytes: &[u8]) -> Option<Opened> {
    if !is_signed_message(bytes) {
        return None;
    }
    let mut opened = Opened { layers: Vec::new(), content: None, detached: None, findings: Vec::new() };
    let mut current = bytes.to_vec();
    for depth in 0.. {
        if !is_signed_message(&current) {
            opened.content = Some(current);
            return Some(opened);
        }
        let raw = if ber::is_signed_data(&current) { current } else { ber::unwrapped(&current).unwrap_or_default() };
        let message = Message::read(&raw).filter(|_| depth < DEEPEST);
        let Some(mut message) = message else {
            let hint = "chiederlo di nuovo: può essersi guastato nella trasmissione";
            opened.findings.push(Fault::error(
                "unreadable-envelope",
                "la busta firmata è danneggiata: non si può aprire",
                hint,
            ));
            return Some(opened);
        };
        if raw
            .get(message.length..)
            .is_some_and(|rest| rest.iter().any(|byte| *byte != 0 && !byte.is_ascii_whitespace()))
        {
            let words = "dopo la busta firmata ci sono altri dati, che nessuna firma copre";
            opened.findings.push(Fault::warning(
                "data-after-envelope",
                words,
                "non tenerne conto, e chiederne ragione",
            ));
        }
        match message.content.take() {
            Some(content) => {
                let signatures = message.signatures(Content::Parts(&[&content]), Form::Enveloping);
                if signatures.is_empty() {
                    let words = "la busta non contiene nessuna firma";
                    opened.findings.push(Fault::error("no-signature", words, "chiedere il file firmato"));
                }
                opened.layers.push(Layer { signatures });
                current = content;
            }
            None => {
                opened.detached = Some(Detached { message });
                return Some(opened);
            }
        }
    }
    None
}
