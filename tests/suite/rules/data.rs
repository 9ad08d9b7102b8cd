//! Cases that cells decide: the workbook, the bodies, the data of the convention, deliberations, fees.

use scrivano::money::Money;
use scrivano::table::{Cell, Raw};

use super::{Book, Case, EMPTY, Subject, signed};
use crate::support::edited;

/// A Comune whose council has voted; executive after publication.
const VOTED: &str = "c_a327";
/// One whose deliberation was executive at once.
const AT_ONCE: &str = "c_a035";

pub fn cases() -> Vec<Case> {
    let mut cases = workbook();
    cases.extend(bodies());
    cases.extend(convention());
    cases.extend(deliberations());
    cases.extend(fees());
    cases
}

/// A further header in `Enti`, in column AO.
fn header(text: &str) -> Book {
    let mut book = Book::small();
    let sheet = book.0.sheets.iter_mut().find(|sheet| &*sheet.name == "Enti").expect("a sheet");
    sheet.rows[0].cells.push(Cell { col: 40, raw: Raw::Text(text.to_owned()) });
    book
}

fn workbook() -> Vec<Case> {
    let base = Book::small();
    let ruolo = ("Enti", "1", "ruolo");
    let imprese = ("Enti", VOTED, "imprese");
    let broken = base.clone().put_raw(imprese, Some(Raw::Error("#DIV/0!".to_owned())));
    let uncalculated = base.clone().put_raw(imprese, Some(Raw::Uncalculated("=SOMMA(A1)".to_owned())));
    vec![
        Case::books("WB-01", "prova.xlsx", base.clone().without_sheet("Servizi"), base.clone()),
        Case::books("WB-02", "Enti!A1", base.clone().put(ruolo, EMPTY), base.clone()),
        Case::cell("WB-03", &base, imprese, "molte", "1.200"),
        Case::cell("WB-03", &base, ("Enti", VOTED, "abitanti"), "circa 1700", "1704"),
        Case::cell("WB-03", &base, ("Enti", VOTED, "rappresentante"), "da definire", "Dina Valli"),
        Case::cell("WB-03", &base, ("Enti", VOTED, "indirizzo"), "-----", "via Roma 1"),
        Case::cell("WB-03", &base, ("Servizi", "formazione", "importo"), "-35", "35"),
        Case::books("WB-04", base.place(imprese).to_string(), broken, base.clone().put(imprese, "1")),
        Case::books("WB-04", base.place(imprese).to_string(), uncalculated, base.clone()),
        Case::books("WB-05", "Enti!AO1", header("colore"), base.clone()).note(),
        // "abitanti" is there: what begins so is another column.
        Case::books("WB-05", "Enti!AO1", header("Abitanti al 31/12/2024"), base.clone()).note(),
        // Without "imprese" the same begins a column that is missing.
        Case::cell("WB-05", &base, ("Enti", "1", "imprese"), "imprese attive nel 2024", "imprese").warning(),
        Case {
            code: "WB-06",
            severity: scrivano::rule::Severity::Error,
            place: "prova.xlsx".to_owned(),
            bad: Subject::Bytes(b"%PDF-1.7\n%%EOF\n".to_vec()),
            good: Subject::Bytes(include_bytes!("../../../fixtures/upi.xlsx").to_vec()),
        },
        Case::cell("WB-07", &base, ("Servizi", "formazione", "nome"), "Formazione 📞", "Formazione €"),
        Case::cell("WB-08", &base, ("Enti", AT_ONCE, "codice_fiscale"), "152230413", "00152230413").note(),
        Case::books("WB-09", "Enti!AO1", header("località"), base.clone()),
        Case::books("WB-09", "enti !A1", base.clone().with_twin("Enti", "enti "), base.clone()),
        Case::cell("WB-10", &base, ("Richieste", AT_ONCE, "ente"), "c_zzzz", VOTED),
        Case::cell("WB-11", &base, ("Convenzione", "titolo", ""), EMPTY, "Convenzione"),
        Case::cell("WB-12", &base, ("Convenzione", "modello", ""), "pesaro", "pesaro-urbino"),
        Case::cell("WB-13", &base, ("Enti", VOTED, "pec"), EMPTY, "protocollo@pec.example.it")
            .at(base.place(("Enti", VOTED, "codice")).to_string())
            .note(),
    ]
}

