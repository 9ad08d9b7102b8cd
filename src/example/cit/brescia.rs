//! The CIT of Brescia: the Province with the 205 Comuni, mountain communities that act for their members, ten years.

use super::super::centre::{Life, Other, Wish, adherents, comuni, through};
use super::super::member::Member;
use super::super::offer::Offer;
use super::Kit;
use crate::schema::BodyKind;

/// The model.
pub const MODEL: &str = "cit-brescia";

/// As many as the Comuni that adhere through one of them: 205 conventions in all.
const OTHERS: [Other; 10] = [
    ("cm-vallecamonica", BodyKind::Montana, "Comunità montana di Valle Camonica", "Breno"),
    ("cm-valtrompia", BodyKind::Montana, "Comunità montana di Valle Trompia", "Gardone Val Trompia"),
    ("cm-vallesabbia", BodyKind::Montana, "Comunità montana di Valle Sabbia", "Vestone"),
    ("cm-altogarda", BodyKind::Montana, "Comunità montana Parco Alto Garda Bresciano", "Gargnano"),
    ("cm-sebino", BodyKind::Montana, "Comunità montana del Sebino Bresciano", "Sale Marasino"),
    ("un-valsaviore", BodyKind::Unione, "Unione dei Comuni della Valsaviore", "Cevo"),
    ("un-altavalcamonica", BodyKind::Unione, "Unione dei Comuni dell’Alta Valle Camonica", "Ponte di Legno"),
    ("un-bassabresciana", BodyKind::Unione, "Unione dei Comuni della Bassa Bresciana Occidentale", "Orzivecchi"),
    ("consorzio-rete", BodyKind::Consorzio, "Consorzio per la rete digitale del Garda", "Salò"),
    ("asp-pianura", BodyKind::Altro, "Azienda pubblica di servizi alla persona della Pianura bresciana", "Leno"),
];
/// For these the mountain community pays the whole fee, for those half of it.
const TROMPIA: [&str; 6] = ["Bovegno", "Collio", "Irma", "Marmentino", "Pezzaze", "Tavernole sul Mella"];
const SEBINO: [&str; 4] = ["Marone", "Monte Isola", "Sulzano", "Zone"];

const INCLUDED: [Offer; 8] = [
    Offer::included("assistenza", "Help desk", "Risposte e interventi a distanza sui servizi del catalogo."),
    Offer::included(
        "firma-digitale",
        "Firma digitale",
        "Tre dispositivi di firma digitale per ente, e i loro rinnovi.",
    ),
    Offer::included(
        "pec",
        "Posta elettronica certificata",
        "Quattro caselle di posta elettronica certificata per ente.",
    ),
    Offer::included(
        "telemaco",
        "Banche dati camerali Telemaco",
        "Consultazioni del registro delle imprese, entro un numero che dipende dagli abitanti.",
    ),
    Offer::included("formazione", "Formazione", "Almeno due incontri gratuiti ogni anno."),
    Offer::included("tavoli", "Tavoli tecnici", "Due incontri ogni anno dei referenti degli enti."),
    Offer::included(
        "progettazione",
        "Analisi e progettazione",
        "Studio dei bisogni e progetti comuni, anche per i bandi.",
    ),
    Offer::included(
        "supporto-posta",
        "Supporto alla posta elettronica",
        "Aiuto nella gestione delle caselle ordinarie.",
    ),
];

const OWN: [Offer; 2] = [
    Offer::included("conservazione", "Conservazione digitale", "Spazio per conservare a norma i documenti dell’ente."),
    Offer::included(
        "cuc",
        "Strumenti per la centrale di committenza",
        "Strumenti tecnologici per le gare della centrale unica di committenza di area vasta.",
    ),
];

/// Those of the kit, and a mountain community for the employees of its members.
const WISHES: [Wish; 11] = [
    (0, "spid", Life::Asked(2)),
    (1, "portali-comunali", Life::Confirmed(1)),
    (2, "portali-comunali", Life::Asked(1)),
    (2, "migrazione-contenuti", Life::Asked(1)),
    (6, "portali-comunali", Life::GivenUp(1, "L’ente è passato al sito offerto dalla Comunità montana")),
    (7, "pacchetto-supporto", Life::Asked(1)),
    (8, "portali-comunali", Life::Confirmed(1)),
    (9, "spid", Life::Asked(3)),
    (14, "portali-comunali", Life::Confirmed(1)),
    (15, "portali-comunali", Life::Asked(1)),
    (206, "spid", Life::Asked(3)),
];

/// The parameters.
pub fn kit() -> Option<Kit> {
    let seat = ["Piazza Paolo VI, 29", "25121", "Brescia", "BS"];
    let lead = Member::invented("p-bs", BodyKind::Provincia, "Provincia di Brescia", seat, 4_001);
    let lead = lead.with_councillors(16).leading();
    let mut bodies = adherents(&lead, comuni("BS"), &OTHERS);
    through(&mut bodies, "cm-valtrompia", 100, &TROMPIA);
    through(&mut bodies, "cm-sebino", 50, &SEBINO);
    Some(Kit {
        model: MODEL,
        title: "Convenzione per l’adesione al Centro innovazione e tecnologie (CIT) della Provincia di Brescia",
        adherents: bodies,
        lead,
        years: 10,
        seat: "Brescia, via Milano 13",
        place: "Brescia",
        included: &INCLUDED,
        own: &OWN,
        wishes: &WISHES,
        prefix: "030",
        named_every: 4,
        notes: &NOTES,
    })
}

const NOTES: [&str; 5] = [
    "Riproduce il Centro innovazione e tecnologie della Provincia di Brescia: la Provincia capofila, i 205 Comuni della provincia e dieci altri enti, per i dieci anni della convenzione in corso, dal 1° gennaio 2026 al 31 dicembre 2035.",
    "Gli importi della convenzione in corso non sono pubblici: le quote sono quelle della convenzione 2021–2025.",
    "La convenzione in corso non distingue più fra servizi di base e a quota maggiorata, e una sola quota copre il catalogo: i servizi a quota maggiorata restano nell’esempio, con i prezzi del kit, per mostrarne i moduli. Le caselle, i dispositivi di firma, gli incontri e i tavoli sono quelli della convenzione in corso.",
    "Le cinque Comunità montane esistono; i nomi delle tre Unioni sono soltanto verosimili, il consorzio e l’azienda sono inventati. Sono inventati anche il codice fiscale e la PEC della Provincia.",
    "Sei Comuni della Valle Trompia aderiscono per il tramite della Comunità montana, che paga tutta la loro quota, e quattro del Sebino per il tramite della loro, che ne paga metà: l’appartenenza è vera, l’adesione e il pagamento sono inventati. Le loro deliberazioni sono quindi quelle delle due Comunità, il cui importo annuo comprende le parti dei membri. Restano 205 convenzioni da firmare.",
];
