//! The minimum content of a convention, found in the articles that say they cover it and in their words.
//!
//! Words are looked for by their stems, after folding, so that a text edited by people still passes when it says the
//! thing and fails when it does not.

use super::{Judged, whole};
use crate::act::{Article, Element, Inline, for_each_inline, for_each_run, plain};
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::fold;
use crate::model::Parameter;
use crate::schema::Mode;

/// The articles that cover `element` and say something of it.
pub(super) fn covering<'a>(judged: &Judged<'a>, element: Element) -> Vec<&'a Article> {
    judged
        .act
        .articles()
        .filter(|article| article.covers.contains(&element))
        .filter(|article| judged.words.says_something(article))
        .collect()
}

/// Their words, headings included, folded.
pub(super) fn folded(judged: &Judged<'_>, articles: &[&Article]) -> String {
    let said = articles.iter().flat_map(|article| [judged.words.heading(article), judged.words.text(article)]);
    said.collect::<Vec<_>>().join(" ")
}

pub(super) fn says(text: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| text.contains(stem))
}

/// Reports `code` where no article covers `element`; gives the articles otherwise.
pub(super) fn demand<'a>(
    judged: &Judged<'a>,
    findings: &mut Findings,
    code: &'static str,
    element: Element,
) -> Vec<&'a Article> {
    let articles = covering(judged, element);
    if articles.is_empty() {
        let message =
            format!("{} non ha un articolo che stabilisca {}", judged.act.kind.with_article(), element.italian());
        let hint = format!("aggiungere la clausola, con covers=\"{}\" nel titolo dell’articolo", element.slug());
        findings.push(Diagnostic::new(code, whole(judged.act), message).hint(hint));
    }
    articles
}

/// Reports `code` on an article that does not say all it should.
pub(super) fn incomplete(findings: &mut Findings, code: &'static str, article: &Article, missing: &str, hint: &str) {
    let message = format!("l’articolo {} («{}») non dice {missing}", article.number, plain(&article.heading));
    findings.push(Diagnostic::new(code, article.place.clone(), message).hint(hint));
}

/// C30-01.
pub fn object(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "C30-01", Element::Oggetto);
    if let Some(first) = articles.first()
        && !says(&folded(judged, &articles), &["serviz", "funzion"])
    {
        incomplete(
            findings,
            "C30-01",
            first,
            "quali funzioni o servizi si svolgono insieme",
            "nominare i servizi, o rinviare all’articolo o all’allegato che li elenca",
        );
    }
}

/// C30-02.
pub fn aims(judged: &Judged<'_>, findings: &mut Findings) {
    demand(judged, findings, "C30-02", Element::Fini);
}

/// C30-03 on the act: the article states start and end. Where the sheet lacks one of them the rule on data tells it.
pub fn term(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "C30-03", Element::Durata);
    let Some(first) = articles.first() else { return };
    let is_day = |name: &str| matches!(name, "convenzione.decorrenza" | "convenzione.scadenza");
    let (mut blank, mut days) = (false, 0);
    for article in &articles {
        for_each_inline(&article.blocks, &mut |inline| match inline {
            Inline::Blank(found) if is_day(&found.name) => days += 1,
            Inline::Blank(found) => blank |= found.place.is_none() || found.name.starts_with("convenzione."),
            Inline::Value(value) if is_day(&value.name) => days += 1,
            _ => {}
        });
    }
    let written = crate::date::count_in(&folded(judged, &articles));
    if blank || days.max(written) < 2 {
        incomplete(
            findings,
            "C30-03",
            first,
            "il giorno di inizio e quello di fine",
            "scrivere {{convenzione.decorrenza}} e {{convenzione.scadenza}}, e compilare i due campi",
        );
    }
}

/// C30-04.
pub fn consultation(judged: &Judged<'_>, findings: &mut Findings) {
    organs(judged, findings, "C30-04");
}