fn bodies() -> Vec<Case> {
    let base = Book::small();
    let of = |column| ("Enti", VOTED, column);
    let signed = signed();
    let mayors = |first| {
        let book = Book::small().put(("Enti", AT_ONCE, "rappresentante"), first);
        let book = book.put(("Enti", AT_ONCE, "carica"), "Sindaca").put(("Enti", VOTED, "carica"), "Sindaca");
        book.put(("Enti", VOTED, "rappresentante"), "Dina Valli")
    };
    // Without a code the row takes that of the list, or one made from the name.
    let added = |name, province| {
        let cells = [
            ("tipo", "Comune"),
            ("ruolo", "aderente"),
            ("denominazione", name),
            ("provincia", province),
            ("abitanti", "120"),
            ("abitanti_al", "01/01/2014"),
            ("rappresentante", "Dina Valli"),
            ("carica", "Sindaca"),
        ];
        Book::small().add("Enti", &cells)
    };
    vec![
        Case::cell("ENT-01", &base, of("codice_fiscale"), "82000010412", "82000010411"),
        Case::cell("ENT-02", &base, of("partita_iva"), "01234567890", "00360580419"),
        Case::cell("ENT-03", &base, of("cap"), "610422", "61042"),
        Case::cell("ENT-04", &base, of("pec"), "comune.apecchio@emarche", "comune.apecchio@emarche.it"),
        Case::cell("ENT-05", &base, of("codice_istat"), "041006", "041002"),
        Case::cell("ENT-05", &base, of("provincia"), "RN", "PU"),
        Case::cell("ENT-06", &base, ("Enti", "consorzio-strade", "codice_fiscale"), "82000010411", EMPTY),
        Case::cell("ENT-07", &base, of("abitanti"), "1533", "1534").warning(),
        Case::cell("ENT-08", &base, of("codice_ufficio"), "UF12", "UFAB12"),
        Case::cell("ENT-09", &signed, of("rappresentante"), EMPTY, "Dina Valli"),
        Case::cell("ENT-09", &base, of("rappresentante"), EMPTY, "Dina Valli").note(),
        Case::cell("ENT-10", &base, of("codice_fiscale"), "99900000078", "82000010411").warning(),
        Case::cell("ENT-10", &base, of("codice_fiscale"), "00146060413", "82000010411"),
        Case::cell("ENT-01", &base, of("codice_fiscale"), "RSSMRA80A01H501U", "82000010411"),
        Case::books("ENT-11", "Enti!D64", added("Comune di Auditore", "PU"), added("Comune di Peglio", "PU")),
        Case::cell("ENT-12", &base, of("tipo"), "Unione di Comuni", "Comune"),
        Case::cell("ENT-12", &base, of("carica"), "Presidente", "Sindaca").warning(),
        Case::cell("ENT-13", &base, of("unione"), AT_ONCE, EMPTY),
        Case::cell("ENT-14", &base, of("pec"), "apecchio@gmail.com", "comune.apecchio@emarche.it"),
        Case::cell("ENT-14", &base, of("pec"), "protocollo@pec.example.it", "comune.apecchio@emarche.it").note(),
        Case::books(
            "ENT-15",
            base.place(("Enti", VOTED, "rappresentante")).to_string(),
            mayors("Dina Valli"),
            mayors("Ada Monti"),
        )
        .warning(),
    ]
}

fn convention() -> Vec<Case> {
    let base = Book::small();
    let signed = signed();
    let of = |field| ("Convenzione", field, "");
    let fundamental = base.clone().put(of("funzioni_fondamentali"), "sì").put(of("scadenza"), EMPTY);
    // Signed when small Comuni still had to share fundamental functions, with the deliberations of those days.
    let acts = ["p-pu", AT_ONCE, VOTED, "consorzio-strade"];
    let old = acts.into_iter().fold(fundamental.clone(), |book, code| book.without("Deliberazioni", code));
    let old = old.put(of("data_firma"), "31/12/2024").put(of("decorrenza"), "01/01/2025");
    let new = old.clone().put(of("data_firma"), "01/01/2025");
    let office = base.clone().put(of("forma"), "ufficio comune");
    let total: Money = {
        let dossier = base.judge().dossier.expect("a dossier");
        dossier.contributions.iter().flatten().map(|owed| owed.total()).sum()
    };
    let total = total.decimal();
    let cent_more = (total + rust_decimal::Decimal::new(1, 2)).to_string().replace('.', ",");
    let total = total.to_string().replace('.', ",");
    vec![
        Case::cell("C30-03", &base.clone().put(of("scadenza"), EMPTY), of("decorrenza"), EMPTY, "01/01/2026"),
        Case::cell("C30-08", &old, of("durata_anni"), "2", "3"),
        Case::cell("C30-08", &new, of("durata_anni"), "2", "3").warning(),
        Case::cell("C30-08", &fundamental, of("durata_anni"), "2", "3").warning(),
        Case::cell("C30-09", &base, of("scadenza"), "30/12/2030", "31/12/2030"),
        Case::cell("C30-10", &base, of("rinnovo"), "tacito", "espresso").warning(),
        Case::cell("C30-11", &base, ("Enti", "consorzio-strade", "tipo"), "Società", "Consorzio").warning(),
        Case::books(
            "C30-12",
            signed.place(("Enti", VOTED, "codice")).to_string(),
            signed.clone().without("Deliberazioni", VOTED),
            signed.clone(),
        ),
        Case::cell("C30-12", &signed, ("Deliberazioni", VOTED, "esecutiva_dal"), EMPTY, "15/12/2025"),
        Case::cell("C30-13", &office, of("sede"), EMPTY, "Pesaro"),
        Case::cell("C30-14", &base, ("Enti", "p-pu", "ruolo"), "aderente", "capofila"),
        Case::cell("C30-14", &base, ("Enti", VOTED, "ruolo"), "capofila", "aderente"),
        Case::cell("C30-16", &signed, of("luogo_firma"), EMPTY, "Pesaro"),
        Case::cell("C30-17", &base, of("recesso_preavviso_giorni"), "365", "364"),
        Case::cell("C30-17", &base, of("recesso_dal_anno"), "6", "5"),
        Case::cell("C30-17", &base, of("recesso_preavviso_giorni"), "0", "30").warning(),
        Case::cell("C30-18", &base, of("firma"), "cartacea", "digitale"),
        Case::cell("C30-19", &base, of("importo_totale"), &cent_more, &total),
    ]
}

