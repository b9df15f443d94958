/* Opens the sheet when something was loaded into it, and closes it when it is done. */
"use strict";

(() => {
  const sheet = document.getElementById("sheet");
  const content = document.getElementById("sheet-content");
  if (!sheet || !content) return;

  // A modal <dialog> keeps the focus inside, closes with Esc and gives the focus back.
  document.addEventListener("htmx:afterSwap", (event) => {
    const target = event.detail.target;
    if (target !== content || !content.childElementCount) return;
    const title = content.querySelector("[data-sheet-title]");
    if (title) sheet.setAttribute("aria-label", title.textContent.trim());
    if (!sheet.open) sheet.showModal();
    const refusal = content.querySelector("[data-refusal]");
    if (refusal) refusal.focus();
  });

  // A refusal says by its header where it wants to be read, whatever its status.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 || !xhr.getResponseHeader("HX-Retarget")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  const close = () => {
    if (sheet.open) sheet.close();
  };

  document.addEventListener("sheet:close", close);
  sheet.addEventListener("close", () => content.replaceChildren());
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest("[data-sheet-close]")) close();
  });
})();
