//! How bodies are called in an act: full name with articles and prepositions, seat, organ, office of who signs; and the
//! head of the document's properties.

use crate::act::ActKind;
use crate::dossier::{Assignment, Body, Deliberation, Dossier};
use crate::italian::{capitalize, count, with_article, with_preposition};
use crate::schema::{BodyKind, DeliberationSubject, Organ};

/// What is printed or recorded about an act as a whole.
#[derive(Debug, Clone)]
pub struct Head {
    /// One-line description.
    pub subject: String,
    /// The body that writes it.
    pub author: String,
    /// Running head.
    pub header: String,
    /// Day of the document.
    pub date: chrono::NaiveDate,
}

/// The head of an act.
pub fn head(assignment: &Assignment, dossier: &Dossier) -> Head {
    let body = dossier.bodies.get(assignment.body);
    let name = body.map_or("", Body::name);
    let lead = dossier.lead().map_or("", Body::name);
    let title = dossier.convention.titolo.text().unwrap_or("convenzione");
    let kind = assignment.kind;
    let deliberation = match kind {
        ActKind::DeliberaSchema => dossier.scheme(),
        _ => body.and_then(|body| dossier.adhesion_of(body)),
    };
    let voted = deliberation.and_then(|act| act.data.copied());
    let signed = dossier.convention.data_firma.copied();
    // A draft bears the day of the scheme it follows, not today's: run again tomorrow, it is the same file.
    let drafted = dossier.scheme().and_then(|scheme| scheme.data.copied()).unwrap_or(dossier.today);
    let document =
        if deliberation.is_some_and(Deliberation::is_adopted) { "Deliberazione" } else { "Proposta di deliberazione" };
    match kind {
        ActKind::Convenzione if dossier.is_multilateral() => {
            let adherents = dossier.parties().count();
            Head {
                subject: format!(
                    "Convenzione fra {} e {}",
                    with_article(lead),
                    count(adherents, "ente aderente", "enti aderenti")
                ),
                author: lead.to_owned(),
                header: capitalize(title),
                date: signed.unwrap_or(drafted),
            }
        }
        ActKind::Convenzione => Head {
            subject: format!("Convenzione fra {} e {}", with_article(lead), with_article(name)),
            author: lead.to_owned(),
            header: format!("{} – {name}", capitalize(title)),
            date: signed.unwrap_or(drafted),
        },
        ActKind::Accordo => Head {
            subject: capitalize(title),
            author: lead.to_owned(),
            header: capitalize(title),
            date: signed.unwrap_or(drafted),
        },
        ActKind::DeliberaSchema => Head {
            subject: format!("Approvazione dello schema: «{title}»"),
            author: lead.to_owned(),
            header: format!("{lead} – {document}: approvazione dello schema"),
            date: voted.unwrap_or(drafted),
        },
        ActKind::DeliberaAdesione if dossier.is_agreement() => Head {
            subject: format!("Approvazione dello schema: «{title}»"),
            author: name.to_owned(),
            header: format!("{name} – {document}: approvazione dell’accordo"),
            date: voted.unwrap_or(drafted),
        },
        ActKind::DeliberaAdesione => {
            let renewal = deliberation.is_some_and(|act| act.oggetto.is(DeliberationSubject::Rinnovo));
            let what = if renewal { "Rinnovo dell’adesione" } else { "Adesione" };
            Head {
                subject: format!("{what} {} alla convenzione «{title}»", with_preposition("di", name)),
                author: name.to_owned(),
                header: format!("{name} – {document}: {} alla convenzione", what.to_lowercase()),
                date: voted.unwrap_or(drafted),
            }
        }
        _ => {
            let request = assignment.request.and_then(|index| dossier.requests.get(index));
            let service = request.and_then(|row| dossier.service(row)).and_then(|service| service.nome.text());
            let of_service = service.map(|service| format!(" «{service}»")).unwrap_or_default();
            let what = format!("{}{of_service}", capitalize(kind.italian()));
            let is_of_lead = matches!(kind, ActKind::CartaServizi | ActKind::LetteraTrasmissione);
            let day = request.and_then(|row| row.data.copied());
            let withdrawn = body.and_then(|body| body.recesso_comunicato_il.copied());
            Head {
                subject: format!("{what} – {name}"),
                author: if is_of_lead { lead } else { name }.to_owned(),
                header: format!("{name} – {what}"),
                date: day.or(withdrawn.filter(|_| kind == ActKind::Recesso)).or(signed).unwrap_or(drafted),
            }
        }
    }
}

