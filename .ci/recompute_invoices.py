#!/usr/bin/env python3
"""Reckons what `scrivano fatture` charges again, from the cells alone, and compares it with the files that it writes.

usage: recompute_invoices.py SCRIVANO FIXTURES

Nothing here is taken from the program's code. Of every fixture, and of scenarios made from one with openpyxl, the cells
give line by line what each payer owes; FatturaPA files, `registro-iva.csv` and `registro.json` must say the same: lines, VAT, stamp
duty, split payment, totals, last day of payment. Where bills come one after the other, invoices less credit notes must be what
is owed in the end, numbers must follow each other and no file may change. Prints every difference and, last,
`judge: N passed, M failed`; a check is one question about a payer or a run. Exit status 1 where something differs.
"""

import collections
import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from decimal import Decimal

import openpyxl
from invoice_scenarios import SCENARIOS
from recompute import money, rows, shares, table

DAY, ZERO = datetime.timedelta(days=1), Decimal(0)
# When the conventions want a bill paid: days from it, or a day of the year charged.
TERMS = {"pesaro-urbino": (12, 31), "macerata": (1, 31)}
LOCAL = {"Comune", "Provincia", "Città metropolitana", "Unione di Comuni", "Comunità montana", "Consorzio", "Regione"}
passed = failed = 0


def check(what: str, told, wanted) -> None:
    global passed, failed
    if told == wanted:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {what}: the program says {told}, the cells give {wanted}")


def date(value) -> datetime.date | None:
    return value.date() if isinstance(value, datetime.datetime) else value


def number(value, default=ZERO) -> Decimal:
    return default if value in (None, "") else Decimal(str(value))


