//! Scrivano writes the administrative acts of Italian local bodies from one checked spreadsheet: conventions for shared
//! services (D.Lgs. 267/2000, art. 30), agreements between administrations (L. 241/1990, art. 15), the deliberations by which
//! they are approved and adhered to, and the forms of the services.
//!
//! This file is the map. The binary (`main.rs`) only turns [`cli::run`] into an exit status.
//!
//! # The phases, in order
//!
//! | phase | from → to | where |
//! |---|---|---|
//! | read | bytes of `.xlsx`, `.ods`, `.xls` → [`table`] (cells with places) | [`mod@read`] |
//! | check | tables → [`dossier`] (records with places) and diagnostics | [`mod@check`] |
//! | fees | population, bands and rates → what each body pays each year | [`fees`] |
//! | deadlines | dossier → days not to be missed, each with what it rests on | [`deadlines`] |
//! | renewal | dossier → the next term's workbook | [`renewal`] |
//! | compose | templates and dossier → [`act`] (a tree, not text) | [`compose`] |
//! | judge | act → findings of art. 30: what is missing, what is still blank | [`check::act`] |
//! | emit | act → PDF/A, DOCX, HTML, bundle, register | [`emit`] |
//! | write | bytes → files, atomically; what is unchanged is left alone | [`pipeline`] |
//! | verify | files that came back signed → is it what was sent, who signed, who is missing | [`mod@verify`], [`pipeline::verify`] |
//! | join | slices made apart → what one run leaves | [`pipeline`] |
//! | examine | bytes of a document that others wrote → what of art. 30 it holds, and its faults | [`mod@examine`] |
//!
//! Only [`pipeline`] knows this order. Every value keeps the cell it came from and every clause its template line, so a
//! [`diagnostic`] can always say where to look.
//!
//! # The floors
//!
//! A file imports only from lower floors, and the workers of floor 2 never import each other: they meet in the shapes of
//! floor 1. A test of the suite holds this.
//!
//! | floor | modules |
//! |---|---|
//! | 4 faces | [`cli`]: arguments → options; the only code that prints, and the one place that reads the clock · [`web`]: pages → options, on loopback |
//! | 3 run | [`pipeline`] (order, disk, resume) · [`batch`] (threads) |
//! | 2 workers | [`mod@read`] · [`mod@check`] · [`fees`] · [`billing`] · [`deadlines`] · [`renewal`] · [`compose`] · [`emit`] · [`sdi`] (the exchange system's controls on an invoice) · [`mod@verify`] (signatures) · [`mod@examine`] (acts that others wrote) · [`example`] (the fixtures as data) |
//! | 1 shapes | [`table`] · [`schema`] (the workbook contract) · [`model`] · [`dossier`] · [`bill`] (what is charged) · [`fatturapa`] (its blocks) · [`act`] · [`gazetteer`] |
//! | 0 words | [`place`] · [`diagnostic`] · [`rule`] · [`citation`] (numbers of laws) · [`money`] · [`date`] · [`identifier`] · [`italian`] · [`survey`] (a look at a PDF before it is read) |
//!
//! # Two languages
//!
//! What a person reads is Italian: acts, messages, help, the columns of the workbook, the guide. What a program reads is
//! English: names, JSON keys, comments. There are two exceptions. The fields of the records in [`dossier`] carry the
//! names of the workbook's columns (`decorrenza`, `codice_fiscale`, `gia_aderente`), so that column, field, template name
//! and message are one word that can be searched for; and legal terms without an English twin stay Italian:
//!
//! | term | meaning |
//! |---|---|
//! | ente | a body: Comune, Provincia, Unione di Comuni, mountain community, other public body |
//! | capofila | the lead body, which runs the shared centre and proposes the convention |
//! | aderente, adesione | a body that joins; the act of joining |
//! | convenzione | the agreement between bodies of D.Lgs. 267/2000, art. 30 |
//! | delibera, deliberazione | a decision of a collegial organ; first `proposta`, then `adottata`, then `esecutiva` |
//! | organo | the organ that decides: `Consiglio` (council), `Giunta` (executive) |
//! | immediata | immediate enforceability, voted apart by a majority of the members (art. 134, c. 4) |
//! | parere | the opinion on technical or accounting regularity (art. 49) |
//! | schema, stipula | the stages of a convention: scheme to approve (blanks allowed), text to sign (no blanks) |
//! | decorrenza, scadenza | first and last day of the convention |
//! | recesso, preavviso | leaving the convention; the notice to give |
//! | disdetta | giving up one service, not the convention |
//! | rinnovo | renewal: none, by new deliberations (`espresso`), by silence (`tacito`) |
//! | quota | the yearly contribution of a body |
//! | fascia | a band of a tariff |
//! | scissione dei pagamenti | VAT paid by the public body directly to the State |
//! | comma, lettera | numbered paragraph of an article; lettered item of a comma |
//! | PEC | certified e-mail, the legal address of a body |
//! | codice fiscale, partita IVA, CAP, codice ISTAT | tax code, VAT number, post code, statistical code of a Comune |
//! | TUEL | the consolidated law on local bodies, D.Lgs. 267/2000 |

pub mod act;
pub mod batch;
pub mod bill;
pub mod billing;
pub mod check;
pub mod citation;
pub mod cli;
pub mod compose;
pub mod date;
pub mod deadlines;
pub mod diagnostic;
pub mod dossier;
pub mod emit;
pub mod examine;
pub mod example;
pub mod fatturapa;
pub mod fees;
pub mod gazetteer;
pub mod identifier;
pub mod italian;
pub mod model;
pub mod money;
pub mod pipeline;
pub mod place;
pub mod read;
pub mod renewal;
pub mod rule;
pub mod schema;
pub mod sdi;
pub mod survey;
pub mod table;
pub mod verify;
pub mod web;
