//! A group of names under construction: values become tokens, missing ones blanks, flags truth values.

use ecow::EcoString;
use serde_json::{Map, Value as Json};

use crate::compose::tokens::{Slot, Slots};
use crate::dossier::Field;
use crate::place::Place;

/// A group under construction.
pub struct Group<'a> {
    prefix: &'a str,
    slots: &'a mut Slots,
    map: Map<String, Json>,
}

impl<'a> Group<'a> {
    /// An empty group whose names begin with `prefix`.
    pub fn new(slots: &'a mut Slots, prefix: &'a str) -> Self {
        Self { prefix, slots, map: Map::new() }
    }

    /// True for a name that the text may ask for: the others need not be made.
    pub fn wants(&self, name: &str) -> bool {
        self.slots.wants(name)
    }

    /// A value, or a blank of that label and width where it is missing.
    pub fn text(&mut self, name: &str, text: Option<String>, place: &Place, label: &'static str, width: u32) {
        if self.wants(name) {
            self.put(name, text, place, label, width);
        }
    }

    fn put(&mut self, name: &str, text: Option<String>, place: &Place, label: &'static str, width: u32) {
        let text = text.filter(|text| !text.is_empty()).map(EcoString::from);
        let mut in_full = EcoString::with_capacity(self.prefix.len() + 1 + name.len());
        [self.prefix, ".", name].into_iter().for_each(|part| in_full.push_str(part));
        let slot = Slot { name: in_full, text, label, width, place: place.clone() };
        self.map.insert(name.to_owned(), Json::String(self.slots.token(slot)));
    }

    /// A value that leaves nothing behind where it is missing, not even a blank.
    pub fn optional(&mut self, name: &str, text: Option<String>, place: &Place) {
        match text {
            Some(text) => self.text(name, Some(text), place, "", 4),
            None if self.wants(name) => {
                self.map.insert(name.to_owned(), Json::String(String::new()));
            }
            None => {}
        }
    }

    /// The value of a field, as `print` writes it.
    pub fn field<T>(
        &mut self,
        name: &str,
        field: &Field<T>,
        label: &'static str,
        width: u32,
        print: impl Fn(&T) -> String,
    ) {
        if self.wants(name) {
            self.put(name, field.get().map(print), &field.place, label, width);
        }
    }

    /// A flag for conditions.
    pub fn flag(&mut self, name: &str, flag: bool) {
        if self.wants(name) {
            self.map.insert(name.to_owned(), Json::Bool(flag));
        }
    }

    /// The group as data.
    pub fn done(self) -> Json {
        Json::Object(self.map)
    }
}
