//! The CST of Genova: the metropolitan city with 130 Comuni, 11 mountain communities, a consortium and nine other bodies.

use super::super::centre::{Other, adherents, comuni, most_populous};
use super::super::member::Member;
use super::super::offer::Offer;
use super::{Kit, TECHNOLOGY, WISHES};
use crate::schema::{BodyKind, Unit};

/// The model.
pub const MODEL: &str = "cit-genova";
/// Comuni that adhere.
const COMUNI: usize = 130;

const OTHERS: [Other; 21] = [
    ("cm-sturaorbaleira", BodyKind::Montana, "Comunità montana Valli Stura, Orba e Leira", "Campo Ligure"),
    ("cm-altascrivia", BodyKind::Montana, "Comunità montana Alta Valle Scrivia", "Busalla"),
    ("cm-valtrebbia", BodyKind::Montana, "Comunità montana Alta Val Trebbia", "Rovegno"),
    ("cm-fontanabuona", BodyKind::Montana, "Comunità montana Fontanabuona", "Cicagna"),
    ("cm-avetograveglia", BodyKind::Montana, "Comunità montana Aveto, Graveglia e Sturla", "Borzonasca"),
    ("cm-altapolcevera", BodyKind::Montana, "Comunità montana Alta Val Polcevera", "Campomorone"),
    ("cm-valpetronio", BodyKind::Montana, "Comunità montana Val Petronio", "Casarza Ligure"),
    ("cm-altavara", BodyKind::Montana, "Comunità montana Alta Val di Vara", "Varese Ligure"),
    ("cm-mediavara", BodyKind::Montana, "Comunità montana Media e Bassa Val di Vara", "Sesta Godano"),
    ("cm-valbormida", BodyKind::Montana, "Comunità montana Alta Val Bormida", "Millesimo"),
    ("cm-giovo", BodyKind::Montana, "Comunità montana del Giovo", "Sassello"),
    ("consorzio-levante", BodyKind::Consorzio, "Consorzio per i sistemi informativi del Levante ligure", "Chiavari"),
    ("p-im", BodyKind::Provincia, "Provincia di Imperia", "Imperia"),
    ("p-sv", BodyKind::Provincia, "Provincia di Savona", "Savona"),
    ("p-sp", BodyKind::Provincia, "Provincia della Spezia", "La Spezia"),
    ("parco-antola", BodyKind::Altro, "Ente Parco dell’Antola", "Torriglia"),
    ("parco-aveto", BodyKind::Altro, "Ente Parco dell’Aveto", "Rezzoaglio"),
    ("parco-beigua", BodyKind::Altro, "Ente Parco del Beigua", "Arenzano"),
    ("parco-magra", BodyKind::Altro, "Ente Parco della Magra", "Sarzana"),
    ("asp-tigullio", BodyKind::Altro, "Azienda pubblica di servizi alla persona del Tigullio", "Rapallo"),
    ("biblioteca-polcevera", BodyKind::Altro, "Biblioteca intercomunale della Val Polcevera", "Serra Riccò"),
];

const OWN: [Offer; 4] = [
    Offer::quoted(
        "marketing",
        "Promozione del territorio",
        "Portale turistico dei Comuni dell’area. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "dati-aperti",
        "Dati aperti",
        "Pubblicazione dei dati dell’ente in formato aperto. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "strumenti-urbanistici",
        "Strumenti urbanistici in rete",
        "Piano urbanistico consultabile in rete. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "app-eventi",
        "App degli eventi",
        "Calendario degli eventi su telefono. Prezzo a preventivo.",
        Unit::Ente,
    ),
];

/// The parameters.
pub fn kit() -> Option<Kit> {
    let seat = ["Piazzale Mazzini, 2", "16122", "Genova", "GE"];
    let lead = Member::invented("cm-ge", BodyKind::CittaMetropolitana, "Città metropolitana di Genova", seat, 6_005);
    let lead = lead.with_councillors(18).leading();
    let mut bodies = comuni("GE");
    bodies.extend(comuni("SP"));
    let left = COMUNI.saturating_sub(bodies.len());
    bodies.extend(most_populous(comuni("SV"), left));
    Some(Kit {
        model: MODEL,
        title: "Convenzione per la gestione del Centro servizi territoriale della Città metropolitana di Genova",
        adherents: adherents(&lead, bodies, &OTHERS),
        lead,
        years: 5,
        seat: "Genova, piazzale Mazzini 2",
        place: "Genova",
        included: &TECHNOLOGY,
        own: &OWN,
        wishes: &WISHES,
        prefix: "010",
        named_every: 4,
        notes: &NOTES,
    })
}

const NOTES: [&str; 4] = [
    "Riproduce il centro servizi territoriale della Città metropolitana di Genova, che usa gli strumenti del CIT di Brescia. La fonte conta 151 membri: 130 Comuni, 11 comunità montane, un consorzio e 9 altri enti. Non dà né durata né importi: i cinque anni e la quota sono quelli di Brescia 2021–2025.",
    "La fonte non dice quali siano i 130 Comuni: qui sono i 67 della Città metropolitana, i 32 della provincia della Spezia e i 31 più popolosi della provincia di Savona.",
    "I nomi delle comunità montane sono soltanto verosimili; il consorzio è inventato. Fra i nove altri enti la fonte mette la Regione e le Province della Liguria e quattro parchi: qui ci sono le tre Province diverse dal capofila, quattro parchi con nomi verosimili e due enti inventati. La Regione è lasciata fuori, perché non è un ente locale (regola C30-11).",
    "Della Città metropolitana e delle Province sono inventati il codice fiscale e la PEC. I servizi a preventivo sono quelli che il centro aveva già sperimentato.",
];
