// A Word file a body with docxtemplater, in one process. Called by `compare.py`.
const fs = require("fs");
const PizZip = require("pizzip");
const Docxtemplater = require("docxtemplater");

const template = fs.readFileSync("docxtemplater.docx");
for (const row of JSON.parse(fs.readFileSync("dati.json", "utf8"))) {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true });
    document.render(row);
    const bytes = document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    fs.writeFileSync(`docxtemplater-out/${row.codice}.docx`, bytes);
}