fn deliberations() -> Vec<Case> {
    let base = Book::small();
    let of = |column| ("Deliberazioni", VOTED, column);
    let votes = |counts: [&str; 4]| {
        let columns = ["presenti", "favorevoli", "contrari", "astenuti"];
        columns.into_iter().zip(counts).fold(Book::small(), |book, (column, count)| book.put(of(column), count))
    };
    let at = |column| base.place(of(column)).to_string();
    let neighbour = base.clone().put(("Enti", AT_ONCE, "rappresentante"), "Ada Monti");
    let neighbour = neighbour.put(("Enti", AT_ONCE, "carica"), "Sindaca");
    let union = Book::with(&["p-pu", VOTED, "un-piandelbruscolo"]);
    // The Union pays for its member too.
    let union = union.put(("Deliberazioni", "un-piandelbruscolo", "importo_annuo"), "1049,76");
    vec![
        Case::cell("DEL-01", &base, of("organo"), "Giunta", "Consiglio"),
        Case::cell("DEL-02", &base, of("numero"), EMPTY, "44"),
        Case::cell("DEL-02", &signed(), of("numero"), EMPTY, "44"),
        Case::cell("DEL-03", &base, of("pubblicata_il"), "02/12/2025", "03/12/2025"),
        Case::cell("DEL-03", &base, of("esecutiva_dal"), "11/01/2026", "10/01/2026"),
        Case::cell("DEL-03", &signed(), of("esecutiva_dal"), "10/01/2026", "09/01/2026"),
        Case::cell("DEL-04", &base, of("astenuti"), "0", "1").at(at("presenti")),
        // Ten councillors: four of them and the mayor.
        Case::books("DEL-05", at("presenti"), votes(["4", "4", "0", "0"]), votes(["5", "5", "0", "0"])),
        Case::books("DEL-06", at("presenti"), votes(["12", "12", "0", "0"]), votes(["11", "11", "0", "0"])),
        Case::cell("DEL-06", &base, ("Enti", VOTED, "consiglieri_assegnati"), "24", "10").warning(),
        Case::books("DEL-07", at("favorevoli"), votes(["9", "4", "4", "1"]), votes(["9", "5", "4", "0"])),
        Case::cell("DEL-08", &base, ("Deliberazioni", AT_ONCE, "favorevoli_immediata"), "6", "7"),
        Case::cell("DEL-09", &base, of("esecutiva_dal"), "13/12/2025", "14/12/2025"),
        Case::cell("DEL-10", &base, of("parere_tecnico"), EMPTY, "favorevole"),
        Case::cell("DEL-10", &base, of("responsabile_tecnico"), EMPTY, "Dina Valli"),
        Case::cell("DEL-11", &base, of("parere_contabile"), EMPTY, "favorevole"),
        Case::cell("DEL-11", &base, of("parere_contabile"), "non dovuto", "favorevole"),
        Case::cell("DEL-12", &base, of("parere_revisori"), EMPTY, "non dovuto").note(),
        Case::cell("DEL-13", &base, of("importo_annuo"), "749,75", "749,76"),
        Case::cell("DEL-13", &base, of("capitolo"), EMPTY, "1074/3"),
        Case::cell("DEL-14", &base, of("oggetto"), "adesione", "rinnovo"),
        Case::cell("DEL-15", &union, ("Enti", VOTED, "unione"), "un-piandelbruscolo", EMPTY).at(at("ente")),
        Case::cell("DEL-16", &base, of("segretario"), EMPTY, "Dina Valli"),
        Case::cell("DEL-16", &base, of("rappresentante"), EMPTY, "Dina Valli"),
        Case::cell(
            "DEL-17",
            &base.clone().put(of("presidente"), "Ada Monti"),
            of("segretario"),
            "Monti Ada",
            "Dina Valli",
        ),
        Case::cell("DEL-17", &neighbour, of("presidente"), "Ada Monti", "Dina Valli").warning(),
        Case::cell("DEL-03", &base, of("data"), "03/10/2025", "02/12/2025").warning(),
        Case::cell("DEL-10", &base, of("parere_tecnico"), "non dovuto", "favorevole"),
        Case::cell("DEL-10", &base, of("parere_tecnico"), "espresso", "favorevole, nulla in contrario").warning(),
        Case::cell("DEL-12", &base, of("parere_revisori"), "contrario", "non dovuto").warning(),
        Case::cell("DEL-13", &base, of("importo_annuo"), "74976", "1499,52").warning(),
        Case::cell("DEL-14", &base, ("Enti", VOTED, "ruolo"), "esterno", "aderente").at(at("oggetto")),
    ]
}

