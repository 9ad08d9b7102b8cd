//! How many councillors a council has. Used by the rules on quorum, presence and immediate executability.

use crate::check::subject::listed;
use crate::dossier::{Body, Origin};
use crate::gazetteer::Gazetteer;
use crate::schema::BodyKind;

/// Councillors assigned to a body, mayor or president not counted: what the sheet says, else what the law gives for its
/// population (TUEL art. 37 as reduced; L. 56/2014, c. 20 and 67, for metropolitan cities and Provinces).
///
/// `None` where the law does not say: special-statute regions, bodies of other kinds, unknown population.
pub fn assigned_councillors(body: &Body) -> Option<u64> {
    if body.consiglieri_assegnati.origin == Origin::Unreadable {
        return None;
    }
    body.consiglieri_assegnati.copied().or_else(|| by_law(body))
}

/// What the law gives; `None` as for [`assigned_councillors`].
pub fn by_law(body: &Body) -> Option<u64> {
    let kind = body.tipo.copied()?;
    if has_special_statute(body) {
        return None;
    }
    let inhabitants = body.abitanti.copied()?;
    match kind {
        BodyKind::Comune => {
            let is_capital = listed(body).is_some_and(|comune| comune.is_capital());
            Some(comune_councillors(inhabitants, is_capital))
        }
        BodyKind::Provincia => Some(seats(inhabitants, &[(300_000, 10), (700_000, 12)], 16)),
        BodyKind::CittaMetropolitana => Some(seats(inhabitants, &[(800_000, 14), (3_000_000, 18)], 24)),
        _ => None,
    }
}

fn comune_councillors(inhabitants: u64, is_capital: bool) -> u64 {
    if is_capital && inhabitants <= 100_000 {
        return 32;
    }
    let steps = [(3_000, 10), (10_000, 12), (30_000, 16), (100_000, 24), (250_000, 32), (500_000, 36), (1_000_000, 40)];
    seats(inhabitants, &steps, 48)
}

/// The seats of the first step that reaches `inhabitants`, else `above`.
fn seats(inhabitants: u64, steps: &[(u64, u64)], above: u64) -> u64 {
    steps.iter().find(|(up_to, _)| inhabitants <= *up_to).map_or(above, |(_, seats)| *seats)
}

/// True in the five regions whose own law says how many councillors there are.
pub fn has_special_statute(body: &Body) -> bool {
    let by_province = || {
        let province = body.provincia.text()?;
        let is_in = |sign: &str| !sign.is_empty() && sign.eq_ignore_ascii_case(province);
        let list = Gazetteer::get().all();
        list.iter().find(|comune| is_in(&comune.sigla) || is_in(&comune.sigla_anpr_2026) || is_in(&comune.provincia))
    };
    listed(body).or_else(by_province).is_some_and(|comune| {
        ["Sicilia", "Sardegna", "Friuli", "Valle d'Aosta", "Trentino"]
            .iter()
            .any(|name| comune.regione.starts_with(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn councils_follow_the_population() {
        for (inhabitants, councillors) in [
            (0, 10),
            (3_000, 10),
            (3_001, 12),
            (10_000, 12),
            (10_001, 16),
            (30_000, 16),
            (30_001, 24),
            (100_000, 24),
            (100_001, 32),
            (250_001, 36),
            (500_001, 40),
            (1_000_000, 40),
            (u64::MAX, 48),
        ] {
            assert_eq!(comune_councillors(inhabitants, false), councillors, "{inhabitants}");
        }
        assert_eq!(comune_councillors(14_000, true), 32);
        assert_eq!(comune_councillors(300_000, true), 36);
    }
}
