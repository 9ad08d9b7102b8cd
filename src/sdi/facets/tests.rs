//! Each kind of text against what the schema takes and refuses at its edges.

use super::super::schema::{Alphabet, Kind, Space};
use super::{fits, wanted};

#[test]
fn kinds_take_what_the_schema_takes() {
    let text = Kind::Text(Alphabet::Latin, Space::Replace, 1, 3);
    let sixty = Kind::Text(Alphabet::Basic, Space::Preserve, 1, 28);
    let title = Kind::Text(Alphabet::Basic, Space::Collapse, 2, 10);
    let amount = Kind::Number(true, 11, 2, 8);
    let quantity = Kind::Number(false, 12, 2, 8);
    let cases: &[(Kind, &[&str], &[&str])] = &[
        (Kind::Word(&["SI"]), &["SI"], &["si", " SI", "SI ", "", "NO"]),
        (text, &["a", "è\u{ff}!", " ", "\n\t "], &["", "abcd", "€", "\u{100}"]),
        (sixty, &["a b"], &["è", ""]),
        (title, &["  ab  ", "a\n b"], &["a", " a ", "abcdefghijk"]),
        (Kind::Capitals(2), &["IT"], &["it", "I", "ITA", "1T", "ÀÈ", " IT"]),
        (Kind::Digits(5), &["00100"], &["0010", "001000", "0010O", "٠٠١٠٠"]),
        (Kind::Code(6, 7), &["UFAB12", "0000000"], &["ufab12", "UFAB1", "UFAB1234", "UFAB1 "]),
        (
            Kind::Iban,
            &["IT60X0542811101000000123456", "it60x0542811101"],
            &["IT60 X054 2811 1010 0000 0123 456", "I160X0542811101", "IT6XX0542811101", "IT60X054281110"],
        ),
        (Kind::Bic, &["AAAAITAA", "AAAAIT2N123"], &["AAAAIT1A", "AAAAITAO", "AAAAITA", "AAAAITAA12", "aaaaitaa"]),
        (
            Kind::Contact,
            &["aa@bb.it", "a@b@c.it", "è@b.com", "a@bcd.."],
            &["a@b.it", "@aaaa.it", "aaaaaa@bb", "aaaa@.i", "aaaaaa@b.", "aa@b\nb.it"],
        ),
        (
            Kind::Email,
            &["a@b", " a.b+c/d@pec.it\n", "a@[1.2 3]", "\"\\a\\@\"@b.it"],
            &["", "a", "@b", "a@", ".a@b", "a..b@c", "a b@c", "à@b.it", "a@b@c", "\"a\"@b.it"],
        ),
        (
            amount,
            &["0.00", "-12345678901.12345678", " 1.00\n"],
            &[
                "1",
                "1.0",
                "1,00",
                "+1.00",
                "123456789012.00",
                "1.123456789",
                ".50",
                "1.",
                "--1.00",
                "1e2",
                "",
                "1.00 0",
            ],
        ),
        (quantity, &["123456789012.00"], &["-1.00", "1234567890123.00"]),
        (
            Kind::Rate,
            &["0.00", "22.00", "022.00", "100.00"],
            &["100.01", "22", "22.0", "22.000", "-1.00", "0022.00", "22,00"],
        ),
        (
            Kind::Whole(1, 9999),
            &["1", "+9999", " 0001 ", "000000001"],
            &["0", "10000", "-1", "1.0", "", "+", "1 2", "99999999999"],
        ),
        (Kind::Whole(0, 999), &["0", "-0", "999"], &["1000", "-1"]),
        (
            Kind::Date,
            &[
                "2026-02-28",
                "2024-02-29",
                "2026-01-01Z",
                "2026-01-01+14:00",
                " 2026-01-01 ",
                "12026-01-01",
                "-0001-01-01",
            ],
            &[
                "2026-02-29",
                "26-01-01",
                "2026-1-1",
                "2026-01-01+14:01",
                "2026-01-01+1:00",
                "0000-01-01",
                "02026-01-01",
                "01/01/2026",
                "",
                "2026-01-01T",
                "2026-è1-01",
            ],
        ),
        (
            Kind::RecentDate,
            &["1970-01-01", "1970-01-02Z", "12026-01-01"],
            &["1969-12-31", "-2026-01-01", "1970-01-01+14:00", "1970-01-01Z", "1970-01-01-14:00"],
        ),
        (
            Kind::Moment,
            &["2026-01-01T00:00:00", "2026-01-01T23:59:59.999Z", "2026-01-01T24:00:00.0+01:00"],
            &[
                "2026-01-01",
                "2026-01-01 00:00:00",
                "2026-01-01T00:00",
                "2026-01-01T24:00:01",
                "2026-01-01T24:00:00.1",
                "2026-01-01T00:60:00",
                "2026-01-01T00:00:00.",
                "2026-01-01ZT00:00:00",
            ],
        ),
        (
            Kind::Bytes,
            &["", "Y2lh", "Y2lhbw==", "Y2lhbzE=", " Y2 lh\n bw = ="],
            &["Y2l", "Y2lhbx==", "Y2lhbzF=", "====", "Y2lh====", "Y2=h", "Y2l*", "Y2lhèèèè"],
        ),
    ];
    for (kind, good, bad) in cases {
        for text in *good {
            assert!(fits(*kind, text), "{kind:?} takes {text:?}");
        }
        for text in *bad {
            assert!(!fits(*kind, text), "{kind:?} refuses {text:?}");
        }
        assert!(!wanted(*kind).is_empty());
    }
}
