//! Deadlines of a small dossier: which there are, on which day, and on what they rest.

use std::sync::Arc;

use super::*;
use crate::dossier::sample::{Sample, day};
use crate::dossier::{Activity, Contribution, Field, Invoice, Origin};
use crate::money::Money;
use crate::schema::Pricing;

fn field<T>(value: T) -> Field<T> {
    Field::new(value, Place::None, Origin::Sheet)
}

/// The sound sample, with notice of withdrawal and the days of Pesaro e Urbino.
fn sample() -> Dossier {
    let mut dossier = Sample::sound()
        .field("recesso_preavviso_giorni", "90")
        .field("recesso_dal_anno", "1")
        .field("rinnovo", "no")
        .build();
    let mut model = (*dossier.model).clone();
    model.scadenze =
        toml::from_str("addebito = \"31/10\"\npagamento = \"31/12\"\nrendiconto = \"30/04\"\ndisdetta_giorni = 60\n")
            .expect("a schedule");
    dossier.model = Arc::new(model);
    let years = (2026..=2030).map(|year| YearShare {
        from: day(year, 1, 1),
        to: day(year, 12, 31),
        net: Money::ZERO,
        vat: Money::ZERO,
    });
    let owed = Contribution::new(crate::dossier::Basis::Flat, Vec::new(), years.collect());
    dossier.contributions = vec![None, Some(owed)];
    dossier
}

fn with_schedule(mut dossier: Dossier, text: &str) -> Dossier {
    let mut model = (*dossier.model).clone();
    model.scadenze = toml::from_str(text).expect("a schedule");
    dossier.model = Arc::new(model);
    dossier
}

fn days(dossier: &Dossier, kind: DeadlineKind) -> Vec<NaiveDate> {
    deadlines(dossier).into_iter().filter(|it| it.kind == kind).map(|it| it.day).collect()
}

fn service(code: &str, notice: Option<u64>, pricing: Pricing) -> Service {
    Service {
        codice: field(code.to_owned()),
        nome: field(code.to_uppercase()),
        modalita: field(pricing),
        preavviso_disdetta_giorni: notice.map(field).unwrap_or_default(),
        ..Service::default()
    }
}

#[test]
fn the_term_withdrawal_and_renewal_follow_from_the_convention() {
    let it = sample();
    assert_eq!(days(&it, DeadlineKind::Start), [day(2026, 1, 1)]);
    assert_eq!(days(&it, DeadlineKind::End), [day(2030, 12, 31)]);
    assert_eq!(days(&it, DeadlineKind::Withdrawal), [2026, 2027, 2028, 2029].map(|year| day(year, 10, 2)));
    assert_eq!(days(&it, DeadlineKind::Proposal), [day(2030, 6, 30)]);
    assert_eq!(days(&it, DeadlineKind::Renewal), [day(2030, 10, 2)]);
    assert_eq!(days(&it, DeadlineKind::Extension), []);
    let own = with_schedule(it, "condizioni_mesi = 8\nrinnovo_giorni = 120\n");
    assert_eq!(days(&own, DeadlineKind::Proposal), [day(2030, 4, 30)]);
    assert_eq!(days(&own, DeadlineKind::Renewal), [day(2030, 9, 2)]);
}

#[test]
fn extension_by_silence_has_its_last_day() {
    let it = Sample::sound().field("recesso_preavviso_giorni", "90").field("rinnovo", "tacito").build();
    assert_eq!(days(&it, DeadlineKind::Extension), [day(2030, 10, 2)]);
    assert_eq!(days(&it, DeadlineKind::Proposal), []);
}

#[test]
fn charge_payment_and_accounts_come_from_the_model() {
    let it = sample();
    let years = [2026, 2027, 2028, 2029, 2030];
    assert_eq!(days(&it, DeadlineKind::Charge), years.map(|year| day(year, 10, 31)));
    assert_eq!(days(&it, DeadlineKind::Payment), years.map(|year| day(year, 12, 31)));
    assert_eq!(days(&it, DeadlineKind::Accounts), years.map(|year| day(year + 1, 4, 30)));
    let early = with_schedule(it.clone(), "pagamento = \"31/01\"\n");
    assert_eq!(days(&early, DeadlineKind::Payment), years.map(|year| day(year, 1, 31)));
    let counted = with_schedule(it.clone(), "addebito = \"30/06\"\npagamento_giorni = 30\n");
    assert_eq!(days(&counted, DeadlineKind::Payment), years.map(|year| day(year, 7, 30)));
    assert_eq!(days(&with_schedule(it.clone(), ""), DeadlineKind::Payment), []);
    let mut unpaid = it;
    unpaid.contributions = vec![None, None];
    assert_eq!(days(&unpaid, DeadlineKind::Charge), [], "nobody owes a fee");
}