class Cells:
    """A workbook as its cells state it, and what follows from them for a year, as known on a day."""

    def __init__(self, path: pathlib.Path, year: int):
        book = openpyxl.load_workbook(path, data_only=True)
        self.book, self.year = book, year
        self.convention = {row[0]: row[1] for row in book["Convenzione"].iter_rows(values_only=True)}
        self.model = self.convention["modello"]
        self.bodies = {row["codice"]: row for row in rows(book, "Enti")}
        self.lead = next(row for row in self.bodies.values() if row["ruolo"] == "capofila")
        self.services = {row["codice"]: row for row in rows(book, "Servizi")}
        self.requests = rows(book, "Richieste")
        self.people = rows(book, "Beneficiari")
        self.start = date(self.convention["decorrenza"])
        self.end = date(self.convention["scadenza"]) or later(self.start, int(self.convention["durata_anni"])) - DAY

    # Fees.

    def full_fee(self, body: dict) -> list[Decimal]:
        """The lines of a body's fee of a whole year."""
        count = int(body["abitanti"] or 0)
        if self.model == "macerata":
            return [next(sum_ for low, high, sum_, _ in table(self.book, "quota") if low <= count and (high is None or count <= high))]
        if self.model == "lecco":
            costs = sum((money(row[2]) for row in table(self.book, "costi fissi")), ZERO)
            sharing = [row for row in self.bodies.values() if row["ruolo"] == "aderente"]
            parts = shares(costs, [int(row["postazioni"] or 0) for row in sharing])
            return [parts[[row["codice"] for row in sharing].index(body["codice"])]]
        bands = table(self.book, "quota")
        if not self.model.startswith("cit-"):
            if not count:
                return [money(table(self.book, "quota fissa")[0][2])]
            return [money(bands[0][2] * count)]
        if body["tipo"] != "Comune" or count > max(high for _, high, _, _ in bands if high):
            return [money(table(self.book, "quota fissa")[0][2])]
        lines = []
        for low, high, rate, discount in bands:
            within = min(count, high or count) - max(low, 1) + 1
            if within > 0:
                lines.append(money(rate * within * (100 - discount) / 100))
        rate, discount = table(self.book, "quota imprese")[0][2:]
        return lines + [money(rate * int(body["imprese"] or 0) * (100 - discount) / 100)]

    def out(self, body: dict, known: datetime.date) -> datetime.date:
        """First day on which a body is out of the convention."""
        given = date(body["recesso_comunicato_il"])
        if given is None or given > known:
            return self.end + DAY
        notice = int(self.convention["recesso_preavviso_giorni"] or 0)
        first = max(int(self.convention["recesso_dal_anno"] or 0), 2) - 1 + self.start.year
        in_time = given <= datetime.date(given.year, 12, 31) - notice * DAY
        return max(datetime.date(given.year + (1 if in_time else 2), 1, 1), datetime.date(first, 1, 1))

    def fees(self, known: datetime.date):
        """(payer, body, amount, regime) of every line of the year."""
        members = {code: row["unione"] for code, row in self.bodies.items() if row["unione"] and row["ruolo"] == "aderente"}
        for index in range(100):
            begin = later(self.start, index)
            if begin > self.end or begin.year > self.year:
                return
            if begin.year < self.year:
                continue
            year_end = later(self.start, index + 1) - DAY
            for code, body in self.bodies.items():
                if body["ruolo"] != "aderente":
                    continue
                if code in members.values() and body["abitanti"] and not self.model.startswith("cit-"):
                    continue
                union = members.get(code)
                last = min(year_end, self.end, self.out(body, known) - DAY)
                if last < begin:
                    continue
                days, whole = (last - begin).days + 1, (year_end - begin).days + 1
                lines = self.full_fee(body)
                percent = number(body["quota_unione"], Decimal(100)) if union else ZERO
                if days == whole and not percent:
                    for line in lines:
                        yield code, code, line
                    continue
                fee = sum(lines, ZERO) if days == whole else money(sum(lines, ZERO) * days / whole)
                part = money(fee * percent / 100)
                yield code, code, fee - part
                if union:
                    # The Union pays while both are in.
                    reach = min(last, self.out(self.bodies[union], known) - DAY)
                    days = (reach - begin).days + 1
                    yield union, code, money((sum(lines, ZERO) if days == whole else money(sum(lines, ZERO) * days / whole)) * percent / 100)

    # Services.

    def price(self, service: dict, body: dict) -> tuple[Decimal, Decimal] | None:
        """List price and discount."""
        own = service["importo"]
        if service["tabella"]:
            count = int(body["abitanti"] or 0)
            band = next(
                row for row in rows(self.book, "Fasce")
                if row["tabella"] == service["tabella"] and int(row["da"] or 0) <= count and (row["a"] is None or count <= int(row["a"]))
            )
            own = band["importo"] if band["importo"] is not None else own
            discount = ZERO if body["ruolo"] == "esterno" else number(band["sconto"])
            return None if own is None else (number(own), discount)
        return None if own is None else (number(own), ZERO)

    def in_use(self, asked: list[dict], service: dict, body: dict, day: datetime.date, known: datetime.date) -> int:
        """How many on a day, row by row in order of their days."""
        many, default = 0, int(body["postazioni"] or 0) if service["unita"] == "postazione" else 1
        if not self.start <= day <= self.end or day >= self.out(body, known):
            return 0
        for row in sorted(asked, key=lambda row: date(row["data"])):
            at, effect, stated = date(row["data"]), date(row["effetto_dal"]), row["quantita"]
            if row["tipo"] == "attivazione" and (effect or at) <= day:
                many += int(stated or default)
            elif row["tipo"] == "conferma" and at.year + (at.month >= 10) <= day.year:
                many = int(stated or many or default)
            elif row["tipo"] == "disdetta":
                notice = int(number(service["preavviso_disdetta_giorni"], Decimal(60)))
                in_time = at <= datetime.date(at.year, 12, 31) - notice * DAY
                if (effect or datetime.date(at.year + (1 if in_time else 2), 1, 1)) <= day:
                    many = max(many - int(stated), 0) if stated else 0
        return many

    def service_lines(self, known: datetime.date):
        """(payer, body, amount, service) of every line of the year."""
        first, last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        whole = (last - first).days + 1
        groups = collections.defaultdict(list)
        for row in self.requests:
            if date(row["data"]) <= known:
                groups[row["ente"], row["servizio"]].append(row)
        for (code, name), asked in groups.items():
            body, service = self.bodies[code], self.services[name]
            found = self.price(service, body)
            if service["modalita"] == "incluso":
                continue
            payer = body["unione"] if body["servizi_unione"] == "sì" and body["unione"] else code
            unit, support = service["unita"], service["assistenza_annua"]
            net = None if found is None else found[0] * (100 - found[1]) / 100
            new = [row for row in asked if row["tipo"] == "attivazione" and date(row["data"]).year == self.year]
            named = sum(1 for row in self.people if (row["ente"], row["servizio"]) == (code, name))
            spells: list[tuple[int, int]] = []
            for offset in range(whole):
                many = self.in_use(asked, service, body, first + offset * DAY, known)
                if many and unit == "abitante":
                    many = int(body["abitanti"])
                if spells and spells[-1][0] == many:
                    spells[-1] = (many, spells[-1][1] + 1)
                else:
                    spells.append((many, 1))
            once = service["una_tantum"] == "sì"
            if net is not None:
                if once:
                    for row in new:
                        yield payer, code, money(net * (int(row["quantita"] or 0) or named or 1)), service
                elif unit in ("ora", "rilascio"):
                    if new:
                        yield payer, code, money(net * sum(int(row["quantita"] or named) for row in new)), service
                else:
                    for many, days in spells:
                        yield payer, code, money(net * many * days / whole), service
            start = min((date(row["effetto_dal"]) or date(row["data"]) for row in asked if row["tipo"] == "attivazione"), default=None)
            used = any(many for many, _ in spells)
            if service["attivazione"] is not None and start and start.year == self.year and used:
                yield payer, code, money(service["attivazione"]), service
            if support is not None and used:
                in_use = [many > 0 for many, days in spells for _ in range(days)]
                for days in runs(in_use):
                    yield payer, code, money(number(support) * days / whole) if not once else money(support), service

    # Bills.

    def tax(self, service: dict | None) -> tuple[Decimal, str]:
        """Rate and nature."""
        service = service or {}
        regime = service.get("regime_iva") or self.convention["regime_iva"]
        if regime == "imponibile":
            return number(service.get("aliquota_iva") or self.convention["aliquota_iva"]), ""
        return ZERO, {"esente": "N4", "fuori campo": "N2.2"}[regime]

    def owed(self, known: datetime.date) -> dict:
        """By payer and document: the lines, (amount, rate, nature)."""
        owed = collections.defaultdict(list)
        lines = [(*line, None) for line in self.fees(known)] + list(self.service_lines(known))
        invoiced = self.convention.get("documento_fuori_campo") == "fattura"
        for payer, _, amount, service in lines:
            rate, nature = self.tax(service)
            document = "richiesta-versamento" if nature == "N2.2" and not invoiced else "fattura"
            if amount and payer != self.lead["codice"]:
                owed[payer, document].append((money(amount), rate, nature))
        return owed

    def due(self, payer: dict, at: datetime.date) -> datetime.date:
        if self.model == "brianza":
            approved = date(payer["bilancio_approvato_il"])
            day = approved and month_after(approved)
        else:
            day = datetime.date(self.year, *TERMS[self.model]) if self.model in TERMS else None
        return day if day and day >= at else at + 30 * DAY


