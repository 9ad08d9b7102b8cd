#!/usr/bin/env python3
"""Judges the annotated copies that `controlla --annota` writes: openpyxl finds everything else as it was, LibreOffice opens
them and keeps colours, comments and formulas, a second run on what LibreOffice saved doubles nothing.

Usage: judge_annotated.py SCRIVANO WORKBOOK…
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableStyleInfo

HEAD = "— Controllo di Scrivano —"
COLOURS = {"FFF9C9C3", "FFFDE9B0", "FFDCE8F5"}
faults = []


def expect(truth, *what):
    if not truth:
        faults.append(" ".join(str(it) for it in what))


def run(program, path, copy):
    """Findings as JSON; the copy is written beside."""
    command = [program, "controlla", path, "--annota", copy, "--sovrascrivi", "--alla-data", "2026-01-10", "--formato", "json"]
    done = subprocess.run(command, capture_output=True, text=True)
    expect(done.returncode in (0, 1), path, done.returncode, done.stderr)
    return json.loads(done.stdout)["diagnostics"]


def office(path, folder, kind):
    """The workbook as LibreOffice saves it."""
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return Path(folder) / f"{Path(path).stem}.{kind.split(':')[0]}"


def busy(path, to):
    """The workbook with what a clerk may have put in it."""
    book = openpyxl.load_workbook(path)
    bodies = book["Enti"]
    last = bodies.max_column + 2
    bodies.cell(1, last, "somma")
    bodies.cell(2, last, "=SUM(N2:N60)")
    bodies["F3"].fill = PatternFill("solid", fgColor="FF00FF00")
    bodies["F3"].font = Font(color="FFFFFFFF", bold=True)
    bodies["F3"].comment = Comment("telefonare", "Anna")
    bodies.conditional_formatting.add("N2:N70", CellIsRule("lessThan", ["500"], fill=PatternFill(bgColor="FFFF00FF")))
    notes = book.create_sheet("Appunti")
    for row in (["a", "b"], [1, 2], [3, 4]):
        notes.append(row)
    notes.add_table(Table(displayName="T1", ref="A1:B3", tableStyleInfo=TableStyleInfo(name="TableStyleMedium9")))
    chart = BarChart()
    chart.add_data(Reference(notes, min_col=2, min_row=1, max_row=3))
    notes.add_chart(chart, "D2")
    notes.merge_cells("A6:B7")
    book.defined_names["mio"] = DefinedName("mio", attr_text="Enti!$N$2:$N$60")
    book.save(to)


def cells(sheet):
    """Cells that the file has: what a program says a sheet measures may be all of it."""
    return list(sheet._cells.values())


def said(cell):
    return cell.comment.text if cell.comment else ""


def same(name, before, after, findings):
    """Everything but colours and comments of the faulty cells is as it was."""
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(after)
    expect(new.sheetnames[1:] == old.sheetnames, name, "sheets", new.sheetnames)
    expect({k: v.attr_text for k, v in old.defined_names.items()} == {k: v.attr_text for k, v in new.defined_names.items()}, name, "names")
    faulty = {(it["place"]["sheet"], it["place"]["cell"]) for it in findings if it["place"].get("cell")}
    for sheet in old:
        twin = new[sheet.title]
        for cell in cells(sheet):
            other, at = twin[cell.coordinate], (sheet.title, cell.coordinate)
            expect(cell.value == other.value, name, at, "value")
            expect(said(other).startswith(said(cell)), name, at, "comment")
            if at in faulty:
                expect(other.fill.fgColor.rgb in COLOURS and HEAD in said(other), name, at, "not told")
            else:
                expect(repr(cell.fill) == repr(other.fill) and repr(cell.font) == repr(other.font), name, at, "look")
            if cell.has_style:
                expect(cell.number_format == other.number_format, name, at, "format")
                expect(repr(cell.border) == repr(other.border) and repr(cell.alignment) == repr(other.alignment), name, at)
        lists = lambda it: [(str(v.sqref), v.formula1) for v in it.data_validations.dataValidation]
        rules = lambda it: [str(rule.sqref) for rule in it.conditional_formatting]
        widths = lambda it: {key: column.width for key, column in it.column_dimensions.items()}
        for what in (lists, rules, widths, lambda it: list(it.tables), lambda it: len(it._charts), lambda it: len(it._images),
                     lambda it: str(it.merged_cells), lambda it: it.freeze_panes, lambda it: it.auto_filter.ref,
                     lambda it: it.print_title_rows):
            expect(what(sheet) == what(twin), name, sheet.title, what(sheet), what(twin))
    return len(faulty)


def marks(path):
    texts = [said(cell) for sheet in openpyxl.load_workbook(path) for cell in cells(sheet)]
    return [text.count(HEAD) for text in texts if HEAD in text]


def main():
    program, *workbooks = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        busy(workbooks[0], at / "pieno.xlsx")
        office(str(at / "pieno.xlsx"), str(at / "office"), "xlsx:Calc MS Excel 2007 XML")
        passed = failed = 0
        for path in [*workbooks, str(at / "pieno.xlsx"), str(at / "office" / "pieno.xlsx")]:
            before = len(faults)
            copy = str(at / "copia.xlsx")
            findings = run(program, path, copy)
            count = same(path, path, copy, findings)
            expect(len(marks(copy)) >= count and set(marks(copy)) <= {1}, path, "marks")
            saved = office(copy, str(at / "saved"), "xlsx:Calc MS Excel 2007 XML")
            expect(marks(saved) == marks(copy), path, "LibreOffice keeps the comments")
            again = str(at / "ancora.xlsx")
            run(program, str(saved), again)
            expect(marks(again) == marks(copy), path, "a second run doubles nothing")
            expect(openpyxl.load_workbook(again).sheetnames.count("Controllo") == 1, path, "one list")
            print(f"{Path(path).name}: {count} cells told")
            passed, failed = (passed + 1, failed) if len(faults) == before else (passed, failed + 1)
    print("\n".join(faults[:40]))
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
