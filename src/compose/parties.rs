//! How bodies are called in an act: full name with articles and prepositions, seat, organ, office of who signs; and the
//! head of the document's properties.

use crate::act::ActKind;
use crate::dossier::{Body, Deliberation, Dossier};
use crate::italian::{capitalize, with_article, with_preposition};
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

/// The head of an act for a body.
pub fn head(kind: ActKind, dossier: &Dossier, body: usize) -> Head {
    let name = dossier.bodies.get(body).map_or("", Body::name);
    let lead = dossier.lead().map_or("", Body::name);
    let title = dossier.convention.titolo.text().unwrap_or("convenzione");
    let deliberation = dossier.bodies.get(body).and_then(|body| dossier.adhesion_of(body));
    let voted = deliberation.and_then(|act| act.data.copied());
    // A draft bears the day of the scheme it follows, not today's: run again tomorrow, it is the same file.
    let drafted = dossier.scheme().and_then(|scheme| scheme.data.copied()).unwrap_or(dossier.today);
    match kind {
        ActKind::Convenzione => Head {
            subject: format!("Convenzione fra {} e {}", with_article(lead), with_article(name)),
            author: lead.to_owned(),
            header: format!("{} – {name}", capitalize(title)),
            date: dossier.convention.data_firma.copied().unwrap_or(drafted),
        },
        ActKind::DeliberaAdesione => {
            let renewal = deliberation.is_some_and(|act| act.oggetto.is(DeliberationSubject::Rinnovo));
            let is_adopted = deliberation.is_some_and(Deliberation::is_adopted);
            let document = if is_adopted { "Deliberazione" } else { "Proposta di deliberazione" };
            let what = if renewal { "Rinnovo dell’adesione" } else { "Adesione" };
            Head {
                subject: format!("{what} {} alla convenzione «{title}»", with_preposition("di", name)),
                author: name.to_owned(),
                header: format!("{name} – {document}: {} alla convenzione", what.to_lowercase()),
                date: voted.unwrap_or(drafted),
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
    let organ = organ.unwrap_or(if territorial { Organ::Consiglio } else { Organ::Amministrazione });
    let of_union = || {
        let name = body.name().to_lowercase();
        match kind {
            BodyKind::Unione => "dell’Unione",
            _ if name.starts_with("unione") => "dell’Unione montana",
            _ => "della Comunità montana",
        }
    };
    match (organ, kind) {
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
