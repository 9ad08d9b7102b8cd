//! What `controlla --dettaglio-quote` prints.

use rust_decimal::Decimal;
use serde_json::Value;

use crate::outputs::small::{Small, at_today, stderr, stdout};

fn run(format: &str) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("pesaro-urbino", &["c_a035", "c_b352", "consorzio-strade"]).write(folder.path(), "enti.xlsx");
    let output = at_today(folder.path(), &["controlla", "enti.xlsx", "--dettaglio-quote", "--formato", format]);
    assert_eq!(stderr(&output), "");
    (output.status.code(), stdout(&output))
}

fn sum(value: &Value) -> Decimal {
    value.as_str().expect("a decimal as text").parse().expect("a decimal")
}

#[test]
fn the_text_shows_every_figure_with_its_cells_and_the_totals() {
    let (status, text) = run("testo");
    assert_eq!(status, Some(0), "{text}");
    let line = |words: &str| {
        text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no «{words}» in\n{text}")).to_owned()
    };
    assert!(line("Acqualagna").ends_with("[c_a035]"), "{text}");
    let count = line("abitanti");
    for part in ["4.151 × €\u{a0}0,44", "€\u{a0}1.826,44", "Enti!N3, Fasce!D2"] {
        assert!(count.contains(part), "{count}");
    }
    assert!(line("totale dal 01/01/2026 al 31/12/2030").contains("€\u{a0}9.132,20"), "{text}");
    assert!(line("quota fissa").contains("€\u{a0}300,00"), "{text}");
    assert!(text.contains("Totale di 3 enti\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn the_brief_form_has_a_line_for_every_body() {
    let (status, text) = run("breve");
    assert_eq!((status, text.lines().count()), (Some(0), 3), "{text}");
    assert!(
        text.starts_with("c_a035 Comune di Acqualagna: €\u{a0}1.826,44 l’anno, €\u{a0}9.132,20 in tutto"),
        "{text}"
    );
}

#[test]
fn the_json_adds_the_fees_to_the_report_and_its_totals_are_the_sums_of_its_parts() {
    let (status, text) = run("json");
    assert_eq!(status, Some(0));
    let report: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["schema"], "scrivano/diagnostics/1");
    let fees = &report["fees"];
    assert_eq!((&fees["schema"], &fees["criterion"]), (&"scrivano/fees/1".into(), &"abitante".into()));
    let bodies = fees["bodies"].as_array().expect("bodies");
    assert_eq!(bodies.len(), 3);
    for name in ["assessed", "yearly", "yearly_vat", "total", "total_vat"] {
        let parts: Decimal = bodies.iter().map(|body| sum(&body["fee"][name])).sum();
        assert_eq!(parts, sum(&fees["totals"][name]), "{name}");
    }
    let services: Decimal = bodies.iter().map(|body| sum(&body["services_total"])).sum();
    assert_eq!(services, sum(&fees["totals"]["services"]));
    for body in bodies {
        let fee = &body["fee"];
        let lines: Decimal = fee["lines"].as_array().expect("lines").iter().map(|line| sum(&line["amount"])).sum();
        let years: Decimal = fee["years"].as_array().expect("years").iter().map(|year| sum(&year["net"])).sum();
        assert_eq!((lines, years), (sum(&fee["assessed"]), sum(&fee["total"])), "{body}");
        assert!(
            fee["lines"].as_array().expect("lines").iter().all(|line| line["places"][0]["cell"].is_string()),
            "{body}"
        );
    }
}
