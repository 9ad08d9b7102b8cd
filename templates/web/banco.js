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
      const one = new DataTransfer();
      one.items.add(event.dataTransfer.files[0]);
      input.files = one.files;
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
