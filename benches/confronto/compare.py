"""Makes the templates of the other programs out of one of our conventions, runs all programs in alternation, and prints
processor time an act: medians over the rounds, and the ratio to ours. Called by `run`."""

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import openpyxl

DAY = "2026-01-10"
FIELDS = ["denominazione", "codice_fiscale", "indirizzo", "cap", "comune", "provincia", "pec", "rappresentante"]
program, work, bodies, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])


def records():
    """The rows of Enti that adhere, as the others get them."""
    sheet = openpyxl.load_workbook(work / "enti.xlsx", read_only=True)["Enti"]
    rows = list(sheet.iter_rows(values_only=True))
    head = rows[0]
    all_rows = [dict(zip(head, row)) for row in rows[1:] if row[0]]
    return [
        {"codice": row["codice"], **{field: str(row[field] or "") for field in FIELDS}}
        for row in all_rows
        if row["ruolo"] == "aderente"
    ]


def templates(rows):
    """A Word template for docxtpl and docxtemplater, and a Typst one, with the words and pages of our own convention."""
    first = rows[0]
    ours = next((work / "ours").rglob("01-convenzione.docx"))
    # The longest first: the name of a Comune is also in its address and in its full name.
    values = sorted(((first[field], field) for field in FIELDS if len(first[field]) > 2), key=lambda it: -len(it[0]))
    for name, left, right in [("docxtpl", "{{ ", " }}"), ("docxtemplater", "{", "}")]:
        with zipfile.ZipFile(ours) as source, zipfile.ZipFile(work / f"{name}.docx", "w", zipfile.ZIP_DEFLATED) as target:
            for item in source.infolist():
                data = source.read(item)
                if item.filename == "word/document.xml":
                    text = data.decode()
                    for value, field in values:
                        text = re.sub(rf"(>[^<]*){re.escape(value)}", lambda m: f"{m[1]}{left}{field}{right}", text)
                    data = text.encode()
                target.writestr(item, data)
    lines = ['#let dati = json("dati.json")', "#set page(paper: \"a4\", margin: 25mm, numbering: \"1\")",
             "#set text(lang: \"it\", size: 11pt)", "#set par(justify: true)"]
    for paragraph in docx.Document(ours).paragraphs:
        text = re.sub(r"([\\#*_`$<>@\[\]~=+/-])", r"\\\1", paragraph.text)
        for value, field in values:
            text = text.replace(re.sub(r"([\\#*_`$<>@\[\]~=+/-])", r"\\\1", value), f"#dati.{field};")
        heading = paragraph.style.name.lower().startswith(("heading", "titolo", "title"))
        lines.append(f"= {text}" if heading and text else text)
        lines.append("")
    (work / "atto.typ").write_text("\n".join(lines))
    (work / "dati.json").write_text(json.dumps(rows, ensure_ascii=False))


def timed(command):
    """Processor seconds of a command and of all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pages(folder):
    from subprocess import run
    pdfs = sorted(folder.rglob("*.pdf"))
    acts = [pdf for pdf in pdfs if pdf.name != "quadro.pdf"]
    if not acts or not shutil.which("pdfinfo"):
        return len(acts), "?"
    info = run(["pdfinfo", acts[0]], capture_output=True, text=True, check=True).stdout
    return len(acts), re.search(r"Pages:\s+(\d+)", info)[1]


def libreoffice(source, target):
    return ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", "pdf", "--outdir",
            str(target), *[str(path) for path in sorted(source.glob("*.docx"))]]


def ours():
    shutil.rmtree(work / "ours", ignore_errors=True)
    return timed([program, "genera", "enti.xlsx", "-o", "ours", "--atti", "convenzione", "--alla-data", DAY, "--lavori", "1"])


def docxtpl():
    for name in ["docxtpl-out", "libreoffice-out"]:
        shutil.rmtree(work / name, ignore_errors=True)
        (work / name).mkdir()
    words = timed([str(work / "venv/bin/python"), "docxtpl_render.py"])
    return words + timed(libreoffice(work / "docxtpl-out", work / "libreoffice-out"))


def typst():
    shutil.rmtree(work / "typst-out", ignore_errors=True)
    (work / "typst-out").mkdir()
    return timed([str(work / "venv/bin/python"), "typst_render.py"])


def docxtemplater():
    shutil.rmtree(work / "docxtemplater-out", ignore_errors=True)
    (work / "docxtemplater-out").mkdir()
    return timed(["node", "docxtemplater.js"])


def main():
    os.environ["LC_ALL"] = "C.UTF-8"
    subprocess.run([program, "modello", "pesaro-urbino", "-o", "enti.xlsx", "--esempio", "--enti", str(bodies)],
                   cwd=work, check=True, stderr=subprocess.DEVNULL)
    ours()
    rows = records()
    templates(rows)
    programs = {
        "Scrivano, PDF/A-2a + PDF/UA-1 and Word, checks, bundle, register": (ours, "ours"),
        "docxtpl + LibreOffice, Word and PDF": (docxtpl, "libreoffice-out"),
        "Typst in one process, PDF only": (typst, "typst-out"),
        "docxtemplater, Word only": (docxtemplater, "docxtemplater-out"),
    }
    times = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (run, _) in programs.items():
            times[name].append(run() / len(rows) * 1000)
    base = statistics.median(next(iter(times.values())))
    print(f"{len(rows)} conventions, medians of {rounds} rounds in alternation, processor time with start-up")
    print("| program | ms an act | times ours | PDF | pages |\n|---|---|---|---|---|")
    for name, (_, folder) in programs.items():
        middle = statistics.median(times[name])
        count, long = pages(work / folder)
        print(f"| {name} | {middle:.1f} | {middle / base:.1f} | {count or '–'} | {long} |")


main()
