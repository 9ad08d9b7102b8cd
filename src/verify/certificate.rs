//! Who a certificate speaks of: name, codice fiscale, issuer, validity, and whether it is one for signing.

use chrono::{DateTime, Utc};
use cms::cert::x509::Certificate;
use cms::cert::x509::attr::AttributeTypeAndValue;
use cms::cert::x509::ext::pkix::{KeyUsage, KeyUsages, SubjectKeyIdentifier};
use cms::cert::x509::name::Name;
use cms::cert::x509::time::Time;
use cms::signed_data::SignerIdentifier;
use der::{Any, Decode, Encode, Tag, Tagged};

use super::value::Signer;

const COMMON_NAME: &str = "2.5.4.3";
const SURNAME: &str = "2.5.4.4";
const SERIAL_NUMBER: &str = "2.5.4.5";
const ORGANIZATION: &str = "2.5.4.10";
const GIVEN_NAME: &str = "2.5.4.42";
/// Statements of qualified certificates (RFC 3739), and the one that says "qualified" (ETSI EN 319 412-5).
const STATEMENTS: &str = "1.3.6.1.5.5.7.1.3";
const QUALIFIED: [u8; 8] = [0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];

/// A certificate with the very bytes it came in: its digest is of those.
pub(super) struct Certified {
    pub(super) bytes: Vec<u8>,
    pub(super) parsed: Certificate,
}

impl Certified {
    /// A certificate among others; nothing where it is of another kind or cannot be read.
    pub(super) fn read(element: &Any) -> Option<Self> {
        let bytes = element.to_der().ok()?;
        let parsed = Certificate::from_der(&bytes).ok()?;
        Some(Self { bytes, parsed })
    }

    /// True where a signature says that this is its certificate.
    pub(super) fn is(&self, sid: &SignerIdentifier) -> bool {
        let tbs = self.parsed.tbs_certificate();
        match sid {
            SignerIdentifier::IssuerAndSerialNumber(id) => {
                *tbs.issuer() == id.issuer && *tbs.serial_number() == id.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(id) => {
                matches!(tbs.get_extension::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own == *id)
            }
        }
    }

    /// Who it speaks of.
    pub(super) fn signer(&self) -> Signer {
        let tbs = self.parsed.tbs_certificate();
        let subject = tbs.subject();
        let full = match (attribute(subject, GIVEN_NAME), attribute(subject, SURNAME)) {
            (Some(given), Some(surname)) => Some(format!("{given} {surname}")),
            _ => None,
        };
        let name = full
            .or_else(|| attribute(subject, COMMON_NAME))
            .or_else(|| attribute(subject, ORGANIZATION))
            .unwrap_or_else(|| "senza nome".to_owned());
        let issuer = attribute(tbs.issuer(), COMMON_NAME)
            .or_else(|| attribute(tbs.issuer(), ORGANIZATION))
            .unwrap_or_else(|| "sconosciuto".to_owned());
        Signer {
            name,
            codice_fiscale: attribute(subject, SERIAL_NUMBER).as_deref().and_then(codice_fiscale),
            organization: attribute(subject, ORGANIZATION),
            issuer,
            serial: tbs.serial_number().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
            valid_from: instant(&tbs.validity().not_before),
            valid_to: instant(&tbs.validity().not_after),
            declared_qualified: self.is_declared_qualified(),
        }
    }

    /// `Some(false)` for a certificate made for something else than signing: authentication, say.
    pub(super) fn is_for_signing(&self) -> Option<bool> {
        let (_, usage) = self.parsed.tbs_certificate().get_extension::<KeyUsage>().ok()??;
        Some(usage.0.contains(KeyUsages::NonRepudiation))
    }

    fn is_declared_qualified(&self) -> bool {
        let extensions = self.parsed.tbs_certificate().extensions();
        extensions.into_iter().flatten().any(|extension| {
            extension.extn_id.to_string() == STATEMENTS
                && extension.extn_value.as_bytes().windows(QUALIFIED.len()).any(|window| window == QUALIFIED)
        })
    }
}

/// The codice fiscale in a subject's serial number: "TINIT-RSSMRA80A01H501U" (ETSI EN 319 412-1), "IT:RSSMRA80A01H501U"
/// (the Italian rule before it), or as it is.
fn codice_fiscale(serial: &str) -> Option<String> {
    let serial = serial.trim().to_uppercase();
    let code = serial.strip_prefix("TINIT-").or_else(|| serial.strip_prefix("IT:")).unwrap_or(&serial);
    (code.len() == 16 && code.bytes().all(|byte| byte.is_ascii_alphanumeric())).then(|| code.to_owned())
}

fn attribute(name: &Name, oid: &str) -> Option<String> {
    name.iter().find(|it| it.oid.to_string() == oid).and_then(words).filter(|words| !words.is_empty())
}

/// The text of an attribute, whichever of the string types it is in.
fn words(attribute: &AttributeTypeAndValue) -> Option<String> {
    let bytes = attribute.value.value();
    let text = match attribute.value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => String::from_utf8_lossy(bytes).into_owned(),
        Tag::TeletexString => bytes.iter().map(|byte| char::from(*byte)).collect(),
        Tag::BmpString => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|two| two.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte))).collect();
            String::from_utf16_lossy(&units)
        }
        _ => return None,
    };
    // What a certificate holds ends on terminals and in pages.
    Some(text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned())
}

/// An instant of a certificate or of an attribute.
pub(super) fn instant(time: &Time) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::try_from(time.to_unix_duration().as_secs()).ok()?, 0)
}
