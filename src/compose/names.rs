//! Every name that a template may use, with its kind: what the lint checks against before any data are read. A test
//! holds it equal to what `context` really gives.

use std::collections::BTreeMap;

use crate::model::{Model, Parameter};

/// What a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// Can be printed; in a condition it is false where there is no value.
    Text,
    /// Only for conditions.
    Flag,
    /// Holds other names: `ente.nome`.
    Group(Scope),
    /// Can be gone through with `each`; inside, these names.
    List(Scope),
}

/// Names by word.
pub type Scope = BTreeMap<String, Name>;

const CONVENTION: &str = "titolo decorrenza scadenza durata durata_aggettivo luogo_firma data_firma sede anno preavviso \
    recesso_anno_ordinale recesso_dal recesso_ultimo_giorno regime_iva aliquota_iva importo_totale";
const CONVENTION_FLAGS: &str = "recesso_limitato bilaterale multilaterale schema stipula firma_digitale rinnovo_espresso \
    rinnovo_tacito rinnovo_no fondamentali forma_delega forma_ufficio forma_coordinamento iva_fuori_campo iva_esente \
    iva_imponibile scissione";
const BODY: &str = "nome il il_maiuscolo del al dal nel sede codice_fiscale partita_iva pec abitanti abitanti_al \
    rappresentante carica carica_il carica_il_maiuscolo carica_del organo organo_il organo_il_maiuscolo organo_del \
    codice_ente";
const BODY_FLAGS: &str =
    "comune provincia citta_metropolitana unione montana regione societa privato altro_ente gia_aderente";
const DELIBERATION: &str = "numero data organo pubblicata_il esecutiva_dal presenti votanti favorevoli contrari astenuti \
    non_partecipanti favorevoli_immediata parere_tecnico responsabile_tecnico parere_contabile responsabile_contabile \
    parere_revisori capitolo missione programma importo_annuo presidente segretario rappresentante";
const DELIBERATION_FLAGS: &str = "presente adottata proposta schema adesione rinnovo immediata contabile_non_dovuto con_revisori \
    con_astenuti con_non_partecipanti con_spesa unanime";
const FEE: &str = "annua annua_lettere totale totale_lettere tariffa tariffa_impresa importo_fisso soglia costi_fissi abitanti \
    abitanti_al fascia imprese postazioni postazioni_totali iva_annua annua_lorda totale_lordo totale_lordo_lettere \
    numero_annualita propria propria_lettere dei_membri dei_membri_lettere";
const FEE_FLAGS: &str = "criterio_abitante criterio_impresa criterio_fascia criterio_postazione stanziata nessuna per_abitante \
    per_impresa per_fascia per_postazione fissa solo_membri con_membri dovuta con_calcolo con_fasce con_fasce_imprese \
    a_scaglioni a_fasce con_sconti oltre_fissa";
const FEE_LINE: &str = "voce quantita prezzo sconto importo";
const FEE_MEMBER: &str = "nome il abitanti annua parte importo resto";
const BAND: &str = "fascia importo sconto";
const ALL_FEES: &str = "nome abitanti imprese postazioni propria annua annua_lorda totale totale_lordo unione";
const ALL_TOTALS: &str =
    "enti abitanti imprese postazioni propria annua annua_lorda totale totale_lettere totale_lordo";
const YEAR: &str = "periodo importo iva lordo";
const INCLUDED: &str = "codice nome descrizione livello";
const ON_REQUEST: &str = "codice nome descrizione livello prezzo attivazione assistenza";
const CHARGE: &str = "codice nome quantita importo";
const PRICE: &str = "nome fascia prezzo sconto";
const ORGAN: &str = "nome il del composizione convocazione frequenza quorum maggioranza competenze";
const MEMBER: &str = "nome il";
const SERVICE: &str = "codice nome descrizione livello modalita prezzo costo attivazione assistenza preavviso";
const SERVICE_FLAGS: &str = "presente incluso maggiorata listino una_tantum nominativo con_attivazione con_assistenza";
const OFFER: &str = "codice nome descrizione livello modalita prezzo attivazione assistenza preavviso in_uso";
const OFFER_FLAGS: &str = "incluso maggiorata listino una_tantum nominativo";
const REQUEST: &str = "data quantita motivo attivo_dal effetto ultimo_giorno";
const REQUEST_FLAGS: &str = "presente tardiva";
const ADHESION: &str = "organo numero data seduta unione";
const ADHESION_FLAGS: &str = "deliberata da_deliberare tramite_unione";
const IN_USE: &str = "codice nome quantita dal prezzo";
const IN_USE_FLAGS: &str = "confermato in_disdetta";
const WITHDRAWAL: &str = "comunicato_il effetto ultimo_giorno";
const ADHERENT: &str = "il il_maiuscolo del al dal dei";
const ADHERENT_FLAGS: &str = "altro_ente gia_aderente unione per_membri";
const RECIPIENT: &str = "nome cognome sede_lavoro";
const POST: &str = "nome_completo ruolo ufficio telefono email";
const ALLOCATION: &str = "ente anno capitolo importo";
const RESOURCES: &str = "totale totale_lettere totale_ente totale_ente_lettere";
const ACTIVITY: &str = "codice attivita ente risultato indicatore valore_atteso entro";
const BILL: &str = "tipo numero anno data data_del file periodo bollo convenzione_titolo convenzione_estremi \
    impegno_estremi cig cup fattura_estremi scadenza scadenza_motivo entro tesoreria iban";
