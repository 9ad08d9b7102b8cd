//! Signs of the object and of the aims. Called by `vocabulary`.

use super::Row;
use super::Where::{Heading, Text, Under};

/// The object: which functions or services are shared (art. 30, c. 1).
pub(super) const OBJECT: &[Row] = &[
    (Heading, 75, r"\boggett[oi]\b", "", "è il titolo di rito"),
    (
        Heading,
        65,
        r"\b(?:contenut[oi]|ambit[oi]|materia|natura)\b|(?:che )?cosa (?:si fa|facciamo|mettiamo in comune|e affidat\w|si affida)|di (?:che )?(?:che )?(?:cosa )?si tratta|campo di (?:applicazione|lavoro|attivita)",
        r"territorial",
        "titoli che stanno per «oggetto»",
    ),
    (
        Heading,
        60,
        r"\b(?:costituzione|istituzione|creazione|attivazione) (?:de|di)|^(?:costituzione|istituzione)\b|(?:funzioni|servizi|attivita|compiti) (?:conferit|associat|trasferit|delegat|oggetto|affidat|gestit|interessat|comun|da gestire)|gestione (?:associata|in forma|comune|coordinata|unitaria)|esercizio (?:associato|congiunto|in forma)|servizi (?:erogati|offerti|del centro)",
        "",
        "il titolo nomina la gestione comune o le funzioni",
    ),
    (
        Text,
        60,
        r"(?:ha|hanno|avente|aventi) (?:per|ad|come) oggetto|forma(?:no)? oggetto|costituisc\w+ oggetto|(?:l )?oggetto (?:del|della|dell)(?: \w+){0,2} (?:convenzione|accordo|contratto) (?:e|consiste|riguarda)",
        "",
        "dice quale è l’oggetto",
    ),
    (
        Text,
        60,
        r"(?:presente|seguente|questa|questo) <ATTO>(?: \w+){0,12} (?:disciplina|regola|regolamenta|riguarda|istituisce|definisce le modalita|concerne|norma)|(?:convenzione|accordo|protocollo|intesa) (?:disciplina|regola|riguarda|istituisce|concerne)|con (?:il|la) presente <ATTO>(?: \w+){0,12} (?:gestisc|costituisc|istituisc|svolg|esercit|affid|attiv|associa|convengono di|si impegnano a collaborare|intendono|disciplin)",
        "",
        "dice che cosa l’atto regola o istituisce",
    ),
    (
        Text,
        60,
        r"(?:gestisc|esercit|svolg|svolt|organizz|attiv|provved|affid|costituisc|istituisc|disciplin|regol|associ|cur|riunisc|convengono|disimpegn)\w*(?: \w+){0,14} (?:insieme|in forma (?:associata|coordinata|unitaria|congiunta)|in modo (?:associato|coordinato|congiunto|unitario)|congiuntamente|in comune|in convenzione|unic[oa]\b|in un unica|comuni\b)",
        r"spes|oner|cost[io]\b|controversi|preavviso",
        "dice di una funzione o di un servizio svolto insieme",
    ),
    (
        Text,
        50,
        r"(?:gestione|esercizio|svolgimento|organizzazione) (?:associat[ao]|coordinat[ao]|congiunt[ao]|unitari[ao]|comune|in comune|in forma associata|in forma coordinata)",
        "",
        "nomina la gestione associata",
    ),
    (
        Text,
        45,
        r"(?:collaborano|cooperano|(?:si|s) impegnano a collaborare|intendono collaborare|attivano una collaborazione|avviano una collaborazione)",
        "",
        "dice di una collaborazione",
    ),
    (
        Text,
        50,
        r"<PARTE>(?: \w+){0,4} (?:\w+ano|\w+ono)(?: e \w+)? insieme\b|e condott[oa] (?:\w+ ){0,6}(?:interesse|conto) di",
        r"spes|controversi|riunisc|decidono",
        "dice che cosa gli enti fanno insieme",
    ),
    (
        Text,
        45,
        r"(?:affida|concede in|conferisc\w+|delega\w*|trasferisc\w+)(?: \w+){0,6} (?:servizi|funzion|gestione|locazione|appalto|attivita)",
        "controversi",
        "dice che cosa si affida o si delega",
    ),
    (
        Text,
        50,
        r"(?:affida(?:no)?|conferisc\w+|concede(?:no)?) (?:\w+ ){0,8}(?:manutenzione|cura|custodia|uso)\b|si avvalgono (?:\w+ ){0,3}(?:medesim\w|stess\w|comune|unic\w)|(?:convenzione|accordo|atto) (?:\w+ ){0,3}conferiscono|(?:costituiscono|istituiscono|attivano) (?:l|il|lo|la|un|uno|una) (?:ufficio|servizio|sportello|centro|deposito|polo|rete)",
        "controversi",
        "dice che cosa si mette in comune, si affida o si concede",
    ),
    (
        Under,
        20,
        r"\b(?:serviz\w+|funzion\w+|attivita|progetto|lavori|fornitur\w+)\b",
        "",
        "sotto il titolo si nominano servizi, funzioni o attività",
    ),
];

