// The web desk in a real browser, as a clerk would use it: the whole job with the mouse, then with the keyboard alone; axe
// and an HTML validator on every page. Arguments: the program, a folder with node_modules (playwright-core, axe-core,
// html-validate), the folder of the fixtures and, to take pictures, a folder to put them in.
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { keyboard } from "./web_keys.mjs";

const [program, modules, fixtures, pictures] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(modules, "index.js"));
const { chromium } = require("playwright-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const today = "2026-01-10";

const work = mkdtempSync(join(tmpdir(), "banco-"));
let passed = 0;
let failed = 0;
function check(name, holds, detail = "") {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`FAIL ${name} ${detail}`);
  }
}

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  // Style, not correctness: our templates close elements as HTML allows.
  rules: { "long-title": "off", "no-trailing-whitespace": "off", "no-inline-style": "error",
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
    // Inside noscript: the page of a run asks for itself again where no script can follow it.
    "meta-refresh": "off",
  },
});

// Every page: no violation, valid, small, one heading of level 1, nothing refused by the policy.
const seen = new Set();
async function judge(page, name) {
  const address = new URL(page.url()).pathname + new URL(page.url()).search;
  if (seen.has(address)) return;
  seen.add(address);
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], iframes: false }));
  for (const it of found.violations) {
    const nodes = it.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
    check(`axe ${name} ${address}`, false, `${it.id}: ${it.help} (${it.nodes.length}): ${nodes}`);
  }
  check(`axe ${name}`, found.violations.length === 0);
  const answer = await page.request.get(page.url());
  const text = await answer.text();
  const report = await validator.validateString(text);
  const faults = report.results.flatMap((result) => result.messages).filter((it) => it.severity === 2);
  for (const it of faults.slice(0, 5)) console.log(`  ${address}:${it.line}:${it.column} ${it.ruleId}: ${it.message}`);
  check(`valid ${name} ${address}`, faults.length === 0, `${faults.length} faults`);
  const sent = gzipSync(text).length;
  check(`below 100 kB ${name} ${address}`, sent < 100_000, `${sent}`);
  check(`below 100 kB unpacked ${name} ${address}`, text.length < 100_000, `${text.length}`);
  check(`one h1 ${name}`, (await page.locator("h1").count()) === 1);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(`no sideways scrolling ${name} ${address}`, wide <= 0, `${wide} px`);
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  }
}

const server = spawn(program, ["servi", "--porta", "0", "--alla-data", today], { stdio: ["ignore", "pipe", "ignore"] });
const base = await new Promise((done) => {
  let text = "";
  server.stdout.on("data", (data) => {
    text += data;
    if (text.includes("\n")) done(text.trim());
  });
});

