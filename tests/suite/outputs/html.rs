//! The words of an HTML page as a browser shows them: list labels counted as the style sheet says.

/// The words of `<main>`, labels included.
pub fn words(html: &str) -> String {
    let (_, rest) = html.split_once("<main>").expect("a main part");
    let (main, _) = rest.split_once("</main>").expect("the end of the main part");
    let mut lists: Vec<(&str, usize)> = Vec::new();
    let mut words = String::new();
    let mut rest = main;
    while let Some((text, tail)) = rest.split_once('<') {
        words.push_str(&quick_xml::escape::unescape(text).expect("known entities"));
        let (tag, tail) = tail.split_once('>').expect("a closed tag");
        rest = tail;
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name {
            "ol" | "ul" => {
                let styles = ["commi", "lettere", "trattini"];
                let style = styles.into_iter().find(|style| tag.contains(style)).expect("a known list");
                lists.push((style, 0));
            }
            "/ol" | "/ul" => {
                lists.pop();
            }
            "li" => {
                let (style, index) = lists.last_mut().expect("a list");
                let label = match *style {
                    "commi" => format!("{}.", *index + 1),
                    "lettere" => {
                        let letter = char::from(b'a' + u8::try_from(*index % 26).expect("a letter"));
                        format!("{})", letter.to_string().repeat(*index / 26 + 1))
                    }
                    _ => "–".to_owned(),
                };
                *index += 1;
                words.push_str(&label);
            }
            _ => {}
        }
    }
    words.push_str(rest);
    words
}
