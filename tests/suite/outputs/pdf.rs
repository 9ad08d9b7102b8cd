//! The words of a PDF: pages in order; running head, page number and repeated heads of tables taken away.

use scrivano::act::{Act, Block, plain};

use super::tree::{squeezed, words as words_of_tree};

/// The words of the pages of an act's PDF, squeezed, without what a new page repeats.
pub fn words(pdf: &[u8], act: &Act) -> String {
    let pages = pdf_extract::extract_text_from_mem_by_pages(pdf).expect("text of the PDF");
    let expected = squeezed(&words_of_tree(act));
    let mut heads = Vec::new();
    collect_heads(&act.blocks, &mut heads);
    let mut all = String::new();
    for (index, page) in pages.iter().enumerate() {
        let mut text = without(&squeezed(page), &format!("Pagina{}di{}", index + 1, pages.len()));
        if index > 0 {
            text = without(&text, &squeezed(&act.header));
        }
        // A table that goes on repeats its head.
        let due = expected.get(all.len()..).unwrap_or_default();
        let repeated = heads.iter().find(|head| text.starts_with(*head) && !due.starts_with(*head));
        all.push_str(repeated.map_or(text.as_str(), |head| &text[head.len()..]));
    }
    all
}

/// The text without one occurrence of a mark, the last if the text ends with it.
fn without(text: &str, mark: &str) -> String {
    match text.strip_suffix(mark) {
        Some(rest) => rest.to_owned(),
        None => {
            assert!(text.contains(mark), "a page lacks «{mark}»: {text}");
            text.replacen(mark, "", 1)
        }
    }
}

fn collect_heads(blocks: &[Block], heads: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Table(table) => heads.push(squeezed(&table.head.iter().map(|cell| plain(cell)).collect::<String>())),
            Block::Article(article) => collect_heads(&article.blocks, heads),
            Block::Annex(annex) => collect_heads(&annex.blocks, heads),
            Block::List(list) => list.items.iter().for_each(|item| collect_heads(&item.blocks, heads)),
            _ => {}
        }
    }
}