/// The aims (art. 30, c. 2: "i fini").
pub(super) const AIMS: &[Row] = &[
    (
        Heading,
        75,
        r"\b(?:finalita|fini|scop[oi]|obiettiv[oi]|intenti|intendimenti)\b",
        "",
        "è il titolo di rito, o un suo sinonimo",
    ),
    (
        Heading,
        60,
        r"\b(?:ragioni|motivazioni|perche)\b|\bcosa (?:si vuole|vogliamo|ci aspettiamo|intendiamo)\b|a (?:che )?(?:che )?cosa serve|principi (?:ispiratori|e finalita|generali)|risultati attesi|interesse (?:comune|pubblico)|indirizzi generali",
        "",
        "titoli che dicono a che cosa si mira",
    ),
    (
        Text,
        55,
        r"(?:ha|hanno|con) (?:lo|come|per|il|quale|quali) (?:scop[oi]|finalita|fine|obiettiv[oi])|(?:scopo|finalita|obiettivo|il fine|obiettivi|scopi) (?:del|della|dell|che|e|sono|perseguit)",
        "",
        "dice quale è lo scopo",
    ),
    (
        Text,
        55,
        r"(?:si propo(?:ne|ngono)|si prefigg(?:e|ono)|persegu(?:e|ono)|mira(?:no)?|tende|tendono|punta(?:no)?|e (?:finalizzat|rivolt|volt|dirett|mirat)\w|sono (?:finalizzat|rivolt|volt|dirett|mirat)\w)(?: \w+){0,3} (?:a|al|alla|all|ad|di|le|i|gli|il|la|l|seguenti)\b",
        "recesso|controversi|preavviso",
        "un verbo dice a che cosa mira la gestione o la convenzione",
    ),
    (
        Text,
        55,
        r"(?:al fine|allo scopo|nell intento|con l intento|con l obiettivo|in vista) (?:di|del|della|dell)(?: \w+){0,3} (?:miglior|razionalizz|ottimizz|conten|ridur|promuov|favor|svilupp|valorizz|garantire (?:maggior|un|una|pari|ai)|assicurare (?:una|un|maggior|livell|l)|accresc|aument|realizz|econom|raggiung|consegu)",
        r"prov[ae]|rendicont|pagament|fattur|controversi",
        "lega la gestione comune a un risultato atteso",
    ),
    (
        Text,
        40,
        r"(?:intendono|intende|vuole|vogliono|vogliamo|volendo|si vuole|si vogliono|si intende)(?: \w+){0,6} (?:\w*(?:conserv|offrir|permett|consentir|miglior|ridur|garant|assicur|favor|promuov|svilupp|accresc|aument|semplific|restitu|valorizz|tutel|realizz)\w*)",
        "",
        "dice che cosa le parti vogliono ottenere",
    ),
    (
        Text,
        50,
        r"(?:permett\w+|consent\w+) di (?:abbassare|ridurre|contenere|migliorare|risparmiare|aumentare|garantire|assicurare|offrire|evitare)|\b(?:nasce|nascono) per|spendere meno|rispond\w+ (?:al|a un|a una|alla|all) (?:bisogno|esigenza|necessita)|con minor spesa|mettere in sicurezza|\bvolendo (?:\w+ ){0,4}(?:provvedere|conservare|assicurare)",
        r"recesso|controversi|pagament",
        "dice quale vantaggio ci si aspetta",
    ),
    (
        Under,
        15,
        r"\b(?:miglior|ridu|garant|assicur|favor|promuov|svilupp|accresc|aument|semplific|efficien|qualita|econom|razionalizz|tutel|valorizz)\w*",
        "",
        "sotto il titolo si nominano risultati attesi",
    ),
];
