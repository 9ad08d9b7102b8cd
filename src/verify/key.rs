//! Is this signature of this digest by this public key? RSA (PKCS#1 v1.5 and PSS) and ECDSA on the NIST curves, by the
//! RustCrypto crates.

use cms::cert::x509::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};
use der::Decode;
use der::asn1::ObjectIdentifier;
use rsa::pkcs1::RsaPssParams;
use rsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, PublicKey};

use super::hash::Hash;

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";
/// Sizes of RSA key with which the mathematics are done at all, in bits: more is a trap for the processor.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=8192;
/// Smallest RSA key that is good enough today (ETSI TS 119 312; SOG-IS).
const RSA_GOOD: u32 = 2048;

/// What came of it.
pub(super) struct Outcome {
    /// "RSA 2048, PKCS#1 v1.5, SHA-256".
    pub(super) algorithm: String,
    /// Why it is too weak to be trusted, if it is.
    pub(super) weak: Option<String>,
    pub(super) verdict: Verdict,
}

/// Does it hold?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Holds,
    Broken,
    /// The algorithm is not one that the program knows.
    Unknown,
}

/// Which digest a signature is of: said by the signature's algorithm, else by the digest's.
pub(super) fn hash_of(signature: &AlgorithmIdentifierOwned, digest: &AlgorithmIdentifierOwned) -> Option<Hash> {
    match signature.oid.to_string().as_str() {
        "1.2.840.113549.1.1.4" => Some(Hash::Md5),
        "1.2.840.113549.1.1.5" | "1.2.840.10045.4.1" | "1.3.14.3.2.29" => Some(Hash::Sha1),
        "1.2.840.113549.1.1.14" | "1.2.840.10045.4.3.1" => Some(Hash::Sha224),
        "1.2.840.113549.1.1.11" | "1.2.840.10045.4.3.2" => Some(Hash::Sha256),
        "1.2.840.113549.1.1.12" | "1.2.840.10045.4.3.3" => Some(Hash::Sha384),
        "1.2.840.113549.1.1.13" | "1.2.840.10045.4.3.4" => Some(Hash::Sha512),
        RSA_PSS => pss(signature).map(|(hash, _)| hash),
        RSA | EC => Hash::of_algorithm(digest),
        _ => None,
    }
}

/// Verifies a signature of a digest.
pub(super) fn verify(
    key: &SubjectPublicKeyInfoOwned,
    scheme: &AlgorithmIdentifierOwned,
    hash: Hash,
    digest: &[u8],
    signature: &[u8],
) -> Outcome {
    let old = hash.is_old().then(|| format!("usa {}, che si può falsificare", hash.name()));
    match key.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => {
            let is_pss = scheme.oid.to_string() == RSA_PSS;
            let padding = if is_pss { "PSS" } else { "PKCS#1 v1.5" };
            let Some((key, bits)) = rsa_key(key) else {
                return unknown(format!("RSA, {padding}, {}", hash.name()));
            };
            let small = (bits < RSA_GOOD).then(|| format!("ha una chiave RSA di {bits} bit, meno di {RSA_GOOD}"));
            let verdict = match (is_pss, pss(scheme)) {
                (false, _) => holds(key.verify(pkcs1(hash), digest, signature).is_ok()),
                (true, Some((_, salt))) => holds(verify_pss(&key, hash, salt, digest, signature)),
                (true, None) => Verdict::Unknown,
            };
            Outcome { algorithm: format!("RSA {bits}, {padding}, {}", hash.name()), weak: old.or(small), verdict }
        }
        EC => {
            let (curve, verdict) = ecdsa(key, digest, signature);
            Outcome { algorithm: format!("ECDSA {curve}, {}", hash.name()), weak: old, verdict }
        }
        other => unknown(format!("algoritmo {other}, {}", hash.name())),
    }
}

fn unknown(algorithm: String) -> Outcome {
    Outcome { algorithm, weak: None, verdict: Verdict::Unknown }
}

