"""What a browser made of a page's lines, as scripts for `Page.evaluate`; each gives a list of faults, a sentence each.

CUT: text that cannot be seen whole, or only by scrolling the page sideways. Cells of tables may go on behind the edge
of a region that scrolls; what else stands there, as a caption, may not, nor may anything be cut by its box.
HANGING: signs between words, written in a text of the site or by a style, that begin or end a line.
DRAWN: signs that a style draws on spaces, which lines must lose at their ends; told is also which were there at all.
"""

from __future__ import annotations

from typing import Final

CUT: Final = r"""() => {
  const width = document.documentElement.clientWidth, faults = [];
  const scrolled = document.documentElement.scrollWidth;
  if (scrolled > width) faults.push(`the page is ${scrolled} wide`);
  const within = (rect, box) => rect.left >= box.left - 1 && rect.right <= box.right + 1;
  const parents = function* (element) {
    for (; element && element !== document.body; element = element.parentElement) yield element;
  };
  const hidden = (element) => [...parents(element)].some((each) => getComputedStyle(each).clipPath !== "none");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const own = text.parentElement;
    if (!text.data.trim() || !own.checkVisibility({ visibilityProperty: true }) || hidden(own)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const cell = own.closest("td, th");
    const cuts = (rect, each) => {
      const style = getComputedStyle(each).overflowX;
      if (style === "visible" || (cell && style === "auto" && each.contains(cell))) return false;
      return !within(rect, each.getBoundingClientRect());
    };
    for (const rect of range.getClientRects()) {
      if (rect.width < 0.5) continue;
      const cut = [...parents(own)].find((each) => cuts(rect, each));
      const off = !within(rect, { left: 0, right: width }) && !cell;
      if (cut || off) {
        faults.push(`<${own.tagName.toLowerCase()}> «${text.data.trim().slice(0, 60)}» is cut`);
        break;
      }
    }
  }
  return faults;
}"""

HANGING: Final = r"""() => {
  const signs = /^[·•|+–—]$/, letters = [], faults = [];
  const block = "p, li, td, th, h1, h2, h3, div, dd, dt, caption, label, button, summary, nav, pre";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    const own = text.parentElement;
    if (!own.checkVisibility() || own.closest("script, pre, .unseen, .body, .snippet, .cite p, h1, h2, h3")) continue;
    for (let at = 0; at < text.data.length; at++)
      if (text.data[at].trim()) letters.push({ text, at, within: own.closest(block) });
  }
  const place = ({ text, at }) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  letters.forEach((sign, at) => {
    if (!signs.test(sign.text.data[sign.at])) return;
    const own = place(sign), middle = own.top + own.height / 2, told = sign.text.data.trim();
    for (const other of [letters[at - 1], letters[at + 1]]) {
      if (!other || other.within !== sign.within) continue;
      const near = place(other);
      if (near.top > middle || near.bottom < middle) faults.push(`a line begins or ends with a sign of «${told}»`);
    }
  });
  for (const element of document.body.querySelectorAll("*"))
    for (const side of ["::before", "::after"]) {
      const written = getComputedStyle(element, side).content.replace(/^"|"$/g, "").trim();
      if (signs.test(written)) faults.push(`${side} of <${element.className || element.tagName}> writes ${written}`);
    }
  return faults;
}"""

DRAWN: Final = r"""() => {
  const faults = [], seen = { kept: 0, lost: 0 };
  const isBeside = (one, other) => Math.abs(one.top + one.bottom - other.top - other.bottom) < other.height;
  const words = (element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (text) =>
      text.data.trim() && !text.parentElement.closest(".unseen") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    const found = [];
    for (let text; (text = texts.nextNode());) found.push(text);
    return found;
  };
  const edge = (text, first) => {
    const at = first ? text.data.search(/\S/) : text.data.trimEnd().length - 1, range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  const all = words(document.body);
  const { DOCUMENT_POSITION_PRECEDING: PRECEDING, DOCUMENT_POSITION_FOLLOWING: FOLLOWING } = Node;
  const stands = (text, element, where) => !element.contains(text) && element.compareDocumentPosition(text) & where;
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element, "::after");
    if (style.content !== '" "' || style.backgroundImage === "none" || !element.checkVisibility()) continue;
    const own = words(element);
    const before = own.at(-1) ?? all.findLast((text) => stands(text, element, PRECEDING));
    const behind = all.find((text) => stands(text, element, FOLLOWING));
    const end = edge(before, false), next = edge(behind, true);
    const beside = (rects) => [...rects].filter((rect) => rect.width && isBeside(rect, end));
    const range = document.createRange();
    const written = own.flatMap((text) => {
      range.selectNodeContents(text);
      return beside(range.getClientRects());
    });
    const extent = (rects) => Math.max(...rects.map((r) => r.right)) - Math.min(...rects.map((r) => r.left));
    const boxes = beside(element.getClientRects());
    const room = own.length ? extent(boxes) - extent(written) : element.getBoundingClientRect().width;
    const isOneLine = isBeside(next, end);
    seen[isOneLine ? "kept" : "lost"]++;
    if (isOneLine ? room < 2 : room > 1) faults.push(`the sign behind «${before.data.trim()}» takes ${room}`);
  }
  return { faults, ...seen };
}"""
