//! The words of the articles of an act, folded once for all the rules that look for words in them. Made by `act` for each
//! act that it judges.

use std::cell::OnceCell;

use crate::act::{Act, Article, plain};
use crate::italian::fold;

/// What an article says, for looking words up.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// How many words stand under the heading, values as printed.
    pub count: usize,
    /// The heading, folded.
    pub heading: String,
    /// What stands under it, folded.
    pub text: String,
}

impl Said {
    fn by(article: &Article) -> Self {
        let words = article.plain();
        Self { count: words.split_whitespace().count(), heading: fold(&plain(&article.heading)), text: fold(&words) }
    }
}

static NOTHING: Said = Said { count: 0, heading: String::new(), text: String::new() };

/// The words of the articles of one act, by number.
#[derive(Debug)]
pub struct Words(Vec<OnceCell<Said>>);

impl Words {
    /// None folded yet.
    pub(super) fn of(act: &Act) -> Self {
        Self(act.articles().map(|_| OnceCell::new()).collect())
    }

    /// Those of an article of the act.
    pub(super) fn said(&self, article: &Article) -> &Said {
        // Articles are numbered from one in the order in which they stand.
        let index = article.number.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        let cell = index.and_then(|index| self.0.get(index));
        cell.map_or(&NOTHING, |cell| cell.get_or_init(|| Said::by(article)))
    }
}
