//! The worker that judges signatures: bytes in, values out, no disk. CAdES (`.p7m`, `.p7s`) and PAdES (`.pdf`), whoever
//! made them. Called by `pipeline::verify`, which knows what was sent and who was to sign.
//!
//! What it can say is whether the bytes are those that were signed, by which certificate, with which algorithm. It does
//! not say whether the certificate deserves trust: no trust list and no revocation list is consulted ([`NOT_CHECKED`]).

mod ber;
mod certificate;
mod changes;
mod cms;
mod envelope;
mod hash;
mod key;
mod name;
mod pdf;
mod signer;
mod timestamp;
mod value;

pub use envelope::{Detached, Layer, Opened, is_signed_message, open};
pub use hash::Content;
pub use name::same_person;
pub use pdf::{Revision, SignatureBox, Signed, THREAD, is_pdf, read as read_pdf};
pub use value::{Fault, Form, Signature, Signer, Timestamp};

/// What no verification by this program covers, in the words that every report ends with.
pub const NOT_CHECKED: [&str; 3] = [
    "se il certificato è stato rilasciato da un prestatore qualificato (elenco di fiducia europeo)",
    "se il certificato era revocato o sospeso quando si è firmato",
    "se la data dichiarata da chi firma è vera, dove manca una marca temporale di un prestatore qualificato",
];

/// Largest file looked at, in bytes.
pub const LARGEST: usize = 64 << 20;
