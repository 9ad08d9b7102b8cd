//! A Union that pays for its members.

use super::*;

/// Acqualagna (1,826.44) and Apecchio (440.00) adhere through a Union without inhabitants (300.00).
fn union(acqualagna: &str, apecchio: &str) -> Sample {
    let mut sample = Sample::sound()
        .and_body(&[
            ("codice", "c_a327"),
            ("tipo", "Comune"),
            ("denominazione", "Comune di Apecchio"),
            ("abitanti", "1000"),
            ("abitanti_al", "01/01/2023"),
        ])
        .and_body(&[("codice", "unione"), ("tipo", "Unione di Comuni"), ("denominazione", "Unione del Catria")]);
    for (index, percent) in [(1, acqualagna), (2, apecchio)] {
        sample = sample.body(index, "unione", "unione").body(index, "quota_unione", percent);
    }
    sample
}

fn shares(sample: &Sample) -> [String; 3] {
    let (owed, _) = run(sample);
    [1, 2, 3].map(|index| pays(&owed, index))
}

#[test]
fn the_union_pays_all_or_part_and_the_member_the_rest() {
    assert_eq!(found(&union("", "")), []);
    assert_eq!(shares(&union("", "")), ["0.00", "0.00", "2566.44"]);
    assert_eq!(shares(&union("50", "0")), ["913.22", "440.00", "1213.22"]);
    // The odd cent stays with the member: both together are the fee.
    assert_eq!(shares(&union("33.333", "0")), ["1217.63", "440.00", "908.81"]);
    let (owed, _) = run(&union("50", ""));
    let paying = owed[3].as_ref().expect("the union's");
    let members: Vec<_> = paying.for_members.iter().map(|fee| (fee.body, fee.assessed, fee.yearly)).collect();
    assert_eq!(members, [(1, euro("1826.44"), euro("913.22")), (2, euro("440"), euro("440"))]);
    assert_eq!((paying.assessed(), paying.paid_for_members()), (euro("300"), euro("1353.22")));
    let member = owed[1].as_ref().expect("the member's");
    assert_eq!(member.assessed(), euro("1826.44"));
    assert_eq!(member.by_union.as_ref().map(|part| (part.union, part.yearly)), Some((3, euro("913.22"))));
}

#[test]
fn what_is_paid_does_not_depend_on_who_pays_it() {
    let total = |sample: &Sample| -> Money { run(sample).0.iter().flatten().map(Contribution::total).sum() };
    let alone = total(&union("0", "0"));
    for (one, other) in [("", ""), ("50", ""), ("33.333", "66.667"), ("0.01", "99.99")] {
        let sample = union(one, other).field("scadenza", "17/05/2028").field("durata_anni", "");
        let own = union("0", "0").field("scadenza", "17/05/2028").field("durata_anni", "");
        assert_eq!(total(&sample), total(&own), "{one} {other}");
        assert_eq!(total(&union(one, other)), alone, "{one} {other}");
    }
}

#[test]
fn the_inhabitants_of_a_union_are_not_counted_twice() {
    let sample = union("", "").body(3, "abitanti", "5151").body(3, "abitanti_al", "01/01/2023");
    let (owed, told) = run(&sample);
    assert_eq!(found(&sample), [("FEE-05", "Enti!N5".to_owned())]);
    assert_eq!(told[0].severity, crate::rule::Severity::Note);
    assert!(told[0].message.contains("5.151") && told[0].message.contains("2 membri"), "{}", told[0].message);
    assert_eq!(pays(&owed, 3), "2266.44");
    assert_eq!(owed[3].as_ref().map(|owed| owed.basis.clone()), Some(Basis::MembersOnly));
    let alone = union("", "").body(1, "unione", "").body(2, "unione", "").body(3, "abitanti", "5151");
    assert_eq!(pays(&run(&alone.body(3, "abitanti_al", "01/01/2023")).0, 3), "2266.44");
}

#[test]
fn the_one_who_pays_is_there_and_pays_once() {
    let codes = |sample: &Sample| found(sample);
    let orphan = Sample::sound().body(1, "quota_unione", "50");
    assert_eq!(codes(&orphan), [("FEE-05", "Enti!S3".to_owned())]);
    assert_eq!(codes(&Sample::sound().body(1, "quota_unione", "50").body(1, "unione", "nessuna")), []);
    // A percentage at fault leaves the union's own sum open too, and its acts are withheld.
    for percent in ["101", "-1", "#"] {
        let sample = union(percent, "");
        let mut wanted = vec![("FEE-05", "Enti!S3".to_owned()), ("FEE-05", "Enti!A5".to_owned())];
        if percent == "#" {
            wanted.remove(0);
        }
        assert_eq!(codes(&sample), wanted, "{percent}");
        assert_eq!(shares(&sample), ["?", "0.00", "?"]);
    }
    let unknown = union("", "").body(2, "abitanti", "");
    assert_eq!(codes(&unknown), [("FEE-02", "Enti!N4".to_owned()), ("FEE-05", "Enti!A5".to_owned())]);
    let outside = union("", "").body(3, "ruolo", "esterno");
    let wanted = [("FEE-05", "Enti!S3".to_owned()), ("FEE-05", "Enti!S4".to_owned())];
    assert_eq!(codes(&outside), wanted);
}
