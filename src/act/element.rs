//! What the law wants in a convention, as names that a template can put on an article (`covers="durata"`).

use serde::Serialize;

/// An element of the content of a convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Element {
    /// The functions or services shared (art. 30 c. 1).
    Oggetto,
    /// The aims (art. 30 c. 2).
    Fini,
    /// The term (art. 30 c. 2).
    Durata,
    /// The forms of consultation (art. 30 c. 2).
    Consultazione,
    /// The financial relations (art. 30 c. 2).
    Finanziari,
    /// The reciprocal obligations (art. 30 c. 2).
    Obblighi,
    /// The guarantees (art. 30 c. 2).
    Garanzie,
    /// Withdrawal.
    Recesso,
    /// Delegation or joint office (art. 30 c. 4).
    Delega,
    /// Disputes.
    Controversie,
    /// Protection of personal data.
    Dati,
    /// Signature.
    Firma,
}

impl Element {
    /// How many of [`Self::ALL`], from the first, are the minimum content of art. 30.
    pub const MINIMUM: usize = 7;
    /// All elements; the first seven are the minimum content of art. 30.
    pub const ALL: [Self; 12] = [
        Self::Oggetto,
        Self::Fini,
        Self::Durata,
        Self::Consultazione,
        Self::Finanziari,
        Self::Obblighi,
        Self::Garanzie,
        Self::Recesso,
        Self::Delega,
        Self::Controversie,
        Self::Dati,
        Self::Firma,
    ];

    /// The word written in templates.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Oggetto => "oggetto",
            Self::Fini => "fini",
            Self::Durata => "durata",
            Self::Consultazione => "consultazione",
            Self::Finanziari => "finanziari",
            Self::Obblighi => "obblighi",
            Self::Garanzie => "garanzie",
            Self::Recesso => "recesso",
            Self::Delega => "delega",
            Self::Controversie => "controversie",
            Self::Dati => "dati",
            Self::Firma => "firma",
        }
    }

    /// The words of messages: "i rapporti finanziari".
    pub fn italian(self) -> &'static str {
        match self {
            Self::Oggetto => "l’oggetto",
            Self::Fini => "i fini",
            Self::Durata => "la durata",
            Self::Consultazione => "le forme di consultazione",
            Self::Finanziari => "i rapporti finanziari",
            Self::Obblighi => "i reciproci obblighi",
            Self::Garanzie => "le garanzie",
            Self::Recesso => "il recesso",
            Self::Delega => "la delega o l’ufficio comune",
            Self::Controversie => "le controversie",
            Self::Dati => "la protezione dei dati personali",
            Self::Firma => "la sottoscrizione",
        }
    }

    /// The element with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.slug() == slug)
    }
}
