//! Closed lists of words that cells may hold, each with its synonyms.

/// A word of a closed list.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// The word of the contract.
    pub word: &'static str,
    /// Other spellings accepted; compared after folding.
    pub synonyms: &'static [&'static str],
}

/// A type whose values are the words of a closed list.
pub trait Choices: Copy + 'static {
    /// The words.
    const WORDS: &'static [Choice];
    /// The value of the `index`-th word.
    fn from_index(index: usize) -> Option<Self>;
    /// The word of this value.
    fn word(self) -> &'static str;
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal [$($synonym:literal),*]),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl Choices for $name {
            const WORDS: &'static [Choice] = &[$(Choice { word: $word, synonyms: &[$($synonym),*] }),+];
            fn from_index(index: usize) -> Option<Self> {
                [$(Self::$variant),+].get(index).copied()
            }
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

choices! {
    /// Kind of body (`tipo` of `Enti`).
    BodyKind {
        /// Comune.
        Comune = "Comune" ["municipio", "città", "roma capitale"],
        /// Province.
        Provincia = "Provincia" ["provincia autonoma", "libero consorzio comunale"],
        /// Metropolitan city.
        CittaMetropolitana = "Città metropolitana" ["metropoli", "cm"],
        /// Union of Comuni (TUEL art. 32).
        Unione = "Unione di Comuni" ["unione", "unione comuni", "unione dei comuni"],
        /// Mountain community or mountain union (TUEL art. 27).
        Montana = "Comunità montana" ["unione montana", "comunità isolana", "unione montana di comuni"],
        /// Consortium of local bodies (TUEL art. 31).
        Consorzio = "Consorzio" ["consorzio di enti locali"],
        /// Region: not a local body.
        Regione = "Regione" [],
        /// Company: not a local body.
        Societa = "Società" ["azienda privata", "impresa", "società a responsabilità limitata", "srl", "spa"],
        /// Association or foundation: not a local body.
        Associazione = "Associazione" ["fondazione", "onlus"],
        /// Other public body.
        Altro = "Altro ente" ["altro", "ente", "ente parco", "biblioteca", "istituto", "azienda speciale", "asp", "ente pubblico"],
    }
}
choices! {
    /// Role of a body in the convention.
    Role {
        /// Lead body.
        Capofila = "capofila" ["ente capofila", "coordinatore", "ente coordinatore"],
        /// Adherent.
        Aderente = "aderente" ["ente aderente", "associato", "aderisce"],
        /// Outside the convention: may only buy services at list price.
        Esterno = "esterno" ["non aderente", "non convenzionato"],
    }
}
choices! {
    /// One act with each body, or one act with all.
    Form {
        /// Lead body and one body.
        Bilaterale = "bilaterale" ["bilateral"],
        /// All bodies in one act.
        Multilaterale = "multilaterale" ["plurilaterale"],
    }
}
choices! {
    /// Stage of the convention.
    Stage {
        /// Scheme to be approved: blanks are allowed.
        Schema = "schema" ["bozza", "schema di convenzione"],
        /// Ready for signature: no blanks.
        Stipula = "stipula" ["firma", "sottoscrizione", "stipulazione"],
    }
}
choices! {
    /// Extension at the end of the term.
    Extension {
        /// None.
        No = "no" ["nessuno", "escluso", "n"],
        /// By new acts of the councils.
        Espresso = "espresso" ["esplicito", "con deliberazione"],
        /// By silence.
        Tacito = "tacito" ["automatico", "tacita proroga", "proroga automatica"],
    }
}
choices! {
    /// How the functions are shared (TUEL art. 30 c. 4).
    Mode {
        /// Coordination only.
        Coordinamento = "coordinamento" ["collaborazione"],
        /// Joint office.
        Ufficio = "ufficio comune" ["ufficio"],
        /// Delegation to one body.
        Delega = "delega" ["delega di funzioni", "delegazione"],
    }
}
choices! {
    /// How the convention is signed.
    Signing {
        /// Digital or other qualified signature.
        Digitale = "digitale" ["firma digitale", "elettronica", "firma elettronica qualificata"],
        /// On paper.
        Cartacea = "cartacea" ["autografa", "carta", "firma autografa"],
    }
}
choices! {
    /// VAT on what the lead body charges.
    VatRegime {
        /// Outside the scope of VAT.
        FuoriCampo = "fuori campo" ["fuori campo iva", "non soggetto", "escluso", "fc"],
        /// Exempt.
        Esente = "esente" ["esente iva"],
        /// Taxable.
        Imponibile = "imponibile" ["soggetto", "soggetto a iva", "ordinario"],
    }
}
choices! {
    /// What a deliberation decides.
    DeliberationSubject {
        /// Approval of the scheme by the lead body.
        Schema = "schema" ["approvazione schema", "approvazione dello schema"],
        /// First adhesion.
        Adesione = "adesione" ["prima adesione", "nuova adesione"],
        /// Renewal of an adhesion.
        Rinnovo = "rinnovo" ["rinnovo adesione", "rinnovo dell'adesione"],
    }
}
choices! {
    /// Stage of a deliberation.
    DeliberationState {
        /// Not voted yet.
        Proposta = "proposta" ["da adottare", "in proposta", "bozza"],
        /// Voted.
        Adottata = "adottata" ["approvata", "deliberata"],
    }
}
choices! {
    /// Deliberating organ.
    Organ {
        /// Council of a Comune, Province, Union or metropolitan city.
        Consiglio = "Consiglio" ["consiglio comunale", "consiglio provinciale", "consiglio dell'unione", "consiglio metropolitano", "cc", "c.c."],
        /// Executive.
        Giunta = "Giunta" ["giunta comunale", "giunta regionale", "giunta dell'unione", "gc", "g.c."],
        /// Assembly.
        Assemblea = "Assemblea" ["assemblea dei sindaci", "assemblea consortile"],
        /// Monocratic organ.
        Presidente = "Presidente" ["sindaco", "decreto del presidente"],
        /// Board of a body that is not territorial.
        Amministrazione = "Consiglio di amministrazione" ["cda", "c.d.a.", "consiglio direttivo", "comitato"],
    }
}
choices! {
    /// From when the ten days of art. 134 c. 3 are counted.
    ExecutiveFrom {
        /// From the first day of publication (default).
        Inizio = "inizio pubblicazione" ["inizio"],
        /// From its fifteenth day.
        Fine = "fine pubblicazione" ["fine"],
    }
}
choices! {
    /// Level of a service.
    Level {
        /// Base.
        Base = "base" [],
        /// Intermediate.
        Intermedio = "intermedio" ["medio"],
        /// Advanced.
        Avanzato = "avanzato" [],
    }
}
choices! {
    /// How a service is paid.
    Pricing {
        /// Covered by the adhesion fee.
        Incluso = "incluso" ["compreso", "base", "nella quota"],
        /// Surcharge.
        Maggiorata = "quota maggiorata" ["maggiorata", "a quota maggiorata"],
        /// List price, or quoted one by one.
        Listino = "listino" ["a listino", "a richiesta", "a richiesta individuale", "a preventivo"],
    }
}
choices! {
    /// Unit to which a price refers.
    Unit {
        /// Body.
        Ente = "ente" ["per ente", "a corpo"],
        /// Inhabitant.
        Abitante = "abitante" ["per abitante", "abitanti"],
        /// Workstation.
        Postazione = "postazione" ["per postazione", "postazioni"],
        /// Release.
        Rilascio = "rilascio" ["per rilascio"],
        /// Hour.
        Ora = "ora" ["per ora", "ore"],
        /// Band of a table.
        Fascia = "fascia" ["per fascia"],
    }
}
choices! {
    /// What a request asks.
    RequestKind {
        /// Activation.
        Attivazione = "attivazione" ["richiesta"],
        /// Withdrawal of a service.
        Disdetta = "disdetta" ["cessazione"],
        /// Yearly confirmation.
        Conferma = "conferma" ["conferma annuale"],
    }
}
choices! {
    /// What the lead body sends a payer (`tipo` of `Fatture`).
    BillKind {
        /// An invoice (D.P.R. 633/1972 art. 21).
        Fattura = "fattura" ["fattura elettronica", "td01"],
        /// A credit note (art. 26).
        NotaCredito = "nota credito" ["nota di credito", "nota di accredito", "td04", "nc"],
        /// A request of payment outside VAT.
        Richiesta = "richiesta versamento" ["richiesta di versamento", "richiesta di pagamento", "avviso di pagamento", "richiesta"],
        /// A number of the register that was not used.
        Annullata = "annullata" ["annullato", "numero annullato", "non emessa"],
    }
}

impl BillKind {
    /// The word used in file names and on the command line: "nota-credito".
    pub fn slug(self) -> &'static str {
        match self {
            Self::Fattura => "fattura",
            Self::NotaCredito => "nota-credito",
            Self::Richiesta => "richiesta-versamento",
            Self::Annullata => "annullata",
        }
    }

    /// The name in the words of documents: "nota di credito".
    pub fn italian(self) -> &'static str {
        match self {
            Self::Fattura => "fattura",
            Self::NotaCredito => "nota di credito",
            Self::Richiesta => "richiesta di versamento",
            Self::Annullata => "numero annullato",
        }
    }
}

impl serde::Serialize for BillKind {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.slug())
    }
}

impl<'de> serde::Deserialize<'de> for BillKind {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let slug = std::borrow::Cow::<'de, str>::deserialize(from)?;
        let all = [Self::Fattura, Self::NotaCredito, Self::Richiesta, Self::Annullata];
        all.into_iter().find(|kind| kind.slug() == slug).ok_or_else(|| serde::de::Error::custom("not a kind of bill"))
    }
}

choices! {
    /// What is sent for sums outside the scope of VAT (`documento_fuori_campo` of `Convenzione`).
    OutsideVat {
        /// A request of payment (default).
        Richiesta = "richiesta versamento" ["richiesta di versamento", "richiesta"],
        /// An invoice that says so.
        Fattura = "fattura" ["fattura elettronica"],
    }
}
