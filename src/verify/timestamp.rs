//! Timestamp tokens (RFC 3161): a signed message whose content says of which digest, and when.

use chrono::{DateTime, NaiveDateTime, Utc};
use cms::cert::x509::attr::Attributes;
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode, Tag, Tagged};

use super::cms::Message;
use super::hash::{Content, Hash};
use super::signer;
use super::value::{Form, Timestamp};

/// The token among the attributes of a signature, judged against what it should be of.
pub(super) fn of(attributes: Option<&Attributes>, oid: &str, stamped: &[u8]) -> Option<Timestamp> {
    let token = signer::value(attributes?, oid)?.to_der().ok()?;
    Some(read(&token, Content::Parts(&[stamped])))
}

/// Judges a token against what it should be of.
pub(super) fn read(token: &[u8], stamped: Content<'_>) -> Timestamp {
    let broken = || Timestamp { time: None, authority: "sconosciuta".to_owned(), valid: false };
    let Some(message) = Message::read(token) else { return broken() };
    let Some(content) = &message.content else { return broken() };
    let signatures = message.signatures(Content::Parts(&[content]), Form::Enveloping);
    let signer = signatures.first().and_then(|signature| signature.signer.as_ref());
    let authority = signer.map_or_else(|| "sconosciuta".to_owned(), |signer| signer.name.clone());
    let info = info(content);
    let time = info.as_ref().and_then(|info| info.time);
    let is_of_this = info.is_some_and(|info| stamped.digest(info.hash).is_some_and(|digest| digest == info.digest));
    let valid = is_of_this && time.is_some() && signatures.iter().any(|signature| signature.valid);
    Timestamp { time, authority, valid }
}

struct Info {
    hash: Hash,
    digest: Vec<u8>,
    time: Option<DateTime<Utc>>,
}

/// TSTInfo: version, policy, message imprint, serial number, time.
fn info(content: &[u8]) -> Option<Info> {
    let parts = Vec::<Any>::from_der(content).ok()?;
    let imprint = parts.get(2)?.decode_as::<Vec<Any>>().ok()?;
    let algorithm = imprint.first()?.decode_as::<Vec<Any>>().ok()?;
    let hash = Hash::of(&algorithm.first()?.decode_as::<ObjectIdentifier>().ok()?)?;
    let digest = imprint.get(1)?.decode_as::<OctetString>().ok()?.as_bytes().to_vec();
    let time = parts.get(4).filter(|any| any.tag() == Tag::GeneralizedTime).and_then(|any| {
        // Fractions of a second are dropped.
        let text = std::str::from_utf8(any.value()).ok()?.strip_suffix('Z')?;
        let whole = text.split('.').next()?;
        Some(NaiveDateTime::parse_from_str(whole, "%Y%m%d%H%M%S").ok()?.and_utc())
    });
    Some(Info { hash, digest, time })
}
