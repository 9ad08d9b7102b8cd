#!/usr/bin/env python3
"""Judges FatturaPA files with tools that are not ours: the schema (lxml), a38, and sums reckoned again from the file.

usage: judge_invoices.py [--schema FOLDER] PATH…      a PATH is a file or a folder of .xml files

The schema is not ours to distribute: FOLDER (or $FATTURAPA_SCHEMA) holds Schema_VFPA12_V1.2.3.xsd, as published, and
xmldsig-core-schema.xsd, which it imports; without it that question is not asked, and that is said. Of a38, asked where it
is installed, all errors count: it is stricter than schema and controls in one thing only, the unit of measure that it
wants beside every quantity, and that our files have. Its warnings do not count.

Prints every fault and, last, `judge: N passed, M failed`; a check is one question about one file. Exit status 1 where
something failed.
"""

import argparse
import os
import pathlib
import re
import sys
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

SCHEMA = "Schema_VFPA12_V1.2.3.xsd"
NAMESPACE = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def figure(node, path: str) -> Decimal | None:
    text = node.findtext(path)
    return None if text is None else Decimal(text)


def schema_of(folder: str | None) -> etree.XMLSchema | None:
    if not folder or not (path := pathlib.Path(folder) / SCHEMA).is_file():
        print(f"no schema ({SCHEMA} in --schema or $FATTURAPA_SCHEMA): validity against it is not judged")
        return None

    class Local(etree.Resolver):
        def resolve(self, url, public_id, context):
            name = url.rsplit("/", 1)[-1]
            # The DTD that the signature schema names is of no use, and would be looked for in the network.
            if name.endswith(".dtd"):
                return self.resolve_empty(context)
            return self.resolve_filename(str(path.parent / name), context)

    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(path), parser))


def sums(root) -> list[str]:
    """The figures of every document, reckoned again with decimals of our own."""
    faults = []
    for body in root.findall("FatturaElettronicaBody"):
        document, goods = body.find("DatiGenerali/DatiGeneraliDocumento"), body.find("DatiBeniServizi")
        bases: dict[tuple[Decimal, str], Decimal] = {}
        for number, line in enumerate(goods.findall("DettaglioLinee"), start=1):
            if line.findtext("NumeroLinea") != str(number):
                faults.append(f"line {number} bears the number {line.findtext('NumeroLinea')}")
            price = figure(line, "PrezzoUnitario")
            for change in line.findall("ScontoMaggiorazione"):
                part, off = figure(change, "Percentuale"), figure(change, "Importo")
                less = off if off is not None else price * part / 100
                price += -less if change.findtext("Tipo") == "SC" else less
            quantity = figure(line, "Quantita")
            amount = price * (1 if quantity is None else quantity)
            stated = figure(line, "PrezzoTotale")
            if cents(amount) != stated:
                faults.append(f"line {number}: {stated} stated, {cents(amount)} by quantity, price and discount")
            key = (figure(line, "AliquotaIVA"), line.findtext("Natura") or "")
            if (key[0] == 0) != bool(key[1]):
                faults.append(f"line {number}: rate {key[0]} with nature «{key[1]}»")
            bases[key] = bases.get(key, Decimal(0)) + stated
        total, to_pay = Decimal(0), Decimal(0)
        for it in goods.findall("DatiRiepilogo"):
            key = (figure(it, "AliquotaIVA"), it.findtext("Natura") or "")
            base, tax = figure(it, "ImponibileImporto"), figure(it, "Imposta")
            if key not in bases or bases.pop(key) != base:
                faults.append(f"summary {key}: base {base} is not the sum of the lines")
            if cents(base * key[0] / 100) != tax:
                faults.append(f"summary {key}: tax {tax}, {cents(base * key[0] / 100)} by the rate")
            if key[1] and not it.findtext("RiferimentoNormativo"):
                faults.append(f"summary {key}: no law")
            total += base + tax
            to_pay += base if it.findtext("EsigibilitaIVA") == "S" else base + tax
        if bases:
            faults.append(f"lines without summary: {sorted(bases)}")
        if figure(document, "ImportoTotaleDocumento") != total:
            faults.append(f"total {document.findtext('ImportoTotaleDocumento')}, {total} by the summaries")
        payments = [figure(it, "ImportoPagamento") for it in body.findall("DatiPagamento/DettaglioPagamento")]
        if payments and sum(payments) != to_pay:
            faults.append(f"to pay {sum(payments)}, {to_pay} by the summaries")
        if not payments and document.findtext("TipoDocumento") != "TD04":
            faults.append("no payment")
    return faults


