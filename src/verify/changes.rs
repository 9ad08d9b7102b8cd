//! What an incremental update changes in a PDF: the bytes before it stay, but objects can be given anew, and the page shows
//! the new ones. Every object that the earlier state reaches is compared with the one of the same number afterwards; what
//! a signature needs is let through, the rest is told.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};

/// What may be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Signatures and their boxes.
    MaySign,
    /// Only what helps to validate signatures later (certificates, revocation lists).
    MayValidate,
}

/// Most objects compared, and deepest nest within one.
const MOST_OBJECTS: usize = 400_000;
const DEEPEST: usize = 60;
/// Most changes told.
const MOST_TOLD: usize = 5;

struct Walk<'a> {
    before: &'a Pdf,
    after: &'a Pdf,
    strictness: Strictness,
    seen: BTreeSet<ObjectIdentifier>,
    queue: Vec<(ObjectIdentifier, Role)>,
    told: BTreeSet<String>,
}

/// What an object is, by the way that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Catalog,
    Form,
    /// The list of a page's annotations.
    Annotations,
    Fields,
    Structure,
    Other,
}

/// What the later state changes in what the earlier one shows, in Italian; empty where nothing but what is allowed.
pub(super) fn between(before: &Pdf, after: &Pdf, strictness: Strictness) -> Vec<String> {
    let mut walk = Walk { before, after, strictness, seen: BTreeSet::new(), queue: Vec::new(), told: BTreeSet::new() };
    let (root, new_root) = (before.xref().root_id(), after.xref().root_id());
    if root == new_root {
        walk.queue.push((root, Role::Catalog));
    } else {
        walk.tell("è cambiata la struttura del documento");
    }
    while let Some((id, role)) = walk.queue.pop() {
        if walk.seen.len() > MOST_OBJECTS || walk.told.len() >= MOST_TOLD {
            break;
        }
        if walk.seen.insert(id) {
            walk.object(id, role);
        }
    }
    if after.pages().len() != before.pages().len() {
        walk.tell("è cambiato il numero delle pagine");
    }
    walk.told.into_iter().collect()
}

impl<'a> Walk<'a> {
    fn tell(&mut self, words: &str) {
        self.told.insert(words.to_owned());
    }

    fn object(&mut self, id: ObjectIdentifier, role: Role) {
        let before = self.before.xref().get::<Object<'a>>(id);
        let after = self.after.xref().get::<Object<'a>>(id);
        match (before, after) {
            (Some(before), Some(after)) => self.pair(&before, &after, role, 0),
            (None, None) => {}
            (None, Some(_)) => {}
            (Some(_), None) => self.tell("è stata tolta una parte del documento"),
        }
    }

    fn pair(&mut self, before: &Object<'a>, after: &Object<'a>, role: Role, depth: usize) {
        if depth > DEEPEST {
            return self.tell("una parte del documento è troppo annidata per confrontarla");
        }
        match (before, after) {
            (Object::Dict(before), Object::Dict(after)) => self.dictionaries(before, after, role, depth),
            (Object::Array(before), Object::Array(after)) => self.arrays(before, after, role, depth),
            (Object::Stream(before), Object::Stream(after)) => {
                if before.raw_data() != after.raw_data() {
                    self.tell(changed(role, before.dict()));
                }
                self.dictionaries(before.dict(), after.dict(), role, depth);
            }
            (before, after) if before == after => {}
            _ => self.tell(changed(role, &Dict::empty())),
        }
    }