def later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


def month_after(day: datetime.date) -> datetime.date:
    year, month = day.year + day.month // 12, day.month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - DAY).day
    return datetime.date(year, month, min(day.day, last))


def runs(flags: list[bool]) -> list[int]:
    lengths, current = [], 0
    for flag in [*flags, False]:
        if flag:
            current += 1
        elif current:
            lengths.append(current)
            current = 0
    return lengths


# What the program wrote.


def sums_of(cells: Cells, payer: dict, kind: str, lines: list) -> dict:
    """The sums of a bill with these lines, stamp duty and its charge included."""
    lines = list(lines)
    bears = sum((amount for amount, _, nature in lines if nature in ("N4", "N2.2")), ZERO)
    exempt = cells.lead["tipo"] in LOCAL and payer["tipo"] in LOCAL
    stamp = kind != "richiesta-versamento" and bears > Decimal("77.47") and not exempt
    if stamp and cells.convention.get("bollo_addebitato") == "sì":
        lines.append((Decimal("2.00"), ZERO, "N1"))
    bases = collections.defaultdict(lambda: ZERO)
    for amount, rate, nature in lines:
        bases[rate, nature] += amount
    vat = {key: money(base * key[0] / 100) for key, base in bases.items()}
    private = payer["tipo"] in ("Società", "Associazione")
    split = cells.convention["scissione_pagamenti"] == "sì" and not private and any(rate for rate, _ in bases)
    base, tax = sum(bases.values(), ZERO), sum(vat.values(), ZERO)
    return {
        "lines": sorted(lines), "vat": {key: (bases[key], vat[key]) for key in bases}, "base": base, "tax": tax, "total": base + tax,
        "to pay": base if split else base + tax, "split": split, "stamp": stamp,
    }


