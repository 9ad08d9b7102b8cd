//! Signs of the forms of consultation. Called by `vocabulary`.

use super::Row;
use super::Where::{Heading, Text, Under};

/// The forms of consultation (art. 30, c. 2).
pub(super) const CONSULTATION: &[Row] = &[
    (
        Heading,
        70,
        r"consultazion|\bconferenza\b|\bassemblea\b|\bcomitat[oi]\b|\btavol[oi]\b|\bcabina\b|collegio di (?:vigilanza|indirizzo|coordinamento)|\bconsulta\b|organism[oi]|organ[oi] (?:di (?:indirizzo|raccordo|coordinamento|consultazione|governo|gestione)|associativ|comun|della convenzione|collegial)|come si decide|chi decide|come ci (?:parliamo|sentiamo|vediamo)|collegio dei (?:delegati|sindaci|rappresentanti)|commissione (?:paritetica|mista|di coordinamento|intercomunale)|gruppo di (?:coordinamento|pilotaggio)",
        r"conferenza (?:di servizi|stampa)|comitato (?:dei garanti|unico di garanzia)",
        "il titolo nomina un organo o una forma di consultazione",
    ),
    (
        Heading,
        50,
        r"\bgovernance\b|\bgoverno\b|\bcoordinamento\b|\borgani\b|indirizzo e (?:controllo|coordinamento)|raccordo|rapporti (?:tra|fra) (?:gli )?(?:enti|comuni|amministrazioni)|incontri|verifiche (?:periodiche|congiunte)|ufficio di presidenza|direzione politica|sedi di confronto",
        r"responsabile|regolamento",
        "titoli che di solito trattano di come gli enti decidono insieme",
    ),
    (
        Text,
        55,
        r"<ORGANO>(?: \w+){0,25} (?:si riunisc\w+|riunisce|e riunit[oa]|e convocat[oa]|viene convocat[oa]|sono convocat[ie]|convoca|si consult\w+|si incontra\w*|e compost[oa]|e format[oa]|e costituit[oa]|ne fanno parte)|(?:convoca|riunisc\w+|convocat[oa]|istituit[oa]|istituiscono|e affidato)(?: \w+){0,10} <ORGANO>",
        r"consiglio comunale in seduta|conferenza di servizi",
        "un organo degli enti è istituito, composto o convocato",
    ),
    (
        Text,
        55,
        r"(?:si consultano|consultazione (?:reciproca|periodica|preventiva|degli enti|tra|fra)|si incontrano|forme di consultazione|incontri periodici|riunioni periodiche|sono consultati|consultano|seduta congiunta|chiede il (?:benestare|parere))",
        "",
        "gli enti si consultano o si incontrano",
    ),
    (
        Text,
        55,
        r"(?:sindac\w+|assessor\w+|segretari\w*|delegat[oi]|president[ei]|consiglier[ei]|responsabil[ei])(?: \w+){0,14} (?:si (?:sentono|vedono|trovano|radun\w+|ritrovano|confront\w+|riunisc\w+|tengono in corrispondenza|terranno in corrispondenza)|decidono insieme|siedono)|(?:<ORGANO>)(?: \w+){0,16} (?:si raduna\w*|si aduna\w*|si vede|si convoca|siedono|e sentit[oa]|sono sentit[ei]|sentira|da (?:il proprio )?(?:avviso|parere)|esprim\w+ parere)",
        r"recesso|controversi|dissid",
        "i rappresentanti degli enti si vedono, si sentono o danno il loro parere",
    ),
    (
        Text,
        30,
        r"(?:si riunisc\w+|e convocat[oa]|la convoca|lo convoca)(?: \w+){0,10} (?:volt[ae]|anno|mes[ei]|trimestre|semestre|quadrimestre|giorni|richiesta)",
        "",
        "dice ogni quanto ci si riunisce",
    ),
    (
        Under,
        25,
        r"(?:compost|format|costituit)\w (?:da|dai|dal|dagli|dalle|dalla|di)\b|fanno parte|partecipa|component|membri|rappresentant",
        "",
        "sotto il titolo si dice chi compone l’organo",
    ),
    (
        Under,
        25,
        r"convoca|riunisc|riunion|sedut[ae]|ordine del giorno",
        "",
        "sotto il titolo si dice come l’organo è convocato",
    ),
    (
        Under,
        20,
        r"meta piu|maggioranza|un terzo|due terzi|numero legale|quorum|validamente|\bvalid[aeio]\b|unanimita",
        "",
        "sotto il titolo si dice quando l’organo delibera",
    ),
];
