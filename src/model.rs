//! A model of acts: what its `model.toml` says. Loaded by `compose`, read by `check` and `fees` for its defaults.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::act::ActKind;
use crate::date::YearDay;

/// A model, with what it takes from its bases.
#[derive(Debug, Clone)]
pub struct Model {
    /// Identifier: the folder's name.
    pub id: String,
    /// Name for lists.
    pub nome: String,
    /// What it is and where it comes from, one or two lines.
    pub descrizione: String,
    /// The models it builds on, nearest first: their clauses stand in where it has none of its own.
    pub base: Vec<String>,
    /// The acts made where none are asked for.
    pub atti: Vec<ActKind>,
    /// Values that the `Convenzione` sheet takes where it is silent.
    pub predefiniti: Defaults,
    /// Days of the year on which something is due.
    pub scadenze: Schedule,
    /// How the fee is computed.
    pub quota: FeeScheme,
    /// Texts and flags for the templates, as `modello.<key>`.
    pub parametri: BTreeMap<String, Parameter>,
    /// Bodies of consultation.
    pub organi: Vec<Organo>,
}

impl Model {
    /// The acts that a model makes unless it says otherwise: those that bind, and the forms that the data call for.
    pub const USUAL_ACTS: [ActKind; 10] = [
        ActKind::LetteraTrasmissione,
        ActKind::Convenzione,
        ActKind::DeliberaSchema,
        ActKind::DeliberaAdesione,
        ActKind::RichiestaServizio,
        ActKind::DisdettaServizio,
        ActKind::ConfermaAnnuale,
        ActKind::NominaReferente,
        ActKind::Recesso,
        ActKind::CartaServizi,
    ];

    /// True for an agreement between administrations (L. 241/1990 art. 15), judged by the ACC rules and not as a
    /// convention.
    pub fn is_agreement(&self) -> bool {
        self.atti.contains(&ActKind::Accordo) && !self.atti.contains(&ActKind::Convenzione)
    }

    /// True where acts of this kind belong to the model. The forms around a convention belong to every convention; an
    /// agreement has the acts that it names and no others.
    pub fn offers(&self, kind: ActKind) -> bool {
        !self.is_agreement() || self.atti.contains(&kind)
    }
}

/// The contents of a `model.toml`. Unknown keys are errors; what is missing comes from the base.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Identifier: the folder's name.
    pub id: String,
    /// The model it builds on.
    pub base: Option<String>,
    /// Only a base for others: not offered, and not for workbooks.
    #[serde(default)]
    pub astratto: bool,
    /// Name for lists.
    pub nome: Option<String>,
    /// What it is and where it comes from.
    pub descrizione: Option<String>,
    /// Slugs of the acts made where none are asked for.
    pub atti: Option<Vec<String>>,
    /// Values that the `Convenzione` sheet takes where it is silent.
    #[serde(default)]
    pub predefiniti: Defaults,
    /// Days of the year on which something is due.
    #[serde(default)]
    pub scadenze: Schedule,
    /// How the fee is computed.
    pub quota: Option<FeeScheme>,
    /// Texts and flags for the templates.
    #[serde(default)]
    pub parametri: BTreeMap<String, Parameter>,
    /// Bodies of consultation: one of the same name as the base's changes what it says of it, others follow.
    #[serde(default)]
    pub organi: Vec<Organo>,
    /// Names of the base's bodies of consultation that this model has not.
    #[serde(default)]
    pub organi_esclusi: Vec<String>,
}

impl ModelFile {
    /// This file over its base: what it does not say is as the base says.
    #[must_use]
    pub fn over(self, base: Self) -> Self {
        let mut organi: Vec<Organo> =
            base.organi.into_iter().filter(|organo| !self.organi_esclusi.contains(&organo.nome)).collect();
        for own in self.organi {
            match organi.iter_mut().find(|organo| organo.nome == own.nome) {
                Some(inherited) => inherited.change(own),
                None => organi.push(own),
            }
        }
        Self {
            id: self.id,
            base: self.base,
            astratto: self.astratto,
            nome: self.nome.or(base.nome),
            descrizione: self.descrizione.or(base.descrizione),
            atti: self.atti.or(base.atti),
            predefiniti: self.predefiniti.over(base.predefiniti),
            scadenze: self.scadenze.over(base.scadenze),
            quota: self.quota.or(base.quota),
            parametri: base.parametri.into_iter().chain(self.parametri).collect(),
            organi,
            organi_esclusi: Vec::new(),
        }
    }
}

