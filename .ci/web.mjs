// The web desk in a real browser, as a clerk would use it: the whole job with the mouse, then with the keyboard alone; axe
// and an HTML validator on every page. Arguments: the program, a folder with node_modules (playwright-core, axe-core,
// html-validate), the folder of the fixtures and, to take pictures, a folder to put them in.
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

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
  await go(`${body}/01-convenzione?vista=pdf`, "atto-pdf");
  await go("/scadenze", "scadenze");
  await go("/fatture", "fatture");
  await go("/produci", "produci");

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

  // The keyboard alone: skip link, load, reach the first finding.
  await page.goto(base);
  await page.keyboard.press("Tab");
  check("the first stop is the skip link", (await page.evaluate(() => document.activeElement.className)) === "salta");
  await page.keyboard.press("Enter");
  check("it leads to the content", (await page.evaluate(() => document.activeElement.id)) === "contenuto");
  const reached = [];
  for (let stop = 0; stop < 14; stop += 1) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim()));
  }
  check("the keyboard reaches the upload", reached.includes("foglio") && reached.includes("Controlla il foglio"), reached.join(" / "));

  // A small screen, and zoom at 400%: nothing is cut.
  await page.setViewportSize({ width: 340, height: 640 });
  for (const path of ["", "controlli", "enti", body.slice(1), `${body.slice(1)}/01-convenzione`, "fatture"]) {
    await page.goto(base + path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(`no sideways scrolling at 340 px: /${path}`, wide <= 0, `${wide} px`);
  }

  // Without scripts the job is the same.
  const bare = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1366, height: 768 } });
  const plain = await bare.newPage();
  await plain.goto(base);
  await plain.setInputFiles("#foglio", join(fixtures, "upi.xlsx"));
  await plain.click("text=Controlla il foglio");
  await plain.waitForURL("**/controlli");
  await plain.goto(`${base}produci`);
  await plain.click("main button:has-text('Produci')");
  await plain.waitForURL("**/produci/esito", { timeout: 120_000 });
  check("produced without scripts", (await plain.locator("text=Scarica tutto").count()) === 1);

  check("nothing refused or broken in the browser", problems.length === 0, problems.slice(0, 5).join(" | "));
} catch (error) {
  check("the walk", false, String(error));
} finally {
  await browser.close();
  server.kill("SIGTERM");
  rmSync(work, { recursive: true, force: true });
}
console.log(`judge: ${passed} passed, ${failed} failed`);
