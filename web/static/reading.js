// Enhancement only: steps from one highlighted word of an article to the next by button and key, and says which it is.
// Without it the two buttons lead to the last and the first highlighted word, and each highlighted word to the next.
"use strict";

(() => {
  const bar = document.querySelector(".steps");
  const marks = [...document.querySelectorAll(".body mark[id]")];
  if (!bar || !marks.length) return;
  const [back, status, on] = ["[rel=prev]", "[role=status]", "[rel=next]"].map((one) => bar.querySelector(one));
  const KEYS = { n: 1, j: 1, p: -1, k: -1 };
  const addressed = () => { // a mark of several words has a place for each
    const place = document.getElementById(location.hash.slice(1));
    return place ? marks.indexOf(place.closest("mark")) : -1;
  };
  let here = addressed();

  for (const link of document.querySelectorAll(".body mark > a")) link.replaceWith(...link.childNodes);

  const tell = () => {
    if (here >= 0) status.textContent = bar.dataset.places.replace("{n}", (here + 1).toLocaleString("en"));
    on.href = `#${marks[(here + 1) % marks.length].id}`;
    back.href = `#${marks.at(here > 0 ? here - 1 : -1).id}`;
  };

  const step = (by) => {
    if (here < 0) { // the first below the top of the window, or the last above it
      const below = marks.findIndex((mark) => mark.getBoundingClientRect().top >= 0);
      here = by > 0 ? Math.max(below, 0) : (below < 0 ? marks.length : below) - 1;
    } else here += by;
    here = (here + marks.length) % marks.length;
    location.replace(`#${marks[here].id}`); // moves the target, and leaves the way back as it is
    tell();
  };

  for (const [link, by] of [[back, -1], [on, 1]]) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      step(by);
      link.focus({ preventScroll: true });
    });
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
    event.preventDefault();
    step(KEYS[event.key]);
  });
  addEventListener("hashchange", () => {
    const found = addressed();
    if (found >= 0) here = found;
    tell();
  });
  tell();
})();
