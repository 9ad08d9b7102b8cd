//! The closed lists of words of `sdi::schema::blocks`.

/// A flag that is there or not.
pub(super) const SI: &[&str] = &["SI"];
/// Who writes the invoice for the seller.
pub(super) const SOGGETTO_EMITTENTE: &[&str] = &["CC", "TZ"];
/// The two formats of ordinary invoices.
pub(in crate::sdi) const FORMATO_TRASMISSIONE: &[&str] = &["FPA12", "FPR12"];
/// Kinds of document.
pub(super) const TIPO_DOCUMENTO: &[&str] = &[
    "TD01", "TD02", "TD03", "TD04", "TD05", "TD06", "TD16", "TD17", "TD18", "TD19", "TD20", "TD21", "TD22", "TD23",
    "TD24", "TD25", "TD26", "TD27", "TD28", "TD29",
];
/// Kinds of withholding.
pub(super) const TIPO_RITENUTA: &[&str] = &["RT01", "RT02", "RT03", "RT04", "RT05", "RT06"];
/// Reasons of payment of the withholding, as in form 770.
pub(super) const CAUSALE_PAGAMENTO: &[&str] = &[
    "A", "B", "C", "D", "E", "G", "H", "I", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
    "L1", "M1", "M2", "O1", "V1", "ZO",
];
/// Social security funds.
pub(super) const TIPO_CASSA: &[&str] = &[
    "TC01", "TC02", "TC03", "TC04", "TC05", "TC06", "TC07", "TC08", "TC09", "TC10", "TC11", "TC12", "TC13", "TC14",
    "TC15", "TC16", "TC17", "TC18", "TC19", "TC20", "TC21", "TC22",
];
/// Why an operation bears no VAT.
pub(super) const NATURA: &[&str] = &[
    "N1", "N2", "N2.1", "N2.2", "N3", "N3.1", "N3.2", "N3.3", "N3.4", "N3.5", "N3.6", "N4", "N5", "N6", "N6.1", "N6.2",
    "N6.3", "N6.4", "N6.5", "N6.6", "N6.7", "N6.8", "N6.9", "N7",
];
/// Discount or surcharge.
pub(super) const TIPO_SCONTO_MAGGIORAZIONE: &[&str] = &["SC", "MG"];
/// Tax regimes of the seller.
pub(super) const REGIME_FISCALE: &[&str] = &[
    "RF01", "RF02", "RF04", "RF05", "RF06", "RF07", "RF08", "RF09", "RF10", "RF11", "RF12", "RF13", "RF14", "RF15",
    "RF16", "RF17", "RF18", "RF19", "RF20",
];
/// One member or more.
pub(super) const SOCIO_UNICO: &[&str] = &["SU", "SM"];
/// In liquidation or not.
pub(super) const STATO_LIQUIDAZIONE: &[&str] = &["LS", "LN"];
/// By instalments, at once, on account.
pub(super) const CONDIZIONI_PAGAMENTO: &[&str] = &["TP01", "TP02", "TP03"];
/// Means of payment.
pub(super) const MODALITA_PAGAMENTO: &[&str] = &[
    "MP01", "MP02", "MP03", "MP04", "MP05", "MP06", "MP07", "MP08", "MP09", "MP10", "MP11", "MP12", "MP13", "MP14",
    "MP15", "MP16", "MP17", "MP18", "MP19", "MP20", "MP21", "MP22", "MP23",
];
/// Discount, prize, rebate, ancillary expense.
pub(super) const TIPO_CESSIONE_PRESTAZIONE: &[&str] = &["SC", "PR", "AB", "AC"];
/// When the VAT is due: deferred, at once, split payment.
pub(super) const ESIGIBILITA_IVA: &[&str] = &["D", "I", "S"];
