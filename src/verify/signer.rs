//! One signer of a signed message: message digest, signature over the signed attributes, the attribute that ties the
//! certificate, the declared time, the timestamp (RFC 5652, ETSI EN 319 122).

use chrono::{DateTime, Utc};
use cms::cert::x509::attr::Attributes;
use cms::cert::x509::time::Time;
use cms::signed_data::SignerInfo;
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode};

use super::certificate::{Certified, instant};
use super::hash::{Content, Hash};
use super::key::{self, Verdict};
use super::value::{Fault, Form, Signature};
use super::{cms::Message, timestamp};

const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";
const TIMESTAMP: &str = "1.2.840.113549.1.9.16.2.14";

const AGAIN: &str = "chiedere di firmare di nuovo il documento inviato e di rimandarlo";

/// Judges one signer of a message.
pub(super) fn judge(message: &Message, element: &Any, content: Content<'_>, form: Form) -> Signature {
    let mut signature = Signature {
        form,
        signer: None,
        signed_at: None,
        timestamp: None,
        algorithm: String::new(),
        valid: false,
        findings: Vec::new(),
    };
    let Some(info) = element.to_der().ok().and_then(|bytes| SignerInfo::from_der(&bytes).ok()) else {
        signature.findings.push(Fault::error(
            "unreadable-signature",
            "la firma è danneggiata: non si può leggere",
            AGAIN,
        ));
        return signature;
    };
    signature.signed_at = signing_time(info.signed_attrs.as_ref());
    signature.timestamp = timestamp::of(info.unsigned_attrs.as_ref(), TIMESTAMP, info.signature.as_bytes());
    let Some(certificate) = message.certificates.iter().find(|certificate| certificate.is(&info.sid)) else {
        let message = "nel file manca il certificato di chi ha firmato: la firma non si può verificare";
        signature.findings.push(Fault::error("certificate-missing", message, AGAIN));
        return signature;
    };
    signature.signer = Some(certificate.signer());
    match mathematics(message, &info, certificate, content) {
        Ok((algorithm, weak)) => {
            signature.valid = true;
            signature.algorithm = algorithm;
            if let Some(weak) = weak {
                let hint = "chiedere una nuova firma con un programma aggiornato (SHA-256, chiave di almeno 2048 bit)";
                signature.findings.push(Fault::error("old-algorithm", format!("la firma {weak}"), hint));
            }
            if info.signed_attrs.is_some() {
                signature.findings.extend(tie(info.signed_attrs.as_ref(), certificate));
            } else {
                let message =
                    "la firma non porta con sé gli attributi firmati (quando, con quale certificato): non è CAdES";
                signature.findings.push(Fault::warning(
                    "no-signed-attributes",
                    message,
                    "di norma la si chiede di nuovo",
                ));
            }
        }
        Err((algorithm, fault)) => {
            signature.algorithm = algorithm;
            signature.findings.push(fault);
        }
    }
    signature.findings.extend(about_certificate(certificate, &signature));
    signature
}

type Judged = Result<(String, Option<String>), (String, Fault)>;

/// Are these the bytes that were signed, with this certificate's key? The algorithm, and why it is weak.
fn mathematics(message: &Message, info: &SignerInfo, certificate: &Certified, content: Content<'_>) -> Judged {
    let fail =
        |algorithm: &str, code, words: String, hint: &str| (algorithm.to_owned(), Fault::error(code, words, hint));
    let unknown = |algorithm: &str| {
        let words = format!("la firma usa un algoritmo che il programma non sa verificare ({algorithm})");
        fail(algorithm, "unknown-algorithm", words, "verificarla con il programma di un prestatore qualificato")
    };
    let digest_name = info.digest_alg.oid.to_string();
    let digest_hash = Hash::of_algorithm(&info.digest_alg).ok_or_else(|| unknown(&digest_name))?;
    let hash = key::hash_of(&info.signature_algorithm, &info.digest_alg)
        .ok_or_else(|| unknown(&info.signature_algorithm.oid.to_string()))?;
    let absent = || {
        let words = "la firma è di un documento che non c’è, con un’impronta che il manifesto non riporta";
        fail(digest_hash.name(), "content-missing", words.to_owned(), "mettere accanto alla firma il documento firmato")
    };
    let of_content = content.digest(digest_hash).ok_or_else(absent)?;
    let signed = match &info.signed_attrs {
        Some(attributes) => {
            let other = || {
                let words = "l’impronta firmata non è quella del documento: il documento è cambiato dopo la firma, o la firma è di un altro documento";
                fail(digest_hash.name(), "content-not-signed", words.to_owned(), AGAIN)
            };
            let declared = value(attributes, MESSAGE_DIGEST).and_then(|any| any.decode_as::<OctetString>().ok());
            if declared.is_none_or(|declared| declared.as_bytes() != of_content) {
                return Err(other());
            }
            let kind = value(attributes, CONTENT_TYPE).and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
            if kind.is_some_and(|kind| kind != message.content_type) {
                return Err(other());
            }
            // As a SET, not with the tag that the message gives it (RFC 5652, 5.4).
            let bytes = attributes.to_der().map_err(|_| unknown(digest_hash.name()))?;
            hash.digest(&[&bytes])
        }
        None => content.digest(hash).ok_or_else(absent)?,
    };
    let public = certificate.parsed.tbs_certificate().subject_public_key_info();
    let outcome = key::verify(public, &info.signature_algorithm, hash, &signed, info.signature.as_bytes());
    let old_digest = digest_hash.is_old().then(|| format!("usa {}, che si può falsificare", digest_hash.name()));
    match outcome.verdict {
        Verdict::Holds => Ok((outcome.algorithm, outcome.weak.or(old_digest))),
        Verdict::Broken => {
            let words =
                "la firma non corrisponde al certificato: è stata alterata, o fatta con un’altra chiave".to_owned();
            Err(fail(&outcome.algorithm, "signature-broken", words, AGAIN))
        }
        Verdict::Unknown => Err(unknown(&outcome.algorithm)),
    }
}

