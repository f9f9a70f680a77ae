// Saved articles: kept in this browser alone, never sent. A star beside each article; the list and its export on /saved.
// Enhancement only: where the browser keeps nothing there are no stars, and /saved says so.
"use strict";

(() => {
  const words = document.currentScript.dataset;
  const KEY = `kashaf.saved:${words.root}`;
  const MOST = Number(words.most);
  const FORMULA = /^(?:[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[-=+@＝＋－＠]|[\t\r\n'])/u;
  const FIELDS = ["id", "title", "source", "author", "agency", "date", "url", "link"];

  const usable = (article) => article && typeof article.id === "string" && typeof article.title === "string"
    && typeof article.link === "string" && /^\/(?![/\\])/.test(article.link); // a page of this site

  /** The saved articles, the latest first; null where the browser keeps nothing. */
  const load = () => {
    let text;
    try {
      text = localStorage.getItem(KEY);
    } catch {
      return null;
    }
    try {
      const found = JSON.parse(text ?? "[]");
      return Array.isArray(found) ? found.filter(usable).slice(0, MOST) : [];
    } catch {
      return []; // not ours, or damaged
    }
  };

  const store = (articles) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(articles));
      return true;
    } catch {
      return false;
    }
  };

  const say = (text) => {
    let said = document.querySelector(".toast");
    if (!said) {
      said = document.createElement("p");
      said.className = "toast";
      said.setAttribute("role", "status");
      document.body.append(said);
    }
    said.textContent = text;
  };

  // Stars

  const drawing = () => {
    const [svg, path] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", "M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17l-5.4 3 1.1-6.1-4.5-4.3 6.1-.8z");
    svg.append(path);
    return svg;
  };

  const draw = (button, saved) => {
    button.setAttribute("aria-pressed", String(saved));
  };

  const toggle = (button, article) => {
    const kept = load() ?? [];
    const others = kept.filter(({ id }) => id !== article.id);
    const saving = others.length === kept.length;
    if (saving && kept.length >= MOST) return say(words.over);
    if (!store(saving ? [article, ...others] : others)) return say(words.full);
    say("");
    draw(button, saving);
  };

  const stars = new Map(); // button → the article it saves
  const addStars = () => {
    const saved = new Set(load().map(({ id }) => id));
    for (const place of document.querySelectorAll(".star[data-id]")) {
      const article = Object.fromEntries(FIELDS.map((name) => [name, place.dataset[name] || null]));
      const [button, word] = ["button", "span"].map((name) => document.createElement(name));
      button.type = "button";
      button.setAttribute("aria-label", words.save.replace("{title}", article.title));
      word.textContent = words.word;
      button.append(drawing(), word);
      button.addEventListener("click", () => toggle(button, article));
      draw(button, saved.has(article.id));
      place.replaceChildren(button);
      place.hidden = false;
      stars.set(button, article);
    }
  };

  // The list

  const page = document.querySelector(".saved");
  let before = null; // the list as it was before the last removal

  const show = () => {
    const [list, articles] = [page.querySelector("ol"), load()];
    page.querySelector(".list").hidden = false;
    page.querySelector(".blocked").hidden = articles !== null;
    page.querySelector(".empty").hidden = articles === null || articles.length > 0;
    page.querySelector(".exports").hidden = page.querySelector(".clear").hidden = !articles?.length;
    page.querySelector(".undo").hidden = before === null;
    page.querySelector("[role=status]").textContent = [
      before ? page.dataset.gone : "", articles?.length ? page.dataset.count.replace("{n}", articles.length) : "",
    ].join(" ").trim();
    list.replaceChildren(...(articles ?? []).map(item));
  };

  const item = (article) => {
    const shown = page.querySelector("template").content.cloneNode(true).firstElementChild;
    const [link, when, remove] = ["a", "time", ".remove"].map((name) => shown.querySelector(name));
    link.textContent = article.title;
    link.href = article.link;
    const source = shown.querySelector(".source");
    source.textContent = article.source ?? "";
    when.textContent = when.dateTime = (article.date ?? "").slice(0, 10);
    for (const fact of [source, when]) if (!fact.textContent) fact.remove();
    remove.setAttribute("aria-label", page.dataset.remove.replace("{title}", article.title));
    remove.addEventListener("click", () => change((kept) => kept.filter(({ id }) => id !== article.id)));
    return shown;
  };

  const change = (by) => {
    const kept = load() ?? [];
    const at = [...page.querySelectorAll(".remove")].indexOf(document.activeElement);
    if (!store(by(kept))) return say(words.full);
    before = kept;
    show();
    const left = page.querySelectorAll(".remove");
    (left[Math.min(Math.max(at, 0), left.length - 1)] ?? page.querySelector(".undo")).focus();
  };

  const undo = () => {
    if (!store(before)) return say(words.full);
    before = null;
    show();
    page.querySelector("h1").focus();
  };

  // The list as a file, as search/export writes the hits of a search.

  /** A cell of CSV; what a spreadsheet would take for a formula begins with an apostrophe, and so does an apostrophe. */
  const cell = (value) => {
    const text = String(value ?? "");
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const filled = (pairs) => pairs.filter(([, value]) => value);
  const line = (text) => String(text ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim();
  const listed = (names) => String(names ?? "").split("; ").map(line).filter(Boolean);
  /** Whom a citation names: the writers, else the agencies, each with whether it is an agency. */
  const named = ({ author, agency }) => {
    const writers = listed(author).map((name) => [name, false]);
    return writers.length ? writers : listed(agency).map((name) => [name, true]);
  };
  const addresses = (row) => [row.url, row.link].filter(Boolean);

  const ris = (row) => {
    const day = (row.date ?? "").slice(0, 10);
    const lines = filled([
      ["TY", "NEWS"], ["TI", line(row.title)], ...named(row).map(([name]) => ["AU", name]),
      ["T2", line(row.source)], ["PY", day.slice(0, 4)], ["DA", day && `${day.replaceAll("-", "/")}/`], ["LA", "ar"],
      ...addresses(row).map((address) => ["UR", address]),
      ["AN", line(row.id)],
    ]);
    return [...lines, ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}\r\n`).join("") + "\r\n";
  };

  const NAMED = {
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}", "}": "\\textbraceright{}",
  };
  const tex = (text) => line(text).replace(/[\\~^{}$&%#_]/g, (sign) => NAMED[sign] ?? `\\${sign}`);
  // A name is one unit where BibTeX would cut it, as in search/export/bibtex.py.
  const unit = ([name, agency]) =>
    agency || /,|(?<![\p{L}\p{N}_])and(?![\p{L}\p{N}_])|^others$/iu.test(name) ? `{${tex(name)}}` : tex(name);
  const bibtex = (row, at) => {
    const day = (row.date ?? "").slice(0, 10);
    const fields = filled([
      ["author", named(row).map(unit).join(" and ")], ["title", tex(row.title)], ["journal", tex(row.source)],
      ["date", day], ["year", day.slice(0, 4)],
      ["language", "ar"], ["langid", "arabic"], ["url", encodeURI(addresses(row)[0]).replaceAll("%25", "%")],
    ]).map(([name, value]) => `  ${name} = {${value}},\n`).join("");
    return `@${row.source ? "article" : "misc"}{saved${day.slice(0, 4)}:${at + 1},\n${fields}}\n\n`;
  };

  const FORMS = {
    ris: ["application/x-research-info-systems", (rows) => rows.map(ris).join("")],
    bib: ["application/x-bibtex", (rows) => rows.map(bibtex).join("")],
    csv: ["text/csv", (rows) => `\ufeff${[FIELDS, ...rows.map((row) => FIELDS.map((name) => row[name]))]
      .map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`],
    jsonl: ["application/x-ndjson", (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join("")],
  };

  const download = (form) => {
    const rows = (load() ?? []).map((article) => Object.fromEntries(FIELDS.map((name) =>
      [name, name === "link" ? new URL(article.link, location.origin).href : article[name] ?? null])));
    const [type, write] = FORMS[form];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([write(rows)], { type }));
    link.download = `kashaf-saved.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };

  if (page) {
    page.querySelector(".without").remove();
    for (const button of page.querySelectorAll("[data-form]")) {
      button.addEventListener("click", () => download(button.dataset.form));
    }
    page.querySelector(".clear").addEventListener("click", () => change(() => []));
    page.querySelector(".undo").addEventListener("click", undo);
    show();
  } else if (load() !== null) addStars();

  const refresh = () => {
    if (page) return show();
    const saved = new Set((load() ?? []).map(({ id }) => id));
    for (const [button, { id }] of stars) draw(button, saved.has(id));
  };
  addEventListener("storage", (event) => { // another tab
    if (event.key === KEY || event.key === null) refresh();
  });
  addEventListener("pageshow", (event) => { // back to a page that the browser kept
    if (event.persisted) refresh();
  });
})();
