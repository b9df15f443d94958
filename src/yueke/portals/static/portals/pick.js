/* Ticks half-hours of a week: drag over them with a mouse, or walk with the arrow keys. */
"use strict";

(() => {
  const form = document.querySelector(".pick");
  if (!form) return;
  const boxes = () => [...form.querySelectorAll(".cell-pick input")];
  const box = (element) => element?.closest?.(".cell-pick")?.querySelector("input");

  const count = () => {
    const ticked = boxes().filter((one) => one.checked).length;
    form.querySelector("[data-pick-count]").textContent = String(ticked);
    for (const part of form.querySelectorAll("[data-pick-told], [data-pick-clear]")) {
      part.hidden = ticked === 0;
    }
    form.querySelector("[data-pick-none]").hidden = ticked > 0;
  };

  // Dragging: the first half-hour decides whether the others are ticked or unticked.
  let paint = null;
  form.addEventListener("pointerdown", (event) => {
    const first = box(event.target);
    if (!first || event.pointerType === "touch" || event.button !== 0) return;
    paint = { first, checked: !first.checked };
  });
  form.addEventListener("pointerover", (event) => {
    const over = box(event.target);
    if (!paint || !over || over === paint.first) return;
    paint.first.checked = paint.checked;
    paint.moved = true;
    over.checked = paint.checked;
    count();
  });
  document.addEventListener("pointerup", () => {
    if (paint && !paint.moved) paint = null;
    // A click may follow where the drag ended; what was painted stays.
    else setTimeout(() => (paint = null));
  });
  form.addEventListener("click", (event) => {
    if (paint?.moved && box(event.target)) event.preventDefault();
  });

  // Arrow keys walk from half-hour to half-hour; with Shift they carry the tick along.
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const next = (cell, [down, right]) => {
    const rows = [...cell.closest("tbody").rows];
    let row = rows.indexOf(cell.parentElement);
    let column = cell.cellIndex;
    for (;;) {
      row += down;
      column += right;
      const there = rows[row]?.cells[column];
      if (!there) return null;
      const found = there.querySelector(".cell-pick input");
      if (found) return found;
    }
  };
  form.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const here = step && box(event.target);
    if (!here) return;
    event.preventDefault();
    const there = next(here.closest("td"), step);
    if (!there) return;
    if (event.shiftKey) there.checked = here.checked;
    there.focus();
    count();
  });

  // The week begins where something is ticked or stands; else in the evening, when most lessons are.
  const scroll = form.querySelector(".week-scroll");
  const rows = [...form.querySelectorAll("tbody tr")];
  const first =
    rows.find((row) => row.querySelector(":checked")) ??
    rows.find((row) => row.querySelector(".cell:not(.cell-none)")) ??
    rows.find((row) => row.cells[0].textContent >= "17:30");
  if (scroll && first) scroll.scrollTop = first.offsetTop - scroll.querySelector("thead").offsetHeight;

  form.addEventListener("change", count);
  document.addEventListener("htmx:afterSettle", count);
  form.querySelector("[data-pick-clear]").addEventListener("click", () => {
    for (const one of boxes()) one.checked = false;
    count();
  });
  count();
})();
