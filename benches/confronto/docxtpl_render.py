"""A Word file a body with docxtpl, in one process. Called by `compare.py`."""

import json

from docxtpl import DocxTemplate

for row in json.load(open("dati.json")):
    template = DocxTemplate("docxtpl.docx")
    template.render(row, autoescape=True)
    template.save(f"docxtpl-out/{row['codice']}.docx")
