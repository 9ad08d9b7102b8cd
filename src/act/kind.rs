//! The kinds of act: their words, their file numbers, whom they are made for. Read everywhere an act is named.

use serde::Serialize;

/// For whom an act is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Each body that signs.
    Body,
    /// The lead body, once.
    Lead,
    /// Each request, withdrawal or confirmation of a service by a body.
    Service,
    /// Each bill of a payer, which no row of the workbook calls for by itself: the run adds them.
    Payer,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $slug:literal, $stem:literal, $italian:literal, $article:literal, $per:ident;)+) => {
        /// Kinds of act. The order is that of the files' numbers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum ActKind { $($(#[$doc])* $variant),+ }

        impl ActKind {
            /// All kinds, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used on the command line, in template names and in JSON: `convenzione`.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),+ }
            }

            /// The stem of the output file, `01-convenzione`; the service follows where the act is of one.
            pub fn file_stem(self) -> &'static str {
                match self { $(Self::$variant => $stem),+ }
            }

            /// The name people read, without article: "delibera di adesione".
            pub fn italian(self) -> &'static str {
                match self { $(Self::$variant => $italian),+ }
            }

            /// The name with its definite article: "la delibera di adesione".
            pub fn with_article(self) -> String {
                match self { $(Self::$variant => concat!($article, $italian)),+ }.to_owned()
            }

            /// For whom it is made.
            pub fn per(self) -> Per {
                match self { $(Self::$variant => Per::$per),+ }
            }
        }
    };
}

kinds! {
    /// The covering letter of a body's documents.
    LetteraTrasmissione = "lettera-trasmissione", "00-lettera-trasmissione", "lettera di trasmissione", "la ", Body;
    /// The convention (TUEL art. 30). A multilateral one is the lead body's.
    Convenzione = "convenzione", "01-convenzione", "convenzione", "la ", Body;
    /// The agreement between public administrations (L. 241/1990 art. 15).
    Accordo = "accordo", "01-accordo", "accordo", "l’", Lead;
    /// The deliberation by which the lead body approves the scheme.
    DeliberaSchema = "delibera-schema", "02-delibera-schema", "delibera di approvazione dello schema", "la ", Lead;
    /// The deliberation by which a body adheres (TUEL art. 42).
    DeliberaAdesione = "delibera-adesione", "02-delibera-adesione", "delibera di adesione", "la ", Body;
    /// The request of a service.
    RichiestaServizio = "richiesta-servizio", "03-richiesta", "richiesta di servizio", "la ", Service;
    /// The withdrawal of a service.
    DisdettaServizio = "disdetta-servizio", "04-disdetta", "disdetta di servizio", "la ", Service;
    /// The yearly confirmation of active services.
    ConfermaAnnuale = "conferma-annuale", "05-conferma-annuale", "conferma annuale dei servizi", "la ", Body;
    /// The yearly survey of what a body will need.
    SchedaFabbisogni = "scheda-fabbisogni", "06-scheda-fabbisogni", "scheda dei fabbisogni", "la ", Body;
    /// The appointment of the contact and of the delegates to the tables.
    NominaReferente = "nomina-referente", "07-nomina-referente", "nomina del referente", "la ", Body;
    /// The withdrawal from the convention.
    Recesso = "recesso", "08-recesso", "recesso dalla convenzione", "il ", Body;
    /// The service charter.
    CartaServizi = "carta-servizi", "09-carta-servizi", "carta dei servizi", "la ", Lead;
    /// Set-up form: who is who in a body.
    MappaOrganizzativa = "mappa-organizzativa", "10-mappa-organizzativa", "mappa organizzativa", "la ", Body;
    /// Set-up form: what a body has.
    MappaRisorse = "mappa-risorse", "11-mappa-risorse", "mappa delle risorse", "la ", Body;
    /// Set-up form: what a body needs.
    RilevazioneFabbisogni = "rilevazione-fabbisogni", "12-rilevazione-fabbisogni", "rilevazione dei fabbisogni", "la ", Body;
    /// The readable copy of an invoice. Its files, like those of the next two, bear the number of the document.
    Fattura = "fattura", "13-fattura", "fattura", "la ", Payer;
    /// The readable copy of a credit note.
    NotaCredito = "nota-credito", "14-nota-credito", "nota di credito", "la ", Payer;
    /// The request of a payment outside VAT.
    RichiestaVersamento = "richiesta-versamento", "15-richiesta-versamento", "richiesta di versamento", "la ", Payer;
}

impl ActKind {
    /// The kind with this slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }

    /// An act between parties, judged for its minimum content.
    pub fn is_agreement(self) -> bool {
        matches!(self, Self::Convenzione | Self::Accordo)
    }

    /// A deliberation.
    pub fn is_deliberation(self) -> bool {
        matches!(self, Self::DeliberaSchema | Self::DeliberaAdesione)
    }

    /// What charges a payer, made from a [`crate::bill::Bill`] and signed by nobody.
    pub fn is_bill(self) -> bool {
        self.per() == Per::Payer
    }

    /// A form, which prints well empty too: its blanks are its purpose.
    pub fn is_form(self) -> bool {
        !self.is_agreement() && !self.is_deliberation() && !self.is_bill()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{BillKind, Choices};

    #[test]
    fn slugs_and_stems_are_unique_and_in_order() {
        let stems: Vec<_> = ActKind::ALL.iter().map(|kind| kind.file_stem()).collect();
        assert!(stems.windows(2).all(|pair| pair[0] < pair[1] || pair[0][..2] == pair[1][..2]), "{stems:?}");
        for kind in ActKind::ALL {
            assert_eq!(ActKind::from_slug(kind.slug()), Some(*kind));
        }
        let bills =
            (0..).map_while(BillKind::from_index).filter_map(|kind| Some((ActKind::from_slug(kind.slug())?, kind)));
        let bills: Vec<_> = bills.map(|(act, kind)| (act.is_bill(), act.italian() == kind.italian())).collect();
        assert_eq!(bills, [(true, true); 3], "the kinds of bill are called alike as acts and in the register");
    }
}
