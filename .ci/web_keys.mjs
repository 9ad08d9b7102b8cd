// The whole job with the keyboard alone: from the model to the bundles, a text tried, the next term's workbook. Every stop
// must be seen (the focus ring) and left again (no trap). Called by web.mjs.
import { join } from "node:path";

export async function keyboard(browser, base, fixtures, check) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "it-IT", reducedMotion: "reduce" });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  // Heard from the start: a listener set up with the key is sometimes told to the browser after it.
  const choosers = [];
  page.on("filechooser", (chooser) => choosers.push(chooser));
  const unseen = new Set();
  // Words, id and address of what has the focus; and whether it is seen to have it.
  const focused = () =>
    page.evaluate(() => {
      const it = document.activeElement;
      const style = getComputedStyle(it);
      const box = it.getBoundingClientRect();
      return {
        words: (it.innerText || it.value || "").trim().replace(/\s+/g, " "),
        id: it.id,
        address: it.getAttribute("href") || "",
        kind: it.tagName,
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.bottom > 0 && box.top < innerHeight,
      };
    });
  const press = async (key) => page.keyboard.press(key);
  // Goes on with Tab until something has the focus; says where it is lost.
  const reach = async (name, is, most = 400) => {
    for (let stop = 0; stop < most; stop += 1) {
      await press("Tab");
      const it = await focused();
      if (it.kind !== "BODY" && it.kind !== "IFRAME" && !it.seen) unseen.add(`${new URL(page.url()).pathname} ${it.kind} ${it.words.slice(0, 40)}`);
      if (is(it)) return true;
    }
    check(`the keyboard reaches ${name}`, false, page.url());
    throw new Error(`the keyboard does not reach ${name}`);
  };
  const words = (text) => (it) => it.words === text;
  const follow = async (name, is, to) => {
    await reach(name, is);
    await Promise.all([page.waitForURL(to, { timeout: 600_000 }), press("Enter")]);
    check(`with the keyboard: ${name}`, true);
  };

  await page.goto(base);
  await press("Tab");
  check("the first stop is the skip link", (await page.evaluate(() => document.activeElement.className)) === "salta");
  await press("Enter");
  check("it leads to the content", (await page.evaluate(() => document.activeElement.id)) === "contenuto");

  // The model from the list, its example, the upload.
  await reach("the list of models", (it) => it.id === "modello");
  await page.keyboard.type("Centro servizi territoriale di P");
  check("a model is chosen by its name", (await page.inputValue("#modello")) === "pesaro-urbino");
  await reach("the example", words("Foglio di esempio"));
  const [example] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
  check("the example is downloaded with the keyboard", (await example.failure()) === null);
  await reach("the file", (it) => it.id === "foglio");
  // A browser that is still busy with the download may swallow the key: it is pressed again, as anybody would.
  for (let wait = 0; wait < 300 && choosers.length === 0; wait += 1) {
    if (wait % 100 === 0) await press("Space");
    await page.waitForTimeout(100);
  }
  check("the key opens the choice of a file", choosers.length === 1, `${choosers.length}, on ${(await focused()).id}`);
  await choosers[0].setFiles(join(fixtures, "pesaro-urbino.xlsx"));
  await follow("the checks", words("Controlla il foglio"), "**/controlli");

  // Bodies, one of them, an act with its cells.
  await follow("the bodies", words("Enti e atti"), "**/enti");
  await reach("the search", (it) => it.id === "cerca");
  await page.keyboard.type("apecchio");
  await Promise.all([page.waitForURL("**cerca=apecchio**"), press("Enter")]);
  await follow("a body", words("Comune di Apecchio"), /\/enti\/\d+$/);
  await follow("its convention", words("Convenzione"), "**/01-convenzione");
  await reach("a value", (it) => it.kind === "SPAN");
  check("a value shows its cell to the keyboard", await page.locator(":focus .c").isVisible());

  // A run of one body.
  await follow("the run", words("Produci"), "**/produci");
  await reach("all bodies or some", (it) => it.id === "enti-tutti");
  await press("ArrowDown");
  check("some bodies are chosen by arrow", await page.isChecked("#enti-scelti"));
  await reach("a body to produce", (it) => it.id === "ente-1");
  await press("Space");
  await reach("the button", (it) => it.words === "Produci" && it.kind === "BUTTON");
  await Promise.all([page.waitForURL("**/produci/esito", { timeout: 600_000 }), press("Enter")]);
  await reach("the bundles", words("Scarica tutto"));
  const [zip] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
  check("the bundles are downloaded with the keyboard", (await zip.failure()) === null);

  // The next term.
  await follow("the renewal", words("Rinnovo"), "**/rinnovo");
  await follow("the new workbook", words("Prepara il foglio nuovo"), "**/rinnovo/foglio-nuovo");

  // A text tried: what is typed is judged, told, and the keyboard gets out of the text again.
  await follow("the models", words("Modelli"), "**/modelli");
  await follow("a model", words("Centro servizi territoriale di Pesaro e Urbino"), "**/modelli/pesaro-urbino");
  await follow("a text", (it) => it.address.endsWith("file=clausole/recesso.md"), "**/testo?file=**");
  await follow("a trial", words("Prova una modifica"), "**/prova?file=**");
  await reach("the text", (it) => it.id === "testo");
  await press("Control+End");
  await page.keyboard.type("\n1. {{ente.nme}}");
  await page.waitForSelector(".responso .errore");
  const told = (await page.locator("[data-annuncio]").textContent()) || "";
  check("the fault is announced", told.startsWith("1 difetto"), told);
  await reach("the fault's line", (it) => it.words.startsWith("riga "));
  await press("Enter");
  check("it leads to the line", (await page.evaluate(() => document.activeElement.id)) === "testo");
  await reach("the way back", words("Torna al testo originale"));
  await Promise.all([page.waitForNavigation(), press("Enter")]);
  check("the text is the original again", (await page.locator(".responso .errore").count()) === 0);
  check("every stop is seen", unseen.size === 0, [...unseen].slice(0, 8).join(" | "));
  await context.close();
}
