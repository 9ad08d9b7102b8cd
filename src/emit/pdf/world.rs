//! Typst's door to the outside: four virtual files, embedded fonts, no clock, no disk, no network.

use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontStyle, FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::fonts::{FontStore, embedded};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The font that the layout sets.
const TEXT_FAMILY: &str = "Libertinus Serif";

/// What the layouts import: the parts of an act.
const BLOCKS: &str = include_str!("../../../templates/layout/blocks.typ");

/// What all acts have in common.
pub struct Shared {
    library: LazyHash<Library>,
    fonts: FontStore,
    layout: Source,
    blocks: Source,
    data: FileId,
    attachment: FileId,
    /// One bit for each code point that some font covers; asked for every character of every act.
    covered: Vec<u64>,
}

fn file(path: &str) -> FileId {
    // Constant paths, the same for every act: Typst interns at most 65,535 of them.
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("a constant path is well formed"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Shared {
    /// Loads fonts and layout.
    pub fn new(layout: &str) -> Self {
        let mut fonts = FontStore::new();
        fonts.extend(embedded());
        let layout = Source::new(file("/act.typ"), layout.to_owned());
        let blocks = Source::new(file("/blocks.typ"), BLOCKS.to_owned());
        let mut covered = vec![0_u64; (char::MAX as usize >> 6) + 1];
        for font in (0..).map_while(|index| fonts.book().info(index)) {
            for point in font.coverage.iter() {
                if let Some(word) = covered.get_mut(point as usize >> 6) {
                    *word |= 1 << (point & 63);
                }
            }
        }
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            layout,
            blocks,
            data: file("/act.json"),
            attachment: file("/attachment"),
            covered,
        }
    }

    fn covers(&self, c: char) -> bool {
        let point = u32::from(c);
        self.covered.get(point as usize >> 6).is_some_and(|word| word >> (point & 63) & 1 == 1)
    }

    /// True where every character is one that the fonts have and that no mark is: most texts. Else one must look closer.
    pub fn prints_plainly(&self, text: &str) -> bool {
        // Latin and usual punctuation: no marks that combine are among them.
        let is_plain = |c: char| c < '\u{300}' || ('\u{2000}'..='\u{20cf}').contains(&c);
        let mut rest = text;
        // Nearly all are ASCII; the others are looked for by bytes and looked at one by one.
        while let Some(at) = beyond_ascii(rest.as_bytes()) {
            let mut chars = rest.get(at..).unwrap_or_default().chars();
            if !chars.next().is_none_or(|c| is_plain(c) && self.covers(c)) {
                return false;
            }
            rest = chars.as_str();
        }
        true
    }

    /// The first character of a cluster (a character with the marks that combine with it) that cannot be printed.
    ///
    /// Typst looks for another font by the first character of a cluster alone: a cluster of several must be whole in
    /// the font of the text.
    pub fn missing(&self, cluster: &str) -> Option<char> {
        let mut chars = cluster.chars();
        if let (Some(c), None) = (chars.next().filter(|c| !is_combining_mark(*c)), chars.next()) {
            return (!self.covers(c)).then_some(c);
        }
        let fonts = (0..).map_while(|index| self.fonts.book().info(index));
        let of_the_text: Vec<_> = fonts.filter(|font| font.family == TEXT_FAMILY).collect();
        let prints = |c: char| of_the_text.iter().all(|font| font.coverage.contains(u32::from(c)));
        cluster.nfc().find(|c| !prints(*c))
    }
}

/// Where the first byte stands that is no sign of ASCII. The bytes before it are looked at many together.
fn beyond_ascii(bytes: &[u8]) -> Option<usize> {
    let is_sign = |byte: u8| matches!(byte, b' '..=b'~');
    let plain = bytes.chunks(32).take_while(|bytes| bytes.iter().fold(true, |all, byte| all & is_sign(*byte)));
    let before: usize = plain.map(<[u8]>::len).sum();
    let at = bytes.get(before..)?.iter().position(|byte| !is_sign(*byte))?;
    Some(before + at)
}

/// The font of the text, in a weight and a slope.
pub fn text_font(bold: bool, italic: bool) -> Option<Vec<u8>> {
    let variant = FontVariant {
        style: if italic { FontStyle::Italic } else { FontStyle::Normal },
        weight: if bold { FontWeight::BOLD } else { FontWeight::REGULAR },
        ..FontVariant::default()
    };
    let (font, _) = embedded().find(|(_, info)| info.family == TEXT_FAMILY && info.variant == variant)?;
    Some(font.data().to_vec())
}

/// The clusters of a text, in order: every character with the marks that combine with it.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.char_indices().skip(1).find(|(_, c)| !is_combining_mark(*c)).map_or(rest.len(), |(at, _)| at);
        let (cluster, after) = rest.split_at(end);
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}

/// The world of one act.
pub struct World {
    shared: Arc<Shared>,
    data: Bytes,
    attached: Option<Bytes>,
}

impl World {
    /// The world in which `act.json` holds `data`, and `attachment` what is attached.
    pub fn new(shared: &Arc<Shared>, data: Bytes, attached: Option<Bytes>) -> Self {
        Self { shared: Arc::clone(shared), data, attached }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.book()
    }

    fn main(&self) -> FileId {
        self.shared.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.shared.layout, &self.shared.blocks].into_iter().find(|source| source.id() == id);
        known.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = if id == self.shared.data {
            Some(&self.data)
        } else {
            self.attached.as_ref().filter(|_| id == self.shared.attachment)
        };
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_with_what_they_combine_with() {
        let found: Vec<&str> = clusters("e\u{301}a\u{20dd}\u{301}x").collect();
        assert_eq!(found, ["e\u{301}", "a\u{20dd}\u{301}", "x"]);
        assert_eq!(clusters("\u{301}a").collect::<Vec<_>>(), ["\u{301}", "a"]);
        assert_eq!(clusters("").count(), 0);
    }

    #[test]
    fn a_cluster_prints_if_the_font_of_the_text_has_all_of_it() {
        let shared = Shared::new("");
        for printable in ["a", "è", "e\u{300}", "€", "–", "Ж"] {
            assert_eq!(shared.missing(printable), None, "{printable}");
        }
        assert_eq!(shared.missing("漢"), Some('漢'));
        assert_eq!(shared.missing("a\u{20dd}"), Some('\u{20dd}'));
    }
}