const BILL_FLAGS: &str =
    "fattura nota_credito richiesta scissione con_iva con_sconti con_quantita piu_righe bollo_addebitato";
const BILL_PARTY: &str = "nome sede codice_fiscale partita_iva codice_ufficio pec";
const BILL_LINE: &str = "numero descrizione periodo quantita prezzo sconto importo iva";
const BILL_SUMMARY: &str = "iva norma imponibile imposta";
const BILL_TOTALS: &str = "imponibile iva totale da_pagare da_pagare_lettere";
const ENCLOSURE: &str = "nome titolo impronta";

fn scope(texts: &str, flags: &str) -> Scope {
    let texts = texts.split_whitespace().map(|word| (word.to_owned(), Name::Text));
    texts.chain(flags.split_whitespace().map(|word| (word.to_owned(), Name::Flag))).collect()
}

/// The names of a bill.
fn bill() -> Scope {
    let mut bill = scope(BILL, BILL_FLAGS);
    for (name, words) in
        [("emittente", BILL_PARTY), ("destinatario", BILL_PARTY), ("totali", BILL_TOTALS), ("contatto", POST)]
    {
        bill.insert(name.to_owned(), Name::Group(scope(words, "")));
    }
    for (name, words) in [("righe", BILL_LINE), ("riepiloghi", BILL_SUMMARY), ("motivi", "testo")] {
        bill.insert(name.to_owned(), Name::List(scope(words, "")));
    }
    bill
}

/// The names at the root of a template of `model`.
pub fn names(model: &Model) -> Scope {
    let mut fee = scope(FEE, FEE_FLAGS);
    let people = ["referenti", "delegati", "gruppi", "altri"];
    let people = people.map(|name| (name.to_owned(), Name::List(scope(POST, ""))));
    let mut party = scope(BODY, BODY_FLAGS);
    party.insert("delibera".to_owned(), Name::Group(scope(DELIBERATION, DELIBERATION_FLAGS)));
    party.insert("membri".to_owned(), Name::List(scope(MEMBER, "")));
    let list = |words| Name::List(scope(words, ""));
    for (name, words) in
        [("anni", YEAR), ("righe", FEE_LINE), ("membri", FEE_MEMBER), ("fasce", BAND), ("fasce_imprese", BAND)]
    {
        fee.insert(name.to_owned(), list(words));
    }
    let mut on_request = scope(ON_REQUEST, "");
    on_request.insert("fasce".to_owned(), list(BAND));
    let mut services = scope("addebiti_totale", "con_sconti con_maggiorata con_listino");
    services.insert("a_richiesta".to_owned(), Name::List(on_request));
    for (name, words) in [("inclusi", INCLUDED), ("addebiti", CHARGE), ("prezzi", PRICE)] {
        services.insert(name.to_owned(), list(words));
    }
    let parameters = model.parametri.iter().map(|(key, value)| {
        let kind = if matches!(value, Parameter::Flag(_)) { Name::Flag } else { Name::Text };
        (key.clone(), kind)
    });
    [
        ("convenzione", Name::Group(scope(CONVENTION, CONVENTION_FLAGS))),
        ("capofila", Name::Group(scope(BODY, BODY_FLAGS))),
        ("ente", Name::Group(scope(BODY, BODY_FLAGS))),
        ("delibera", Name::Group(scope(DELIBERATION, DELIBERATION_FLAGS))),
        ("delibera_capofila", Name::Group(scope(DELIBERATION, DELIBERATION_FLAGS))),
        ("quota", Name::Group(fee)),
        ("quote", list(ALL_FEES)),
        ("quote_totali", Name::Group(scope(ALL_TOTALS, ""))),
        ("servizi", Name::Group(services)),
        ("organi", Name::List(scope(ORGAN, ""))),
        ("modello", Name::Group(parameters.collect())),
        ("membri", Name::List(scope(MEMBER, ""))),
        ("unione_per_membri", Name::Flag),
        ("aderente", Name::Group(scope(ADHERENT, ADHERENT_FLAGS))),
        ("aderenti", Name::List(scope(MEMBER, ""))),
        ("servizio", Name::Group(scope(SERVICE, SERVICE_FLAGS))),
        ("richiesta", Name::Group(scope(REQUEST, REQUEST_FLAGS))),
        ("adesione", Name::Group(scope(ADHESION, ADHESION_FLAGS))),
        ("beneficiari", Name::List(scope(RECIPIENT, ""))),
        ("referente", Name::Group(scope(POST, ""))),
        ("incarichi", Name::Group(people.into_iter().collect())),
        ("catalogo", Name::List(scope(OFFER, OFFER_FLAGS))),
        ("attivi", Name::List(scope(IN_USE, IN_USE_FLAGS))),
        ("fabbisogni", Name::Group(scope("anno postazioni", ""))),
        ("recesso", Name::Group(scope(WITHDRAWAL, "presente tardivo"))),
        ("parti", Name::List(party)),
        ("stanziamenti", Name::List(scope(ALLOCATION, "dell_ente"))),
        ("risorse", Name::Group(scope(RESOURCES, "presenti dell_ente"))),
        ("attivita", Name::List(scope(ACTIVITY, ""))),
        ("documento", Name::Group(bill())),
        ("documenti", Name::List(scope(ENCLOSURE, ""))),
    ]
    .into_iter()
    .map(|(word, name)| (word.to_owned(), name))
    .collect()
}