const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "it-IT" });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  const go = async (path, name) => {
    await page.goto(base + path.replace(/^\//, ""));
    await judge(page, name);
  };

  // Start, models, rules: no workbook yet.
  await go("/", "inizio");
  await go("/modelli", "modelli");
  await go("/modelli/pesaro-urbino", "modello");
  await go("/modelli/pesaro-urbino/testo?file=clausole/recesso.md", "testo");
  await go("/regole", "regole");
  await go("/regole/ENT-01", "regola");
  await go("/modelli/pesaro-urbino/prova?file=clausole/recesso.md", "prova-esempio");
  await go("/", "inizio");
  const [example] = await Promise.all([page.waitForEvent("download"), page.click("text=Foglio di esempio")]);
  check("the example is handed out", (await example.failure()) === null && example.suggestedFilename().endsWith(".xlsx"));

  // A workbook full of faults, then the sound one: what changed.
  const load = async (name) => {
    await page.setInputFiles("#foglio", join(fixtures, name));
    await page.click("text=Controlla il foglio");
    await page.waitForURL("**/controlli");
  };
  await load("errori.xlsx");
  await judge(page, "controlli-errori");
  await go("/controlli?gravita=errore&per=ente", "controlli-filtrati");
  await go("/enti?stato=errori", "enti-errori");
  await go("/controlli", "controlli-errori");
  await load("pesaro-urbino.xlsx");
  check("the comparison is there", (await page.locator("#confronto").count()) === 1);
  await page.locator("summary").first().click();
  seen.delete("/controlli");
  await judge(page, "confronto");

  await go("/enti", "enti");
  await page.fill("#cerca", "acqualagna");
  await page.keyboard.press("Enter");
  await page.waitForURL("**cerca=acqualagna**");
  check("a search finds one body", (await page.locator("tbody tr").count()) === 1);
  await page.click("tbody a");
  await judge(page, "ente");
  const body = new URL(page.url()).pathname;
  await go(`${body}/01-convenzione`, "lettura");
  const value = page.locator(".foglio .v").nth(3);
  await value.hover();
  check("a value shows its cell", await value.locator(".c").isVisible());
  if (pictures) await page.screenshot({ path: join(pictures, "lettura-cella.png") });
  await page.locator(".margine").nth(2).scrollIntoViewIfNeeded();
  if (pictures) await page.screenshot({ path: join(pictures, "lettura-margine.png") });
  await go(`${body}/01-convenzione?celle=si`, "lettura-celle");
  await go(`${body}/02-delibera-adesione`, "delibera");
  await go(`${body}/affiancati`, "affiancati");
  check("the PDF is in the page", (await page.locator("iframe.pdf").count()) === 1);
  await go(`${body}/affiancati?primo=02-delibera-adesione&secondo=01-convenzione`, "affiancati-due");
  await go(`${body}/01-convenzione?vista=pdf`, "atto-pdf");
  await go("/scadenze", "scadenze");
  await page.locator("details.passate summary").click();
  seen.delete("/scadenze");
  await judge(page, "scadenze-passate");
  await go("/rinnovo", "rinnovo");
  await page.click("text=Prepara il foglio nuovo");
  await page.waitForURL("**/foglio-nuovo");
  await judge(page, "rinnovato");

  // A text tried as it is typed: first a fault, then a change that is seen in the act.
  await go("/modelli/pesaro-urbino/prova?file=clausole/recesso.md", "prova");
  const text = await page.inputValue("#testo");
  await page.fill("#testo", `${text}\n1. {{ente.nme}}`);
  await page.waitForSelector(".responso .errore");
  check("the preview before the fault stays", (await page.locator(".anteprima.vecchia").count()) === 1);
  seen.clear();
  await judge(page, "prova-difetto");
  await page.fill("#testo", text.replaceAll("può recedere", "può uscire e recedere"));
  await page.waitForSelector(".anteprima:has-text('può uscire e recedere')");
  check("what comes of the text is marked", (await page.locator(".anteprima .qui").count()) > 3);
  seen.clear();
  await judge(page, "prova-modifica");
  await go("/modelli", "modelli-modificati");
  await go("/modelli/pesaro-urbino", "modello-modificato");
  const [texts] = await Promise.all([page.waitForEvent("download"), page.click("text=Scarica i testi modificati")]);
  await texts.saveAs(join(work, "testi.zip"));
  execFileSync("unzip", ["-q", "-o", join(work, "testi.zip"), "-d", join(work, "testi")]);
  check("the texts carried away have the change", readFileSync(join(work, "testi/clausole/recesso.md"), "utf8").includes("può uscire e recedere"));
  await go("/produci", "produci-testi");
  await page.goto(`${base}modelli`);
  await page.click("text=Torna a tutti i testi originali");
  check("all texts are the original again", (await page.locator("#modificati").count()) === 0);
  await go("/fatture", "fatture");
  await go("/produci", "produci");

  // What came back signed.
  await go("/verifica", "verifica");
  const signed = (name, file) => ({ name, mimeType: "application/octet-stream", buffer: readFileSync(join(fixtures, "firme", file)) });
  await page.setInputFiles("#file", [signed("pacchetto.zip", "pacchetto.zip"), signed("01-convenzione.pdf.p7m", "una.pdf.p7m")]);
  await page.click("main button:has-text('Verifica')");
  await page.waitForURL("**/verifica/esito");
  await judge(page, "verificato");
  check("who has signed is told", (await page.textContent("main")).includes("firmato da 1 di 2"));
  await page.goto(`${base}verifica`);
  await page.setInputFiles("#file", [signed("01-convenzione.pdf.p7m", "alterata.pdf.p7m")]);
  await page.click("main button:has-text('Verifica')");
  await page.waitForURL("**/verifica/esito");
  seen.delete("/verifica/esito");
  await judge(page, "verificato-male");
  check("an altered document is told", (await page.locator(".segnalazione.errore").count()) > 0);

  // A convention that others wrote, or meant to.
  await go("/esamina", "esamina");
  const others = ["CONVENZIONE PER LA GESTIONE ASSOCIATA DEL SERVIZIO DI POLIZIA LOCALE", "", "Art. 1 – Oggetto",
    "1. La presente convenzione ha per oggetto la gestione associata del servizio di polizia locale, ai sensi dell’art. 30 del D.Lgs. 27/2000.",
    "", "Art. 2 – Durata", "1. La convenzione dura tre anni dalla firma e si rinnova tacitamente.", ""].join("\n");
  await page.setInputFiles("#documento", { name: "altrui.txt", mimeType: "text/plain", buffer: Buffer.from(others) });
  await page.click("main button:has-text('Esamina')");
  await page.waitForURL("**/esamina/esito");
  await judge(page, "esaminato");
  const verdict = await page.textContent("main");
  check("what is missing and what is wrong is told", verdict.includes("C30-07") && verdict.includes("267/2000"), verdict.slice(0, 200));
  await page.goto(`${base}produci`);

  // Produce, follow, take away; the zip holds what the command line makes.
  await page.click("main button:has-text('Produci')");
  await page.waitForURL("**/produci/corso");
  await page.waitForSelector("progress");
  await judge(page, "corso");
  await page.waitForURL("**/produci/esito", { timeout: 600_000 });
  await judge(page, "esito");
  const [zip] = await Promise.all([page.waitForEvent("download"), page.click("text=Scarica tutto")]);
  await zip.saveAs(join(work, "tutto.zip"));
  execFileSync("unzip", ["-q", "-o", join(work, "tutto.zip"), "-d", join(work, "web")]);
  const out = join(work, "cli");
  try {
    execFileSync(program, ["genera", join(fixtures, "pesaro-urbino.xlsx"), "-o", out, "--alla-data", today], { stdio: "ignore" });
  } catch (error) {
    check("genera", error.status === 1);
  }
  const list = execFileSync("sh", ["-c", `cd '${join(work, "web")}' && ls`]).toString().trim().split("\n");
  check("bundles in the zip", list.filter((name) => name.endsWith(".zip")).length > 50, `${list.length}`);
  for (const name of list) {
    const same = readFileSync(join(work, "web", name)).equals(readFileSync(join(out, "pesaro-urbino", name)));
    if (!same) check(`same bytes ${name}`, false);
  }
  check("the same bytes as the command line", true);

  // Invoices: a preview, then issuing.
  await page.goto(`${base}fatture`);
  await page.check("#confermo");
  await page.click("button:has-text('Emetti')");
  await page.waitForURL("**/fatture/emesse", { timeout: 600_000 });
  await judge(page, "emesse");
  const [register] = await Promise.all([page.waitForEvent("download"), page.click("text=Scarica il foglio aggiornato")]);
  check("the workbook with the register", register.suggestedFilename() === "pesaro-urbino-con-registro.xlsx");

  await keyboard(browser, base, fixtures, check);

  // A small screen, and zoom at 400%: nothing is cut.
  await page.setViewportSize({ width: 340, height: 640 });
  for (const path of ["", "controlli", "enti", body.slice(1), `${body.slice(1)}/01-convenzione`, "fatture", "rinnovo", "esamina/esito",
    `${body.slice(1)}/affiancati`, "modelli/pesaro-urbino/prova?file=clausole/recesso.md"]) {
    await page.goto(base + path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`no sideways scrolling at 340 px: /${path}`, wide <= 0, `${wide} px`);
  }

  // Without scripts the job is the same.
  const bare = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1366, height: 768 } });
  bare.setDefaultTimeout(120_000);
  const plain = await bare.newPage();
  await plain.goto(base);
  await plain.setInputFiles("#foglio", join(fixtures, "upi.xlsx"));
  await plain.click("text=Controlla il foglio");
  await plain.waitForURL("**/controlli");
  await plain.goto(`${base}produci`);
  await plain.click("main button:has-text('Produci')");
  await plain.waitForURL("**/produci/esito", { timeout: 120_000 });
  check("produced without scripts", (await plain.locator("text=Scarica tutto").count()) === 1);
  await plain.goto(`${base}modelli/upi/prova?file=clausole/recesso.md`);
  await plain.fill("#testo", `${await plain.inputValue("#testo")}\n1. {{ente.nme}}`);
  await plain.click("button:has-text('Prova')");
  check("a text is judged without scripts", (await plain.locator("text=L’anteprima torna quando i difetti sono corretti").count()) === 1);
  await plain.click("button:has-text('Torna al testo originale')");
  check("and given back", (await plain.locator(".anteprima").count()) === 1);
  await plain.goto(`${base}rinnovo`);
  await plain.click("button:has-text('Prepara il foglio nuovo')");
  check("the next term without scripts", (await plain.locator("text=Scarica il foglio nuovo").count()) === 1);

  // Two visitors at once, and files that are no workbooks: each sees its own, and the desk works on.
  const visit = async (name, content) => {
    const visitor = await (await browser.newContext()).newPage();
    await visitor.goto(base);
    await visitor.setInputFiles("#foglio", content ? { name, mimeType: "application/octet-stream", buffer: content } : join(fixtures, name));
    await visitor.click("text=Controlla il foglio");
    await visitor.waitForURL("**/controlli");
    return visitor;
  };
  const [one, other, hostile] = await Promise.all([visit("upi.xlsx"), visit("accordo.xlsx"),
    visit("<img src=x onerror=alert(1)>.xlsx", Buffer.from("PK\u0003\u0004<script>alert(1)</script>"))]);
  for (const [visitor, own, not] of [[one, "upi.xlsx", "accordo.xlsx"], [other, "accordo.xlsx", "upi.xlsx"]]) {
    const text = await visitor.textContent("body");
    check("a visitor sees its own workbook only", text.includes(own) && !text.includes(not), own);
  }
  check("a hostile file is told", (await hostile.textContent("h2")).length > 0 && (await hostile.locator("img[onerror]").count()) === 0);
  await hostile.goto(`${base}regole`);
  check("the desk works on", (await hostile.locator("h1").count()) === 1);

  check("nothing refused or broken in the browser", problems.length === 0, problems.slice(0, 5).join(" | "));
} catch (error) {
  check("the walk", false, String(error));
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(work, { recursive: true, force: true });
}
console.log(`judge: ${passed} passed, ${failed} failed`);
