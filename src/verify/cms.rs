//! The signed message of CAdES and PAdES (RFC 5652): content, certificates, signers. Read leniently where it matters not
//! (one bad certificate of an authority does not hide the signer's), strictly where it does.

use cms::content_info::ContentInfo;
use cms::signed_data::EncapsulatedContentInfo;
use der::asn1::{ObjectIdentifier, SetOfVec};
use der::{Any, Decode, Encode, Sequence};

use super::ber;
use super::certificate::Certified;
use super::hash::Content;
use super::signer;
use super::value::{Form, Signature};

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// Most signers and certificates looked at.
const MOST: usize = 64;

/// SignedData with its parts unread: what cannot be read of one must not hide another.
#[derive(Sequence)]
struct Envelope {
    version: Any,
    digest_algorithms: Any,
    content: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", constructed = "true", optional = "true")]
    revocations: Option<SetOfVec<Any>>,
    signers: SetOfVec<Any>,
}

/// A signed message.
pub(super) struct Message {
    /// What is signed; nothing where it stands elsewhere.
    pub(super) content: Option<Vec<u8>>,
    pub(super) content_type: ObjectIdentifier,
    pub(super) certificates: Vec<Certified>,
    signers: Vec<Any>,
    /// How many bytes the message took.
    pub(super) length: usize,
}

impl Message {
    /// Reads the message at the start of `bytes`; nothing where there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (der, length) = ber::to_der(bytes)?;
        let outer = ContentInfo::from_der(&der).ok()?;
        if outer.content_type.to_string() != SIGNED_DATA {
            return None;
        }
        let envelope = Envelope::from_der(&outer.content.to_der().ok()?).ok()?;
        let certificates = envelope.certificates.iter().flat_map(SetOfVec::iter).take(MOST);
        Some(Self {
            content: envelope.content.econtent.as_ref().map(|content| content.value().to_vec()),
            content_type: envelope.content.econtent_type,
            certificates: certificates.filter_map(Certified::read).collect(),
            signers: envelope.signers.iter().take(MOST).cloned().collect(),
            length,
        })
    }

    /// Judges all signers, in order of time.
    pub(super) fn signatures(&self, content: Content<'_>, form: Form) -> Vec<Signature> {
        let judge = |element| signer::judge(self, element, content, form);
        let mut signatures: Vec<Signature> = self.signers.iter().map(judge).collect();
        signatures.sort_by_key(|signature| signature.signed_at);
        signatures
    }
}
