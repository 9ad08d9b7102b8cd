//! The words of the articles of an act, folded once for all the rules that look for words in them. Made by `act` for each
//! act that it judges.

use std::cell::OnceCell;

use crate::act::{Act, Article, for_each_run, plain};
use crate::italian::fold;

/// Words under which an article says nothing.
const FEWEST_WORDS: usize = 8;

/// What an article says, for looking words up: each part folded when first asked for.
#[derive(Debug, Default)]
struct Said {
    enough: OnceCell<bool>,
    heading: OnceCell<String>,
    text: OnceCell<String>,
}

/// The words of the articles of one act, by number.
#[derive(Debug)]
pub struct Words(Vec<Said>);

impl Words {
    /// None folded yet.
    pub(super) fn of(act: &Act) -> Self {
        Self(act.articles().map(|_| Said::default()).collect())
    }

    /// True where there are words enough under the heading, values as printed, to say something.
    pub(super) fn says_something(&self, article: &Article) -> bool {
        self.said(article).is_some_and(|said| *said.enough.get_or_init(|| has_words(article)))
    }

    /// The heading of an article of the act, folded.
    pub(super) fn heading(&self, article: &Article) -> &str {
        self.said(article).map_or("", |said| said.heading.get_or_init(|| fold(&plain(&article.heading))))
    }

    /// What stands under it, folded.
    pub(super) fn text(&self, article: &Article) -> &str {
        self.said(article).map_or("", |said| said.text.get_or_init(|| fold(&article.plain())))
    }

    fn said(&self, article: &Article) -> Option<&Said> {
        // Articles are numbered from one in the order in which they stand.
        let index = article.number.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        index.and_then(|index| self.0.get(index))
    }
}

fn has_words(article: &Article) -> bool {
    let mut count = 0;
    for_each_run(&article.blocks, &mut |run| {
        if count < FEWEST_WORDS {
            count += plain(run).split_whitespace().count();
        }
    });
    count >= FEWEST_WORDS
}
