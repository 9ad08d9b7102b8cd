#!/usr/bin/env python3
"""Signs documents of bundles that the program has just written, by openssl and pyHanko under a test authority, well and badly,
and holds what `verifica` says of each against what was done. Arguments: the program, a run's folder."""

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parent))
from signing import Authority, cades, fields, note, pades, repaint  # noqa: E402

PROGRAM, RUN = sys.argv[1], Path(sys.argv[2])
passed = failed = 0


def check(name, is_right, told=""):
    global passed, failed
    if is_right:
        passed += 1
    else:
        failed += 1
        print(f"FAIL {name}: {told}")


def verify(*paths):
    done = subprocess.run([PROGRAM, "verifica", "--formato", "json", *map(str, paths)], capture_output=True, text=True)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else {}, done.stderr


def codes(report):
    found = list(report.get("findings", []))
    files = list(report.get("files", []))
    for bundle in report.get("bundles", []):
        files += bundle["added"]
        for document in bundle["documents"]:
            found += document["findings"]
            files += document["files"]
    for file in files:
        found += file["findings"] + [it for signature in file["signatures"] for it in signature["findings"]]
    return {it["code"] for it in found if it["severity"] == "error"}


def act(report, path):
    return next(it for bundle in report["bundles"] for it in bundle["documents"] if it["path"] == path)


def register(authority, bundles):
    """Signed files put into the folder of a body show in the register after the next run, and are left alone."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / RUN.name
        shutil.copytree(RUN, out)
        with zipfile.ZipFile(bundles[0]) as archive:
            manifest = json.loads(archive.read("manifesto.json"))
            target = next(it for it in manifest["documents"] if it["format"] == "pdf" and len(it["signers"]) >= 2)
            content = archive.read(target["path"])
        people = [authority.person(" ".join(it["name"].split()), "FNTGLI75C41L500X") for it in target["signers"]]
        signed = content
        for number, person in enumerate(people):
            signed = pades(person, signed, f"Firma{number}")
        place = out / bundles[0].stem / target["path"]
        place.write_bytes(signed)
        fixture = Path("fixtures") / f"{RUN.name}.xlsx"
        done = subprocess.run([PROGRAM, "genera", fixture, "-o", folder], capture_output=True, text=True)
        sheet = openpyxl.load_workbook(out / "registro.xlsx")["Atti"]
        heads = [cell.value for cell in next(sheet.iter_rows())]
        column = heads.index("firme")
        found = [row[column].value for row in sheet.iter_rows(min_row=2) if row[column].value]
        wanted = f"firmato da {len(people)} di {len(people)}"
        check("the register tells the signatures", found == [wanted], (done.stderr[-300:], found))
        check("the signed file is left alone", place.read_bytes() == signed)


def main():
    authority = Authority()
    stranger = authority.person("Piero Santini", "SNTPRI60A01L500J")
    clock = authority.timestamper()
    bundles = sorted(RUN.glob("*.zip"))
    status, report, error = verify(RUN)
    check("a run as it was written", status == 0 and report["ok"], (status, error, report.get("summary")))
    signed_bundles = 0
    for bundle in bundles:
        with zipfile.ZipFile(bundle) as archive:
            manifest = json.loads(archive.read("manifesto.json"))
            contents = {it["path"]: archive.read(it["path"]) for it in manifest["documents"]}
        status, report, error = verify(bundle)
        check(f"{bundle.name} as it was sent", status == 0 and report["ok"], (status, error))
        named = lambda it: len(it["signers"]) >= 2 and all(len(one["name"].split()) >= 2 for one in it["signers"])
        target = next((it for it in manifest["documents"] if it["format"] == "pdf" and named(it)), None)
        if target is None or signed_bundles >= 3:
            continue
        signed_bundles += 1
        path, content = target["path"], contents[target["path"]]
        other = next(it["path"] for it in manifest["documents"] if it["format"] == "pdf" and it["path"] != path)
        fiscal = ["FNTGLI75C41L500X", "BLLMRC68T12L500K"]
        names = [" ".join(one["name"].split()) for one in target["signers"][:2]]
        one, two = (authority.person(name, code, kind) for name, code, kind in zip(names, fiscal, ("rsa2048", "p256")))
        first = pades(one, content, "Firma1")
        both = pades(two, first, "Firma2", timestamper=clock)
        tampered = bytearray(first)
        tampered[len(content) // 2] ^= 1
        enveloped = cades([one], content)
        weak = authority.person(names[0], fiscal[0], "rsa1024")
        cases = [
            # File name, bytes, state, signatures that count, an error that must be told.
            ("a.p7m", enveloped, "partly-signed", 1, "signature-missing"),
            ("b.p7m", cades([two], enveloped), "signed", 2, None),
            ("c.p7m", cades([one, two], content), "signed", 2, None),
            ("d.p7m", cades([one, two], content, stream=True), "signed", 2, None),
            ("e.p7m", cades([one, two], content, form="PEM"), "signed", 2, None),
            ("f.p7s", cades([one, two], content, detached=True), "signed", 2, None),
            ("g.p7m", cades([one, two], content, pss=False, digest="sha512"), "signed", 2, None),
            ("h.pdf", first, "partly-signed", 1, "signature-missing"),
            ("i.pdf", both, "signed", 2, None),
            ("j.p7m", cades([two], first), "signed", 2, None),
            ("k.p7m", cades([one], content, digest="sha1"), "partly-signed", 0, "old-algorithm"),
            ("l.pdf", pades(one, content, "F", md_algorithm="sha1", subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
             "partly-signed", 0, "old-algorithm"),
            ("m.p7m", cades([weak], content), "partly-signed", 0, "old-algorithm"),
            ("n.p7m", cades([stranger], content), "partly-signed", 0, "other-signatory"),
            ("o.pdf", pades(stranger, content, "F"), "partly-signed", 0, "other-signatory"),
            (path + ".p7m", cades([one, two], contents[other]), None, 0, "other-document"),
            (path, bytes(tampered), "changed", 0, "content-changed"),
            (path + ".p7m", cades([one, two], content + b" "), "changed", 0, "content-changed"),
            ("p.pdf", repaint(first), "changed", 0, "changed-after"),
            ("q.pdf", pades(one, repaint(content), "F"), "changed", 0, "changed-after"),
            ("r.pdf", pades(two, repaint(first), "Firma2"), "changed", 0, "changed-after"),
            ("s.pdf", pades(one, note(content), "F"), "changed", 0, "changed-after"),
        ]
        with tempfile.TemporaryDirectory() as folder:
            for name, signed, state, count, error in cases:
                file = Path(folder) / name
                file.write_bytes(signed)
                status, report, said = verify("--pacchetto", bundle, file)
                label = f"{bundle.name}: {name}"
                if not report:
                    check(label, False, (status, said))
                    continue
                document = act(report, path)
                told = codes(report)
                counted = sum(one["signed"] for one in document["expected"])
                others = {it["path"] for it in report["bundles"][0]["documents"]} - {path}
                silent = told - {"signature-missing"} == set() if error is None else error in told
                is_right = (state is None or document["state"] == state) and counted == count and silent
                check(label, is_right and (status == 1 or not told), (status, document["state"], counted, told, len(others)))
                file.unlink()
    check("bundles were signed", signed_bundles > 0)
    register(authority, bundles)
    print(f"judge: {passed} passed, {failed} failed")


main()
