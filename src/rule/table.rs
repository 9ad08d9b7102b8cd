//! The table itself, one entry per rule in order of group and number; the page of each is `pages/<CODE>.md`. Read by
//! `rule::find` and by whatever lists the rules. A new rule takes the next free number of its group.

use super::{Period, Rule, Severity};

/// Small municipalities had to share fundamental functions until the end of 2024 (D.L. 202/2024 ended the duty): the
/// three-year minimum withholds the acts of those years, and only warns about later ones.
const TERM_UNDER_THREE_YEARS: &[Period] = &[
    Period { from: None, to: Some((2024, 12, 31)), severity: Severity::Error },
    Period { from: Some((2025, 1, 1)), to: None, severity: Severity::Warning },
];

/// Expands `[code name severity law title]`, with `; dated PERIODS` where the law has dates, into [`RULES`].
macro_rules! rules {
    ($([$code:literal $name:literal $severity:ident $law:literal $title:literal $(; dated $periods:ident)?])*) => {
        /// Every rule, in order of group and number.
        pub static RULES: &[Rule] = &[$(Rule {
            code: $code,
            name: $name,
            title: $title,
            severity: Severity::$severity,
            law: $law,
            periods: rules!(@periods $($periods)?),
            page: include_str!(concat!("pages/", $code, ".md")),
        }),*];
    };
    (@periods) => { &[] };
    (@periods $periods:ident) => { $periods };
}

