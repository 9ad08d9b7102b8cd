//! Pages of `docs/` that are written from the tables of the program. `UPDATE=1 cargo test generated` rewrites them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use scrivano::examine::vocabulary;
use scrivano::rule::{RULES, Rule, Severity, group_title};
use scrivano::schema::{Column, Kind, Layout, SHEETS};
use scrivano::sdi::CONTROLS;

/// Compares a page with what the tables give, or writes it.
pub fn compare(name: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        fs::write(&path, wanted).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let first = found.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    assert!(
        found == wanted,
        "docs/{name} is not what the program says (first different line: {first:?}): run UPDATE=1 cargo test generated"
    );
}

#[test]
fn the_page_of_rules_is_that_of_the_table() {
    let mut page = String::from(
        "# Le regole\n\n\
         Pagina scritta dal programma: non va modificata a mano. Le stesse spiegazioni si leggono con `scrivano spiega CODICE`.\n\n\
         Un **errore** trattiene gli atti dell’ente a cui si riferisce (o di tutti, se riguarda la convenzione o il capofila); \
         un **avviso** va letto ma non trattiene; una **nota** informa. Una regola non si toglie mai e il suo codice non si usa di nuovo.\n",
    );
    let mut groups: Vec<&str> = RULES.iter().map(Rule::group).collect();
    groups.dedup();
    let of = |group: &str| RULES.iter().filter(move |rule| rule.group() == group).collect::<Vec<_>>();
    for group in &groups {
        write!(page, "\n**{}**\n\n| codice | che cosa segnala | gravità |\n|---|---|---|\n", group_title(group))
            .unwrap();
        for rule in of(group) {
            let anchor = rule.code.to_lowercase();
            writeln!(page, "| [{}](#{anchor}) | {} | {} |", rule.code, rule.title, severity(rule)).unwrap();
        }
    }
    for group in &groups {
        write!(page, "\n## {}\n", group_title(group)).unwrap();
        for rule in of(group) {
            write!(page, "\n### {}\n\n**{}** ({}; `{}`)\n", rule.code, rule.title, severity(rule), rule.name).unwrap();
            if !rule.law.is_empty() {
                write!(page, "\n{}\n", rule.law).unwrap();
            }
            page.push('\n');
            for line in rule.page.trim().lines() {
                let deeper = if line.starts_with("## ") { "##" } else { "" };
                writeln!(page, "{deeper}{line}").unwrap();
            }
        }
    }
    compare("regole.md", &page);
}

/// The severities that the rule has or had.
fn severity(rule: &Rule) -> String {
    let mut words: Vec<&str> = rule.periods.iter().map(|period| period.severity.italian()).collect();
    words.dedup();
    if words.is_empty() { Severity::italian(rule.severity).to_owned() } else { words.join(", poi ") }
}

#[test]
fn the_page_of_the_examination_is_that_of_the_vocabulary() {
    let mut page = include_str!("examine/metodo.md").to_owned();
    let signs = vocabulary::signs();
    let mut element = None;
    for sign in &signs {
        if element != Some(sign.element) {
            let name = sign.element.italian();
            write!(page, "\n### {}\n\n| dove | peso | perché | parole |\n|---|---|---|---|\n", name).unwrap();
            element = Some(sign.element);
        }
        // A bar would end the cell of the table.
        let words = sign.words.replace('|', "\\|");
        writeln!(page, "| {} | {} | {} | `{words}` |", sign.place.italian(), sign.weight, sign.why).unwrap();
    }
    compare("esame.md", &page);
}