/// "via Roma 1, 61121 Pesaro (PU)"; `None` where nothing is known.
pub fn seat(body: &Body) -> Option<String> {
    let province = body.provincia.text().map(|sign| format!("({sign})"));
    let town = [body.cap.get().map(ToString::to_string), body.comune.text().map(str::to_owned), province];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts: Vec<String> = [body.indirizzo.text().map(str::to_owned), Some(town).filter(|town| !town.is_empty())]
        .into_iter()
        .flatten()
        .collect();
    body.indirizzo.text().or(body.comune.text()).map(|_| parts.join(", "))
}

/// The office without its article, if the sheet wrote one, and in lower case inside the sentence.
pub fn office(text: &str) -> &str {
    let lower = text.to_lowercase();
    ["il ", "la ", "lo ", "l'", "l’"]
        .into_iter()
        .find(|article| lower.starts_with(article))
        .and_then(|article| text.get(article.len()..))
        .unwrap_or(text)
}

/// "il Sindaco", "la Presidente" where the sheet says "la Presidente".
pub fn office_with(base: Option<&str>, text: &str) -> String {
    let bare = office(text);
    let feminine = text.to_lowercase().starts_with("la ");
    let mut noun = crate::italian::Noun::of(bare);
    noun.feminine |= feminine;
    let article = crate::italian::Article::before(bare, noun);
    match base {
        Some(base) => format!("{}{bare}", crate::italian::preposition(base, article)),
        None => format!("{}{bare}", article.text()),
    }
}

/// The full name of the organ that deliberates for a body.
pub fn organ(body: &Body, act: Option<&Deliberation>) -> String {
    let kind = body.tipo.copied().unwrap_or(BodyKind::Altro);
    let territorial =
        !matches!(kind, BodyKind::Altro | BodyKind::Societa | BodyKind::Associazione | BodyKind::Consorzio);
    let organ = act.and_then(|act| act.organo.copied());
    let organ = organ.unwrap_or(match kind {
        BodyKind::Regione => Organ::Giunta,
        _ if territorial => Organ::Consiglio,
        _ => Organ::Amministrazione,
    });
    let of_union = || {
        let name = body.name().to_lowercase();
        match kind {
            BodyKind::Unione => "dell’Unione",
            _ if name.starts_with("unione") => "dell’Unione montana",
            _ => "della Comunità montana",
        }
    };
    match (organ, kind) {
        (Organ::Amministrazione, BodyKind::Associazione) => "Consiglio direttivo".to_owned(),
        (Organ::Amministrazione, _) => "Consiglio di amministrazione".to_owned(),
        (Organ::Presidente, BodyKind::Comune) => "Sindaco".to_owned(),
        (Organ::Presidente, _) => "Presidente".to_owned(),
        (organ, kind) => {
            let noun = match organ {
                Organ::Giunta => "Giunta",
                Organ::Assemblea => "Assemblea",
                _ => "Consiglio",
            };
            let feminine = noun != "Consiglio";
            let ending = if feminine { "a" } else { "o" };
            match kind {
                BodyKind::Comune => format!("{noun} comunale"),
                BodyKind::Provincia => format!("{noun} provinciale"),
                BodyKind::Regione => format!("{noun} regionale"),
                BodyKind::CittaMetropolitana => format!("{noun} metropolitan{ending}"),
                BodyKind::Unione | BodyKind::Montana => format!("{noun} {}", of_union()),
                _ => noun.to_owned(),
            }
        }
    }
}