/// At least one organ with composition, convocation and quorum, in one article.
pub(super) fn organs(judged: &Judged<'_>, findings: &mut Findings, code: &'static str) {
    const WANTED: [(&str, &[&str]); 3] = [
        (
            "la composizione",
            &["compost", "costituit", "formata da", "formato da", "ne fanno parte", "fa parte", "partecipa"],
        ),
        ("la convocazione", &["convoca"]),
        (
            "il numero legale",
            &[
                "e valid",
                "sono valid",
                "validamente",
                "numero legale",
                "quorum",
                "maggioranza dei componenti",
                "meta piu",
                "presenza di almeno",
                "presenza della",
            ],
        ),
    ];
    let articles = demand(judged, findings, code, Element::Consultazione);
    let Some(first) = articles.first() else { return };
    let lacking = |article: &&Article| {
        let text = judged.words.text(article);
        WANTED.iter().filter(|(_, stems)| !says(text, stems)).map(|(what, _)| *what).collect::<Vec<_>>()
    };
    let Some(fewest) = articles.iter().map(lacking).min_by_key(Vec::len) else { return };
    if !fewest.is_empty() {
        let missing = format!("{} di almeno un organo di consultazione", fewest.join(", né "));
        incomplete(
            findings,
            code,
            first,
            &missing,
            "dire chi compone l’organo, chi lo convoca e quando le sedute sono valide",
        );
    }
}

/// C30-06: obligations of the lead body and of the adherents.
pub fn obligations(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "C30-06", Element::Obblighi);
    let Some(whole) = articles.first() else { return };
    let lead = judged.dossier.lead().map(|lead| fold(lead.name())).unwrap_or_default();
    let body = judged.dossier.bodies.get(judged.body).map(|body| fold(body.name())).unwrap_or_default();
    let first = |text: &str, stems: &[&str], name: &str| {
        let named = Some(name).filter(|name| !name.is_empty());
        stems.iter().copied().chain(named).filter_map(|stem| text.find(stem)).min()
    };
    // A model may call its lead body otherwise: "Società".
    let called = match judged.dossier.model.parametri.get("capofila_nome") {
        Some(Parameter::Text(word)) => fold(word),
        _ => "capofila".to_owned(),
    };
    let lead_at = |text: &str| {
        let stems = ["capofila", "coordinatore", "impegni della provincia", "obblighi della provincia", &called];
        first(text, &stems, &lead)
    };
    let adherent_at = |text: &str| {
        let stems =
            ["ente aderente", "enti aderenti", "dellente", "degli enti", "del comune", "dei comuni", "ente associato"];
        first(text, &stems, &body)
    };
    // Who is bound is the subject of the sentence or of the heading, not whoever is named in passing.
    let (mut by_lead, mut by_adherent) = (false, false);
    for article in &articles {
        let heading = judged.words.heading(article);
        by_lead |= lead_at(heading).is_some();
        by_adherent |= adherent_at(heading).is_some();
        for_each_run(&article.blocks, &mut |run| {
            if by_lead && by_adherent {
                return;
            }
            let text = fold(&plain(run));
            let opens = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
            if opens(&["il capofila", "la provincia "]) {
                by_lead = true;
            } else if opens(&["lente ", "ciascun ente", "gli enti", "il comune", "i comuni"]) {
                by_adherent = true;
            } else if says(
                &text,
                &["impegn", "assicur", "provved", "garanti", "obblig", "tenut", "deve", "mette a disposizione"],
            ) {
                let start: String = text.chars().take(60).collect();
                let (lead, adherent) = (lead_at(&start), adherent_at(&start));
                by_lead |= lead.is_some_and(|lead| adherent.is_none_or(|adherent| lead < adherent));
                by_adherent |= adherent.is_some_and(|adherent| lead.is_none_or(|lead| adherent < lead));
            }
        });
    }
    for (there, who) in
        [(by_lead, "gli obblighi dell’ente capofila"), (by_adherent, "gli obblighi degli enti aderenti")]
    {
        if !there {
            incomplete(
                findings,
                "C30-06",
                whole,
                who,
                "gli obblighi sono reciproci: indicare quelli di ciascuna parte",
            );
        }
    }
}

