//! States of services: what the rows of `Richieste` come to on a day.

use super::*;
use crate::dossier::sample::{Sample, day};

/// A catalogue with a service in the fee, a recurring one with 60 days of notice and one done once.
fn sample() -> Sample {
    Sample::sound()
        .field("decorrenza", "01/01/2024")
        .and_service(&[("codice", "posta"), ("nome", "Posta"), ("modalita", "incluso")])
        .and_service(&[("codice", "portale"), ("nome", "Portale"), ("preavviso_disdetta_giorni", "60")])
        .and_service(&[("codice", "spid"), ("nome", "Rilascio SPID"), ("una_tantum", "sì")])
}

fn asked(sample: Sample, service: &str, kind: &str, at: &str) -> Sample {
    let mut cells = vec![("ente", "c_a035"), ("servizio", service), ("tipo", kind)];
    cells.extend((!at.is_empty()).then_some(("data", at)));
    sample.and_request(&cells)
}

fn portal(rows: &[(&str, &str)]) -> Dossier {
    rows.iter().fold(sample(), |sample, (kind, at)| asked(sample, "portale", kind, at)).build()
}

/// The portal on a day: state, first and last day.
fn on(dossier: &Dossier, day: NaiveDate) -> Option<(ServiceState, Option<NaiveDate>, Option<NaiveDate>)> {
    let all = dossier.subscriptions_on(day);
    let found: Vec<_> = all.iter().filter(|it| it.service == 1).collect();
    assert!(found.len() <= 1);
    found.first().map(|it| (it.state, it.since, it.until))
}

#[test]
fn a_notice_has_effect_on_the_first_new_year_that_it_reaches() {
    assert_eq!(notice_effect(day(2026, 10, 2), 90), Some(day(2027, 1, 1)));
    assert_eq!(notice_effect(day(2026, 10, 3), 90), Some(day(2028, 1, 1)));
    assert_eq!(notice_effect(day(2026, 12, 31), 0), Some(day(2027, 1, 1)));
    // A notice of more than a year.
    assert_eq!(notice_effect(day(2025, 11, 1), 400), Some(day(2027, 1, 1)));
    assert_eq!(notice_effect(NaiveDate::MAX, 90), None);
}

#[test]
fn what_the_fee_includes_is_active_for_adherents_from_the_first_day() {
    let dossier = sample().build();
    let all = dossier.subscriptions_on(day(2025, 6, 1));
    assert_eq!(
        all.iter().map(|it| (it.body, it.service, it.state)).collect::<Vec<_>>(),
        [(1, 0, ServiceState::Active)]
    );
    assert_eq!(all[0].since, Some(day(2024, 1, 1)));
    assert_eq!(dossier.subscriptions_on(day(2023, 12, 31))[0].state, ServiceState::Requested);
    // It cannot be given up on its own.
    let dossier = asked(sample(), "posta", "disdetta", "01/02/2024").build();
    assert_eq!(dossier.subscriptions_on(day(2026, 6, 1))[0].state, ServiceState::Active);
}

#[test]
fn a_service_is_requested_until_its_day_then_active() {
    let dossier = portal(&[("attivazione", "15/03/2025")]);
    assert_eq!(on(&dossier, day(2025, 3, 14)).map(|it| it.0), Some(ServiceState::Requested));
    assert_eq!(on(&dossier, day(2025, 3, 15)), Some((ServiceState::Active, Some(day(2025, 3, 15)), None)));
    let undated = portal(&[("attivazione", "")]);
    assert_eq!(on(&undated, day(2030, 1, 1)), Some((ServiceState::Requested, None, None)));
}

#[test]
fn a_recurring_service_is_to_confirm_from_the_year_after() {
    let dossier = portal(&[("attivazione", "15/03/2024")]);
    assert_eq!(on(&dossier, day(2024, 12, 31)).map(|it| it.0), Some(ServiceState::Active));
    assert_eq!(on(&dossier, day(2025, 1, 1)).map(|it| it.0), Some(ServiceState::ToConfirm));
    let confirmed = |at: &str| on(&portal(&[("attivazione", "15/03/2024"), ("conferma", at)]), day(2026, 6, 1));
    let state = |at: &str| confirmed(at).map(|it| it.0);
    assert_eq!(state("01/02/2026"), Some(ServiceState::Active));
    assert_eq!(state("01/10/2025"), Some(ServiceState::Active), "gathered before the year it is for");
    assert_eq!(state("30/09/2025"), Some(ServiceState::ToConfirm), "that was for 2025");
    assert_eq!(state("01/07/2026"), Some(ServiceState::ToConfirm), "not given yet");
    assert_eq!(state(""), Some(ServiceState::Active), "an undated confirmation is for the year");
}