/// The attribute that says which certificate signed, so that another of the same key cannot be put in its place.
fn tie(attributes: Option<&Attributes>, certificate: &Certified) -> Option<Fault> {
    let attributes = attributes?;
    let v2 = value(attributes, SIGNING_CERTIFICATE_V2);
    let Some(any) = v2.or_else(|| value(attributes, SIGNING_CERTIFICATE)) else {
        let message = "la firma non dice con quale certificato è fatta (manca signing-certificate-v2): non è una firma CAdES o PAdES piena";
        let hint = "chiedere di firmare con un programma di firma digitale qualificata";
        return Some(Fault::warning("no-signing-certificate", message, hint));
    };
    if tied(any, v2.is_some(), certificate).is_some_and(|is_tied| is_tied) {
        return None;
    }
    let message = "il certificato nel file non è quello con cui si dichiara di aver firmato";
    Some(Fault::error("other-certificate", message, AGAIN))
}

/// SigningCertificate and SigningCertificateV2 (RFC 5035): the first entry is the signer's.
fn tied(any: &Any, is_v2: bool, certificate: &Certified) -> Option<bool> {
    let outer = any.decode_as::<Vec<Any>>().ok()?;
    let entries = outer.first()?.decode_as::<Vec<Any>>().ok()?;
    let entry = entries.first()?.decode_as::<Vec<Any>>().ok()?;
    let first = entry.first()?;
    // The digest's algorithm is left out where it is the default one.
    let (hash, digest) = match first.decode_as::<OctetString>() {
        Ok(digest) => (if is_v2 { Hash::Sha256 } else { Hash::Sha1 }, digest),
        Err(_) => {
            let algorithm = first.decode_as::<Vec<Any>>().ok()?;
            let oid = algorithm.first()?.decode_as::<ObjectIdentifier>().ok()?;
            (Hash::of(&oid)?, entry.get(1)?.decode_as::<OctetString>().ok()?)
        }
    };
    Some(hash.digest(&[&certificate.bytes]) == digest.as_bytes())
}

/// What the certificate itself says against the signature.
fn about_certificate(certificate: &Certified, signature: &Signature) -> Vec<Fault> {
    let mut found = Vec::new();
    let Some(signer) = &signature.signer else { return found };
    if certificate.is_for_signing() == Some(false) {
        let message =
            "il certificato non è di firma (manca il non ripudio): forse è quello di autenticazione della tessera";
        found.push(Fault::error(
            "not-for-signing",
            message,
            "chiedere di firmare con il certificato di firma digitale",
        ));
    }
    found.extend(signature.out_of_date());
    if !signer.declared_qualified {
        let message = "il certificato non si dichiara qualificato: potrebbe non essere una firma digitale";
        found.push(Fault::warning(
            "not-qualified",
            message,
            "verificarla con il programma di un prestatore qualificato",
        ));
    }
    if signature.timestamp.as_ref().is_some_and(|stamp| !stamp.valid) {
        let message = "la marca temporale non è di questa firma, o è danneggiata";
        found.push(Fault::warning("timestamp-broken", message, "non farci conto"));
    }
    found
}

fn signing_time(attributes: Option<&Attributes>) -> Option<DateTime<Utc>> {
    let any = value(attributes?, SIGNING_TIME)?;
    instant(&Time::from_der(&any.to_der().ok()?).ok()?)
}

/// The one value of an attribute.
pub(super) fn value<'a>(attributes: &'a Attributes, oid: &str) -> Option<&'a Any> {
    attributes.iter().find(|attribute| attribute.oid.to_string() == oid).and_then(|attribute| attribute.values.get(0))
}
