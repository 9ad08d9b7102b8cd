//! PDFs whose nesting hides behind the ways in which a stream may be packed: each is refused in words, soon, and never brings
//! the program down. What is packed in the same ways without a tower is read.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use scrivano::pipeline;

/// Deep enough for any stack.
const TOWER: usize = 100_000;

fn examined(name: &str, bytes: &[u8]) -> Result<usize, String> {
    let start = Instant::now();
    let found = pipeline::examine(name, bytes, crate::support::today());
    assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    found.map(|it| it.articles).map_err(|refusal| {
        assert_eq!(refusal.code, "ESA-01", "{name}");
        assert!(!refusal.hint.is_empty(), "{name}");
        refusal.message
    })
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("finished")
}

fn hexadecimal(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = |byte: &u8| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
    bytes.iter().flat_map(digits).chain([b'>']).collect()
}

fn base_85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for four in bytes.chunks(4) {
        let mut whole = [0; 4];
        whole[..four.len()].copy_from_slice(four);
        let mut number = u32::from_be_bytes(whole);
        let mut five = [0; 5];
        for digit in five.iter_mut().rev() {
            *digit = b'!' + u8::try_from(number % 85).expect("a digit");
            number /= 85;
        }
        out.extend(&five[..=four.len()]);
    }
    out.extend(b"~>");
    out
}

fn run_lengths(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in bytes.chunks(128) {
        if piece.iter().all(|byte| *byte == piece[0]) && piece.len() == 128 {
            out.extend([129, piece[0]]);
        } else {
            out.push(u8::try_from(piece.len() - 1).expect("at most 128"));
            out.extend(piece);
        }
    }
    out.push(128);
    out
}

/// LZW with a fresh table every two hundred bytes, so that codes stay at nine bits.
fn lzw(bytes: &[u8]) -> Vec<u8> {
    let codes =
        bytes.chunks(200).flat_map(|piece| std::iter::once(256).chain(piece.iter().map(|byte| u32::from(*byte))));
    let (mut out, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for code in codes.chain([257]) {
        held = held << 9 | code;
        bits += 9;
        while bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xFF).expect("a byte"));
        }
        held &= (1 << bits) - 1;
    }
    out.push(u8::try_from(held << (8 - bits) & 0xFF).expect("a byte"));
    out
}

/// Every way of packing: what the dictionary says of it, and the packed bytes.
fn packings(content: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let rows: Vec<u8> = content
        .chunks(64)
        .flat_map(|row| {
            // Each byte as its difference from the one before (PNG, Sub).
            let before = std::iter::once(&0).chain(row);
            std::iter::once(1)
                .chain(row.iter().zip(before).map(|(byte, before)| byte.wrapping_sub(*before)).collect::<Vec<_>>())
        })
        .collect();
    vec![
        ("/Filter/FlateDecode", deflated(content)),
        ("/Filter/LZWDecode", lzw(content)),
        ("/Filter/ASCIIHexDecode", hexadecimal(content)),
        ("/Filter/AHx", hexadecimal(content)),
        ("/Filter/ASCII85Decode", base_85(content)),
        ("/Filter/RunLengthDecode", run_lengths(content)),
        ("/Filter/#52unLengthDecode", run_lengths(content)),
        ("/#46ilter/FlateDecode", deflated(content)),
        ("/Filter[/ASCII85Decode/FlateDecode]", base_85(&deflated(content))),
        ("/Filter[/ASCIIHexDecode/LZWDecode]", hexadecimal(&lzw(content))),
        ("/Filter[/FlateDecode/RunLengthDecode]", deflated(&run_lengths(content))),
        ("/Filter[/FlateDecode/FlateDecode]", deflated(&deflated(content))),
        ("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 64>>", deflated(&rows)),
        ("/Filter[/FlateDecode]/DecodeParms[<</Predictor 12/Columns 64>>]", deflated(&rows)),
    ]
}

/// A PDF whose page has this content; `more` are other objects.
fn pdf(dictionary: &str, content: &[u8], more: &[u8]) -> Vec<u8> {
    let head = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>endobj\n\
         5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n";
    let mut out = head.as_bytes().to_vec();
    out.extend(object(4, dictionary, content));
    out.extend(more);
    out.extend(b"\ntrailer<</Root 1 0 R/Size 9>>\n%%EOF\n");
    out
}

fn object(number: u32, dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut out = format!("{number} 0 obj<<{dictionary}/Length {}>>stream\n", content.len()).into_bytes();
    out.extend(content);
    out.extend(b"\nendstream endobj\n");
    out
}

/// The content of a page with a sound convention on it.
fn page() -> Vec<u8> {
    let act = crate::rules::documents::SOUND;
    let lines: String = act.lines().map(|line| format!("({}) Tj 0 -14 Td ", line.replace(['(', ')'], ""))).collect();
    format!("BT /F1 11 Tf 50 800 Td {lines} ET").into_bytes()
}