fn fees() -> Vec<Case> {
    let base = Book::small();
    let band = |book: Book, from, to| {
        book.add("Fasce", &[("tabella", "prova"), ("da", from), ("a", to), ("importo", "100,00")])
    };
    let table = |from| band(band(Book::small(), "0", "499"), from, EMPTY);
    let second = table("500").place(("Fasce", "5", "da")).to_string();
    let endless = base.clone().put(("Convenzione", "scadenza", ""), EMPTY);
    vec![
        Case::books("FEE-01", second.clone(), table("501"), table("500")),
        Case::books("FEE-01", second, table("499"), table("500")),
        Case::cell("FEE-02", &base, ("Enti", VOTED, "abitanti_al"), EMPTY, "01/01/2023"),
        Case::cell("FEE-02", &signed(), ("Enti", VOTED, "abitanti_al"), EMPTY, "01/01/2023"),
        of_criterion("FEE-03", "abitante-impresa", with_enterprises(EMPTY), with_enterprises("0"), |book| {
            book.place(("Enti", VOTED, "imprese")).to_string()
        }),
        of_criterion("FEE-04", "postazione", with_workstations(EMPTY), with_workstations("4"), |book| {
            book.place(("Fasce", "4", "importo")).to_string()
        }),
        Case::cell("FEE-05", &base, ("Enti", VOTED, "quota_unione"), "50", EMPTY),
        Case::cell("FEE-06", &endless, ("Convenzione", "durata_anni", ""), "150", "15"),
        Case::cell("FEE-07", &signed(), ("Convenzione", "regime_iva", ""), EMPTY, "fuori campo"),
        Case::books("C30-05", "Fasce", base.clone().without("Fasce", "quota"), base),
    ]
}

/// A case on the example with another criterion of the fee.
fn of_criterion(code: &'static str, criterion: &str, bad: Book, good: Book, place: fn(&Book) -> String) -> Case {
    let criterion = format!("criterio = \"{criterion}\"");
    let texts = vec![("centro/model.toml", edited("centro/model.toml", "criterio = \"abitante\"", &criterion))];
    let place = place(&good);
    let subject = |book| Subject::Book(Box::new(book), texts.clone());
    Case { code, severity: scrivano::rule::Severity::Error, place, bad: subject(bad), good: subject(good) }
}

/// The example with a rate for every enterprise, of which one Comune has none and the other `count`.
fn with_enterprises(count: &str) -> Book {
    let book = Book::small().add("Fasce", &[("tabella", "quota imprese"), ("importo", "1,00")]);
    book.put(("Enti", AT_ONCE, "imprese"), "0").put(("Enti", VOTED, "imprese"), count)
}

/// The example with costs to share out, of which one Comune has `count` workstations.
fn with_workstations(count: &str) -> Book {
    let book = Book::small().add("Fasce", &[("tabella", "costi fissi"), ("importo", "100,00")]);
    let book = book.put(("Enti", AT_ONCE, "postazioni"), "9").put(("Enti", "consorzio-strade", "postazioni"), "0");
    book.put(("Enti", VOTED, "postazioni"), count)
}