def facts(root, file: pathlib.Path) -> list[str]:
    """What neither schema nor sums say: names, characters, format and destination that agree."""
    faults = []
    sending = root.find("FatturaElettronicaHeader/DatiTrasmissione")
    kind = sending.findtext("FormatoTrasmissione")
    if root.get("versione") != kind:
        faults.append(f"versione {root.get('versione')}, FormatoTrasmissione {kind}")
    if len(sending.findtext("CodiceDestinatario") or "") != (6 if kind == "FPA12" else 7):
        faults.append(f"{kind} to «{sending.findtext('CodiceDestinatario')}»")
    if not re.fullmatch(r"IT[A-Z0-9]{11,16}_[A-Za-z0-9]{1,5}\.xml", file.name):
        faults.append("not a name that the exchange system takes")
    number = root.findtext("FatturaElettronicaBody/DatiGenerali/DatiGeneraliDocumento/Numero") or ""
    if not re.search(r"\d", number):
        faults.append(f"number «{number}» without a digit")
    for element in root.iter():
        text = element.text or ""
        if len(element) == 0 and (text != " ".join(text.split()) or not text):
            faults.append(f"{element.tag}: white space, or nothing: {text!r}")
        if re.search(r"[^ -~\u00a1-\u00ff\n]", text):
            faults.append(f"{element.tag}: characters out of the set: {text!r}")
    return faults


def second_opinion(root) -> list[str] | None:
    try:
        from a38.fattura import FatturaPA12, FatturaPrivati12
        from a38.validation import Validation
    except ImportError:
        return None
    document = FatturaPA12() if root.get("versione") == "FPA12" else FatturaPrivati12()
    document.from_etree(root)
    validation = Validation()
    document.validate(validation)
    return [str(error) for error in validation.errors]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--schema", default=os.environ.get("FATTURAPA_SCHEMA"))
    arguments.add_argument("paths", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    files = [
        file
        for path in given.paths
        for file in (sorted(path.rglob("*.xml")) if path.is_dir() else [path])
    ]
    schema = schema_of(given.schema)
    passed, failed, names, asked = 0, 0, set(), True

    def count(file: pathlib.Path, question: str, faults: list[str]) -> None:
        nonlocal passed, failed
        passed, failed = passed + (not faults), failed + bool(faults)
        for fault in faults:
            print(f"FAIL {file}: {question}: {fault}")

    for file in files:
        try:
            tree = etree.parse(str(file), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            count(file, "XML", [str(error)])
            continue
        root = tree.getroot()
        if root.tag != f"{{{NAMESPACE}}}FatturaElettronica":
            continue
        if schema is not None:
            schema.validate(tree)
            count(file, "schema", [f"{it.line}: {it.message}" for it in schema.error_log])
        try:
            count(file, "sums", sums(root))
            count(file, "facts", facts(root, file))
        except (AttributeError, TypeError, ArithmeticError) as error:
            count(file, "sums", [f"a block is missing or is no figure: {error!r}"])
        opinion = second_opinion(root)
        asked = asked and opinion is not None
        if opinion is not None:
            count(file, "a38", opinion)
        count(file, "name used once", ["already met"] if file.name in names else [])
        names.add(file.name)
    if not asked:
        print("a38 is not installed: no second opinion")
    if not names:
        failed += 1
        print("FAIL no FatturaPA files")
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
