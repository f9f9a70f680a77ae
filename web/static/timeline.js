// Enhancement only: the bars of the timeline by keyboard. One of them is reached by Tab, the arrows go from bar to bar in
// the direction in which time is drawn, Enter follows. Without it the table below the drawing has the same links.
"use strict";

document.querySelectorAll(".timeline svg").forEach((drawing) => {
  const bars = [...drawing.querySelectorAll("a")];
  if (!bars.length) return;
  const heading = document.getElementById("timeline");
  drawing.removeAttribute("aria-hidden");
  drawing.setAttribute("role", "group");
  drawing.setAttribute("aria-label", heading?.textContent ?? "");
  bars.forEach((bar) => bar.setAttribute("aria-label", bar.querySelector("title").textContent));
  bars.at(-1).setAttribute("tabindex", "0");

  const later = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const earlier = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const places = { [later]: (at) => at + 1, [earlier]: (at) => at - 1, Home: () => 0, End: () => bars.length - 1 };
  drawing.addEventListener("keydown", (event) => {
    const at = bars.indexOf(event.target.closest("a"));
    const next = bars[places[event.key]?.(at)];
    if (at < 0 || !next || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    bars[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
});
