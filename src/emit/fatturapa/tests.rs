//! The XML of small bills, byte for byte, and what hostile texts become.

use super::{figure, xml};
use crate::bill::Bill;
use crate::emit::sample::HOSTILE;
use crate::fatturapa::FatturaElettronica;
use crate::fatturapa::sample::{credit_note, decimal, invoice};

fn file(bill: &Bill) -> String {
    let bytes = xml(&FatturaElettronica::of(bill).expect("a bill that is sent")).expect("XML");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn an_invoice_is_written_as_expected() {
    assert_eq!(file(&invoice()), include_str!("invoice.xml"));
}

#[test]
fn a_credit_note_is_written_as_expected() {
    assert_eq!(file(&credit_note()), include_str!("credit_note.xml"));
}

#[test]
fn figures_have_from_two_to_eight_decimals() {
    let shown = |text: &str| figure(decimal(text), 8);
    assert_eq!(
        ["0.44", "12", "0.1", "0.12345678", "0.100000000", "1200"].map(shown),
        ["0.44", "12.00", "0.10", "0.12345678", "0.10", "1200.00"]
    );
    assert_eq!(figure(decimal("22"), 2), "22.00");
}

#[test]
fn without_treasury_the_iban_is_told() {
    let mut bill = invoice();
    bill.payment.treasury = None;
    let file = file(&bill);
    assert!(file.contains("<ModalitaPagamento>MP05</ModalitaPagamento>"));
    assert!(file.contains("<ImportoPagamento>1023.75</ImportoPagamento>\n        <IBAN>IT60X0542811101000000123456"));
    assert!(!file.contains("IstitutoFinanziario"));
}

#[test]
fn a_discount_of_many_decimals_is_a_sum_off_the_price() {
    let mut bill = invoice();
    bill.lines[1].discount = decimal("33.3333");
    let file = file(&bill);
    assert!(file.contains("<Importo>4.1666625</Importo>"), "{file}");
}

#[test]
fn hostile_texts_stay_texts() {
    let mut bill = invoice();
    bill.payer.name = HOSTILE.into();
    bill.lines[0].description = HOSTILE.into();
    let file = file(&bill);
    let read = "&lt;w:p&gt; &amp; \"virgolette\" 'apici' #let *x* ]]&gt; ? città";
    assert_eq!(file.matches(read).count(), 2, "{file}");
    assert!(!file.contains('\u{7}'));
}