/// C30-07.
pub fn guarantees(judged: &Judged<'_>, findings: &mut Findings) {
    remedies(judged, findings, "C30-07");
}

/// Withdrawal, penalties or remedies, termination, disputes.
pub(super) fn remedies(judged: &Judged<'_>, findings: &mut Findings, code: &'static str) {
    let elements = [Element::Garanzie, Element::Recesso, Element::Controversie];
    let mut articles: Vec<&Article> = elements.into_iter().flat_map(|element| covering(judged, element)).collect();
    articles.dedup_by_key(|article| article.number);
    if covering(judged, Element::Garanzie).is_empty() {
        demand(judged, findings, code, Element::Garanzie);
        return;
    }
    let text = folded(judged, &articles);
    let Some(first) = articles.first() else { return };
    for (stems, missing) in [
        (["reced", "recesso"].as_slice(), "come si recede"),
        (&["penal", "inadempi", "risarci"], "che cosa accade in caso di inadempimento (penali o altri rimedi)"),
        (&["risolu", "risolv", "sciogli"], "in quali casi il rapporto si risolve"),
        (&["controvers"], "come si risolvono le controversie"),
    ] {
        if !says(&text, stems) {
            incomplete(findings, code, first, missing, "completare le garanzie, o aggiungere l’articolo che manca");
        }
    }
}

/// C30-13 on the act: delegated body, or office with seat and staff.
pub fn delegation(judged: &Judged<'_>, findings: &mut Findings) {
    let Some(mode) = judged.dossier.convention.forma.copied() else { return };
    let (stems, missing): (&[&str], _) = match mode {
        Mode::Delega => (&["deleg"], "a quale ente sono delegate le funzioni"),
        Mode::Ufficio => (&["ufficio comune"], "quale sia l’ufficio comune"),
        Mode::Coordinamento => return,
    };
    let articles = covering(judged, Element::Delega);
    let text = folded(judged, &articles);
    let Some(first) = articles.first() else {
        let message = "la convenzione non ha un articolo sulla delega o sull’ufficio comune";
        let hint = "aggiungere la clausola, con covers=\"delega\", o indicare la forma «coordinamento»";
        findings.push(Diagnostic::new("C30-13", whole(judged.act), message).hint(hint));
        return;
    };
    if !says(&text, stems) {
        incomplete(findings, "C30-13", first, missing, "nominare l’ente delegato o l’ufficio");
    }
    if mode == Mode::Ufficio && !says(&text, &["personale", "distacc"]) {
        incomplete(
            findings,
            "C30-13",
            first,
            "quale personale è distaccato all’ufficio",
            "indicare il personale distaccato",
        );
    }
}

/// C30-17 on the act: notice, form and effect of the withdrawal.
pub fn withdrawal(judged: &Judged<'_>, findings: &mut Findings) {
    let articles: Vec<&Article> = judged
        .act
        .articles()
        .filter(|article| {
            article.covers.contains(&Element::Recesso) || judged.words.heading(article).contains("recesso")
        })
        .collect();
    let Some(first) = articles.first() else {
        findings.push(
            Diagnostic::new("C30-17", whole(judged.act), "la convenzione non regola il recesso")
                .hint("aggiungere la clausola, con covers=\"recesso\" nel titolo dell’articolo"),
        );
        return;
    };
    let text = folded(judged, &articles);
    for (stems, missing) in [
        (["preavviso", "giorni prima", "mesi prima"].as_slice(), "con quale preavviso si recede"),
        (
            &["pec", "posta elettronica certificata", "raccomandata", "per iscritto", "forma scritta"],
            "in quale forma si comunica il recesso",
        ),
        (&["effett", "decorr"], "da quando il recesso ha effetto"),
    ] {
        if !says(&text, stems) {
            incomplete(findings, "C30-17", first, missing, "completare la clausola di recesso");
        }
    }
}
