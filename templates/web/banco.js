// Comodità: tutto funziona anche senza, salvo l’avanzamento dal vivo.
(() => {
  "use strict";

  // Trascinare un foglio sulla zona, o sceglierlo.
  for (const form of document.querySelectorAll("[data-carica]")) {
    const zone = form.querySelector(".zona");
    const input = form.querySelector("input[type=file]");
    const waiting = form.querySelector(".attesa");
    const mark = (on) => zone.classList.toggle("sopra", on);
    zone.addEventListener("dragover", (event) => { event.preventDefault(); mark(true); });
    zone.addEventListener("dragleave", () => mark(false));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      if (event.dataTransfer.files.length === 0) return;
      const taken = new DataTransfer();
      for (const file of event.dataTransfer.files) {
        if (input.multiple || taken.items.length === 0) taken.items.add(file);
      }
      input.files = taken.files;
      form.requestSubmit();
    });
    form.addEventListener("submit", () => { waiting.hidden = false; });
    // Tornando indietro la pagina può essere quella lasciata.
    window.addEventListener("pageshow", () => { waiting.hidden = true; });
  }
  // Un file caduto fuori dalla zona non deve prendere il posto della pagina.
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => event.preventDefault());
  }

  // Scegliere «solo questi» apre l’elenco; spuntarne uno sceglie «solo questi».
  for (const list of document.querySelectorAll("[data-apre]")) {
    const choice = document.getElementById(list.dataset.apre);
    choice.addEventListener("change", () => { list.open = choice.checked; });
    list.addEventListener("change", () => { choice.checked = true; });
    if (choice.checked) list.open = true;
  }

  // Una modifica provata: quel che si scrive si vede poco dopo.
  for (const form of document.querySelectorAll("[data-prova]")) {
    const text = form.querySelector("textarea");
    const view = form.querySelector("[data-vista]");
    const announce = form.querySelector("[data-annuncio]");
    const cursor = form.querySelector("[data-cursore]");
    let timer = 0;
    let asked = 0;
    const scrollToOurs = () => {
      const pane = view.querySelector(".anteprima");
      const ours = pane && pane.querySelector(".qui");
      if (ours) pane.scrollTop += ours.getBoundingClientRect().top - pane.getBoundingClientRect().top - 60;
    };
    const show = async () => {
      const mine = (asked += 1);
      const data = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "x-scrivano": "dal-vivo" } }).catch(() => null);
      if (!answer || !answer.ok || mine !== asked) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (mine !== asked) return;
      const old = view.querySelector(".anteprima");
      const next = fresh.querySelector(".anteprima");
      const top = old ? old.scrollTop : 0;
      announce.textContent = fresh.querySelector("[data-parole]").dataset.parole;
      // Finché il testo ha difetti resta l’anteprima di prima, spenta.
      if (old && !next) { old.classList.add("vecchia"); fresh.append(old); }
      view.replaceChildren(...fresh.childNodes);
      if (old) view.querySelector(".anteprima").scrollTop = top; else scrollToOurs();
    };
    const soon = () => { clearTimeout(timer); timer = setTimeout(show, 500); };
    text.addEventListener("input", soon);
    for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", soon);
    // Da un difetto, o da un comma dell’anteprima, alla sua riga.
    const reach = (row, column) => {
      const lines = text.value.split("\n");
      const start = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0) + column - 1;
      text.focus();
      text.setSelectionRange(start, start);
      text.scrollTop = Math.max(0, (text.scrollHeight * (row - 4)) / lines.length);
    };
    view.addEventListener("click", (event) => {
      const target = event.target.closest("[data-riga]");
      if (!target || (event.target.closest("a") && !target.matches("a"))) return;
      event.preventDefault();
      reach(Number(target.dataset.riga), Number(target.dataset.colonna || 1));
    });
    document.addEventListener("selectionchange", () => {
      if (document.activeElement !== text) return;
      const before = text.value.slice(0, text.selectionStart).split("\n");
      cursor.textContent = `Riga ${before.length}, colonna ${before[before.length - 1].length + 1}.`;
    });
    scrollToOurs();
  }

  // L’avanzamento dal vivo.
  for (const box of document.querySelectorAll("[data-segue]")) {
    const bar = box.querySelector("progress");
    const words = box.querySelector("[data-parole]");
    const current = box.querySelector("[data-corrente]");
    const announce = box.querySelector("[data-annuncio]");
    const source = new EventSource(box.dataset.segue);
    let told = -1;
    source.addEventListener("stato", (event) => {
      const now = JSON.parse(event.data);
      bar.max = now.all;
      bar.value = now.done;
      words.textContent = now.words;
      current.textContent = now.current;
      // Un lettore di schermo lo dice ogni venti per cento, non a ogni ente.
      const fifth = Math.floor(now.percent / 20);
      if (fifth > told) { told = fifth; announce.textContent = now.words; }
      if (now.over) { source.close(); window.location.replace(box.dataset.poi); }
    });
    // Finita la produzione non c’è più nulla da seguire.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) window.location.replace(box.dataset.poi);
    });
  }
})();
