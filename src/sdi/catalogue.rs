//! The table of the controls: `spiega 00423` and `docs/controlli-sdi.md` come from it; the controls are in
//! `sdi::format` and `sdi::controls`. Controls that only the system can make are not here: registries (00311, 00312, 00320–
//! 00326, 00398, 00399), what was sent before (00002, 00404), signatures (00100–00107). Nor is 00460, which is about
//! simplified invoices.

/// A control of the exchange system.
#[derive(Debug, Clone, Copy)]
pub struct Control {
    /// Code: `00423`.
    pub code: &'static str,
    /// Number and name of the element it looks at; empty for the file as a whole.
    pub element: &'static str,
    /// What it wants, in Italian.
    pub title: &'static str,
    /// Why and how, in Italian.
    pub explanation: &'static str,
}

/// The control of a code.
pub fn find(code: &str) -> Option<&'static Control> {
    CONTROLS.iter().find(|control| control.code == code)
}

const fn control(code: &'static str, element: &'static str, title: &'static str, explanation: &'static str) -> Control {
    Control { code, element, title, explanation }
}

/// All controls, by code.
pub static CONTROLS: &[Control] = &[
    control(
        "00001",
        "",
        "Il nome del file segue la forma prescritta",
        "Il nome è fatto di codice del Paese, codice fiscale di chi trasmette (da 11 a 16 caratteri per l’Italia), \
         trattino basso e un progressivo da 1 a 5 lettere o cifre; finisce con .xml, .xml.p7m o .zip. Lo stesso nome \
         non si usa due volte. Un file tenuto con un altro nome si controlla lo stesso, ma va rinominato prima di \
         trasmetterlo.",
    ),
    control(
        "00003",
        "",
        "Il file non supera i 5 MB",
        "È il limite dei canali web del sistema di interscambio. Pesano soprattutto gli allegati: vanno ridotti o \
         mandati per altra via.",
    ),
    control(
        "00200",
        "",
        "Il file segue il formato della fattura",
        "Elementi, ordine, ripetizioni, lunghezze e valori ammessi sono quelli dello schema 1.2.3 (FPA12 e FPR12). \
         Finché il formato non è giusto il contenuto non si controlla: prima si correggono questi errori, poi si \
         controlla di nuovo.",
    ),
    control(
        "00201",
        "",
        "Gli errori di formato non sono più di 50",
        "Oltre 50 errori di formato l’elenco si ferma. Di solito la causa è una sola: un file di un altro tipo, o un \
         namespace sbagliato.",
    ),
    control(
        "00300",
        "1.1.1.2 <IdCodice>",
        "Il codice fiscale di chi trasmette può essere valido",
        "Il sistema lo cerca in Anagrafe tributaria; qui si verifica la cifra o il carattere di controllo, perché un \
         codice che non torna non può esserci. Vale per i codici italiani.",
    ),
    control(
        "00301",
        "1.2.1.1.2 <IdCodice>",
        "La partita IVA di chi vende può essere valida",
        "Undici cifre con la cifra di controllo giusta, se il Paese è IT. Che sia attiva lo sa solo l’Anagrafe \
         tributaria.",
    ),
    control(
        "00302",
        "1.2.1.2 <CodiceFiscale>",
        "Il codice fiscale di chi vende può essere valido",
        "Undici cifre per un ente o sedici caratteri per una persona, con il controllo finale giusto. Che esista lo \
         sa solo l’Anagrafe tributaria.",
    ),
    control(
        "00303",
        "1.3.1.1.2, 1.4.4.1.2 <IdCodice>",
        "La partita IVA del rappresentante fiscale può essere valida",
        "Undici cifre con la cifra di controllo giusta, se il Paese è IT; vale per il rappresentante di chi vende e \
         per quello del cliente.",
    ),
    control(
        "00304",
        "1.3.1.2 <CodiceFiscale>",
        "Il codice fiscale del rappresentante può essere valido",
        "Undici cifre per un ente o sedici caratteri per una persona, con il controllo finale giusto.",
    ),
    control(
        "00305",
        "1.4.1.1.2 <IdCodice>",
        "La partita IVA del cliente può essere valida",
        "Undici cifre con la cifra di controllo giusta, se il Paese è IT. Che sia attiva lo sa solo l’Anagrafe \
         tributaria.",
    ),
    control(
        "00306",
        "1.4.1.2 <CodiceFiscale>",
        "Il codice fiscale del cliente può essere valido",
        "Undici cifre per un ente o sedici caratteri per una persona, con il controllo finale giusto. Nel campo del \
         codice fiscale non si scrive IT davanti.",
    ),
    control(
        "00313",
        "1.1.4 <CodiceDestinatario>",
        "XXXXXXX è solo per i clienti esteri",
        "Il codice di sette X dice che il cliente non è stabilito in Italia: la sua partita IVA non può avere IT come \
         Paese.",
    ),
    control(
        "00330",
        "1.1.6 <PECDestinatario>",
        "La PEC non è una casella del sistema di interscambio",
        "La PEC è quella del cliente. Le caselle del dominio pec.fatturapa.it servono a trasmettere, non a ricevere.",
    ),
    control(
        "00400",
        "2.2.1.14 <Natura>",
        "Una linea con aliquota zero ha la natura",
        "Dove l’IVA è zero si scrive perché: escluse (N1), non soggette (N2.1, N2.2), non imponibili (N3.x), esenti \
         (N4), margine (N5), inversione contabile (N6.x), IVA assolta in altro Stato (N7).",
    ),
    control(
        "00401",
        "2.2.1.14 <Natura>",
        "Una linea con aliquota diversa da zero non ha la natura",
        "L’aliquota dice che l’operazione è imponibile e la natura dice che non lo è. Fa eccezione il TD16, che \
         aggiunge l’IVA a una fattura ricevuta senza.",
    ),
    control(
        "00403",
        "2.1.1.3 <Data>",
        "La data del documento non è dopo la ricezione",
        "Un documento non può portare una data che deve ancora venire quando il file arriva al sistema di \
         interscambio.",
    ),
    control(
        "00409",
        "2.1.1.4 <Numero>",
        "Nel lotto lo stesso numero non c’è due volte",
        "Chi vende dà a ogni documento dell’anno un numero diverso. Una nota di credito (TD04) può avere il numero di \
         una fattura. Che il numero non sia già stato trasmesso con un altro file (00404) lo sa solo il sistema.",
    ),
    control(
        "00411",
        "2.1.1.5 <DatiRitenuta>",
        "Una linea soggetta a ritenuta ha i dati della ritenuta",
        "Se anche una sola linea ha <Ritenuta> SI, nei dati generali serve il blocco DatiRitenuta con tipo, importo, \
         aliquota e causale.",
    ),
    control(
        "00413",
        "2.1.1.7.7 <Natura>",
        "Un contributo di cassa con aliquota zero ha la natura",
        "Vale come per le linee (00400).",
    ),
    control(
        "00414",
        "2.1.1.7.7 <Natura>",
        "Un contributo di cassa con aliquota diversa da zero non ha la natura",
        "Vale come per le linee (00401).",
    ),
    control(
        "00415",
        "2.1.1.5 <DatiRitenuta>",
        "Un contributo di cassa soggetto a ritenuta ha i dati della ritenuta",
        "Se un contributo di cassa previdenziale ha <Ritenuta> SI, nei dati generali serve il blocco DatiRitenuta.",
    ),
    control(
        "00417",
        "1.4.1.1 <IdFiscaleIVA>",
        "Il cliente ha la partita IVA o il codice fiscale",
        "Almeno uno dei due deve esserci. Per un Comune basta il codice fiscale; la partita IVA si scrive se acquista \
         nell’attività commerciale.",
    ),
    control(
        "00418",
        "2.1.1.3 <Data>",
        "La data non è prima di quella delle fatture collegate",
        "Una nota di credito non può precedere la fattura che corregge; lo stesso vale per ogni documento che ne \
         richiama un altro in DatiFattureCollegate.",
    ),
    control(
        "00419",
        "2.2.2 <DatiRiepilogo>",
        "Ogni aliquota ha il suo riepilogo",
        "Per ogni aliquota delle linee e dei contributi di cassa serve almeno un blocco DatiRiepilogo.",
    ),
    control(
        "00420",
        "2.2.2.2 <Natura>",
        "L’inversione contabile non va con la scissione dei pagamenti",
        "Con le nature N6 l’IVA la versa il cliente per inversione contabile: EsigibilitaIVA non può essere S.",
    ),
    control(
        "00421",
        "2.2.2.6 <Imposta>",
        "L’imposta è aliquota per imponibile",
        "Si moltiplica l’imponibile del riepilogo per l’aliquota e si arrotonda al centesimo, per eccesso dalla terza \
         cifra 5 in su. Si fa una volta per riepilogo, non linea per linea: uno scarto di un centesimo o più si \
         rifiuta.",
    ),
    control(
        "00422",
        "2.2.2.5 <ImponibileImporto>",
        "L’imponibile è la somma delle linee",
        "Per ogni aliquota e natura: totali delle linee, più contributi di cassa, più l’arrotondamento del riepilogo. \
         Uno scarto di un euro o più si rifiuta. Le spese accessorie si ammettono dentro o fuori dalla somma.",
    ),
    control(
        "00423",
        "2.2.1.11 <PrezzoTotale>",
        "Il totale della linea è prezzo per quantità",
        "Prezzo unitario, meno sconti e più maggiorazioni, per quantità (1 se manca). Gli sconti si applicano al \
         prezzo unitario uno dopo l’altro: le percentuali al prezzo già scontato, gli importi per unità. Uno scarto \
         di un centesimo o più si rifiuta.",
    ),
    control(
        "00424",
        "2.2.1.12, 2.2.2.1, 2.1.1.7.5 <AliquotaIVA>",
        "L’aliquota è in percentuale",
        "Il 22 per cento si scrive 22.00: un’aliquota maggiore di zero e minore di uno è un errore di scrittura.",
    ),
    control(
        "00425",
        "2.1.1.4 <Numero>",
        "Il numero del documento contiene una cifra",
        "Il numero può avere lettere e segni, ma almeno una cifra da 0 a 9.",
    ),
    control(
        "00426",
        "1.1.6 <PECDestinatario>",
        "La PEC si scrive solo senza codice destinatario",
        "Con un codice destinatario diverso da 0000000 la PEC non si usa. Che con 0000000 la PEC possa mancare è \
         ammesso: il cliente trova la fattura nella sua area riservata.",
    ),
    control(
        "00427",
        "1.1.4 <CodiceDestinatario>",
        "Il codice destinatario ha la lunghezza del formato",
        "Sei caratteri con FPA12 (codice ufficio di IndicePA, per le amministrazioni), sette con FPR12.",
    ),
    control(
        "00428",
        "1.1.3 <FormatoTrasmissione>",
        "Formato di trasmissione e versione coincidono",
        "L’attributo versione della radice e l’elemento FormatoTrasmissione hanno lo stesso valore: FPA12 o FPR12.",
    ),
    control(
        "00429",
        "2.2.2.2 <Natura>",
        "Un riepilogo con aliquota zero ha la natura",
        "Vale come per le linee (00400): una natura, un riepilogo.",
    ),
    control(
        "00430",
        "2.2.2.2 <Natura>",
        "Un riepilogo con aliquota diversa da zero non ha la natura",
        "Vale come per le linee (00401), con la stessa eccezione del TD16.",
    ),
    control(
        "00437",
        "2.1.1.8 <ScontoMaggiorazione>",
        "Lo sconto sul documento ha percentuale o importo",
        "Il solo tipo (SC o MG) non dice quanto.",
    ),
    control(
        "00438",
        "2.2.1.10 <ScontoMaggiorazione>",
        "Lo sconto sulla linea ha percentuale o importo",
        "Il solo tipo (SC o MG) non dice quanto.",
    ),
    control(
        "00443",
        "2.2.1.12, 2.1.1.7.5, 2.2.2.1 <AliquotaIVA>",
        "Linee e riepiloghi hanno le stesse aliquote",
        "Ogni aliquota delle linee e dei contributi di cassa sta anche nei riepiloghi, e viceversa.",
    ),
    control(
        "00444",
        "2.2.1.14, 2.1.1.7.7, 2.2.2.2 <Natura>",
        "Linee e riepiloghi hanno le stesse nature",
        "Ogni natura delle linee e dei contributi di cassa sta anche nei riepiloghi, e viceversa.",
    ),
    control(
        "00445",
        "2.2.1.14, 2.1.1.7.7, 2.2.2.2 <Natura>",
        "N2, N3 e N6 da sole non si usano più",
        "Per i documenti dal 1° gennaio 2021 serve il dettaglio: N2.1, N2.2, da N3.1 a N3.6, da N6.1 a N6.9.",
    ),
    control(
        "00471",
        "2.1.1.1 <TipoDocumento>",
        "Chi vende e chi compra sono due",
        "Nei documenti TD01, TD02, TD03, TD06, da TD16 a TD20, TD24, TD25, TD28 e TD29 i due soggetti sono diversi. \
         Si confronta la partita IVA; se il cliente non l’ha, il codice fiscale.",
    ),
    control(
        "00472",
        "2.1.1.1 <TipoDocumento>",
        "Nell’autofattura chi vende e chi compra sono uno",
        "Nei documenti TD21 e TD27 i due soggetti coincidono.",
    ),
    control(
        "00473",
        "2.1.1.1 <TipoDocumento>",
        "Il Paese di chi vende va con il tipo di documento",
        "Con TD17, TD18, TD19 e TD28 chi vende è estero; con TD29 è italiano.",
    ),
    control(
        "00474",
        "2.2.1.12 <AliquotaIVA>",
        "Nel TD21 nessuna linea ha aliquota zero",
        "L’autofattura per splafonamento serve a versare l’IVA: ogni linea è imponibile.",
    ),
    control(
        "00475",
        "1.4.1.1 <IdFiscaleIVA>",
        "Chi integra o emette al posto del venditore ha la partita IVA",
        "Con TD16, TD17, TD18, TD19, TD20, TD22, TD23, TD28 e TD29 il documento lo fa il cliente, che è soggetto IVA: \
         la sua partita IVA deve esserci.",
    ),
    control(
        "00476",
        "1.2.1.1.1 <IdPaese>",
        "Almeno uno fra chi vende e chi compra è italiano",
        "I Paesi delle due partite IVA non possono essere tutti e due diversi da IT.",
    ),
];
