//! A look at a PDF before its reader sees it. The reader goes down with nested objects and keeps what it unpacks: a file of a
//! few kilobytes can hold a tower that no stack bears, or unpack into more than the machine has. Here every stream is
//! unpacked within bounds, by the reader's own decoders, and looked at before the reader may follow what the file says.
//! Called by `examine` and `verify`.

mod walk;

use std::io::Read;
use std::ops::Range;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, FromBytes, MaybeRef, Name, Object, Stream};

/// Bytes of a stream once unpacked.
const LONGEST: usize = 48 << 20;
/// Bytes of all streams once unpacked.
const MOST: usize = 192 << 20;
/// Streams of a file. A document of a thousand pages has some thousands.
const MOST_STREAMS: usize = 50_000;
/// Bytes that are looked through to find streams, over and above those of the file.
const SEARCH: usize = 1 << 30;
/// Times that a stream may be packed over again.
const MOST_LAYERS: usize = 4;

/// Why a file is not given to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nested deeper than anything that people make.
    Deep,
    /// Unpacks into more than a document.
    Large,
    /// Packed in a way behind which nothing can be seen.
    Strange,
    /// Encrypted, be it with an empty password.
    Encrypted,
}

/// Looks at the whole file. Gives the dictionaries of the streams that were not looked into, since they are pictures: whoever
/// interprets the pages must not let the reader find them there, for a page may say that its text is in a picture.
///
/// # Errors
/// Why the reader must not see the file.
pub fn survey(bytes: &[u8]) -> Result<Vec<Range<usize>>, Unfit> {
    if is_encrypted(bytes) {
        return Err(Unfit::Encrypted);
    }
    let mut streams = Streams { bytes, pictures: Vec::new(), left: MOST, search: SEARCH + bytes.len(), count: 0 };
    walk::braces(bytes)?;
    walk::walk(bytes, |dictionary| streams.look(dictionary))?;
    Ok(streams.pictures)
}

/// The copy of a file in which the dictionaries of `pictures` are blank, everything else where it was.
pub fn without(pictures: &[Range<usize>], bytes: &[u8]) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for picture in pictures {
        if let Some(dictionary) = copy.get_mut(picture.clone()) {
            dictionary.fill(b' ');
        }
    }
    copy
}

/// True where a trailer may name a key. Names may be written with their letters in hexadecimal.
fn is_encrypted(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"Encrypt";
    let names = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
    names.into_iter().any(|start| {
        let mut at = start;
        for letter in NAME {
            let written = match bytes.get(at..at + 3) {
                Some([b'#', code @ ..]) => {
                    at += 3;
                    std::str::from_utf8(code).ok().and_then(|code| u8::from_str_radix(code, 16).ok())
                }
                _ => {
                    at += 1;
                    bytes.get(at - 1).copied()
                }
            };
            if written != Some(*letter) {
                return false;
            }
        }
        !bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
    })
}

/// The streams of a file.
struct Streams<'a> {
    bytes: &'a [u8],
    pictures: Vec<Range<usize>>,
    /// Bytes that may still be unpacked.
    left: usize,
    /// Bytes that may still be looked through.
    search: usize,
    count: usize,
}