def of_xml(path: pathlib.Path) -> dict:
    body = xml.parse(path).getroot().find("FatturaElettronicaBody")
    text = lambda node, name: node.findtext(name) or ""
    pair = lambda node: (Decimal(text(node, "AliquotaIVA")), text(node, "Natura"))
    document = body.find("DatiGenerali/DatiGeneraliDocumento")
    vat = {pair(it): (Decimal(text(it, "ImponibileImporto")), Decimal(text(it, "Imposta"))) for it in body.iter("DatiRiepilogo")}
    taxed = [text(it, "EsigibilitaIVA") for it in body.iter("DatiRiepilogo") if not text(it, "Natura")]
    paid = [Decimal(it.text) for it in body.iter("ImportoPagamento")]
    split = bool(taxed) and set(taxed) == {"S"}
    base, tax = sum((it[0] for it in vat.values()), ZERO), sum((it[1] for it in vat.values()), ZERO)
    return {
        "lines": sorted((Decimal(text(it, "PrezzoTotale")), *pair(it)) for it in body.iter("DettaglioLinee")),
        "vat": vat, "base": base, "tax": tax, "total": Decimal(text(document, "ImportoTotaleDocumento")),
        "to pay": sum(paid, ZERO) if paid else (base if split else base + tax), "split": split,
        "stamp": document.findtext("DatiBollo/ImportoBollo") == "2.00",
    }