#[test]
fn an_invoice_is_due_some_days_after_it() {
    let mut it = with_schedule(sample(), "addebito = \"30/06\"\npagamento_giorni = 30\n");
    let invoice = |number: &str, kind: BillKind| Invoice {
        ente: field("c_a035".to_owned()),
        tipo: field(kind),
        numero: field(number.to_owned()),
        data: field(day(2026, 6, 15)),
        ..Invoice::default()
    };
    it.invoices = vec![invoice("12", BillKind::Fattura), invoice("13", BillKind::NotaCredito)];
    it.link();
    let due: Vec<_> =
        deadlines(&it).into_iter().filter(|it| it.body.is_some() && it.kind == DeadlineKind::Payment).collect();
    assert_eq!(due.len(), 1, "a credit note is not paid");
    assert_eq!((due[0].day, due[0].what.as_str()), (day(2026, 7, 15), "Pagamento della fattura n. 12 del 15/06/2026"));
}

#[test]
fn services_are_confirmed_and_given_up_before_the_year_ends() {
    let mut it = sample();
    assert_eq!(days(&it, DeadlineKind::Confirmation), [], "no service to confirm");
    it.services = vec![
        service("posta", None, Pricing::Incluso),
        service("cloud", Some(30), Pricing::Listino),
        service("sito", None, Pricing::Maggiorata),
    ];
    assert_eq!(days(&it, DeadlineKind::Confirmation), [2026, 2027, 2028, 2029].map(|year| day(year, 12, 31)));
    let all = deadlines(&it);
    let first: Vec<_> =
        all.iter().filter(|it| it.kind == DeadlineKind::Cancellation && it.day.year() == 2026).collect();
    let told: Vec<_> = first.iter().map(|it| (it.day, it.what.contains("CLOUD"), it.what.contains("SITO"))).collect();
    assert_eq!(told, [(day(2026, 11, 1), false, true), (day(2026, 12, 1), true, false)]);
    assert!(
        first[0].basis.contains("60 giorni")
            && first[1].basis.contains("foglio Servizi, preavviso di disdetta: 30 giorni")
    );
    it.services[1].una_tantum = field(true);
    assert!(deadlines(&it).iter().all(|it| !it.what.contains("CLOUD")), "what is rendered once is not given up");
}

#[test]
fn deliberations_become_executive_on_their_day() {
    let of = |it: &Dossier| {
        let mut found: Vec<_> = deadlines(it)
            .into_iter()
            .filter(|it| it.kind == DeadlineKind::Executive)
            .map(|it| (it.body.expect("a body").code, it.day))
            .collect();
        found.sort();
        found
    };
    let sound = Sample::sound();
    let stated = ("c_a035".to_owned(), day(2025, 12, 12));
    assert_eq!(of(&sound.build()), [stated.clone(), ("p_pu".to_owned(), day(2025, 12, 12))]);
    let computed = sound.clone().act(0, "esecutiva_dal", "").build();
    assert_eq!(of(&computed), [stated.clone(), ("p_pu".to_owned(), day(2025, 12, 11))]);
    let at_once = sound.clone().act(0, "immediata", "sì").build();
    assert_eq!(of(&at_once), std::slice::from_ref(&stated));
    assert_eq!(of(&sound.act(0, "stato", "proposta").build()), [stated]);
}

#[test]
fn who_withdraws_leaves_on_new_years_day_or_at_the_end() {
    let base = Sample::sound().field("recesso_preavviso_giorni", "90").field("recesso_dal_anno", "1");
    let left = |day: &str| days(&base.clone().body(1, "recesso_comunicato_il", day).build(), DeadlineKind::Leaving);
    assert_eq!(left("02/10/2027"), [day(2028, 1, 1)]);
    assert_eq!(left("03/10/2027"), [day(2029, 1, 1)]);
    assert_eq!(left("01/12/2030"), [day(2030, 12, 31)]);
    assert_eq!(left(""), []);
}

#[test]
fn activities_have_their_day_and_body() {
    let mut it = sample();
    it.activities = vec![
        Activity {
            codice: field("A1".to_owned()),
            attivita: field("Corsi".to_owned()),
            ente: field("Comune di Acqualagna".to_owned()),
            entro: field(day(2027, 3, 31)),
            ..Activity::default()
        },
        Activity { codice: field("A2".to_owned()), ..Activity::default() },
    ];
    it.link();
    let found: Vec<_> = deadlines(&it).into_iter().filter(|it| it.kind == DeadlineKind::Activity).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].day, found[0].what.as_str()), (day(2027, 3, 31), "Attività A1: Corsi"));
    assert_eq!(found[0].body.as_ref().map(|body| body.code.as_str()), Some("c_a035"));
}

#[test]
fn days_are_in_order_and_each_rests_on_something() {
    let found = deadlines(&sample());
    assert!(found.is_sorted_by_key(|it| it.day));
    assert!(found.iter().all(|it| !it.basis.is_empty() && !it.what.is_empty()));
    let mut keys: Vec<_> = found.iter().map(|it| (it.kind, &it.key, it.body.as_ref().map(|body| &body.code))).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "no two are taken for the same");
}

#[test]
fn without_a_term_only_rows_have_days() {
    let it = Sample::sound().field("decorrenza", "").field("scadenza", "").build();
    assert!(deadlines(&it).iter().all(|it| it.kind == DeadlineKind::Executive));
    assert!(!deadlines(&it).is_empty());
    let endless = Sample::sound().field("recesso_preavviso_giorni", "90").field("scadenza", "31/12/2199").build();
    assert!(deadlines(&endless).len() < 600);
}
