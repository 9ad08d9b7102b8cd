//! Signs of the term. A heading alone is not enough: "Durata" over a text that puts the matter off says nothing. Called by
//! `vocabulary`.

use super::Row;
use super::Where::{Heading, Text, Under};

/// The term (art. 30, c. 2: "la durata").
pub(super) const TERM: &[Row] = &[
    (
        Heading,
        40,
        r"\b(?:durata|decorrenza|validita|vigenza|scadenza|efficacia|termine|periodo|tempo|tempi|effetti|durate)\b|entrata in vigore|limiti temporali|da quando|quanto dura|quanto tempo",
        r"pagament|termini e modalita|consegna",
        "il titolo parla della durata: da solo non basta, ci vuole un termine",
    ),
    (
        Under,
        60,
        r"<NUMERO>(?: \w+){0,2} (?:ann[oi]|mes[ei]|giorni)|ann[oi] <NUMERO>|\d+ \w+ ann[oi]",
        r"^$",
        "sotto il titolo c’è un numero di anni o di mesi",
    ),
    (Under, 60, r"<GIORNO>", "", "sotto il titolo c’è un giorno di inizio o di fine"),
    (
        Under,
        60,
        r"\b<PERIODO>\b|ann[oi] (?:scolastic|educativ|accademic)\w+",
        "",
        "sotto il titolo c’è un periodo: «triennale»",
    ),
    (
        Under,
        50,
        r"tempo indeterminato|durata indeterminata|senza limiti? di tempo",
        "",
        "la durata è detta, anche se senza fine",
    ),
    (
        Under,
        45,
        r"(?:fino|sino) (?:al|alla|all|a)(?: \w+){0,2} (?:completament|conclusion|esauriment|ultimazion|scadenza|termine|fine|mandato|approvazione)\w*",
        "",
        "la fine è legata a un fatto",
    ),
    (
        Text,
        70,
        r"(?:<ATTO>|servizio|gestione)(?: \w+){0,8} (?:dura|durata|fatta|fatto|si protrae|validita|valida|valido|vale|vigore|efficac\w+|effetto|effetti|decorr\w+|scade|cessa|termine|vigente)\b(?: \w+){0,10} (?:<NUMERO>(?: \w+){0,2} (?:ann[oi]|mes[ei]|stagioni)|ann[oi] <NUMERO>|<GIORNO>|<PERIODO>)",
        r"pagament|\brata\b|preavviso",
        "dice da quando, fino a quando o per quanto vale l’atto",
    ),
    (
        Text,
        70,
        r"(?:durata|validita|vigenza|scadenza|efficacia) (?:del|della|dell)(?: \w+){0,2} <ATTO>(?: \w+){0,8} (?:<NUMERO>(?: \w+){0,2} (?:ann[oi]|mes[ei])|ann[oi] <NUMERO>|<GIORNO>|<PERIODO>)",
        "",
        "dice la durata dell’atto",
    ),
    (
        Text,
        60,
        r"(?:dal|dall|inizio il|inizio l)(?: giorno)? <GIORNO>(?: \w+){0,6} (?:al|all|il|l)(?: giorno)? <GIORNO>",
        r"orari|apertura|deliber|pubblicat|\brata\b",
        "dice un giorno di inizio e uno di fine",
    ),
    (
        Text,
        60,
        r"<ATTO>(?: \w+){0,3} (?:vincola|impegna|obbliga|lega) (?:\w+ ){1,10}(?:fino|sino) (?:al|all|a) <GIORNO>",
        "",
        "dice fino a quando l’atto vincola le parti",
    ),
    (
        Text,
        60,
        r"\bla presente (?:e |ha |avra |vale |dura )(?:\w+ ){0,4}(?:ann[oi] <NUMERO>|<NUMERO> ann[oi])|si comincia (?:il|l) <GIORNO>|dal (?:primo )?giorno (?:\w+ ){0,6}(?:20\d\d )?all ultimo giorno|effetto dal (?:\w+ ){1,5}e cessa|cessa (?:il|l) (?:<GIORNO>|\w+ <MESE> \w+)|dall(?:a|o) (?:stagione|anno|esercizio) (?:\w+ ){1,3}all(?:a|o) (?:stagione|anno|esercizio)",
        r"pagament|\brata\b|orari",
        "dice da quando e fino a quando, con il giorno in lettere o per stagioni",
    ),
    (
        Text,
        55,
        r"(?:<ATTO>)(?: \w+){0,6} (?:tempo indeterminato|anni (?:scolastici|educativi))",
        "",
        "dice per quale tempo vale l’atto",
    ),
    (
        Text,
        55,
        r"per il (?:biennio|triennio|quadriennio|quinquennio|decennio|periodo) (?:dal )?\d{1,4}",
        r"bilancio|piano triennale|stanzia|spesa",
        "nomina il periodo in cui l’atto vale",
    ),
];