impl<'a> Streams<'a> {
    /// Looks at the stream that the reader would find with this dictionary. Without a filter it has been seen already.
    fn look(&mut self, at: Range<usize>) -> Result<(), Unfit> {
        let raw = self.bytes.get(at.clone()).unwrap_or_default();
        if !raw.windows(2).any(|two| two == b"/F" || two == b"/#" || two == b"#4" || two == b"#6") {
            return Ok(());
        }
        let tail = self.bytes.get(at.start..).unwrap_or_default();
        let Some(dictionary) = Dict::from_bytes(raw) else { return Ok(()) };
        if !dictionary.contains_key("Filter") {
            return Ok(());
        }
        let Some(stream) = Stream::from_bytes(tail) else {
            self.searched(tail.len())?;
            return Ok(());
        };
        let data = stream.raw_data();
        self.searched(raw.len() + data.len())?;
        let mut filters = filters(&dictionary)?;
        if filters.is_empty() {
            return Ok(());
        }
        self.count += 1;
        if self.count > MOST_STREAMS {
            return Err(Unfit::Large);
        }
        let is_container = dictionary.contains_key("N") && dictionary.contains_key("First");
        let is_picture = dictionary.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_ref() == b"Image")
            || filters.iter().any(|packing| packing.worst.is_none());
        if is_picture {
            self.pictures.push(at);
            return if is_container { Err(Unfit::Strange) } else { Ok(()) };
        }
        // Where the length stands elsewhere in the file the end is not known here: what is deflated says its own.
        let mut content = if dictionary.get::<u32>("Length").is_some() {
            data.into_owned()
        } else if filters.first().is_some_and(|packing| packing.filter == Filter::FlateDecode) {
            let whole = self.bytes.len().checked_sub(tail.len()).and_then(|before| self.bytes.get(before..));
            let start = beginning(whole.unwrap_or_default(), raw.len());
            let first = filters.remove(0);
            self.layer(&first, start)?
        } else {
            return Err(Unfit::Strange);
        };
        for packing in &filters {
            content = self.layer(packing, &content)?;
        }
        if is_container && content.windows(9).any(|nine| nine == b"endstream") {
            return Err(Unfit::Strange);
        }
        Ok(())
    }

    fn searched(&mut self, bytes: usize) -> Result<(), Unfit> {
        self.search = self.search.checked_sub(bytes).ok_or(Unfit::Large)?;
        Ok(())
    }

    /// Takes one packing off and looks at what was in it; what does not unpack is nothing, as it is for the reader.
    fn layer(&mut self, packing: &Packing<'_>, data: &[u8]) -> Result<Vec<u8>, Unfit> {
        let limit = LONGEST.min(self.left);
        match packing.worst {
            Some(worst) if worst.saturating_mul(data.len()) <= limit => {}
            Some(_) if packing.filter == Filter::FlateDecode => inflates(data, limit)?,
            _ => return Err(Unfit::Large),
        }
        let head = format!("<</Filter/{}/Length {}/DecodeParms<<", packing.name, data.len());
        let mut whole = head.into_bytes();
        whole.extend_from_slice(packing.settings);
        whole.extend_from_slice(b">>>>stream\n");
        whole.extend_from_slice(data);
        whole.extend_from_slice(b"\nendstream");
        let content = Stream::from_bytes(&whole).and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
        let content = content.unwrap_or_default();
        self.left = self.left.checked_sub(content.len()).ok_or(Unfit::Large)?;
        walk::braces(&content)?;
        walk::walk(&content, |_| Ok(()))?;
        Ok(content)
    }
}

/// The data of a stream up to the end of the file, after a dictionary of so many bytes.
fn beginning(tail: &[u8], dictionary: usize) -> &[u8] {
    let after = tail.get(dictionary..).unwrap_or_default();
    let word = after.windows(6).position(|six| six == b"stream").map_or(after.len(), |at| at + 6);
    let data = after.get(word..).unwrap_or_default();
    data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).or_else(|| data.strip_prefix(b"\r")).unwrap_or(data)
}

/// Refuses what inflates beyond the limit. What breaks on the way is read on by the reader as well as it can, so it must be too
/// short to exceed the limit whatever it holds.
fn inflates(data: &[u8], limit: usize) -> Result<(), Unfit> {
    let counted = |decoder: &mut dyn Read| {
        let mut kept = [0; 1 << 14];
        let mut length = 0_usize;
        loop {
            match decoder.read(&mut kept) {
                Ok(0) => return Ok(true),
                Ok(count) => length += count,
                Err(error) => return Ok(error.kind() == std::io::ErrorKind::UnexpectedEof),
            }
            if length > limit {
                return Err(Unfit::Large);
            }
        }
    };
    // With a header and a sum at the end, without, and with a sum that is wrong.
    let headless = data.get(2..).unwrap_or_default();
    let ends = counted(&mut ZlibDecoder::new(data))?
        || counted(&mut DeflateDecoder::new(data))?
        || counted(&mut DeflateDecoder::new(headless))?;
    if ends { Ok(()) } else { Err(Unfit::Strange) }
}

