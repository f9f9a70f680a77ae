// Enhancement only: "/" goes to the search box; completions below it, as an ARIA combobox. Nothing here is needed.
"use strict";

(() => {
  const boxes = [...document.querySelectorAll("input[type=search][data-suggest]")];
  const DELAY_MS = 120;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !boxes.length) return;
    event.preventDefault();
    boxes[0].focus();
    boxes[0].select();
  });

  document.addEventListener("click", (event) => { // a date to be changed: its field may lie in what is folded away
    const field = event.target.closest?.("a.change") && document.querySelector(event.target.closest("a.change").hash);
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
    field.select();
  });

  boxes.forEach((box, number) => {
    const list = document.createElement("ul");
    list.id = `completions-${number}`;
    list.className = "completions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0]?.textContent ?? "");
    box.form.append(list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
      box.setAttribute(name, value);
    }

    let timer = 0;
    let asked = null; // the request under way
    let chosen = -1;
    let typed = box.value;

    const close = () => {
      list.hidden = true;
      chosen = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const choose = (next) => {
      const options = [...list.children];
      chosen = (next + options.length + 1) % (options.length + 1); // the last place is what was typed
      options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
      box.value = options[chosen]?.textContent ?? typed;
      if (options[chosen]) box.setAttribute("aria-activedescendant", options[chosen].id);
      else box.removeAttribute("aria-activedescendant");
    };

    const show = (completions) => {
      list.replaceChildren(...completions.map((text, n) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${n}`;
        option.dir = "auto";
        option.textContent = text;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("mousedown", (event) => event.preventDefault()); // typing stays in the box
        option.addEventListener("click", () => { // of the main button only; a right click opens the browser's menu
          box.value = text;
          box.form.requestSubmit();
        });
        return option;
      }));
      chosen = -1;
      list.hidden = completions.length === 0;
      box.setAttribute("aria-expanded", String(!list.hidden));
      box.removeAttribute("aria-activedescendant");
    };

    const ask = async () => {
      clearTimeout(timer);
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (document.activeElement === box) show(found.filter((text) => text !== typed));
      } catch {
        close(); // stopped, or no network: typing goes on without completions
      }
    };

    box.addEventListener("input", () => {
      typed = box.value;
      clearTimeout(timer);
      if (typed.trim().length < 2) {
        asked?.abort();
        close();
      } else timer = setTimeout(ask, DELAY_MS);
    });
    box.addEventListener("blur", () => {
      clearTimeout(timer);
      asked?.abort();
      close();
    });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (list.hidden) {
        if (event.key !== "ArrowDown" || typed.trim().length < 2) return;
        ask(); // opens the list that Escape closed
      } else if (event.altKey) return;
      else if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen === -1 ? list.children.length - 1 : chosen - 1);
      else if (event.key === "Escape") {
        box.value = typed;
        close();
      } else return;
      event.preventDefault();
    });
  });
})();