/// Defaults of the `Convenzione` sheet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Term in years.
    pub durata_anni: Option<u64>,
    /// Days of notice for withdrawal.
    pub recesso_preavviso_giorni: Option<u64>,
    /// First contract year in which a body may withdraw.
    pub recesso_dal_anno: Option<u64>,
    /// Extension: a word of the contract.
    pub rinnovo: Option<String>,
    /// Form of management: a word of the contract.
    pub forma: Option<String>,
    /// Signature: a word of the contract.
    pub firma: Option<String>,
    /// One act with each body, or one with all: a word of the contract.
    pub tipo: Option<String>,
}

impl Defaults {
    /// These over those of the base.
    fn over(self, base: Self) -> Self {
        Self {
            durata_anni: self.durata_anni.or(base.durata_anni),
            recesso_preavviso_giorni: self.recesso_preavviso_giorni.or(base.recesso_preavviso_giorni),
            recesso_dal_anno: self.recesso_dal_anno.or(base.recesso_dal_anno),
            rinnovo: self.rinnovo.or(base.rinnovo),
            forma: self.forma.or(base.forma),
            firma: self.firma.or(base.firma),
            tipo: self.tipo.or(base.tipo),
        }
    }
}

/// Days that the clauses say in words, for the list of deadlines; each is the same as in the words of `parametri`. What
/// is not said is not listed, save where a default is stated.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Day by which the lead body charges the fee of the contract year: "31/10".
    pub addebito: Option<YearDay>,
    /// Day by which the fee is paid: the first one from the charge on, or from the start of the year without charge.
    pub pagamento: Option<YearDay>,
    /// Days from the charge within which the fee is paid, where there is no fixed day.
    pub pagamento_giorni: Option<u32>,
    /// Months from the approval of the payer's budget (`bilancio_approvato_il`) within which the fee is paid, where the
    /// clauses count from it.
    pub pagamento_mesi_bilancio: Option<u32>,
    /// Day by which the accounts of the year before are presented.
    pub rendiconto: Option<YearDay>,
    /// Days after the end of the term by which the final report and accounts are presented.
    pub relazione_giorni: Option<u64>,
    /// Day by which the services of the next year are confirmed; 31 December where it is not said.
    pub conferma: Option<YearDay>,
    /// Days of notice before the end of the year for giving up a service that states none of its own.
    pub disdetta_giorni: Option<u64>,
    /// Months before the end of the term by which the lead body proposes the terms of the next; 6 where it is not said.
    pub condizioni_mesi: Option<u32>,
    /// Days before the end of the term by which the deliberations of renewal begin; 90 where it is not said.
    pub rinnovo_giorni: Option<u64>,
}

impl Schedule {
    /// These over those of the base. Charge and payment go together: who changes one says the other anew.
    fn over(self, base: Self) -> Self {
        let changes_money = self.addebito.is_some()
            || self.pagamento.is_some()
            || self.pagamento_giorni.is_some()
            || self.pagamento_mesi_bilancio.is_some();
        let money = if changes_money { &self } else { &base };
        Self {
            addebito: money.addebito,
            pagamento: money.pagamento,
            pagamento_giorni: money.pagamento_giorni,
            pagamento_mesi_bilancio: money.pagamento_mesi_bilancio,
            rendiconto: self.rendiconto.or(base.rendiconto),
            relazione_giorni: self.relazione_giorni.or(base.relazione_giorni),
            conferma: self.conferma.or(base.conferma),
            disdetta_giorni: self.disdetta_giorni.or(base.disdetta_giorni),
            condizioni_mesi: self.condizioni_mesi.or(base.condizioni_mesi),
            rinnovo_giorni: self.rinnovo_giorni.or(base.rinnovo_giorni),
        }
    }
}