#[test]
fn the_year_of_the_convention_is_the_one_to_confirm() {
    let build = |year: &str| {
        let sample = asked(sample().field("anno", year), "portale", "attivazione", "15/03/2024");
        asked(sample, "portale", "conferma", "10/01/2025").build()
    };
    assert_eq!(on(&build("2025"), day(2025, 12, 20)).map(|it| it.0), Some(ServiceState::Active));
    assert_eq!(on(&build("2026"), day(2025, 12, 20)).map(|it| it.0), Some(ServiceState::ToConfirm));
    let years = |dossier: &Dossier| dossier.subscriptions_on(day(2025, 12, 20)).iter().map(|it| it.confirmed).max();
    assert_eq!(years(&build("2026")), Some(Some(2025)));
}

#[test]
fn a_withdrawal_waits_for_the_notice_of_the_service() {
    let in_time = portal(&[("attivazione", "15/03/2024"), ("disdetta", "01/11/2025")]);
    let last = Some(day(2025, 12, 31));
    assert_eq!(on(&in_time, day(2025, 10, 31)).map(|it| it.0), Some(ServiceState::ToConfirm), "not given yet");
    assert_eq!(on(&in_time, day(2025, 12, 31)), Some((ServiceState::Withdrawing, Some(day(2024, 3, 15)), last)));
    assert_eq!(on(&in_time, day(2026, 1, 1)).map(|it| it.0), Some(ServiceState::Withdrawn));
    let late = portal(&[("attivazione", "15/03/2024"), ("disdetta", "02/11/2025")]);
    assert_eq!(
        on(&late, day(2026, 1, 1)).map(|it| (it.0, it.2)),
        Some((ServiceState::Withdrawing, Some(day(2026, 12, 31))))
    );
    // Given twice, it counts from the first.
    let twice = portal(&[("disdetta", "01/11/2025"), ("disdetta", "01/12/2025")]);
    assert_eq!(on(&twice, day(2026, 1, 1)), Some((ServiceState::Withdrawn, None, last)));
    let undated = portal(&[("attivazione", "15/03/2024"), ("disdetta", "")]);
    assert_eq!(on(&undated, day(2030, 1, 1)).map(|it| (it.0, it.2)), Some((ServiceState::Withdrawing, None)));
}

#[test]
fn the_notice_of_the_convention_stands_in() {
    let dossier = sample().field("recesso_preavviso_giorni", "90").build();
    assert_eq!(dossier.services.iter().map(|it| dossier.notice_days(it)).collect::<Vec<_>>(), [90, 60, 90]);
    assert_eq!(sample().build().notice_days(&Service::default()), 0);
}

#[test]
fn what_is_asked_for_again_begins_anew_or_goes_on() {
    let rows = [("attivazione", "15/03/2023"), ("disdetta", "01/06/2024"), ("attivazione", "10/02/2026")];
    let anew = portal(&rows);
    assert_eq!(on(&anew, day(2025, 5, 1)).map(|it| it.0), Some(ServiceState::Requested), "a request for a day to come");
    assert_eq!(on(&anew, day(2026, 5, 1)), Some((ServiceState::Active, Some(day(2026, 2, 10)), None)));
    let goes_on = portal(&[rows[0], rows[1], ("attivazione", "01/07/2024"), ("conferma", "01/02/2025")]);
    assert_eq!(on(&goes_on, day(2024, 6, 15)).map(|it| it.0), Some(ServiceState::Withdrawing));
    assert_eq!(on(&goes_on, day(2025, 5, 1)), Some((ServiceState::Active, Some(day(2023, 3, 15)), None)));
    // The order of the sheet does not matter.
    let turned = portal(&[rows[2], rows[1], rows[0]]);
    assert_eq!(on(&turned, day(2026, 5, 1)), on(&anew, day(2026, 5, 1)));
}

