//! The minimum content of an agreement between administrations (ACC), found as `content` finds that of a convention.
//! (L. 241/1990, art. 15; D.Lgs. 36/2023, art. 7, c. 4.)

use super::content::{self, demand, folded, incomplete, organs, says};
use super::{Judged, slots_for_all};
use crate::act::{Block, Element, Inline, for_each_inline, for_each_run, plain};
use crate::check::Findings;
use crate::date;
use crate::dossier::Body;
use crate::italian::fold;

/// ACC-01.
pub fn object(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "ACC-01", Element::Oggetto);
    if let Some(first) = articles.first()
        && !says(&folded(judged, &articles), &["attivita", "iniziativ", "collabor"])
    {
        incomplete(
            findings,
            "ACC-01",
            first,
            "quali attività le parti svolgono insieme",
            "nominare le attività, o rinviare all’allegato che le elenca",
        );
    }
}

/// ACC-02.
pub fn common_interest(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "ACC-02", Element::Fini);
    if let Some(first) = articles.first()
        && !says(&folded(judged, &articles), &["interesse comune", "interessi comuni", "comune interesse"])
    {
        incomplete(
            findings,
            "ACC-02",
            first,
            "quale sia l’interesse comune delle parti",
            "dire quale interesse comune le parti perseguono, ciascuna secondo i propri compiti",
        );
    }
}

/// ACC-03 on the act: the article states the end, and the start or that it is the day of the signature. Where the sheet
/// lacks the end the rule on data tells it.
pub fn term(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "ACC-03", Element::Durata);
    let Some(first) = articles.first() else { return };
    let (mut start, mut end) = (false, false);
    for article in &articles {
        for_each_inline(&article.blocks, &mut |inline| {
            let name = match inline {
                Inline::Value(value) => &value.name,
                Inline::Blank(blank) => &blank.name,
                _ => return,
            };
            start |= name == "convenzione.decorrenza";
            end |= name == "convenzione.scadenza";
        });
    }
    let text = folded(judged, &articles);
    let written = date::count_in(&text);
    start |= written > 1 || says(&text, &["sottoscri", "dalla firma"]);
    end |= written > 0;
    if !(start && end) {
        incomplete(
            findings,
            "ACC-03",
            first,
            "da quando e fino a quando dura l’accordo",
            "scrivere {{convenzione.scadenza}}, e {{convenzione.decorrenza}} o che decorre dalla sottoscrizione",
        );
    }
}

/// ACC-05: the steering body, with composition, convocation and quorum.
pub fn steering(judged: &Judged<'_>, findings: &mut Findings) {
    organs(judged, findings, "ACC-05");
}

/// ACC-06: every party is bound, by its name or as one of the parties.
pub fn obligations(judged: &Judged<'_>, findings: &mut Findings) {
    const VERBS: [&str; 9] =
        ["impegn", "assicur", "provved", "garanti", "obblig", "tenut", "deve", "mette a disposizione", "realizza"];
    let articles = demand(judged, findings, "ACC-06", Element::Obblighi);
    let Some(first) = articles.first() else { return };
    let mut bound: Vec<String> = Vec::new();
    for article in &articles {
        for_each_run(&article.blocks, &mut |run| {
            let text = fold(&plain(run));
            if says(&text, &VERBS) {
                // Who is bound is the subject of the sentence, not whoever is named in passing.
                bound.push(text.chars().take(90).collect());
            }
        });
    }
    let of_all = ["le parti", "ciascuna parte", "ogni parte", "gli enti", "le amministrazioni"];
    if bound
        .iter()
        .any(|start| of_all.iter().any(|words| start.starts_with(words) || start.contains(" tutte le parti")))
    {
        return;
    }
    let lead = judged.dossier.lead();
    let parties = lead.into_iter().chain(judged.dossier.parties().map(|(_, body)| body));
    let is_free = |body: &&Body| {
        let name = fold(body.name());
        !bound.iter().any(|start| start.contains(&name))
    };
    for body in parties.filter(is_free) {
        let missing = format!("che cosa si impegna a fare «{}»", body.name());
        let hint = "gli impegni sono di tutte le parti: indicare quelli di ciascuna";
        incomplete(findings, "ACC-06", first, &missing, hint);
    }
}

/// ACC-07: the resources, or that there are none; and that they share costs and pay for nothing.
pub fn resources(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "ACC-07", Element::Finanziari);
    let Some(first) = articles.first() else { return };
    let mut sums = articles.iter().any(|article| article.blocks.iter().any(|block| matches!(block, Block::Table(_))));
    for article in &articles {
        for_each_inline(&article.blocks, &mut |inline| match inline {
            Inline::Value(value) => sums |= value.s.contains('€'),
            Inline::Blank(blank) => sums |= blank.name.starts_with("risorse."),
            _ => {}
        });
    }
    let text = folded(judged, &articles);
    let written = articles.iter().any(|article| article.plain().contains('€')) || text.contains("euro ");
    let none = says(&text, &["senza oneri", "non comporta oneri", "nessun onere", "senza nuovi o maggiori oneri"]);
    if !(sums || written || none) {
        incomplete(
            findings,
            "ACC-07",
            first,
            "quali risorse servono e chi le mette a disposizione",
            "indicare le somme, {{risorse.totale}} e la tabella degli stanziamenti, o che l’accordo è senza oneri",
        );
    }
    if !none && !says(&text, &["corrispettiv", "rimbors", "spese sostenute", "concorso all", "ripartizione de"]) {
        incomplete(
            findings,
            "ACC-07",
            first,
            "che le somme ripartiscono i costi e non sono un corrispettivo",
            "fra amministrazioni che collaborano non c’è prezzo: dire che le somme rimborsano spese",
        );
    }
}

/// ACC-12 on the act: a slot for each party; the article on the signature wants it digital, on pain of nullity.
pub fn signatures(judged: &Judged<'_>, findings: &mut Findings) {
    slots_for_all(judged, findings, "ACC-12");
    let articles = demand(judged, findings, "ACC-12", Element::Firma);
    let Some(first) = articles.first() else { return };
    let text = folded(judged, &articles);
    if !says(&text, &["firma digitale", "firma elettronica"]) || !says(&text, &["nullita", "nullo"]) {
        incomplete(
            findings,
            "ACC-12",
            first,
            "che la firma è digitale a pena di nullità",
            "aggiungere che l’accordo è sottoscritto con firma digitale, a pena di nullità",
        );
    }
}

/// ACC-15: withdrawal, non-performance, termination, disputes.
pub fn remedies(judged: &Judged<'_>, findings: &mut Findings) {
    content::remedies(judged, findings, "ACC-15");
}
