//! What holds for any numbers: sums, monotony, order of rows.

use super::criteria::cit;
use super::*;
use crate::fees::details::details;
use crate::model::{Criterion, FeeScheme};

/// Bodies with random figures: inhabitants, workstations, percent paid by the Union, whether it adheres through it.
type Figures = (u64, u64, u64, bool);

fn figures() -> impl Strategy<Value = Vec<Figures>> {
    prop::collection::vec((1_u64..60_000, 1_u64..400, 0_u64..=100, any::<bool>()), 1..8)
}

fn many(criterion: Criterion, figures: &[Figures], turned: usize) -> Sample {
    let mut sample = cit("1", "0");
    let union = sample.clone().and_body(&[
        ("codice", "unione"),
        ("tipo", "Unione di Comuni"),
        ("denominazione", "Unione del Catria"),
        ("postazioni", "3"),
    ]);
    sample.bodies.truncate(1);
    for (index, (inhabitants, workstations, percent, through)) in figures.iter().enumerate() {
        let (code, name) = (format!("c_{index}"), format!("Comune di Prova {index}"));
        let counts = [inhabitants, workstations, percent].map(ToString::to_string);
        let mut cells = vec![
            ("codice", code.as_str()),
            ("tipo", "Comune"),
            ("denominazione", &name),
            ("abitanti", &counts[0]),
            ("abitanti_al", "01/01/2023"),
            ("imprese", &counts[1]),
            ("postazioni", &counts[1]),
        ];
        if *through {
            cells.extend([("unione", "unione"), ("quota_unione", &counts[2])]);
        }
        sample = sample.and_body(&cells);
    }
    sample.bodies.push(union.bodies[2].clone());
    let adherents = sample.bodies.len() - 1;
    sample.bodies[1..].rotate_left(turned % adherents);
    sample.bands.push(band("costi fissi", "", "", "12345.67", ""));
    sample.quota = FeeScheme { oltre_fissa: true, ..FeeScheme::new(criterion) };
    sample.field("regime_iva", "imponibile").field("aliquota_iva", "22").field("scadenza", "17/05/2029")
}

fn by_code(sample: &Sample) -> Vec<(String, Money, Money, Money)> {
    let dossier = sample.build();
    let (owed, _) = contributions(&dossier);
    let mut sums: Vec<_> = dossier
        .bodies
        .iter()
        .zip(owed)
        .filter_map(|(body, owed)| {
            owed.map(|owed| (body.code().to_owned(), owed.assessed(), owed.yearly(), owed.total_gross()))
        })
        .collect();
    sums.sort();
    sums
}

proptest! {
    #[test]
    fn totals_are_the_sums_of_their_parts(figures in figures(), by_workstations: bool) {
        let criterion = if by_workstations { Criterion::Postazione } else { Criterion::AbitanteImpresa };
        let sample = many(criterion, &figures, 0);
        let (owed, found) = run(&sample);
        prop_assert_eq!(found, []);
        let mut dossier = sample.build();
        dossier.contributions = owed;
        let all = details(&dossier);
        prop_assert_eq!(all.totals.bodies, figures.len() + 1);
        // Whoever pays, what is paid is what is due.
        prop_assert_eq!(all.totals.assessed, all.totals.yearly);
        if by_workstations {
            prop_assert_eq!(all.totals.assessed, euro("12345.67"));
        }
        let fees: Vec<_> = all.bodies.iter().filter_map(|body| body.fee.as_ref()).collect();
        let sum = |of: fn(&crate::fees::details::FeeDetails) -> Money| -> Money { fees.iter().map(|fee| of(fee)).sum() };
        prop_assert_eq!(sum(|fee| fee.total), all.totals.total);
        prop_assert_eq!(sum(|fee| fee.yearly_vat), all.totals.yearly_vat);
        prop_assert_eq!(sum(|fee| fee.total_vat), all.totals.total_vat);
        let paid: Money = fees.iter().flat_map(|fee| &fee.members).map(|member| member.yearly).sum();
        let taken: Money = fees.iter().filter_map(|fee| fee.by_union.as_ref()).map(|part| part.yearly).sum();
        prop_assert_eq!(paid, taken);
        for fee in fees {
            let lines: Money = fee.lines.iter().map(|line| line.amount).sum();
            let years: Money = fee.years.iter().map(|year| year.net).sum();
            prop_assert_eq!((lines, years), (fee.assessed, fee.total));
        }
    }

    #[test]
    fn the_order_of_bodies_does_not_matter(figures in figures(), turned in 0_usize..8, by_workstations: bool) {
        let criterion = if by_workstations { Criterion::Postazione } else { Criterion::AbitanteImpresa };
        let (one, other) = (many(criterion, &figures, 0), many(criterion, &figures, turned));
        prop_assert_eq!(by_code(&one), by_code(&other));
    }

    #[test]
    fn progressive_discounts_never_lower_the_fee(a in 1_u64..=40_000, b in 1_u64..=40_000, one in 0_u8..=100, two in 0_u8..=100) {
        let of = |inhabitants: u64| {
            let mut sample = cit(&inhabitants.to_string(), "7");
            sample.bands[1].insert("sconto", one.to_string());
            sample.bands[2].insert("sconto", two.to_string());
            run(&sample).0[1].as_ref().map(Contribution::yearly)
        };
        prop_assert!(of(a.min(b)) <= of(a.max(b)));
    }

    #[test]
    fn shares_add_up_and_follow_the_weights(cents in 0_i64..1_000_000_000_000, weights in prop::collection::vec(0_u64..5_000, 1..40)) {
        let sum = Money::round(Decimal::new(cents, 2));
        match sum.shares(&weights) {
            None => prop_assert!(weights.iter().all(|weight| *weight == 0)),
            Some(shares) => {
                prop_assert_eq!(shares.iter().copied().sum::<Money>(), sum);
                let mut pairs: Vec<(u64, Money)> = weights.iter().copied().zip(shares).collect();
                pairs.sort();
                prop_assert!(pairs.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 <= pair[1].1));
            }
        }
    }
}