#[test]
fn what_is_done_once_comes_at_every_request_and_needs_no_confirmation() {
    let sample = asked(sample(), "spid", "attivazione", "10/01/2024");
    let sample = asked(asked(sample, "spid", "attivazione", ""), "spid", "disdetta", "01/02/2024");
    let all = sample.build().subscriptions_on(day(2026, 5, 1));
    let spid: Vec<_> = all.iter().filter(|it| it.service == 2).map(|it| (it.state, it.requests.clone())).collect();
    assert_eq!(spid, [(ServiceState::Active, vec![0]), (ServiceState::Requested, vec![1])]);
}

#[test]
fn hours_are_used_up() {
    let hours = |more: &[(&'static str, &str)]| {
        let service = [&[("codice", "ore"), ("unita", "ora")], more].concat();
        let sample = sample().and_service(&service);
        asked(sample, "ore", "attivazione", "10/01/2024").build().subscriptions_on(day(2026, 5, 1))
    };
    let state = |all: Vec<Subscription>| all.iter().find(|it| it.service == 3).map(|it| it.state);
    assert_eq!(state(hours(&[])), Some(ServiceState::Active));
    assert_eq!(state(hours(&[("assistenza_annua", "100")])), Some(ServiceState::ToConfirm));
}

#[test]
fn quantities_add_up_and_a_withdrawal_of_some_leaves_the_others() {
    let rows =
        [("attivazione", "01/02/2024", "5"), ("attivazione", "01/03/2024", "2"), ("disdetta", "01/06/2024", "3")];
    let dossier = rows.iter().fold(sample(), |sample, (kind, at, count)| {
        let row = [("ente", "c_a035"), ("servizio", "portale"), ("tipo", *kind), ("data", *at), ("quantita", *count)];
        sample.and_request(&row)
    });
    let dossier = asked(dossier, "portale", "conferma", "01/02/2026").build();
    let quantity = |at| dossier.subscriptions_on(at).iter().find(|it| it.service == 1).and_then(|it| it.quantity);
    assert_eq!(quantity(day(2024, 2, 15)), Some(5));
    assert_eq!(quantity(day(2024, 12, 31)), Some(7));
    assert_eq!(quantity(day(2025, 1, 1)), Some(4));
    assert_eq!(on(&dossier, day(2025, 1, 1)).map(|it| it.0), Some(ServiceState::ToConfirm));
}

#[test]
fn a_body_that_leaves_loses_its_services() {
    let leaving = sample().field("recesso_preavviso_giorni", "90").body(1, "recesso_comunicato_il", "01/10/2025");
    let dossier = asked(leaving, "portale", "attivazione", "15/03/2025").build();
    let states = |at| dossier.subscriptions_on(at).iter().map(|it| it.state).collect::<Vec<_>>();
    assert_eq!(states(day(2025, 9, 30)), [ServiceState::Active; 2]);
    assert_eq!(states(day(2025, 10, 1)), [ServiceState::Withdrawing; 2]);
    assert_eq!(states(day(2026, 1, 1)), [ServiceState::Withdrawn; 2]);
    // Not before the year from which the convention admits it.
    let body = &dossier.bodies[1];
    assert_eq!(dossier.withdrawal_effect(body), Some(day(2026, 1, 1)));
    let third = sample().field("recesso_dal_anno", "4").body(1, "recesso_comunicato_il", "01/10/2025").build();
    assert_eq!(third.withdrawal_effect(&third.bodies[1]), Some(day(2027, 1, 1)));
}

#[test]
fn services_go_by_code_then_by_name() {
    let dossier = sample().and_service(&[("codice", "x"), ("nome", "PORTALE")]).build();
    assert_eq!(dossier.find_service("Spid"), Some(2));
    assert_eq!(dossier.find_service("rilascio spid"), Some(2));
    assert_eq!(dossier.find_service("portale"), Some(1), "a code comes first");
    assert_eq!(dossier.find_service("altro"), None);
}
