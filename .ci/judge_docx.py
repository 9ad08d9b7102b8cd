#!/usr/bin/env python3
"""Judges DOCX files with tools that are not ours: openxml-audit on all, LibreOffice and a comparison with the PDF on a sample.

usage: judge_docx.py FOLDER

Prints every fault and, last, `judge: N passed, M failed`; a check is one question about one file. Exit status 1 where
something failed. The sample is every tenth folder: LibreOffice must turn its DOCX into PDF, and the words of that PDF must
be those of ours, hyphenation, running heads and page numbers apart.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

from openxml_audit import OpenXmlValidator, ValidationSeverity

EVERY = 10
# On each side: LibreOffice repeats the head of a table on its own pages. A clause has more words than this.
TOLERATED = 12


def audit(file: pathlib.Path, validator: OpenXmlValidator) -> str:
    result = validator.validate(str(file))
    errors = [error for error in result.errors if error.severity == ValidationSeverity.ERROR]
    return " | ".join(str(error) for error in errors[:5]) if errors or not result.is_valid else ""


def text_of(pdf: pathlib.Path) -> str:
    run = subprocess.run(["pdftotext", "-q", str(pdf), "-"], capture_output=True, text=True, check=True)
    return unicodedata.normalize("NFKC", run.stdout)


def running_head(pdf: pathlib.Path) -> str:
    """The first lines of the second page, up to a blank one: every page but the first repeats them. Empty for one page."""
    command = ["pdftotext", "-q", "-f", "2", "-l", "2", str(pdf), "-"]
    page = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return " ".join(unicodedata.normalize("NFKC", page).strip().split("\n\n")[0].split())


def words(text: str, head: str) -> collections.Counter:
    """Words and how often they occur: readers take the cells of a table in different orders."""
    text = re.sub(r"(?<=\w)[-\u2010\u00ad]\s*(?=\w)", "", text)
    text = " ".join(text.split())
    head = re.sub(r"(?<=\w)[-\u2010\u00ad]\s*(?=\w)", "", head)
    if head:
        text = text.replace(head, " ")
    text = re.sub(r"Pagina \d+ di \d+", " ", text)
    return collections.Counter(re.findall(r"\w{2,}", text.lower()))


def difference(ours: pathlib.Path, theirs: pathlib.Path) -> str:
    head = running_head(ours) or running_head(theirs)
    a, b = words(text_of(ours), head), words(text_of(theirs), head)
    lost, added = a - b, b - a
    if max(lost.total(), added.total()) <= TOLERATED:
        return ""
    return f"only in the PDF: {' '.join(lost.elements())[:300]}; only in the DOCX: {' '.join(added.elements())[:300]}"


def convert(files: list[pathlib.Path], folder: str) -> dict[pathlib.Path, pathlib.Path]:
    """Each DOCX to a PDF made by LibreOffice; a file that could not be converted is left out."""
    made = {}
    for number, file in enumerate(files):
        target = pathlib.Path(folder) / str(number)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        try:
            subprocess.run([*command, "--outdir", str(target), str(file)], capture_output=True, timeout=180, check=False)
        except subprocess.TimeoutExpired:
            continue
        pdf = target / f"{file.stem}.pdf"
        if pdf.is_file() and pdf.stat().st_size > 0:
            made[file] = pdf
    return made


def main() -> int:
    files = sorted(pathlib.Path(sys.argv[1]).rglob("*.docx"))
    passed, failed = 0, 0

    def count(file: pathlib.Path, question: str, fault: str) -> None:
        nonlocal passed, failed
        if fault:
            failed += 1
            print(f"FAIL {file}: {question}: {fault}")
        else:
            passed += 1

    validator = OpenXmlValidator()
    for file in files:
        count(file, "openxml-audit", audit(file, validator))
    folders = sorted({file.parent for file in files})[::EVERY]
    sample = [file for file in files if file.parent in folders]
    with tempfile.TemporaryDirectory() as folder:
        made = convert(sample, folder)
        for file in sample:
            count(file, "LibreOffice", "" if file in made else "not converted")
            ours = file.with_suffix(".pdf")
            if file in made and ours.is_file():
                count(file, "same words as the PDF", difference(ours, made[file]))
    if not files:
        failed += 1
        print(f"FAIL {sys.argv[1]}: no DOCX files")
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
