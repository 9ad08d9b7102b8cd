//! Lines, contributions and summaries: rates, natures, totals.

use super::super::{PLAIN, WHOLE};
use super::{BUYER, Case, SAME, SPLIT, ZERO_LINE, ZERO_SUMMARY, case};

/// The changes.
pub static CASES: &[Case] = &[
    case(
        "a line without VAT says why",
        PLAIN,
        &[ZERO_LINE, ZERO_SUMMARY, SPLIT],
        &[("<Natura>N2.2</Natura>\n      </DettaglioLinee>", "</DettaglioLinee>")],
        &[
            ("00400", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/Natura"),
            ("00444", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Natura"),
        ],
    ),
    case(
        "a line with VAT does not, but in a TD16",
        PLAIN,
        &[
            ("<AliquotaIVA>22.00</AliquotaIVA>", "<AliquotaIVA>22.00</AliquotaIVA><Natura>N6.1</Natura>"),
            (
                "<AliquotaIVA>22.00</AliquotaIVA>\n        <Imponibile",
                "<AliquotaIVA>22.00</AliquotaIVA><Natura>N6.1</Natura>\n        <Imponibile",
            ),
            SPLIT,
            ("TD01", "TD16"),
            BUYER,
        ],
        &[("TD16", "TD01")],
        &[
            ("00401", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/Natura"),
            ("00430", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Natura"),
        ],
    ),
    case(
        "a contribution without VAT says why",
        WHOLE,
        &[("<Natura>N1</Natura><Impo", "<Natura>N4</Natura><Impo"), ("<Natura>N1</Natura>", "<Natura>N4</Natura>")],
        &[("<Natura>N4</Natura></DatiCassaPrevidenziale>", "</DatiCassaPrevidenziale>")],
        &[("00413", "FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiCassaPrevidenziale[2]/Natura")],
    ),
    case(
        "a contribution with VAT does not",
        WHOLE,
        &[],
        &[(
            "<Ritenuta>SI</Ritenuta><RiferimentoAmministrazione>Cassa",
            "<Ritenuta>SI</Ritenuta><Natura>N4</Natura><RiferimentoAmministrazione>Cassa",
        )],
        &[("00414", "FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/DatiCassaPrevidenziale[1]/Natura")],
    ),
    case(
        "each rate has its summary",
        PLAIN,
        &[],
        &[
            (
                "<AliquotaIVA>22.00</AliquotaIVA>\n        <Imponibile",
                "<AliquotaIVA>10.00</AliquotaIVA>\n        <Imponibile",
            ),
            ("<Imposta>220.00", "<Imposta>100.00"),
        ],
        &[
            ("00419", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo"),
            ("00443", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/AliquotaIVA"),
            ("00443", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/AliquotaIVA"),
            ("00422", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/ImponibileImporto"),
        ],
    ),
    case(
        "reverse charge is no split payment",
        PLAIN,
        &[
            ZERO_LINE,
            ZERO_SUMMARY,
            ("<Natura>N2.2", "<Natura>N6.7"),
            ("<Natura>N2.2", "<Natura>N6.7"),
            ("<EsigibilitaIVA>S", "<EsigibilitaIVA>I"),
        ],
        &[("<EsigibilitaIVA>I", "<EsigibilitaIVA>S")],
        &[("00420", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Natura")],
    ),
    case(
        "the tax is rate times base, to the cent",
        PLAIN,
        &[
            ("<PrezzoTotale>1000.00", "<PrezzoTotale>1000.00"),
            ("<ImponibileImporto>1000.00", "<ImponibileImporto>1000.25"),
            ("<Imposta>220.00", "<Imposta>220.06"),
        ],
        &[("<Imposta>220.06", "<Imposta>220.05")],
        &[("00421", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Imposta")],
    ),
    case(
        "the base may be off by less than a euro",
        PLAIN,
        &[("<ImponibileImporto>1000.00", "<ImponibileImporto>1000.99"), ("<Imposta>220.00", "<Imposta>220.22")],
        &[("<ImponibileImporto>1000.99", "<ImponibileImporto>1001.00")],
        &[("00422", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/ImponibileImporto")],
    ),
    case(
        "the rounding of the summary is part of the base",
        PLAIN,
        &[
            ("<ImponibileImporto>1000.00", "<Arrotondamento>5.00</Arrotondamento><ImponibileImporto>1005.00"),
            ("<Imposta>220.00", "<Imposta>221.10"),
        ],
        &[("<Arrotondamento>5.00</Arrotondamento>", "")],
        &[("00422", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/ImponibileImporto")],
    ),
    case(
        "the base is counted nature by nature",
        WHOLE,
        &[],
        &[
            ("<ImponibileImporto>100.00", "<ImponibileImporto>98.00"),
            ("<ImponibileImporto>4.00", "<ImponibileImporto>6.00"),
        ],
        &[
            ("00422", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo[2]/ImponibileImporto"),
            ("00422", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo[3]/ImponibileImporto"),
        ],
    ),
    case(
        "the total of a line may be off by less than a cent",
        PLAIN,
        &[("<PrezzoTotale>1000.00", "<PrezzoTotale>1000.00999999")],
        &[("<PrezzoTotale>1000.00999999", "<PrezzoTotale>999.99")],
        &[("00423", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/PrezzoTotale")],
    ),
    case(
        "a quantity that is missing is one",
        PLAIN,
        &[("<Quantita>5000.00</Quantita>\n        <PrezzoUnitario>0.20", "<PrezzoUnitario>1000.00")],
        &[("<PrezzoUnitario>1000.00", "<PrezzoUnitario>0.20")],
        &[("00423", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/PrezzoTotale")],
    ),
    case(
        "discounts follow one another on the price of a unit",
        WHOLE,
        &[("<Percentuale>10.00", "<Percentuale>10.00")],
        &[("<ScontoMaggiorazione><Tipo>SC</Tipo><Importo>4.5", "<ScontoMaggiorazione><Tipo>MG</Tipo><Importo>4.5")],
        &[("00423", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[1]/PrezzoTotale")],
    ),
    case(
        "lines may be negative",
        PLAIN,
        &[
            ("<PrezzoUnitario>0.20", "<PrezzoUnitario>-0.20"),
            ("<PrezzoTotale>1000.00", "<PrezzoTotale>-1000.00"),
            ("<ImponibileImporto>1000.00", "<ImponibileImporto>-1000.00"),
            ("<Imposta>220.00", "<Imposta>-220.00"),
        ],
        &[
            ("<PrezzoTotale>-1000.00", "<PrezzoTotale>1000.00"),
            ("<ImponibileImporto>-1000.00", "<ImponibileImporto>1000.00"),
            ("<Imposta>-220.00", "<Imposta>220.00"),
        ],
        &[("00423", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/PrezzoTotale")],
    ),
    case(
        "a total that cannot be counted",
        PLAIN,
        &[(
            "<PrezzoUnitario>0.20</PrezzoUnitario>",
            "<PrezzoUnitario>0.20</PrezzoUnitario><ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>0.00</Percentuale></ScontoMaggiorazione>",
        )],
        &[
            ("<PrezzoUnitario>0.20", "<PrezzoUnitario>99999999999.99999999"),
            ("<Quantita>5000.00", "<Quantita>999999999999.99999999"),
        ],
        &[("00423", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/PrezzoTotale")],
    ),
    case(
        "a rate is a percentage",
        PLAIN,
        &[
            ("<AliquotaIVA>22.00", "<AliquotaIVA>1.00"),
            ("<AliquotaIVA>22.00", "<AliquotaIVA>1.00"),
            ("<Imposta>220.00", "<Imposta>10.00"),
        ],
        &[
            ("<AliquotaIVA>1.00", "<AliquotaIVA>0.99"),
            ("<AliquotaIVA>1.00", "<AliquotaIVA>0.99"),
            ("<Imposta>10.00", "<Imposta>9.90"),
        ],
        &[
            ("00424", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/AliquotaIVA"),
            ("00424", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/AliquotaIVA"),
        ],
    ),
    case(
        "a summary without VAT says why",
        PLAIN,
        &[ZERO_LINE, ZERO_SUMMARY, SPLIT],
        &[("<Natura>N2.2</Natura>\n        <Imponibile", "<Imponibile")],
        &[
            ("00444", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/Natura"),
            ("00429", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Natura"),
        ],
    ),
    case(
        "a discount on the document says how much",
        WHOLE,
        &[("<Percentuale>0.00</Percentuale>", "<Importo>0.00</Importo>")],
        &[("<Importo>0.00</Importo>", "")],
        &[("00437", "FatturaElettronicaBody[1]/DatiGenerali/DatiGeneraliDocumento/ScontoMaggiorazione/Percentuale")],
    ),
    case(
        "a discount on a line says how much",
        PLAIN,
        &[(
            "<PrezzoUnitario>0.20</PrezzoUnitario>",
            "<PrezzoUnitario>0.20</PrezzoUnitario><ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>0.00</Percentuale></ScontoMaggiorazione>",
        )],
        &[("<Percentuale>0.00</Percentuale>", "")],
        &[("00438", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/ScontoMaggiorazione/Percentuale")],
    ),
    case(
        "bare natures are of the past",
        PLAIN,
        &[
            ZERO_LINE,
            ZERO_SUMMARY,
            SPLIT,
            ("<Data>2026-01-08", "<Data>2020-12-31"),
            ("<Natura>N2.2", "<Natura>N2"),
            ("<Natura>N2.2", "<Natura>N2"),
        ],
        &[("<Data>2020-12-31", "<Data>2021-01-01")],
        &[
            ("00445", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/Natura"),
            ("00445", "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Natura"),
        ],
    ),
    case(
        "a TD21 pays VAT on every line",
        PLAIN,
        &[BUYER, SAME, ("TD01", "TD21"), SPLIT],
        &[ZERO_LINE, ZERO_SUMMARY],
        &[("00474", "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/AliquotaIVA")],
    ),
];
