#!/usr/bin/env python3
"""Reckons the fees of the fixtures again, from the cells alone, and compares them with what the program says.

usage: recompute.py SCRIVANO FIXTURES

Nothing here is taken from the program's code: the criterion of each model is written again as the conventions state it, and
the cells are read with openpyxl. Prints every difference and, last, `judge: N passed, M failed`; a check is one body of one
fixture. Exit status 1 where something differs.
"""

import json
import pathlib
import subprocess
import sys
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

import openpyxl

CENT = Decimal("0.01")
# The sources' own figures, for a Comune of 7,127 inhabitants.
STATED = {"brianza": Decimal("1069.05"), "pesaro-urbino": Decimal("3135.88"), "macerata": Decimal("3520.00")}
SAMPLE = {"abitanti": 7127, "imprese": 0, "tipo": "Comune"}


def money(value) -> Decimal:
    return Decimal(str(value)).quantize(CENT, ROUND_HALF_UP)


def rows(book, name: str) -> list[dict]:
    if name not in book.sheetnames:
        return []
    cells = [[cell.value for cell in row] for row in book[name].iter_rows()]
    head = next(index for index, row in enumerate(cells) if row and row[0] in ("codice", "tabella", "ente"))
    return [dict(zip(cells[head], row)) for row in cells[head + 1 :] if any(value is not None for value in row)]


def table(book, name: str) -> list[tuple[int, int | None, Decimal, Decimal]]:
    bands = [row for row in rows(book, "Fasce") if row["tabella"] == name]
    return [
        (int(row["da"] or 0), None if row["a"] is None else int(row["a"]), Decimal(str(row["importo"])), Decimal(str(row["sconto"] or 0)))
        for row in bands
    ]


def flat(book) -> Decimal:
    return money(table(book, "quota fissa")[0][2])


def per_inhabitant(book, body: dict) -> Decimal:
    if not body["abitanti"]:
        return flat(book)
    rate = table(book, "quota")[0][2]
    return money(rate * int(body["abitanti"]))


def by_band(book, body: dict) -> Decimal:
    count = int(body["abitanti"])
    return next(money(sum_) for low, high, sum_, _ in table(book, "quota") if low <= count and (high is None or count <= high))


def with_enterprises(book, body: dict) -> Decimal:
    """Brackets, as for taxes; the flat sum above 40,000 inhabitants and for whoever is not a Comune."""
    bands = table(book, "quota")
    count = int(body["abitanti"] or 0)
    top = max(high for _, high, _, _ in bands if high is not None)
    if body["tipo"] != "Comune" or count > top:
        return flat(book)
    total = Decimal(0)
    for low, high, rate, discount in bands:
        within = min(count, high if high is not None else count) - max(low, 1) + 1
        if within > 0:
            total += money(rate * within * (100 - discount) / 100)
    (_, _, rate, discount), *others = table(book, "quota imprese")
    assert not others, "one rate for enterprises"
    return total + money(rate * int(body["imprese"] or 0) * (100 - discount) / 100)


def shares(costs: Decimal, weights: list[int]) -> list[Decimal]:
    """Largest remainder, the first of equals first."""
    exact = [costs * weight / sum(weights) for weight in weights]
    given = [share.quantize(CENT, ROUND_FLOOR) for share in exact]
    left = int((costs - sum(given)) / CENT)
    for index in sorted(range(len(exact)), key=lambda i: (given[i] - exact[i], i))[:left]:
        given[index] += CENT
    return given


def expected(model: str, book) -> dict[str, Decimal]:
    bodies = [row for row in rows(book, "Enti") if row["ruolo"] != "capofila"]
    codes = [row["codice"] for row in bodies]
    if model == "lecco":
        costs = sum((money(row[2]) for row in table(book, "costi fissi")), Decimal(0))
        return dict(zip(codes, shares(costs, [int(row["postazioni"] or 0) for row in bodies])))
    if model == "accordo":
        return {}
    rule = {"macerata": by_band}.get(model, with_enterprises if model.startswith("cit-") else per_inhabitant)
    return {row["codice"]: rule(book, row) for row in bodies}


def main() -> int:
    program, fixtures = sys.argv[1], pathlib.Path(sys.argv[2])
    passed = failed = 0
    for path in sorted(fixtures.glob("*.xlsx")):
        model = path.stem
        if model == "errori":
            continue
        command = [program, "controlla", str(path), "--dettaglio-quote", "--formato", "json"]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        said = {body["body"]: body["fee"] for body in json.loads(run.stdout)["fees"]["bodies"]}
        book = openpyxl.load_workbook(path, data_only=True)
        wanted = expected(model, book)
        for code, fee in wanted.items():
            told = said.get(code) and Decimal(said[code]["assessed"])
            if told == fee or (told is None and fee == 0):
                passed += 1
            else:
                failed += 1
                print(f"FAIL {model} {code}: the program says {told}, the cells give {fee}")
        for year in {row["anno"] for row in rows(book, "Stanziamenti")}:
            fee = sum((money(row["importo"]) for row in rows(book, "Stanziamenti") if row["anno"] == year), Decimal(0))
            years = [Decimal(y["net"]) for body in said.values() if body for y in body["years"] if y["from"][:4] == str(year)]
            if sum(years, Decimal(0)) == fee:
                passed += 1
            else:
                failed += 1
                print(f"FAIL {model} {year}: the program says {sum(years)}, the cells give {fee}")
        if model in STATED:
            rule = by_band if model == "macerata" else per_inhabitant
            fee = rule(book, SAMPLE)
            if fee == STATED[model]:
                passed += 1
            else:
                failed += 1
                print(f"FAIL {model}: 7,127 inhabitants pay {fee}, the source says {STATED[model]}")
        print(f"{model}: {len(wanted)} bodies")
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
