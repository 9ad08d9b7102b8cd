//! Who was to sign, and who has. The workbook knows no codice fiscale of people, so they are matched by name.

use super::report::Expected;
use crate::emit::bundle::Signer;
use crate::verify::{Fault, Signature, same_person};

/// Those who were to sign a document, with what they have done; and what there is to say of the others who signed.
pub(super) fn expected(signers: &[Signer], signatures: &[&Signature]) -> (Vec<Expected>, Vec<Fault>) {
    let good: Vec<&Signature> = signatures.iter().copied().filter(|signature| signature.counts()).collect();
    let mut used = vec![false; good.len()];
    let mut expected: Vec<Expected> = signers
        .iter()
        .map(|signer| Expected {
            party: signer.party.clone(),
            office: signer.office.clone(),
            name: if is_blank(&signer.name) { String::new() } else { signer.name.clone() },
            signed: false,
            by: None,
        })
        .collect();
    for slot in expected.iter_mut().filter(|slot| !slot.name.is_empty()) {
        // One person may sign in two offices with one signature.
        for (signature, used) in good.iter().zip(&mut used) {
            if same_person(&slot.name, signature.who()) {
                *used = true;
                slot.signed = true;
                slot.by = Some(signature.who().to_owned());
            }
        }
    }
    // Where the act leaves the name blank, whoever else has signed is taken for the one.
    for slot in expected.iter_mut().filter(|slot| slot.name.is_empty()) {
        let free = good.iter().zip(&mut used).find(|(_, used)| !**used);
        if let Some((signature, used)) = free {
            *used = true;
            slot.signed = true;
            slot.by = Some(signature.who().to_owned());
        }
    }
    let all_signed = expected.iter().all(|slot| slot.signed);
    let mut others: Vec<&str> = good.iter().zip(&used).filter(|(_, used)| !**used).map(|(it, _)| it.who()).collect();
    others.sort_unstable();
    others.dedup();
    let told = |name: &str| {
        if all_signed {
            return Fault::note(
                "also-signed",
                format!("ha firmato anche {name}, che il documento non prevede fra i firmatari"),
            );
        }
        let words = format!("ha firmato {name}, che non è fra chi doveva firmare");
        let hint = "se ha firmato al posto di un altro, serve la delega o la correzione del foglio; altrimenti far firmare chi manca";
        Fault::error("other-signatory", words, hint)
    };
    (expected, others.into_iter().map(told).collect())
}

/// "il Sindaco Mario Rossi", as a missing signature is told.
pub(super) fn called(expected: &Expected) -> String {
    let name = if expected.name.is_empty() { "(nome in bianco nell’atto)" } else { &expected.name };
    let party = if expected.party.is_empty() { String::new() } else { format!(" ({})", lower_first(&expected.party)) };
    format!("{} {name}{party}", expected.office).trim().to_owned()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Dots, where the act leaves the name to be written.
fn is_blank(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() < 2
}