#[test]
fn a_page_is_read_however_it_is_packed() {
    for (dictionary, packed) in packings(&page()) {
        assert_eq!(examined(dictionary, &pdf(dictionary, &packed, b"")), Ok(7), "{dictionary}");
    }
    // The length of what is deflated may stand elsewhere, as many programs write it.
    let packed = deflated(&page());
    let mut file = pdf("/Filter/FlateDecode", &packed, format!("6 0 obj {} endobj\n", packed.len()).as_bytes());
    let length = format!("/Length {}>>", packed.len());
    let at = file.windows(length.len()).position(|bytes| bytes == length.as_bytes()).expect("a length");
    file.splice(at..at + length.len(), *b"/Length 6 0 R>>");
    assert_eq!(examined("altrove", &file), Ok(7));
}

#[test]
fn towers_are_seen_behind_every_packing() {
    let brackets = "[".repeat(TOWER).into_bytes();
    let dictionaries = "<</A".repeat(TOWER).into_bytes();
    let program = "{".repeat(TOWER).into_bytes();
    // Closed, but only where no reader looks: in a comment, in a string.
    let comments = "[%]\n".repeat(TOWER).into_bytes();
    let strings = "[(])".repeat(TOWER).into_bytes();
    for (tower, step) in [(&brackets, 1), (&comments, 3), (&dictionaries, 5), (&program, 5), (&strings, 5)] {
        let hidden = [b"6 0 ".as_slice(), tower].concat();
        for ((dictionary, packed), (_, container)) in packings(tower).into_iter().zip(packings(&hidden)).step_by(step) {
            let message = examined(dictionary, &pdf(dictionary, &packed, b"")).expect_err("a refusal");
            // How far LZW unpacks is not known before it is done: what is long is refused for that.
            let told = message.contains("una dentro l’altra")
                || dictionary.contains("LZW") && message.contains("diventare troppo grandi");
            assert!(told, "{dictionary}: {message}");
            let objects = format!("/Type/ObjStm/N 1/First 4{dictionary}");
            examined(&objects, &pdf("", b"", &object(7, &objects, &container))).expect_err("a refusal");
        }
        let bare = [b"6 0 obj ".as_slice(), tower].concat();
        assert!(examined("nudo", &pdf("", b"", &bare)).is_err());
    }
}

#[test]
fn what_cannot_be_seen_through_is_refused() {
    let tower = "[".repeat(TOWER).into_bytes();
    let refused = |name: &str, file: &[u8], words: &str| {
        let message = examined(name, file).expect_err("a refusal");
        assert!(message.contains(words), "{name}: {message}");
    };
    let packed = deflated(&tower);
    let strange = "non si può controllare";
    refused("filtro altrove", &pdf("/Filter 6 0 R", &packed, b"6 0 obj/FlateDecode endobj\n"), strange);
    refused(
        "parametri altrove",
        &pdf("/Filter/FlateDecode/DecodeParms 6 0 R", &packed, b"6 0 obj<<>>endobj\n"),
        strange,
    );
    refused("cinque strati", &pdf("/Filter[/AHx/AHx/AHx/AHx/Fl]", &packed, b""), strange);
    let inner = [b"6 0 ".as_slice(), &object(6, "/Filter/FlateDecode", &packed)[8..]].concat();
    refused(
        "flusso in un flusso",
        &pdf("", b"", &object(7, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode", &deflated(&inner))),
        strange,
    );
    let mut elsewhere = pdf("/Filter/ASCII85Decode", &base_85(&tower), b"6 0 obj 9999 endobj\n");
    let at = elsewhere.windows(8).position(|bytes| bytes == b"/Length ").expect("a length");
    let end = at + elsewhere[at..].windows(2).position(|bytes| bytes == b">>").expect("its end");
    elsewhere.splice(at..end, *b"/Length 6 0 R");
    refused("lunghezza altrove", &elsewhere, strange);
    refused("cifrato", &pdf("", &page(), b"trailer<</#45ncrypt<</Filter/Standard/V 1/R 2>>/Root 1 0 R>>"), "protetto");
    refused("bomba", &pdf("/Filter/FlateDecode", &deflated(&vec![b' '; 60_000_000]), b""), "diventare troppo grandi");
}

#[test]
fn pictures_are_neither_towers_nor_text() {
    // A plain grey of 0x5B is a tower of brackets to whoever takes a picture for text.
    let grey = deflated(&vec![b'['; 300_000]);
    let picture =
        "/Type/XObject/Subtype/Image/Width 300/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode";
    assert_eq!(examined("grigio", &pdf("", &page(), &object(6, picture, &grey))), Ok(7));
    // And a page that says its text is a picture has none.
    let message = examined("finta", &pdf(picture, &grey, b"")).expect_err("a refusal");
    assert!(message.contains("non contiene testo"), "{message}");
    let message = examined("contenitore", &pdf(&format!("/N 1/First 4{picture}"), &grey, b"")).expect_err("a refusal");
    assert!(message.contains("non si può controllare"), "{message}");
}