/// One way in which a stream is packed.
struct Packing<'a> {
    filter: Filter,
    name: &'static str,
    /// Bytes into which a byte unpacks at worst; none for pictures and what the reader does not unpack.
    worst: Option<usize>,
    /// What stands between the brackets of its settings.
    settings: &'a [u8],
}

/// The filters of a stream, in order.
///
/// # Errors
/// [`Unfit::Strange`] where one of them, or its settings, stands elsewhere in the file.
fn filters<'a>(dictionary: &Dict<'a>) -> Result<Vec<Packing<'a>>, Unfit> {
    let here = |object: MaybeRef<Object<'a>>| match object {
        MaybeRef::NotRef(object) => Ok(object),
        MaybeRef::Ref(_) => Err(Unfit::Strange),
    };
    let key = |name: &str| dictionary.get_raw::<Object<'a>>(name).map(here).transpose();
    let (names, settings) = match (key("Filter")?, key("DP")?, key("DecodeParms")?) {
        (_, Some(_), Some(_)) => return Err(Unfit::Strange),
        (None, ..) => return Ok(Vec::new()),
        (Some(Object::Array(names)), one, other) => {
            let items = |list: Array<'a>| list.raw_iter().map(here).collect::<Result<Vec<_>, _>>();
            let settings = one.or(other).and_then(Object::into_array).map(items).transpose()?;
            (items(names)?, settings.unwrap_or_default())
        }
        (Some(name), one, other) => (vec![name], one.or(other).into_iter().collect()),
    };
    let mut settings = settings.into_iter();
    let mut found = Vec::new();
    for name in names {
        let own = settings.next();
        let Some((filter, name, worst)) = name.into_name().and_then(|name| known(name.as_ref())) else { continue };
        let settings = match own.and_then(Object::into_dict) {
            Some(settings) if worst.is_some() => {
                for (_, value) in settings.entries() {
                    here(value)?;
                }
                let data = settings.data();
                data.strip_prefix(b"<<").and_then(|data| data.strip_suffix(b">>")).unwrap_or(data)
            }
            _ => &[],
        };
        found.push(Packing { filter, name, worst, settings });
    }
    if found.len() > MOST_LAYERS { Err(Unfit::Strange) } else { Ok(found) }
}

/// What the reader knows of a filter by its name.
fn known(name: &[u8]) -> Option<(Filter, &'static str, Option<usize>)> {
    Some(match name {
        b"FlateDecode" | b"Fl" => (Filter::FlateDecode, "FlateDecode", Some(1_032)),
        b"LZWDecode" | b"LZW" => (Filter::LzwDecode, "LZWDecode", Some(3_641)),
        b"RunLengthDecode" | b"RL" => (Filter::RunLengthDecode, "RunLengthDecode", Some(64)),
        b"ASCII85Decode" | b"A85" => (Filter::Ascii85Decode, "ASCII85Decode", Some(4)),
        b"ASCIIHexDecode" | b"AHx" => (Filter::AsciiHexDecode, "ASCIIHexDecode", Some(1)),
        b"DCTDecode" | b"DCT" => (Filter::DctDecode, "DCTDecode", None),
        b"CCITTFaxDecode" | b"CCF" => (Filter::CcittFaxDecode, "CCITTFaxDecode", None),
        b"JBIG2Decode" => (Filter::Jbig2Decode, "JBIG2Decode", None),
        b"JPXDecode" => (Filter::JpxDecode, "JPXDecode", None),
        b"Crypt" => (Filter::Crypt, "Crypt", None),
        _ => return None,
    })
}
