//! Rows of a sheet, each of a body: found by body without going through all of them. With thousands of bodies a scan for
//! every act would take more time than the act.
//!
//! Made by `check::records`; [`super::Dossier::link`] says whose each row is.

use std::ops::{Deref, DerefMut};

/// A row that is of a body.
pub trait Owned {
    /// Position of the body in the dossier; `None` where the row names none, or none that is known.
    fn owner(&self) -> Option<usize>;
}

/// The rows of a sheet, in its order. Whoever changes them makes them forget whose they are: they are then looked
/// through one by one until they are indexed anew.
#[derive(Debug, Clone, Default)]
pub struct Rows<T> {
    list: Vec<T>,
    /// For each body that has any, the positions of its rows, ascending.
    by_body: Option<Vec<Vec<usize>>>,
}

impl<T: Owned> Rows<T> {
    /// Notes whose each row is.
    pub fn index(&mut self) {
        let mut by_body: Vec<Vec<usize>> = Vec::new();
        for (position, row) in self.list.iter().enumerate() {
            let Some(body) = row.owner() else { continue };
            if by_body.len() <= body {
                by_body.resize_with(body + 1, Vec::new);
            }
            by_body[body].push(position);
        }
        self.by_body = Some(by_body);
    }

    /// The rows of a body with their positions, in the order of the sheet.
    pub fn of_body(&self, body: usize) -> impl DoubleEndedIterator<Item = (usize, &T)> + Clone {
        let indexed = self.by_body.as_ref().map(|by_body| by_body.get(body).map_or(&[][..], Vec::as_slice));
        let scanned = match indexed {
            Some(_) => &[][..],
            None => self.list.as_slice(),
        };
        let found =
            indexed.unwrap_or_default().iter().filter_map(|position| Some((*position, self.list.get(*position)?)));
        found.chain(scanned.iter().enumerate().filter(move |(_, row)| row.owner() == Some(body)))
    }
}

impl<T> Deref for Rows<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.list
    }
}

impl<T> DerefMut for Rows<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        self.by_body = None;
        &mut self.list
    }
}

impl<T> From<Vec<T>> for Rows<T> {
    fn from(list: Vec<T>) -> Self {
        Self { list, by_body: None }
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        rows.into_iter().collect::<Vec<T>>().into()
    }
}

impl<'a, T> IntoIterator for &'a Rows<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl Owned for super::Deliberation {
    fn owner(&self) -> Option<usize> {
        self.of
    }
}

impl Owned for super::Request {
    fn owner(&self) -> Option<usize> {
        self.of
    }
}

impl Owned for super::Recipient {
    fn owner(&self) -> Option<usize> {
        self.of
    }
}

impl Owned for super::Post {
    fn owner(&self) -> Option<usize> {
        self.of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Row(Option<usize>);

    impl Owned for Row {
        fn owner(&self) -> Option<usize> {
            self.0
        }
    }

    #[test]
    fn the_index_finds_what_looking_through_finds_and_forgets_when_rows_change() {
        let mut rows: Rows<Row> = [Some(2), None, Some(0), Some(2)].into_iter().map(Row).collect();
        let of = |rows: &Rows<Row>, body| rows.of_body(body).map(|(position, _)| position).collect::<Vec<_>>();
        for indexed in [false, true] {
            if indexed {
                rows.index();
            }
            assert_eq!([0, 1, 2, 9].map(|body| of(&rows, body)), [vec![2], vec![], vec![0, 3], vec![]]);
            assert_eq!(rows.of_body(2).next_back().map(|(position, _)| position), Some(3));
        }
        rows.push(Row(Some(1)));
        assert_eq!(of(&rows, 1), [4]);
    }
}
