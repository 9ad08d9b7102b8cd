//! Signs of the reciprocal obligations. Called by `vocabulary`.

use super::Row;
use super::Where::{Heading, Text, Under};

/// The reciprocal obligations (art. 30, c. 2).
pub(super) const DUTIES: &[Row] = &[
    (
        Heading,
        75,
        r"obblig|\bimpegn[oi]\b|\bdover[ie]\b|adempiment[oi]|compit[oi] (?:de|di)|^compiti\b|che cosa fa|cosa mettiamo|chi mette che cosa|chi fa (?:che )?(?:che )?cosa|attribuzioni|prestazioni (?:de|reciproche)|attivita (?:della|dell|del|delle|degli|dei) (?:\w+ )?(?:centrale|enti|comuni|capofila|parti|ente|comune|provincia)|responsabilita (?:de|di)\w* (?:\w+ )?(?:parti|enti|comun[ei]|ente|capofila|amministrazion[ei]|ciascun\w*)",
        r"impegn[oi] di spesa|obblighi di (?:pubblicita|riservatezza|tracciabilita)",
        "è il titolo di rito, o un suo sinonimo",
    ),
    (
        Heading,
        55,
        r"\bcapofila\b|ent[ei] (?:aderent[ei]|associat[oi]|coordinator[ei]|gestor[ei]|convenzionat[oi]|della rete|centro rete|delegat[oi]|responsabil[ei])|comun[ei] (?:capofila|associat[oi]|aderent[ei]|responsabile|sede|capo convenzione)|gli altri (?:comuni|enti)|\bruol[oi]\b|funzioni (?:del|dell|della) (?:capofila|ente|comune|provincia)|modalita (?:operative|organizzative|di (?:accesso|svolgimento|attuazione|collaborazione|esecuzione))|\bcompiti\b|orario di (?:lavoro|servizio)|risorse (?:umane|strumentali)|dotazione (?:di|del) personale",
        r"recesso|assemblea|conferenza|adesione|tavolo|comitato|consultazion",
        "titoli che di solito dicono che cosa fa ciascuno",
    ),
    (
        Under,
        20,
        r"si impegn|si obblig|tenut[oaie]|assicur|garant|provved|fornis|mett|cura|trasmett|comunic|individu|nomin|designa|tien|aggiorn|distacc|organizz|svolg|redig|attua|raccogl|custod|esegu|rispett|partecip|collabor|deve|devono",
        "",
        "sotto il titolo c’è un verbo di impegno",
    ),
    (
        Text,
        50,
        r"si (?:reciprocamente )?(?:impegn|obblig)(?:a|ano)\b|e tenut[oa] a|sono tenut[ie] a|ha l obbligo|hanno l obbligo|assum\w+ (?:l|gli|il|i|i seguenti|i reciproci|a proprio carico) (?:obblig\w+|impegn\w+)|e obbligat[oa]|sono obbligat[ie]|si fa carico|si fanno carico",
        r"controversi|recesso|si impegnano a collaborare nella realizzazione",
        "una parte si obbliga espressamente",
    ),
    (
        Text,
        35,
        r"<PARTE>(?: \w+){0,8} (?:fornisc\w+|mett\w+ a disposizione|assicura(?:no)?|garantisc\w+|cura(?:no)?|provved\w+|trasmett\w+|comunica(?:no)?|individua(?:no)?|nomina(?:no)?|designa(?:no)?|tiene|tengono|aggiorna(?:no)?|distacca(?:no)?|organizza(?:no)?|custodisc\w+|svolg\w+|redig\w+|attua(?:no)?|raccogli\w*|esegu\w+|assum\w+|risponde|rispondono|presta(?:no)?|si occupa(?:no)?|adotta(?:no)?|impiega)\b",
        r"recesso|recedere|controversi|preavviso|si riunisc",
        "una parte ha qualcosa da fare",
    ),
    (
        Text,
        30,
        r"mett\w+ a disposizione|provved\w+ (?:a|al|alla|alle|ai|agli|all)\b|si (?:fa|fanno) carico|nomina(?:no)? un referente",
        r"recesso|recedere|controversi|preavviso",
        "qualcuno, anche se l’atto lo chiama per nome, ha qualcosa da fare",
    ),
    (
        Text,
        50,
        r"(?:spetta|spettano|compete|competono|tocca) (?:a|al|alla|all|ai)\b(?: \w+){1,4} (?:la|il|l|le|i|gli|lo|curare|provvedere|tenere)\b|<PARTE>(?: \w+){0,3} (?:dovra|dovranno|deve|devono) (?:tener|lasciar|ripar|fornir|curar|provved|assicur|garant|custod|avvert|comunic)\w*|resta datore di lavoro|<PARTE>(?: \w+){0,3} (?:guida|custodisc\w|mantien\w|apre|apron\w)",
        r"recesso|recedere|controversi|preavviso|proventi",
        "dice che cosa tocca a una parte, con altre parole",
    ),
    (
        Text,
        35,
        r"^ ?(?:\w+ ){1,5}(?:(?:dovra|dovranno|deve|devono) (?:tener|lasciar|ripar|fornir|curar|provved|assicur|garant|custod|avvert|comunic)\w*|sceglie|scelgono|firma|firmano|manda|mandano|presta|prestano|offre|offrono|apre|aprono|custodisc\w+|distacca|distaccano|mantiene|mantengono|ritira|stampa|anticipa|pubblica|pubblicano|segnala|segnalano|avvisa|avvisano|pulisc\w+|chiama|tengono riservat\w)\b",
        r"convenzione|accordo|comitat|conferenza|commissione|assemblea|recesso|controversi",
        "una frase comincia con un nome e con quello che deve fare: enti chiamati con il loro nome",
    ),
    (
        Text,
        25,
        r"(?:deve|devono|dovra|dovranno|e compito|spetta|compete|competono)(?: \w+){0,3} <PARTE>|<PARTE>(?: \w+){0,5} (?:deve|devono|dovra|dovranno)\b",
        r"recesso|recedere|controversi|preavviso",
        "una parte deve fare qualcosa",
    ),
];