#[test]
fn the_page_of_controls_is_that_of_the_table() {
    let mut page = String::from(
        "# I controlli del sistema di interscambio\n\n\
         Pagina scritta dal programma: non va modificata a mano. Sono i controlli di `scrivano controlla-fattura`, che il programma fa \
         anche sulle fatture che scrive. Le stesse spiegazioni si leggono con `scrivano spiega CODICE`.\n\n\
         Codici e regole sono quelli delle specifiche tecniche 1.9 dell’Agenzia delle entrate e dell’elenco dei controlli 2.0; le parole \
         sono nostre. Mancano i controlli che solo il sistema può fare: anagrafi, firma, file e numeri già trasmessi.\n\n\
         | codice | elemento | che cosa vuole |\n|---|---|---|\n",
    );
    for control in CONTROLS {
        let element = control.element.replace('<', "\\<");
        writeln!(page, "| [{0}](#{0}) | {element} | {1} |", control.code, control.title).unwrap();
    }
    for control in CONTROLS {
        write!(page, "\n## {}\n\n**{}**", control.code, control.title).unwrap();
        if !control.element.is_empty() {
            write!(page, " (`{}`)", control.element).unwrap();
        }
        write!(page, "\n\n{}\n", control.explanation.replace('<', "\\<")).unwrap();
    }
    compare("controlli-sdi.md", &page);
}

#[test]
fn the_page_of_columns_is_that_of_the_contract() {
    let mut page = String::from(
        "# I fogli e le colonne\n\n\
         Pagina scritta dal programma: non va modificata a mano.\n\n\
         Le intestazioni si riconoscono senza badare a maiuscole, accenti, spazi e trattini bassi, e in qualunque ordine; \
         le righe di titolo sopra l’intestazione e le righe vuote si saltano. Le colonne in **grassetto** devono esserci.\n",
    );
    for sheet in SHEETS {
        let optional = if sheet.required { "" } else { " Il foglio può mancare." };
        let layout = match sheet.layout {
            Layout::Pairs => " Due colonne: Campo e Valore.",
            Layout::Rows => "",
        };
        write!(page, "\n## {}\n\n{}{layout}{optional}\n\n", sheet.name, sheet.purpose).unwrap();
        let head = if sheet.layout == Layout::Pairs { "campo" } else { "colonna" };
        write!(page, "| {head} | che cosa si scrive | tipo | si può chiamare anche |\n|---|---|---|---|\n").unwrap();
        for column in sheet.columns {
            let name = if column.required { format!("**{}**", column.name) } else { column.name.to_owned() };
            writeln!(page, "| {name} | {} | {} | {} |", column.note, kind(column), column.synonyms.join(", ")).unwrap();
        }
    }
    page.push_str("\n## Le parole ammesse\n\nSono accettate anche le varianti della seconda colonna.\n");
    for sheet in SHEETS {
        for column in sheet.columns {
            let Kind::Choice(words) = column.kind else { continue };
            write!(page, "\n### {} di {}\n\n| parola | varianti |\n|---|---|\n", column.name, sheet.name).unwrap();
            for choice in words {
                writeln!(page, "| {} | {} |", choice.word, choice.synonyms.join(", ")).unwrap();
            }
        }
    }
    compare("colonne.md", &page);
}

/// The kind of value, for people.
fn kind(column: &Column) -> String {
    match column.kind {
        Kind::Text => "testo".to_owned(),
        Kind::BodyCode => "codice dell’ente".to_owned(),
        Kind::BodyRef => "codice o nome di un ente".to_owned(),
        Kind::TaxCode => "codice fiscale".to_owned(),
        Kind::VatNumber => "partita IVA".to_owned(),
        Kind::PostCode => "CAP".to_owned(),
        Kind::IstatCode => "codice ISTAT".to_owned(),
        Kind::OfficeCode => "codice ufficio".to_owned(),
        Kind::Pec => "indirizzo di posta elettronica".to_owned(),
        Kind::Iban => "IBAN".to_owned(),
        Kind::Count => "numero intero".to_owned(),
        Kind::Money => "importo in euro".to_owned(),
        Kind::Percent => "percentuale".to_owned(),
        Kind::Date => "data".to_owned(),
        Kind::Bool => "sì o no".to_owned(),
        Kind::Choice(words) => words.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", "),
    }
}