rules! {
    // The workbook itself.
    ["WB-01" "missing-sheet" Error "" "Foglio obbligatorio mancante"]
    ["WB-02" "missing-column" Error "" "Colonna obbligatoria mancante"]
    ["WB-03" "unreadable-value" Error "" "Valore non leggibile per il tipo della colonna"]
    ["WB-04" "formula-error" Error "" "Errore di formula in una cella"]
    ["WB-05" "unknown-column" Note "" "Colonna non riconosciuta"]
    ["WB-06" "unreadable-workbook" Error "" "File protetto, danneggiato, troppo grande o non riconosciuto"]
    ["WB-07" "unprintable-character" Error "ISO 19005-2"
        "Carattere che nessun carattere tipografico incorporato sa stampare"]
    ["WB-08" "restored-value" Note "" "Valore riportato alla forma corretta"]
    ["WB-09" "duplicate-heading" Error "" "Colonna o foglio doppio: due posti per lo stesso dato"]
    ["WB-10" "unknown-body-reference" Error "" "Riga che si riferisce a un ente sconosciuto"]
    ["WB-11" "missing-convention-field" Error "" "Campo obbligatorio mancante"]
    ["WB-12" "unknown-model" Error "" "Modello di convenzione sconosciuto"]
    ["WB-13" "values-from-national-list" Note "" "Valori completati dall’elenco nazionale dei Comuni"]

    // Bodies.
    ["ENT-01" "invalid-fiscal-code" Error "D.P.R. 605/1973; D.M. 23/12/1976" "Codice fiscale dell’ente non valido"]
    ["ENT-02" "invalid-vat-number" Error "D.P.R. 633/1972, art. 35" "Partita IVA dell’ente non valida"]
    ["ENT-03" "invalid-postal-code" Error "Poste Italiane, codice di avviamento postale" "CAP non valido"]
    ["ENT-04" "invalid-certified-mail" Error "D.Lgs. 82/2005, artt. 6-ter e 47" "Indirizzo PEC non valido"]
    ["ENT-05" "gazetteer-mismatch" Error "Istat, codici delle unità territoriali"
        "Nome, codice ISTAT e provincia non concordano con l’elenco nazionale"]
    ["ENT-06" "duplicate-body" Error "D.Lgs. 267/2000, art. 30, c. 1" "Ente presente più volte"]
    ["ENT-07" "population-far-from-istat" Warning "Istat, popolazione residente comunale"
        "Abitanti lontani dal dato ISTAT per più di un decimo"]
    ["ENT-08" "invalid-office-code" Error "D.M. 55/2013" "Codice ufficio non valido"]
    ["ENT-09" "missing-legal-representative" Error "D.Lgs. 267/2000, art. 50, c. 2" "Rappresentante legale mancante"]
    ["ENT-10" "fiscal-code-differs-from-ipa" Warning "D.Lgs. 82/2005, art. 6-ter"
        "Codice fiscale diverso da quello di IndicePA"]
    ["ENT-11" "suppressed-municipality" Error "D.Lgs. 267/2000, art. 15" "Comune soppresso o fuso in un altro"]
    ["ENT-12" "kind-contradicts-name" Error "D.Lgs. 267/2000, art. 2" "Tipo di ente che contraddice il nome"]
    ["ENT-13" "not-a-member-of-the-union" Error "D.Lgs. 267/2000, art. 32"
        "Comune che indica un’unione a cui non risulta appartenere"]
    ["ENT-14" "certified-mail-of-another" Warning "D.Lgs. 82/2005, artt. 6-ter e 47"
        "PEC che non è quella dell’ente, o che non è certificata"]
    ["ENT-15" "mayor-of-two" Warning "D.Lgs. 267/2000, art. 56, c. 2" "Stesso Sindaco in due Comuni"]

    // Minimum content of the convention, on the composed act.
    ["C30-01" "missing-object" Error "D.Lgs. 267/2000, art. 30, c. 1" "Manca l’oggetto della convenzione"]
    ["C30-02" "missing-aims" Error "D.Lgs. 267/2000, art. 30, c. 2" "Mancano i fini della convenzione"]
    ["C30-03" "missing-term" Error "D.Lgs. 267/2000, art. 30, c. 2" "Manca la durata, o non ha inizio e fine certi"]
    ["C30-04" "missing-consultation" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Mancano le forme di consultazione degli enti"]
    ["C30-05" "missing-financial-relations" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Mancano i rapporti finanziari, o la quota non è determinabile"]
    ["C30-06" "missing-obligations" Error "D.Lgs. 267/2000, art. 30, c. 2" "Mancano gli obblighi reciproci"]
    ["C30-07" "missing-guarantees" Error "D.Lgs. 267/2000, art. 30, c. 2" "Mancano le garanzie"]
    ["C30-08" "term-under-three-years" Warning "D.L. 78/2010, art. 14, c. 31-bis"
        "Durata inferiore a tre anni per funzioni fondamentali"; dated TERM_UNDER_THREE_YEARS]
    ["C30-09" "inconsistent-term-dates" Error "D.Lgs. 267/2000, art. 30, c. 2" "Date della durata che non tornano"]
    ["C30-10" "automatic-renewal" Warning "L. 537/1993, art. 6, c. 2" "Rinnovo o proroga automatici"]
    ["C30-11" "unsuitable-parties" Error "D.Lgs. 267/2000, artt. 2 e 30, c. 1"
        "Parti insufficienti o che non sono enti locali"]
    ["C30-12" "missing-executive-deliberation" Error "D.Lgs. 267/2000, artt. 42, c. 2, lett. c), e 134"
        "Manca la deliberazione esecutiva di una parte"]
    ["C30-13" "unnamed-joint-office-or-delegate" Error "D.Lgs. 267/2000, art. 30, c. 4"
        "Ente delegato o ufficio comune non indicati"]
    ["C30-14" "lead-body-not-a-party" Error "D.Lgs. 267/2000, art. 30, c. 1" "L’ente capofila non è fra le parti"]
    ["C30-15" "dangling-cross-reference" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Rinvio a un articolo che manca o che parla d’altro"]
    ["C30-16" "blank-at-signature" Error "D.Lgs. 267/2000, art. 30, c. 2" "Spazi in bianco nell’atto da stipulare"]
    ["C30-17" "undefined-withdrawal" Error "D.Lgs. 267/2000, art. 30, c. 2" "Recesso senza preavviso, forma o effetto"]
    ["C30-18" "unfit-signatures" Error "L. 241/1990, art. 15, c. 2-bis" "Firmatario non indicato o firma non digitale"]
    ["C30-19" "contributions-differ-from-total" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "La somma delle quote non è il totale indicato"]

    // Agreements between administrations.
    ["ACC-01" "missing-agreement-object" Error "L. 241/1990, art. 15, c. 1" "Manca l’oggetto dell’accordo"]
    ["ACC-02" "missing-common-interest" Error "L. 241/1990, art. 15, c. 1; D.Lgs. 36/2023, art. 7, c. 4"
        "Manca l’interesse comune delle parti"]
    ["ACC-03" "missing-agreement-term" Error "L. 241/1990, artt. 11, c. 2, e 15, c. 2"
        "Manca la durata dell’accordo, o non ha una fine certa"]
    ["ACC-04" "inconsistent-agreement-dates" Error "L. 241/1990, artt. 11, c. 2, e 15, c. 2"
        "Date dell’accordo che non tornano"]
    ["ACC-05" "missing-steering-body" Error "D.Lgs. 36/2023, art. 7, c. 4, lett. b)"
        "Manca la cabina di regia, o non si sa come funziona"]
    ["ACC-06" "missing-agreement-obligations" Error "L. 241/1990, art. 15, c. 1; D.Lgs. 36/2023, art. 7, c. 4, lett. b)"
        "Mancano gli impegni di una parte"]
    ["ACC-07" "missing-resources" Error "L. 241/1990, art. 15; D.Lgs. 36/2023, art. 7, c. 4, lett. b)"
        "Mancano le risorse, o sembrano un corrispettivo"]
    ["ACC-08" "allocations-differ-from-total" Error "L. 241/1990, art. 15; D.Lgs. 118/2011, art. 56"
        "La somma degli stanziamenti non è il totale indicato"]
    ["ACC-09" "allocation-outside-term" Error "D.Lgs. 118/2011, art. 56" "Stanziamento di un anno fuori della durata"]
    ["ACC-10" "unsuitable-agreement-parties" Error "L. 241/1990, art. 15, c. 1; D.Lgs. 36/2023, art. 7, c. 4, lett. a)"
        "Parti insufficienti o che non sono amministrazioni"]
    ["ACC-11" "missing-executive-approval" Error "L. 241/1990, art. 15, c. 1; D.Lgs. 267/2000, artt. 42, 48 e 134"
        "Manca l’atto esecutivo con cui una parte approva l’accordo"]
    ["ACC-12" "unfit-agreement-signatures" Error "L. 241/1990, art. 15, c. 2-bis"
        "Firma non digitale, o firmatario dell’accordo non indicato"]
    ["ACC-13" "activity-without-outcome" Error "L. 241/1990, art. 15, c. 1" "Attività senza risultato o senza indicatore"]
    ["ACC-14" "activity-outside-term" Error "L. 241/1990, art. 15, c. 1" "Attività da concludere fuori della durata"]
    ["ACC-15" "missing-agreement-remedies" Error "L. 241/1990, artt. 11, c. 2, e 15, c. 2; D.Lgs. 104/2010, art. 133"
        "Mancano il recesso o gli altri rimedi dell’accordo"]

    // Deliberations.
    ["DEL-01" "incompetent-organ" Error "D.Lgs. 267/2000, art. 42, c. 2, lett. c)" "Organo non competente"]
    ["DEL-02" "missing-number-date-or-object" Error "D.Lgs. 267/2000, art. 124, c. 1"
        "Deliberazione adottata senza numero, data od oggetto"]
    ["DEL-03" "dates-out-of-order" Error "D.Lgs. 267/2000, artt. 124 e 134"
        "Date della deliberazione in disordine o future"]
    ["DEL-04" "votes-do-not-add-up" Error "D.Lgs. 267/2000, art. 38, c. 2" "I voti non corrispondono ai presenti"]
    ["DEL-05" "quorum-not-reached" Error "D.Lgs. 267/2000, artt. 37 e 38, c. 2" "Numero legale non raggiunto"]
    ["DEL-06" "more-present-than-members" Error "D.Lgs. 267/2000, art. 37" "Presenti più numerosi dei componenti"]
    ["DEL-07" "proposal-not-approved" Error "D.Lgs. 267/2000, art. 38, c. 2" "Proposta non approvata"]
    ["DEL-08" "invalid-immediate-executability" Error "D.Lgs. 267/2000, art. 134, c. 4"
        "Immediata eseguibilità senza il voto necessario"]
    ["DEL-09" "executive-too-early" Error "D.Lgs. 267/2000, art. 134, c. 3"
        "Esecutività anteriore al decimo giorno dalla pubblicazione"]
    ["DEL-10" "missing-technical-opinion" Error "D.Lgs. 267/2000, art. 49, c. 1"
        "Manca il parere di regolarità tecnica"]
    ["DEL-11" "missing-accounting-opinion" Error "D.Lgs. 267/2000, art. 49, c. 1"
        "Manca il parere contabile, o la dichiarazione che non è dovuto"]
    ["DEL-12" "missing-auditors-opinion" Note "D.Lgs. 267/2000, art. 239, c. 1, lett. b)"
        "Parere dell’organo di revisione non indicato"]
    ["DEL-13" "insufficient-spending-commitment" Error "D.Lgs. 267/2000, artt. 183 e 191"
        "Spesa non indicata o inferiore alla quota"]
    ["DEL-14" "object-contradicts-convention" Error "D.Lgs. 267/2000, artt. 30 e 42, c. 2, lett. c)"
        "Oggetto e premesse non concordano con la convenzione"]
    ["DEL-15" "union-members-unlisted-or-twice" Error "D.Lgs. 267/2000, artt. 30 e 32"
        "Membri dell’unione non elencati o aderenti due volte"]
    ["DEL-16" "unnamed-signatories" Error "D.Lgs. 267/2000, artt. 50, c. 2, e 97, c. 4"
        "Firmatari o rappresentante non indicati"]
    ["DEL-17" "incompatible-offices" Error "D.Lgs. 267/2000, artt. 39, c. 1, e 97, c. 4"
        "Presidente e segretario della seduta incompatibili"]

    // Services.
    ["SRV-01" "unknown-service" Error "D.Lgs. 267/2000, art. 30, c. 1" "Servizio che non è nel catalogo"]
    ["SRV-02" "service-for-adherents-only" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Servizio chiesto da chi non aderisce"]
    ["SRV-03" "included-service-with-a-price" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Servizio incluso nella quota che ha un prezzo"]
    ["SRV-04" "incomplete-service-request" Error "D.Lgs. 267/2000, artt. 30, c. 2, e 191"
        "Richiesta di servizio senza il contenuto minimo"]
    ["SRV-05" "unexplained-service-withdrawal" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Disdetta senza motivo o senza condizioni"]
    ["SRV-06" "withdrawal-of-a-one-off-service" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Disdetta di un servizio che non si disdice"]
    ["SRV-07" "late-notice" Warning "D.Lgs. 267/2000, art. 30, c. 2"
        "Preavviso non rispettato, o disdetta senza effetto"]
    ["SRV-08" "unconfirmed-service" Warning "D.Lgs. 267/2000, art. 191" "Servizio in uso non confermato per l’anno"]
    ["SRV-09" "duplicate-service-request" Error "D.Lgs. 267/2000, art. 191" "Servizio chiesto due volte"]
    ["SRV-10" "recipients-differ-from-quantity" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Persone nominate diverse dalla quantità chiesta"]
    ["SRV-11" "unreachable-contact" Warning "D.Lgs. 82/2005, art. 47" "Referente senza telefono né posta elettronica"]
    ["SRV-12" "history-out-of-order" Warning "D.Lgs. 267/2000, artt. 30, c. 2, e 191"
        "Righe di un servizio che non si seguono, o fuori dalla durata"]

    // Fees.
    ["FEE-01" "broken-bands" Error "D.Lgs. 267/2000, art. 30, c. 2" "Fasce con vuoti o sovrapposizioni"]
    ["FEE-02" "missing-population" Error "D.Lgs. 267/2000, art. 30, c. 2" "Abitanti o data di riferimento mancanti"]
    ["FEE-03" "missing-enterprises" Error "D.Lgs. 267/2000, art. 30, c. 2" "Imprese, o tariffa per impresa, mancanti"]
    ["FEE-04" "missing-workstations" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Postazioni mancanti: i costi fissi non si possono ripartire"]
    ["FEE-05" "fee-without-one-payer" Error "D.Lgs. 267/2000, artt. 30, c. 2, e 183"
        "Quota che nessuno paga, o che sarebbe pagata due volte"]
    ["FEE-06" "shares-do-not-add-up" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "La ripartizione non dà il totale al centesimo"]
    ["FEE-07" "missing-vat-regime" Error "D.P.R. 633/1972, art. 4" "Regime IVA non indicato"]

    // Templates.

    // Bills.
    ["INV-01" "incomplete-party" Error "D.P.R. 633/1972, art. 21, c. 2; D.M. 55/2013" "Dati di chi emette o di chi paga incompleti"]
    ["INV-02" "broken-register" Error "D.P.R. 633/1972, artt. 21, c. 2, lett. b, e 26"
        "Numerazione che non tiene, o documento emesso i cui dati sono cambiati"]
    ["INV-03" "wrong-totals" Error "D.P.R. 633/1972, art. 21, c. 2" "Totali che non tornano"]
    ["INV-04" "due-date" Warning "D.Lgs. 231/2002, art. 4" "Scadenza o emissione fuori dai termini della convenzione"]
    ["INV-05" "split-payment" Warning "D.P.R. 633/1972, art. 17-ter" "Scissione dei pagamenti non dichiarata o da confermare"]
    ["INV-06" "stamp-duty" Note "D.P.R. 642/1972, Tariffa, art. 13" "Imposta di bollo dovuta"]
    ["INV-07" "missing-references" Warning "D.M. 55/2013, art. 2-bis" "CIG, CUP o atto di spesa mancanti o sbagliati"]
    ["INV-08" "nowhere-to-pay" Error "D.L. 1/2012, art. 35" "Non è detto dove si paga"]
    ["INV-09" "adapted-text" Note "D.M. 55/2013, allegato A" "Testo adattato al formato della fattura"]
    ["INV-10" "credit-note" Error "D.P.R. 633/1972, art. 26" "Nota di credito senza fattura, o maggiore di quella"]
    ["INV-11" "unpriced-service" Warning "D.P.R. 633/1972, art. 21" "Servizio in uso che resta fuori dalle fatture"]
    ["INV-12" "refused-by-exchange" Error "D.M. 55/2013, allegato B" "Documento che il Sistema di interscambio scarterebbe"]

    ["TXT-01" "unknown-name" Error "" "Nome sconosciuto in un testo"]
    ["TXT-02" "broken-template-syntax" Error "" "Errore di sintassi in un testo"]
    ["TXT-03" "missing-clause" Error "" "Clausola richiamata che non esiste"]
    ["TXT-04" "forbidden-markup" Error "" "Costrutto non ammesso in un testo"]
    ["TXT-05" "invalid-act-structure" Error "" "Struttura dell’atto non valida"]
    ["TXT-06" "unreadable-template-file" Error "" "File di modello non leggibile"]
    ["TXT-07" "wrong-law-citation" Warning "" "Legge citata con un numero sbagliato"]

    // Acts that others wrote.
    ["ESA-01" "unreadable-document" Error "" "Documento che non si può leggere, o senza testo"]
    ["ESA-02" "not-a-convention" Note "D.Lgs. 267/2000, art. 30" "Documento che non è una convenzione né un accordo"]
    ["ESA-03" "broken-article-numbering" Error "Circ. P.C.M. 2/5/2001, n. 1/1.1.26"
        "Articoli con numeri doppi, saltati o in disordine"]
    ["ESA-04" "broken-list-numbering" Warning "Circ. P.C.M. 2/5/2001, n. 1/1.1.26"
        "Commi o lettere con numeri doppi o saltati"]
    ["ESA-05" "stray-list-item" Warning "Circ. P.C.M. 2/5/2001, n. 1/1.1.26"
        "Voce di elenco vuota, o che è il resto di una frase"]
    ["ESA-06" "index-mismatch" Warning "" "Indice che non corrisponde agli articoli"]
    ["ESA-07" "conflicting-terms" Error "D.Lgs. 267/2000, art. 30, c. 2"
        "Due durate o due scadenze diverse nello stesso atto"]
    ["ESA-08" "incomplete-guarantees" Warning "D.Lgs. 267/2000, art. 30, c. 2"
        "Garanzie incomplete: inadempienze, controversie o recesso"]
    ["ESA-09" "blank-space" Warning "D.Lgs. 267/2000, art. 30, c. 2" "Spazi da riempire nel testo"]
    ["ESA-10" "unstated-executability" Warning "D.Lgs. 267/2000, art. 134, c. 4"
        "Deliberazione che non dice se è immediatamente eseguibile"]
    ["ESA-11" "empty-article" Warning "Circ. P.C.M. 2/5/2001, n. 1/1.1.26" "Articolo senza testo, o da completare"]
    ["ESA-12" "figures-and-words-differ" Error "Codice civile, art. 1346"
        "Cifre e lettere che non dicono lo stesso numero"]
    ["ESA-13" "no-such-day" Error "Codice civile, art. 2963" "Giorno che non esiste"]
    ["ESA-14" "shares-not-whole" Warning "D.Lgs. 267/2000, art. 30, c. 2"
        "Quote di un riparto che non fanno il 100%"]
    ["ESA-15" "bands-with-holes" Warning "D.Lgs. 267/2000, art. 30, c. 2"
        "Fasce di abitanti con vuoti o sovrapposizioni"]
    ["ESA-16" "parts-not-total" Warning "D.Lgs. 267/2000, art. 30, c. 2"
        "Importi o ore che non fanno il totale"]
    ["ESA-17" "wrong-article-cited" Warning "L. 241/1990, art. 3, c. 1"
        "Articolo del TUEL citato per una materia che non tratta"]
    ["ESA-18" "signed-before-approval" Warning "D.Lgs. 267/2000, art. 42, c. 2"
        "Atto firmato prima delle deliberazioni che lo approvano"]
    ["ESA-19" "stranger-named" Warning "Codice civile, art. 1346"
        "Comune nominato una volta sola, forse di un altro atto"]
    ["ESA-20" "unfinished-document" Warning "" "Revisioni, commenti, testo barrato o evidenziato rimasti nel documento"]
}
