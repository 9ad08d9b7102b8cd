//! Plain text: UTF-8, UTF-16 with or without its mark, Windows-1252. A form feed begins a page. Called by `source`.

use super::{Line, Lines, MAX_TEXT_BYTES, Refusal, Role};

/// Reads the lines.
pub(super) fn lines(bytes: &[u8]) -> Result<Lines, Refusal> {
    // Two bytes a character at most in the encodings read here.
    if bytes.len() > 2 * MAX_TEXT_BYTES + 2 {
        return Err(Refusal::TooLong);
    }
    let text = decode(bytes)?;
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')).count();
    // A text may hold a stray control character; a program or a picture is full of them.
    if odd * 100 > text.chars().count() {
        return Err(Refusal::Damaged);
    }
    let mut lines = Lines::default();
    let mut page = 1;
    let paged = text.contains('\u{c}');
    for (number, line) in (1_u32..).zip(text.replace("\r\n", "\n").split(['\n', '\r'])) {
        // What a form feed splits is one line of the file, but the page has ended.
        for (index, piece) in line.split('\u{c}').enumerate() {
            page += u32::from(index > 0);
            let (text, page) = (piece.trim_end().to_owned(), if paged { page } else { 0 });
            lines.push(Line { number, page, text, whole: false, role: Role::Body })?;
        }
    }
    Ok(lines)
}

fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (encoding, start) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (encoding_rs::UTF_8, 3),
        [0xFF, 0xFE, ..] => (encoding_rs::UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (encoding_rs::UTF_16BE, 2),
        _ => (guess(bytes), 0),
    };
    let (text, wrong) = encoding.decode_without_bom_handling(bytes.get(start..).unwrap_or_default());
    // Half a character at the end of a cut file is no reason to refuse it; many wrong ones are.
    if wrong && text.chars().filter(|c| *c == '\u{fffd}').count() * 50 > text.chars().count() {
        return Err(Refusal::Damaged);
    }
    Ok(text.into_owned())
}

/// UTF-16 shows as a zero in every second byte of Latin text; what is not UTF-8 is taken for Windows-1252.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    if half > 8 && zeros(1) * 10 > half * 7 {
        encoding_rs::UTF_16LE
    } else if half > 8 && zeros(0) * 10 > half * 7 {
        encoding_rs::UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        encoding_rs::UTF_8
    } else {
        encoding_rs::WINDOWS_1252
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Art. 1 – Finalità\r\nL’ente è «capofila».\u{c}Pagina due";

    fn read(bytes: &[u8]) -> Vec<(u32, u32, String)> {
        let lines = lines(bytes).expect("lines").lines;
        lines.into_iter().map(|line| (line.number, line.page, line.text)).collect()
    }

    #[test]
    fn encodings_give_the_same_lines() {
        let wanted = vec![
            (1, 1, "Art. 1 – Finalità".to_owned()),
            (2, 1, "L’ente è «capofila».".to_owned()),
            (2, 2, "Pagina due".to_owned()),
        ];
        let (windows, ..) = encoding_rs::WINDOWS_1252.encode(TEXT);
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xFF, 0xFE], &little[..]].concat();
        for bytes in [TEXT.as_bytes(), &windows, &little, &big, &marked] {
            assert_eq!(read(bytes), wanted);
        }
    }

    #[test]
    fn noise_is_not_text() {
        let noise: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(lines(&noise).expect_err("noise"), Refusal::Damaged);
    }
}
