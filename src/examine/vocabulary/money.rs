//! Signs of the financial relations. Called by `vocabulary`.

use super::Row;
use super::Where::{Heading, Text, Under};

const PENALTY: &str = r"penal[ei]\b|sanzion|cauzion|fideiuss|polizza|massimale|deposito";

/// The financial relations (art. 30, c. 2).
pub(super) const FINANCES: &[Row] = &[
    (
        Heading,
        70,
        r"rapporti (?:finanziari|economici|patrimoniali)|aspetti (?:finanziari|economici)|\bfinanziament[oi]\b|risorse (?:finanziarie|economiche)|mezzi finanziari|\bquot[ae]\b|\briparto\b|ripartizione (?:de|spese|oneri|costi)|\brimbors[oi]\b|\bcorrispettiv[oi]\b|\bcanone\b|\btariff[ae]\b|\bcontribut[oi]\b|\bprezz[oi]\b|quadro economico|piano (?:economico|finanziario)|trattamento economico|fondo (?:comune|di (?:ambito|gestione|dotazione))|chi paga|quanto costa|i soldi|copertura (?:finanziaria|economica|dei costi)|regolazione (?:finanziaria|economica)|disposizioni finanziarie|modalita di pagamento|\bcompensi?\b",
        r"oneri (?:previdenziali|di urbanizzazione)",
        "il titolo parla di denaro fra gli enti",
    ),
    (
        Heading,
        60,
        r"\bspes[ae]\b|\bcost[oi]\b|\boner[ie]\b|\brisorse\b|\bpagament[oi]\b|\bbilancio\b|\bentrate\b|\bpatrimonio\b|\bfondo\b|\beconomic[oie]\b|\bfinanziari[aoe]?\b",
        r"risorse (?:umane|strumentali|tecnologiche|informatiche|di personale)|spese (?:contrattuali|di registrazione|d atto|di stipula)|impiego di risorse umane",
        "titoli di spesa, se non si tratta di personale o di bollo",
    ),
    (
        Under,
        40,
        r"\beuro\b(?: \d|)|\d euro|per cento|percentual|ripart|proporzion|parti uguali|misura|abitant|resident|quot[ae]|rimbors|vers[ai]|pag[ah]|corrispond|contribu|carico|spes[ae]|cost[oi]|senza oner",
        PENALTY,
        "sotto il titolo c’è una somma, un criterio o un pagamento",
    ),
    (
        Text,
        60,
        r"(?:spes[ae]|cost[oi]|oner[ie]|quot[ae]|contribut[oi]|disavanzo|fabbisogno)(?: \w+){0,12} (?:ripartit\w|ripartizione|divis\w|suddivis\w|sostenut\w|addebitat\w|proporzion\w+|in base (?:a|al|alla|alle|agli)|in ragione|in rapporto|parti uguali|per abitante|per residente|per cento|a carico|di euro|di \d|pari a|e di\b|ammonta)",
        PENALTY,
        "dice come una spesa si divide o quanto è",
    ),
    (
        Text,
        60,
        r"(?:vers[ai]\w*|corrispond\w+|rimbors\w+|pag[ah]\w*|erog\w+|trasfer\w+|liquid\w+|concorr\w+|contribuisc\w+)(?: \w+){0,12} (?:\d[\d ]* euro|euro \d|quot[ae]|contribut[oi]|spes[ae]|per cento|somm[ae]|rat[ae]|corrispettivo|canone)",
        PENALTY,
        "dice chi paga che cosa",
    ),
    (
        Text,
        55,
        r"(?:sono|e|restano|resta) a carico (?:de|d)\w*|(?:fondo|spesa|somma) (?:\w+ ){0,6}(?:alimentat\w|a meta|per meta|per un terzo|un quarto)|rifond\w+ (?:\w+ ){0,6}(?:quarto|meta|terzo|quota|parte)|alle spese si fara fronte|(?:mettono|mette|pagano) (?:\w+ ){0,4}(?:meta|un quarto|un terzo)|(?:spesa|spese)(?: \w+){0,4} si (?:divid\w+|ripart\w+)|diviso? a meta|divisi a meta|per (?:\w+ )?(?:quinti|terzi|quarti) ",
        PENALTY,
        "dice a chi tocca una spesa, anche per frazioni",
    ),
    (
        Text,
        55,
        r"quota (?:annua|annuale|fissa|variabile|capitaria|associativa|di adesione|ordinaria|di partecipazione|di compartecipazione|pro capite|di solidarieta)",
        PENALTY,
        "nomina la quota di un ente",
    ),
    (
        Text,
        60,
        r"(?:senza|nessun|alcun|non comporta\w*|non derivano|invarianza|esente da)(?: \w+){0,4} (?:oner[ei]|spes[ae]|corrispettivo|cost[oi])|a titolo (?:gratuito|non oneroso)|gratuitamente",
        r"non e previsto alcun corrispettivo",
        "anche dire che non ci sono oneri regola i rapporti finanziari",
    ),
];