    fn dictionaries(&mut self, before: &Dict<'a>, after: &Dict<'a>, role: Role, depth: usize) {
        let kind = kind(before);
        let is_empty_field =
            before.get::<Name<'_>>("FT").is_some_and(|name| name.as_str() == "Sig") && !before.contains_key("V");
        if is_empty_field && self.strictness == Strictness::MaySign {
            // A box that was left for a signature.
            return;
        }
        let page = kind == "Page";
        for (key, value) in before.entries() {
            let key = key.as_str();
            let next = role_of(role, &kind, key);
            if role == Role::Catalog && matches!(key, "Metadata" | "DSS" | "Extensions" | "Perms" | "Version")
                || key == "Parent" && page
            {
                continue;
            }
            if role == Role::Form && matches!(key, "SigFlags" | "DR" | "DA" | "NeedAppearances") {
                continue;
            }
            match after.get_raw::<Object<'a>>(key) {
                Some(new) => self.values(value, new, next, depth),
                None => self.tell(changed(role, before)),
            }
        }
        for (key, value) in after.entries() {
            let key = key.as_str();
            if before.contains_key(key) {
                continue;
            }
            let may_sign = self.strictness == Strictness::MaySign;
            match (role, key) {
                (Role::Catalog, "DSS" | "Extensions" | "Version" | "Metadata") => {}
                (Role::Catalog, "Perms") | (Role::Form, "SigFlags" | "DR" | "DA" | "NeedAppearances") if may_sign => {}
                (Role::Catalog, "AcroForm") if may_sign => self.new_form(value),
                (_, "Annots") if page && may_sign => self.new_annotations(value, after, key),
                (_, "Tabs") if page && may_sign => {}
                (Role::Catalog, _) => self.tell("è stata aggiunta al documento una funzione che prima non c’era"),
                _ => self.tell(changed(role, before)),
            }
        }
    }

    fn values(&mut self, before: MaybeRef<Object<'a>>, after: MaybeRef<Object<'a>>, role: Role, depth: usize) {
        match (before, after) {
            (MaybeRef::Ref(old), MaybeRef::Ref(new)) if old == new => self.queue.push((old.into(), role)),
            (MaybeRef::NotRef(old), MaybeRef::NotRef(new)) => self.pair(&old, &new, role, depth + 1),
            // A list that was in place is now an object of its own, or the other way round.
            (old, new) if role != Role::Other => {
                let (old, new) = (resolve(self.before, old), resolve(self.after, new));
                if let (Some(old), Some(new)) = (old, new) {
                    self.pair(&old, &new, role, depth + 1);
                }
            }
            _ => self.tell(changed(role, &Dict::empty())),
        }
    }

    fn arrays(&mut self, before: &Array<'a>, after: &Array<'a>, role: Role, depth: usize) {
        let mut new = after.raw_iter();
        for value in before.raw_iter() {
            match new.next() {
                Some(after) => self.values(value, after, Role::Other, depth),
                None => return self.tell(changed(role, &Dict::empty())),
            }
        }
        for added in new {
            match role {
                Role::Annotations if self.strictness == Strictness::MaySign => self.new_annotation(added),
                Role::Fields if self.strictness == Strictness::MaySign => {}
                _ => self.tell(changed(role, &Dict::empty())),
            }
        }
    }

    fn new_form(&mut self, form: MaybeRef<Object<'a>>) {
        let form = resolve(self.after, form).and_then(Object::into_dict);
        if form.is_none_or(|form| form.contains_key("XFA")) {
            self.tell("è stato aggiunto un modulo");
        }
    }

    fn new_annotations(&mut self, value: MaybeRef<Object<'a>>, _page: &Dict<'a>, _key: &str) {
        match resolve(self.after, value) {
            Some(Object::Array(list)) => list.raw_iter().for_each(|added| self.new_annotation(added)),
            _ => self.tell(changed(Role::Annotations, &Dict::empty())),
        }
    }

    fn new_annotation(&mut self, value: MaybeRef<Object<'a>>) {
        let Some(Object::Dict(annotation)) = resolve(self.after, value) else { return };
        let is_signature = |dict: &Dict<'_>| dict.get::<Name<'_>>("FT").is_some_and(|name| name.as_str() == "Sig");
        let of_parent = annotation.get::<Dict<'_>>("Parent").is_some_and(|parent| is_signature(&parent));
        let is_widget = annotation.get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Widget");
        if !(is_widget && (is_signature(&annotation) || of_parent)) {
            self.tell("sono state aggiunte annotazioni o timbri sulle pagine");
        }
    }
}

fn resolve<'a>(pdf: &'a Pdf, value: MaybeRef<Object<'a>>) -> Option<Object<'a>> {
    match value {
        MaybeRef::Ref(reference) => pdf.xref().get::<Object<'a>>(reference.into()),
        MaybeRef::NotRef(object) => Some(object),
    }
}

fn kind(dict: &Dict<'_>) -> String {
    dict.get::<Name<'_>>("Type").map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn role_of(role: Role, kind: &str, key: &str) -> Role {
    match (role, key) {
        (Role::Catalog, "AcroForm") => Role::Form,
        (Role::Catalog, "StructTreeRoot") | (Role::Structure, _) => Role::Structure,
        (Role::Form, "Fields") => Role::Fields,
        (_, "Annots") if kind == "Page" => Role::Annotations,
        _ => Role::Other,
    }
}

fn changed(role: Role, dict: &Dict<'_>) -> &'static str {
    match role {
        Role::Annotations => "sono cambiate le annotazioni delle pagine",
        Role::Form | Role::Fields => "è cambiato il modulo delle firme",
        Role::Structure => "è cambiata la struttura che i lettori di schermo leggono",
        Role::Catalog => "è cambiata la struttura del documento",
        Role::Other => match kind(dict).as_str() {
            "Page" | "Pages" => "sono cambiate le pagine",
            "Font" | "FontDescriptor" => "sono cambiati i caratteri di stampa",
            "Sig" => "è cambiata una firma precedente",
            _ => "è cambiato il contenuto delle pagine",
        },
    }
}
