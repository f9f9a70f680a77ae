// Enhancement only: buttons that copy the text they name. Without it the text can be selected.
"use strict";

(() => {
  const select = (place) => getSelection().selectAllChildren(place);

  /** Copies a text; where the site is not served over https, browsers have only the old way. */
  const copy = async (place) => {
    try {
      await navigator.clipboard.writeText(place.textContent);
      return true;
    } catch {
      select(place);
      return document.execCommand("copy");
    }
  };

  for (const button of document.querySelectorAll("button[data-copies]")) {
    const place = document.getElementById(button.dataset.copies);
    const status = button.closest("section").querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      status.textContent = "";
      const copied = await copy(place);
      if (!copied) select(place);
      status.textContent = copied ? button.dataset.copied : button.dataset.failed;
    });
  }
})();
