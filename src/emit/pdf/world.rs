//! Typst's door to the outside: two virtual files, embedded fonts, no clock, no disk, no network.

use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_kit::fonts::{FontStore, embedded};

/// What all acts have in common.
pub struct Shared {
    library: LazyHash<Library>,
    fonts: FontStore,
    layout: Source,
    data: FileId,
    /// One bit for each code point that some font covers; asked for every character of every act.
    covered: Vec<u64>,
}

fn file(path: &str) -> FileId {
    // Two constant paths, the same for every act: Typst interns at most 65,535 of them.
    let path = VirtualPath::new(path).unwrap_or_else(|_| unreachable!("a constant path is well formed"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Shared {
    /// Loads fonts and layout.
    pub fn new(layout: &str) -> Self {
        let mut fonts = FontStore::new();
        fonts.extend(embedded());
        let layout = Source::new(file("/act.typ"), layout.to_owned());
        let mut covered = vec![0_u64; (char::MAX as usize >> 6) + 1];
        for font in (0..).map_while(|index| fonts.book().info(index)) {
            for point in font.coverage.iter() {
                if let Some(word) = covered.get_mut(point as usize >> 6) {
                    *word |= 1 << (point & 63);
                }
            }
        }
        Self { library: LazyHash::new(Library::default()), fonts, layout, data: file("/act.json"), covered }
    }

    /// True where some embedded font has a glyph for `c`.
    pub fn prints(&self, c: char) -> bool {
        let point = u32::from(c);
        self.covered.get(point as usize >> 6).is_some_and(|word| word >> (point & 63) & 1 == 1)
    }
}

/// The world of one act.
pub struct World {
    shared: Arc<Shared>,
    data: Bytes,
}

impl World {
    /// The world in which `act.json` holds `data`.
    pub fn new(shared: &Arc<Shared>, data: Bytes) -> Self {
        Self { shared: Arc::clone(shared), data }
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
        if id == self.shared.layout.id() { Ok(self.shared.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
