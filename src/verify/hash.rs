//! Digests by the identifiers of the standards, and what is digested: bytes, or bytes that are known by their SHA-256 only.

use cms::cert::x509::spki::AlgorithmIdentifierOwned;
use der::asn1::ObjectIdentifier;
use sha2::Digest;

/// A digest algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// By its own identifier.
    pub(super) fn of(oid: &ObjectIdentifier) -> Option<Self> {
        Some(match oid.to_string().as_str() {
            "1.2.840.113549.2.5" => Self::Md5,
            "1.3.14.3.2.26" => Self::Sha1,
            "2.16.840.1.101.3.4.2.4" => Self::Sha224,
            "2.16.840.1.101.3.4.2.1" => Self::Sha256,
            "2.16.840.1.101.3.4.2.2" => Self::Sha384,
            "2.16.840.1.101.3.4.2.3" => Self::Sha512,
            _ => return None,
        })
    }

    /// By the identifier of an algorithm with parameters.
    pub(super) fn of_algorithm(algorithm: &AlgorithmIdentifierOwned) -> Option<Self> {
        Self::of(&algorithm.oid)
    }

    /// The name people know.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// True for those that can be forged.
    pub(super) fn is_old(self) -> bool {
        matches!(self, Self::Md5 | Self::Sha1)
    }

    /// The digest of some bytes in pieces.
    pub(super) fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn all<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().as_slice().to_vec()
        }
        match self {
            Self::Md5 => all::<md5::Md5>(parts),
            Self::Sha1 => all::<sha1::Sha1>(parts),
            Self::Sha224 => all::<sha2::Sha224>(parts),
            Self::Sha256 => all::<sha2::Sha256>(parts),
            Self::Sha384 => all::<sha2::Sha384>(parts),
            Self::Sha512 => all::<sha2::Sha512>(parts),
        }
    }
}

/// What a signature is of.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Bytes, in pieces (the byte range of a PDF has two).
    Parts(&'a [&'a [u8]]),
    /// A document that is not at hand, by its SHA-256.
    Sha256(&'a [u8]),
}

impl Content<'_> {
    /// The digest; nothing where the document is not at hand and the digest is not the known one.
    pub(super) fn digest(self, hash: Hash) -> Option<Vec<u8>> {
        match self {
            Self::Parts(parts) => Some(hash.digest(parts)),
            Self::Sha256(known) => (hash == Hash::Sha256).then(|| known.to_vec()),
        }
    }
}
