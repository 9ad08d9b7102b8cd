"""A PDF a body with Typst, in one process that keeps fonts and memory. Called by `compare.py`."""

import json

import typst

source = open("atto.typ").read().replace('json("dati.json")', "json(bytes(sys.inputs.dati))")
open("atto-uno.typ", "w").write(source)
compiler = typst.Compiler("atto-uno.typ")
for row in json.load(open("dati.json")):
    compiler.compile(output=f"typst-out/{row['codice']}.pdf", sys_inputs={"dati": json.dumps(row)})
