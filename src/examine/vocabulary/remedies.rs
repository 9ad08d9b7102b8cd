//! Signs of the guarantees, by what they are about. Called by `vocabulary`.

use super::Where::{Heading, Text, Under};
use super::{Remedy, Row};

const DATA: &str = r"dati personali|riservatezza|privacy|\bdati\b|2016 679|responsabile del procedimento|responsabilita (?:de|di)\w* (?:\w+ )?(?:parti|enti|comuni|capofila|ciascun\w*)";

/// The guarantees (art. 30, c. 2).
pub(super) const REMEDIES: &[(Remedy, &[Row])] = &[
    (
        Remedy::Withdrawal,
        &[
            (
                Heading,
                60,
                r"\brecess[oi]\b|\bdisdetta\b|\britiro\b|\buscita\b|\bscioglimento\b|\brevoca\b|cessazione anticipata|scioglimento anticipato|\brinuncia\b|\bandarsene\b|chi (?:vuole )?(?:esce|uscire)\b",
                r"nomina e revoca|ritiro (?:de|dei) (?:rifiuti|document)",
                "il titolo parla di come si esce dalla convenzione",
            ),
            (
                Text,
                50,
                r"(?:lasciare|abbandonare) (?:lo|il|la|l) (?:sportello|servizio|gestione|ufficio|convenzione)|sciogliersi dal vincolo|ritirarsi prima|recesso (?:e|ne) (?:consentito|ammesso)|(?:puo|possono|potra|potranno|facolta|diritto|ammess[oa]|ammissibile|consentit[oa]|riservano|prevista|intende|vuole)(?: \w+){0,10} (?:rece(?:dere|sso|da)|ritirars|uscire|disdir|sciogliere|lasciare|sciolt)|(?:rece(?:sso|dere)|recede|scioglimento|disdetta)(?: \w+){0,12} (?:puo|possono|ammess|ammissibile|preavviso|comunic|notific|facolta|consentit|esercita|delibera)",
                r"debiti in corso",
                "un ente può recedere",
            ),
            (
                Under,
                25,
                r"preavviso|avviso|giorni prima|mesi prima|almeno|pec\b|raccomandata|comunica",
                DATA,
                "sotto il titolo si dice come si recede",
            ),
        ],
    ),
    (
        Remedy::Default,
        &[
            (
                Heading,
                65,
                r"inadempi|\bpenal[ei]\b|risoluzion[ei] (?:de|anticipata|per)|\brisoluzione\b|\bsanzion[ei]\b|\bdecadenza\b|\besclusione\b|clausol[ae] (?:penal|risolutiv)|se qualcosa (?:non va|va storto|va male)|poteri sostitutivi|interventi sostitutivi|mancato (?:rispetto|pagamento|versamento)|ritard[oi]",
                r"risoluzione (?:delle|di) controversi",
                "il titolo parla di che cosa succede a chi non adempie",
            ),
            (
                Text,
                50,
                r"inadempi\w+|diffid\w+|\bpenal[ei]\b|clausola risolutiva|(?:risol(?:ve|ta|to|vere|uzione)|decade|decadenza|esclus\w+|escluder\w+)(?: \w+){0,10} (?:convenzione|accordo|contratto|diritto|polo|dalla|anticipata)|(?:mancato|omesso|ritardato|ritardo)(?: \w+){0,8} (?:comporta|interess[ei]|riduzione|decadenza|sospension)|non (?:adempi|rispetta)\w*(?: \w+){0,8} (?:richiamat|diffid|esclu|puo|possono)|si applica(?:no)?(?: \w+){0,4} (?:penal|riduzione|sanzion|interess|detrazione|trattenuta)|soggiace (?:a|alla|al) |(?:messo|messa|costituit[oa]) in mora|\bmoros[oaie]\b|perde il diritto|(?:servizio|contributo|quota|ente|comune)(?: \w+){0,12} e (?:sospes[oa]|ridott[oa])\b|(?:chi|comune che|ente che|parte che) non (?:paga|versa|osserva|adempie|rispetta|assicura)|(?:somme|versamenti|pagamenti) tardiv[ei]|(?:manca|mancanza|mancanze)(?: \w+){0,4} (?:ai|agli|dei|degli) (?:propri |suoi )?(?:impegni|obblighi|patti|doveri)|livelli di servizio e penal",
                "",
                "dice che cosa succede a chi non adempie",
            ),
        ],
    ),
    (
        Remedy::Disputes,
        &[
            (
                Heading,
                65,
                r"controversi|contenzios|vertenz|\bliti\b|\bforo\b|clausola compromissoria|arbitrat|composizione (?:de|dei) (?:contrast|conflitt)|conciliazione|giurisdizione",
                "",
                "il titolo parla di controversie",
            ),
            (
                Text,
                50,
                r"(?:controversi\w+|vertenz[ae]|\blit[ei]\b|contestazion\w+|contenzios\w+|contrast[oi]|divergenz\w+)(?: \w+){0,20} (?:compost\w|rimess\w|devolut\w|sottopost\w|definit\w|risolt\w|competen\w+|arbitr\w+|giudice|tribunal\w+|foro|bonari\w+|amichevol\w+|deferit\w)|(?:competente|esclusiva competenza)(?: \w+){0,6} (?:foro|tribunale|giudice)|(?:foro|giudice|tribunale)(?: \w+){0,5} competente|collegio arbitrale|(?:foro|tribunale) esclusivo|(?:dissid\w+|contes[ae]|divergenz\w+|questione|lit[ei])(?: \w+){0,16} (?:decider?a?|decis[eaoi]|portat[ao]|esaminat[ei])(?: \w+){0,8} (?:perito|giudice|tribunale|prefetto|sindaci|arbitr\w+|tar)\b|devolut[ei] al tribunale|risoluzione (?:delle|di) controversie",
                "",
                "dice chi decide una lite",
            ),
        ],
    ),
    (
        Remedy::Cover,
        &[
            (
                Heading,
                60,
                r"\bgaranzi[ae]\b|assicurazion|\bcauzion|\bfideiussion|responsabilita civile|\btutela\b|\bmanleva\b|^responsabilita$|responsabilita e (?:garanzie|inadempi|assicura)|deposito cauzionale",
                DATA,
                "il titolo parla di garanzie, assicurazioni o responsabilità",
            ),
            (
                Text,
                45,
                r"polizz[ae]|fideiussion\w+|fideiussori\w+|cauzion\w+|(?:assicura\w*|assicurat\w)(?: \w+){0,4} (?:contro|responsabilita civile|terzi)|(?:rispond\w+|responsabil\w+)(?: \w+){0,6} dann[io]|manlev\w+|tien\w* indenn\w|a cautela (?:de|d)\w*|assicurat[oiae] (?:contro|per i danni|per le)|a garanzia (?:del|della|dell|degli|delle)",
                DATA,
                "dice di assicurazioni, cauzioni o danni",
            ),
        ],
    ),
];