fn holds(is_good: bool) -> Verdict {
    if is_good { Verdict::Holds } else { Verdict::Broken }
}

fn rsa_key(key: &SubjectPublicKeyInfoOwned) -> Option<(PublicKey, u32)> {
    let parsed = rsa::pkcs1::RsaPublicKeyRef::from_der(key.subject_public_key.as_bytes()?).ok()?;
    let number = |bytes: &[u8]| {
        let bits = u32::try_from(bytes.len()).ok()?.checked_mul(8).filter(|bits| *bits <= 8192)?;
        BoxedUint::from_be_slice(bytes, bits).ok()
    };
    let modulus = number(parsed.modulus.as_bytes())?;
    let bits = modulus.bit_width_vartime();
    let key = PublicKey::new_with_size_limits(modulus, number(parsed.public_exponent.as_bytes())?, RSA_BITS).ok()?;
    Some((key, bits))
}

fn pkcs1(hash: Hash) -> Pkcs1v15Sign {
    match hash {
        Hash::Md5 => Pkcs1v15Sign::new::<md5::Md5>(),
        Hash::Sha1 => Pkcs1v15Sign::new::<sha1::Sha1>(),
        Hash::Sha224 => Pkcs1v15Sign::new::<sha2::Sha224>(),
        Hash::Sha256 => Pkcs1v15Sign::new::<sha2::Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<sha2::Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<sha2::Sha512>(),
    }
}

fn verify_pss(key: &PublicKey, hash: Hash, salt: usize, digest: &[u8], signature: &[u8]) -> bool {
    match hash {
        Hash::Md5 => Err(rsa::Error::Verification),
        Hash::Sha1 => key.verify(Pss::<sha1::Sha1>::new_with_salt(salt), digest, signature),
        Hash::Sha224 => key.verify(Pss::<sha2::Sha224>::new_with_salt(salt), digest, signature),
        Hash::Sha256 => key.verify(Pss::<sha2::Sha256>::new_with_salt(salt), digest, signature),
        Hash::Sha384 => key.verify(Pss::<sha2::Sha384>::new_with_salt(salt), digest, signature),
        Hash::Sha512 => key.verify(Pss::<sha2::Sha512>::new_with_salt(salt), digest, signature),
    }
    .is_ok()
}

/// Digest and length of salt of PSS; nothing where the mask is made with another digest, which nobody does.
fn pss(scheme: &AlgorithmIdentifierOwned) -> Option<(Hash, usize)> {
    use der::Encode;
    let parameters = scheme.parameters.as_ref()?.to_der().ok()?;
    let parsed: RsaPssParams<der::Any> = RsaPssParams::from_der(&parameters).ok()?;
    let hash = Hash::of(&parsed.hash.oid)?;
    let mask = parsed.mask_gen.parameters.and_then(|mask| Hash::of(&mask.oid));
    let salt = usize::from(parsed.salt_len);
    (mask == Some(hash)).then_some((hash, salt))
}

fn ecdsa(key: &SubjectPublicKeyInfoOwned, digest: &[u8], signature: &[u8]) -> (&'static str, Verdict) {
    let curve = key.algorithm.parameters.as_ref().and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
    let Some(point) = key.subject_public_key.as_bytes() else { return ("?", Verdict::Unknown) };
    macro_rules! on {
        ($curve:ident, $name:literal) => {{
            let key = $curve::ecdsa::VerifyingKey::from_sec1_bytes(point);
            let signature = $curve::ecdsa::Signature::from_der(signature);
            let good = matches!((key, signature), (Ok(key), Ok(signature)) if key.verify_prehash(digest, &signature).is_ok());
            ($name, holds(good))
        }};
    }
    match curve.map(|curve| curve.to_string()).as_deref() {
        Some("1.2.840.10045.3.1.7") => on!(p256, "P-256"),
        Some("1.3.132.0.34") => on!(p384, "P-384"),
        Some("1.3.132.0.35") => on!(p521, "P-521"),
        _ => ("su una curva non riconosciuta", Verdict::Unknown),
    }
}
