/* Ticks rows for the bulk bar, and shows or hides columns as this person likes them. */
"use strict";

(() => {
  const ticks = (scope) => [...scope.querySelectorAll("input[data-tick]")];

  const count = (scope) => {
    const bar = scope.querySelector("[data-bulk]");
    const all = ticks(scope);
    const ticked = all.filter((box) => box.checked).length;
    const every = scope.querySelector("input[data-tick-all]");
    if (every) {
      every.checked = ticked > 0 && ticked === all.length;
      every.indeterminate = ticked > 0 && ticked < all.length;
    }
    if (!bar) return;
    bar.hidden = ticked === 0;
    bar.querySelector("[data-bulk-count]").textContent = String(ticked);
  };

  const key = (scope) => `columns:${scope.id}`;

  const columns = (scope) => {
    const boxes = [...scope.querySelectorAll("input[data-column]")];
    const hidden = boxes.filter((box) => !box.checked).map((box) => box.dataset.column);
    for (const cell of scope.querySelectorAll("[data-col]")) {
      cell.hidden = hidden.includes(cell.dataset.col);
    }
    return hidden;
  };

  const restore = (scope) => {
    const hidden = JSON.parse(localStorage.getItem(key(scope)) ?? "[]");
    for (const box of scope.querySelectorAll("input[data-column]")) {
      box.checked = !hidden.includes(box.dataset.column);
    }
    columns(scope);
    count(scope);
  };

  const restoreAll = () => document.querySelectorAll("[data-table]").forEach(restore);

  document.addEventListener("change", (event) => {
    const scope = event.target.closest("[data-table]");
    if (!scope) return;
    if (event.target.matches("[data-tick-all]")) {
      for (const box of ticks(scope)) box.checked = event.target.checked;
    }
    if (event.target.matches("[data-column]")) {
      localStorage.setItem(key(scope), JSON.stringify(columns(scope)));
    }
    count(scope);
  });

  // The whole cell of a tick is its target.
  document.addEventListener("click", (event) => {
    if (event.target.matches("[data-table] .ticks")) event.target.querySelector("input")?.click();
  });

  document.addEventListener("click", (event) => {
    const clear = event.target.closest("[data-bulk-clear]");
    const scope = clear?.closest("[data-table]");
    if (!scope) return;
    for (const box of ticks(scope)) box.checked = false;
    count(scope);
  });

  document.addEventListener("htmx:afterSettle", restoreAll);
  restoreAll();
})();