/// How the adhesion fee is computed: `[quota]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeScheme {
    /// Criterion.
    pub criterio: Criterion,
    /// How the rates and discounts of a table with several bands apply.
    #[serde(default)]
    pub sconto: Discounts,
    /// A Comune beyond the closed top of table `quota` pays the flat sum of `quota fissa`; otherwise it falls in a hole
    /// of the table, which FEE-01 reports.
    #[serde(default)]
    pub oltre_fissa: bool,
    /// The lead body pays its own fee like any other; otherwise it pays none.
    #[serde(default)]
    pub capofila: bool,
}

impl FeeScheme {
    /// A scheme with the stated defaults.
    pub fn new(criterio: Criterion) -> Self {
        Self { criterio, sconto: Discounts::default(), oltre_fissa: false, capofila: false }
    }
}

/// Criteria of the adhesion fee. The tables are those of sheet `Fasce`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Criterion {
    /// A rate for every inhabitant (table `quota`), a flat sum for bodies that have none (table `quota fissa`).
    Abitante,
    /// For Comuni a rate for every inhabitant (`quota`) and one for every enterprise (`quota imprese`); the flat sum for
    /// all other bodies.
    AbitanteImpresa,
    /// A sum by band of population (`quota`), the flat sum for bodies without inhabitants.
    Fascia,
    /// Yearly costs (`costi fissi`) shared out by workstations.
    Postazione,
    /// The sums of sheet `Stanziamenti`.
    Stanziamento,
    /// No fee.
    Nessuna,
}

impl Criterion {
    /// The word of `model.toml`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Abitante => "abitante",
            Self::AbitanteImpresa => "abitante-impresa",
            Self::Fascia => "fascia",
            Self::Postazione => "postazione",
            Self::Stanziamento => "stanziamento",
            Self::Nessuna => "nessuna",
        }
    }

    /// The table of `Fasce` without which nothing can be computed; `None` where the criterion needs none.
    pub fn table(self) -> Option<&'static str> {
        match self {
            Self::Abitante | Self::AbitanteImpresa | Self::Fascia => Some("quota"),
            Self::Postazione => Some("costi fissi"),
            Self::Stanziamento | Self::Nessuna => None,
        }
    }
}

/// How the rates and discounts of a table of rates with several bands apply. Conventions that speak of "progressive
/// discounts" leave it open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discounts {
    /// Each band's rate to the inhabitants (or enterprises) that fall in it, as for taxes: whoever grows never pays less.
    #[default]
    Scaglioni,
    /// The rate of the band in which the body falls, to all its inhabitants (or enterprises).
    Intero,
}

/// A parameter of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Parameter {
    /// A flag for conditions.
    Flag(bool),
    /// A text.
    Text(String),
}

/// A body of consultation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organo {
    /// Name: "Assemblea dei Sindaci".
    pub nome: String,
    /// Who sits in it.
    #[serde(default)]
    pub composizione: String,
    /// Who calls it, and how.
    #[serde(default)]
    pub convocazione: String,
    /// How often it meets.
    #[serde(default)]
    pub frequenza: String,
    /// When it is validly met.
    #[serde(default)]
    pub quorum: String,
    /// How it decides.
    #[serde(default)]
    pub maggioranza: String,
    /// What it does.
    #[serde(default)]
    pub competenze: String,
}

impl Organo {
    /// Takes over what `own` says.
    fn change(&mut self, own: Self) {
        for (here, there) in [
            (&mut self.composizione, own.composizione),
            (&mut self.convocazione, own.convocazione),
            (&mut self.frequenza, own.frequenza),
            (&mut self.quorum, own.quorum),
            (&mut self.maggioranza, own.maggioranza),
            (&mut self.competenze, own.competenze),
        ] {
            if !there.is_empty() {
                *here = there;
            }
        }
    }
}
