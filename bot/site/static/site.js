// Search in the page, and printing. Nothing here leaves the browser.
"use strict";
(() => {
  const script = document.currentScript;
  const root = script.dataset.root;
  const MOST = 8, LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[’‘`´]/g, "'");
  const wordsOf = (text) => plain(text).match(/[a-z]+|\d+/g) || [];

  // How many letters differ, swaps counted once; more than `most` is not counted further.
  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, i) => i);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      [before, last] = [last, row];
      if (Math.min(...row) > most) return most + 1;
    }
    return last[other.length];
  }

  let known = null, common = null;
  function read() {
    if (known) return;
    known = new Map(SEARCH.words.split(" ").map((entry) => {
      const [word] = /^[^A-Z]*/.exec(entry);
      return [word, entry.slice(word.length)];
    }));
    common = new Set(SEARCH.common.split(" "));
  }

  // The words that a typed one may be, each with how far it counts. A common word is no other one mistyped.
  function alike(word) {
    if (known.has(word)) return [[word, 1]];
    if (common.has(word)) return [];
    const most = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
    const found = [];
    for (const other of known.keys()) {
      if (word.length >= 3 && other.startsWith(word)) found.push([other, 0.8]);
      else if (most && distance(word, other, most) <= most) found.push([other, 0.6]);
    }
    return found;
  }

  function search(text) {
    read();
    const scores = new Map();
    for (const word of new Set(wordsOf(text))) {
      const best = new Map();
      for (const [other, weight] of alike(word)) {
        let level = 0;
        for (const [each] of known.get(other).matchAll(/[A-Z]|[0-9a-z]{2}/g)) {
          if (each.length === 1) level = LEVELS.indexOf(each) + 1;
          else best.set(each, Math.max(best.get(each) || 0, weight * level));
        }
      }
      for (const [claim, score] of best) scores.set(claim, (scores.get(claim) || 0) + score);
    }
    const first = [...scores].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST);
    return first.map(([claim]) => SEARCH.claims[parseInt(claim, 36)]);
  }

  let loading = null;
  function load() {
    loading = loading || new Promise((ready, failed) => {
      const data = document.createElement("script");
      data.src = root + "search.js";
      data.onload = ready;
      data.onerror = failed;
      document.head.append(data);
    });
    return loading;
  }

  const form = document.getElementById("search"), input = document.getElementById("question");
  const results = document.getElementById("results"), found = document.getElementById("found");
  let asked = "";

  function entry([id, title, topic, line]) {
    const item = document.createElement("li"), link = document.createElement("a");
    const where = document.createElement("span"), said = document.createElement("div");
    link.href = `${root}claims/${id}.html`;
    link.textContent = title;
    where.className = "small";
    where.textContent = ` · ${SEARCH.topics[topic]}`;
    said.textContent = line;
    item.append(link, where, said);
    return item;
  }

  function show() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    load().then(() => {
      if (text !== asked) return;
      const matches = text ? search(text) : [];
      results.replaceChildren(...matches.map(entry));
      found.textContent = !text ? "" : matches.length
        ? `${matches.length} nearest to your words. If something feels wrong with your body, read the warning signs first.`
        : "Nothing here is near your words.";
    }, () => { found.textContent = "The search could not be loaded; the list of answers is on the first page."; });
  }

  form.hidden = false;
  input.addEventListener("focus", () => load().catch(() => {}));
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = results.querySelector("a");
    if (first) location.assign(first.href);
  });
  if (input.value) show();

  const print = document.getElementById("print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  if (script.dataset.live) {
    // Only where the knowledge is being edited: the page is loaded anew when its files changed.
    new EventSource("/events").addEventListener("changed", () => location.reload());
  }
})();