class Written:
    """A run's folder."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        ledger = root / "fatture" / "registro.json"
        self.bills = json.loads(ledger.read_text())["bills"] if ledger.exists() else []
        with (root / "fatture" / "registro-iva.csv").open(encoding="utf-8-sig", newline="") as file:
            self.csv = list(csv.DictReader(file, delimiter=";"))

    def files(self) -> dict[str, bytes]:
        kept = (path for path in self.root.rglob("*") if path.is_file() and not path.name.startswith("registro"))
        return {str(path.relative_to(self.root)): path.read_bytes() for path in kept}

    def agree(self, name: str) -> None:
        """File, ledger and CSV say the same of every bill; numbers follow each other."""
        counters = collections.defaultdict(list)
        by_number = collections.defaultdict(list)
        for row in self.csv:
            by_number[row["numero"]].append(row)
        figure = lambda text: Decimal(text.replace(",", ".") or "0")
        for bill in self.bills:
            entry, totals = bill["entry"], bill["totals"]
            told = {"base": Decimal(totals["base"]), "tax": Decimal(totals["vat"]), "total": Decimal(totals["total"]), "to pay": Decimal(totals["to_pay"])}
            what = f"{name} n. {entry['number']}"
            if bill["file"]:
                wrote = of_xml(self.root / bill["file"])
                check(f"{what}, ledger", told, {key: wrote[key] for key in told})
            sign = -1 if entry["kind"] == "nota-credito" else 1
            of_csv = by_number[entry["number"]]
            sums = [abs(sum((figure(row[key]) for row in of_csv), ZERO)) for key in ("imponibile", "imposta")]
            check(f"{what}, CSV", sums, [told["base"], told["tax"]])
            check(f"{what}, CSV sign", all(figure(row["imponibile"]) * sign >= 0 for row in of_csv), True)
            digits = "".join(c if c.isdigit() else " " for c in entry["number"]).split()[0]
            counters[entry["kind"], entry["date"][:4]].append((int(digits), entry["date"]))
            check(f"{what}, copy", (self.root / bill["copy"]).is_file(), True)
        for kind, given in counters.items():
            given.sort()
            check(f"{name} {kind}, numbers", [n for n, _ in given], list(range(given[0][0], given[0][0] + len(given))))
            check(f"{name} {kind}, days", [day for _, day in given], sorted(day for _, day in given))
        files = [bill["file"] for bill in self.bills if bill["file"]]
        check(f"{name}, names of files", len(files), len({file.lower() for file in files}))


def run(program: str, book: pathlib.Path, year: int, day: str, out: pathlib.Path, *more: str) -> subprocess.CompletedProcess:
    command = [program, "fatture", str(book), "--anno", str(year), "--alla-data", day, "-o", str(out), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def whole(name: str, cells: Cells, written: Written, day: str) -> None:
    """One run on a clean folder: every bill, line by line."""
    at = datetime.date.fromisoformat(day)
    owed = cells.owed(at)
    told = {(bill["entry"]["body"], bill["entry"]["kind"]): bill for bill in written.bills}
    check(f"{name}, who pays", sorted(told), sorted(owed))
    for key in sorted(set(told) & set(owed)):
        bill, payer = told[key], cells.bodies[key[0]]
        wanted = sums_of(cells, payer, key[1], owed[key])
        if bill["file"]:
            check(f"{name} {key[0]}, file", of_xml(written.root / bill["file"]), wanted)
        else:
            check(f"{name} {key[0]}, request", Decimal(bill["totals"]["to_pay"]), wanted["to pay"])
        check(f"{name} {key[0]}, due", bill["due"], cells.due(payer, at).isoformat())
    written.agree(name)


def in_steps(program: str, source: pathlib.Path, scenario, folder: pathlib.Path) -> None:
    """Bills that follow each other: what was written stays, and in the end what was charged is what is owed."""
    name, out = scenario.__name__, folder / "out"
    book = folder / f"{name}.xlsx"
    before: dict[str, bytes] = {}
    for step, (workbook, year, day) in enumerate(scenario(source)):
        workbook.save(book)
        ran = run(program, book, year, day, out)
        check(f"{name} {step}, exit", (ran.returncode, ran.stderr[-300:] if ran.returncode else ""), (0, ""))
        if ran.returncode:
            print("\n".join(line for line in ran.stdout.splitlines() if "errore" in line))
            return
        written = Written(out / name.replace("_", "-"))
        files = written.files()
        check(f"{name} {step}, files that changed", [path for path in before if files.get(path) != before[path]], [])
        before = files
        at, cells = datetime.date.fromisoformat(day), Cells(book, year)
        charged = collections.defaultdict(lambda: ZERO)
        for bill in written.bills:
            entry = bill["entry"]
            if entry["year"] == year:
                kind = "fattura" if entry["kind"] == "nota-credito" else entry["kind"]
                sign = -1 if entry["kind"] == "nota-credito" else 1
                for it in bill["totals"]["summaries"]:
                    nature = {"N22": "N2.2"}.get(it["tax"]["nature"] or "", it["tax"]["nature"] or "")
                    if nature != "N1":
                        charged[entry["body"], kind, Decimal(it["tax"]["rate"]), nature] += sign * Decimal(it["base"])
        wanted = collections.defaultdict(lambda: ZERO)
        for (payer, kind), lines in cells.owed(at).items():
            for amount, rate, nature in lines:
                wanted[payer, kind, rate, nature] += amount
        given_back = getattr(scenario, "given_back", {})
        for key, sum_ in given_back.get(step, {}).items():
            wanted[key] -= sum_
        kept = lambda sums: {key: sum_ for key, sum_ in sorted(sums.items()) if sum_}
        check(f"{name} {step}, charged in all", kept(charged), kept(wanted))
        written.agree(f"{name} {step}")
        if step == 0 and not given_back:
            whole(f"{name} {step}", cells, written, day)
        again = run(program, book, year, day, out)
        check(f"{name} {step}, again", (again.returncode, Written(out / name.replace("_", "-")).files() == files), (0, True))


def main() -> int:
    program, fixtures = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as work:
        for path in sorted(fixtures.glob("*.xlsx")):
            if path.stem in ("errori", "accordo"):
                continue
            out = pathlib.Path(work) / "fixtures"
            ran = run(program, path, 2026, "2026-03-20", out)
            check(f"{path.stem}, exit", ran.returncode, 0)
            if ran.returncode == 0:
                whole(path.stem, Cells(path, 2026), Written(out / path.stem), "2026-03-20")
            print(f"{path.stem}: {passed} passed, {failed} failed so far")
        for scenario in SCENARIOS:
            folder = pathlib.Path(work) / scenario.__name__
            folder.mkdir()
            in_steps(program, fixtures / f"{scenario.model}.xlsx", scenario, folder)
            print(f"{scenario.__name__}: {passed} passed, {failed} failed so far")
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
