//! What is said of a signature. Values only: `pipeline::verify` puts them into its report, the faces show them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::date;
use crate::rule::Severity;

/// Something to say of a file or of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Kebab-case English name, stable.
    pub code: &'static str,
    /// How grave.
    pub severity: Severity,
    /// What was found, in Italian.
    pub message: String,
    /// What to do, in Italian; empty where there is nothing to do.
    pub hint: String,
}

impl Fault {
    /// A fault that makes the document not good.
    pub fn error(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), hint: hint.into() }
    }

    /// Something that a person must judge.
    pub fn warning(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, hint) }
    }

    /// Something good to know.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message, "") }
    }

    /// True for what makes the document not good.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// How a signature is attached to what it signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Form {
    /// An envelope around the document (`.p7m`).
    #[serde(rename = "CAdES")]
    Enveloping,
    /// A file of its own beside the document (`.p7s`).
    #[serde(rename = "CAdES detached")]
    Detached,
    /// Inside the PDF.
    #[serde(rename = "PAdES")]
    Pdf,
}

impl Form {
    /// The word people read.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Enveloping => "CAdES",
            Self::Detached => "CAdES separata",
            Self::Pdf => "PAdES",
        }
    }
}

/// Who a certificate says has signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// Given name and surname, else the common name.
    pub name: String,
    /// Codice fiscale, from the `serialNumber` of the subject (`TINIT-…`, `IT:…`).
    pub codice_fiscale: Option<String>,
    /// Organization, where the subject names one.
    pub organization: Option<String>,
    /// Who issued the certificate.
    pub issuer: String,
    /// Serial number of the certificate, hexadecimal.
    pub serial: String,
    /// First instant of validity.
    pub valid_from: Option<DateTime<Utc>>,
    /// Last instant of validity.
    pub valid_to: Option<DateTime<Utc>>,
    /// True where the certificate declares itself qualified (ETSI EN 319 412-5).
    pub declared_qualified: bool,
}

/// A timestamp token (RFC 3161).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Timestamp {
    /// The instant that it attests.
    pub time: Option<DateTime<Utc>>,
    /// Who issued it.
    pub authority: String,
    /// True where its own signature is sound and it is of these bytes.
    pub valid: bool,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// How it is attached.
    pub form: Form,
    /// Who has signed; nothing where the certificate is missing or cannot be read.
    pub signer: Option<Signer>,
    /// When, as the signer declares.
    pub signed_at: Option<DateTime<Utc>>,
    /// The timestamp, if there is one.
    pub timestamp: Option<Timestamp>,
    /// "RSA 2048 PKCS#1 v1.5, SHA-256".
    pub algorithm: String,
    /// True where the mathematics hold: these bytes, this certificate. What else is wrong is in `findings`.
    pub valid: bool,
    /// What there is to say of it.
    pub findings: Vec<Fault>,
}

impl Signature {
    /// True where the signature holds and nothing grave speaks against it: it counts as given.
    pub fn counts(&self) -> bool {
        self.valid && !self.findings.iter().any(Fault::is_error)
    }

    /// Puts down when it was made, where it does not say so itself; and what the certificate has against that.
    pub(super) fn date(&mut self, at: Option<DateTime<Utc>>) {
        if self.signed_at.is_some() || at.is_none() {
            return;
        }
        self.signed_at = at;
        let is_stamped = self.timestamp.as_ref().is_some_and(|stamp| stamp.valid && stamp.time.is_some());
        if !is_stamped {
            self.findings.extend(self.out_of_date());
        }
    }

    /// A certificate that was not valid yet, or no longer, when the signature was made as far as is known.
    pub(super) fn out_of_date(&self) -> Option<Fault> {
        let signer = self.signer.as_ref()?;
        let sure = self.timestamp.as_ref().filter(|stamp| stamp.valid).and_then(|stamp| stamp.time);
        let at = sure.or(self.signed_at)?;
        let whose = if sure.is_some() { "della marca temporale" } else { "dichiarata della firma" };
        let is_outside = signer.valid_from.is_some_and(|from| at < from) || signer.valid_to.is_some_and(|to| at > to);
        is_outside.then(|| {
            let message = format!("il certificato non era valido alla data {whose}");
            Fault::error("certificate-not-valid", message, "chiedere una nuova firma con un certificato valido")
        })
    }

    /// A signature that says it was made after this day: the clock of the signer's computer was wrong, or the day is invented.
    /// The day after is left out: midnight comes earlier elsewhere.
    pub fn after(&self, today: NaiveDate) -> Option<Fault> {
        let day = self.signed_at.map(|at| at.date_naive()).filter(|day| Some(*day) > today.succ_opt())?;
        let message = format!("la firma porta la data del {}, che deve ancora venire", date::short(day));
        let hint =
            "chiedere a chi ha firmato: l’orologio del suo computer era sbagliato, e la data della firma non fa fede";
        Some(Fault::warning("signed-in-the-future", message, hint))
    }

    /// The signer's name, or words for one that is not known.
    pub fn who(&self) -> &str {
        self.signer.as_ref().map_or("firmatario sconosciuto", |signer| signer.name.as_str())
    }
}
