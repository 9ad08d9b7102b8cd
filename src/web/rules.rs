//! The rules of the checks: all of them, and the page of each.

use axum::extract::{Path, State};
use axum::response::Response;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};
use serde_json::json;

use super::Shared;
use super::pages::{self, Frame};
use super::reply::Fault;
use super::session::Visitor;
use crate::rule::{self, RULES};

/// All rules, by group.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let mut groups: Vec<(&str, Vec<serde_json::Value>)> = Vec::new();
    for rule in RULES {
        let row = json!({ "code": rule.code, "title": rule.title, "severity": rule.severity.italian() });
        match groups.last_mut().filter(|(group, _)| *group == rule.group()) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((rule.group(), vec![row])),
        }
    }
    let group = |(group, rows)| json!({ "id": group, "title": rule::group_title(group), "rows": rows });
    let data = json!({ "groups": groups.into_iter().map(group).collect::<Vec<_>>(), "count": RULES.len() });
    pages::page(Frame::new("Regole", "/regole", &app, &visitor), "regole", &data)
}

/// The page of a rule.
pub async fn rule(State(app): State<Shared>, visitor: Visitor, Path(code): Path<String>) -> Result<Response, Fault> {
    let rule = rule::find(&code).ok_or(Fault::Nothing)?;
    let data = json!({
        "code": rule.code,
        "title": rule.title,
        "severity": rule.severity.italian(),
        "law": rule.law,
        "content": markup(rule.page),
    });
    let frame = Frame::new(format!("{}: {}", rule.code, rule.title), "/regole", &app, &visitor);
    Ok(pages::page(frame, "regola", &data))
}

/// A page of ours as HTML. Markup inside it would be shown, not obeyed.
fn markup(page: &str) -> String {
    let events = Parser::new(page).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Heading { .. }) => Event::Start(Tag::Heading {
            level: HeadingLevel::H2,
            id: None,
            classes: Vec::<CowStr<'_>>::new(),
            attrs: Vec::new(),
        }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H2)),
        event => event,
    });
    let mut text = String::new();
    html::push_html(&mut text, events);
    text
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn pages_of_rules_are_not_obeyed() {
        let text = markup("## Che cosa\n\nUn `codice` e <script>alert(1)</script>\n\n<div>x</div>\n");
        assert!(text.contains("<h2>Che cosa</h2>") && text.contains("<code>codice</code>"));
        assert!(!text.contains("<script") && !text.contains("<div"));
    }
}
