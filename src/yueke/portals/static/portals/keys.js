/* The keys of the people who work here all day: / search, j k move, x tick, Enter open, ? help. */
"use strict";

(() => {
  const typing = (element) =>
    element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), all.length - 1);
    const row = all[next];
    if (!row.matches("a, button, [tabindex]")) row.tabIndex = -1;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const current = () => document.activeElement.closest("[data-row]");

  const tick = () => {
    const box = current()?.querySelector("input[type=checkbox]");
    if (box) box.click();
  };

  const open = (event) => {
    const row = document.activeElement;
    if (!row.matches("[data-row]:not(a, button)")) return;
    const link = row.querySelector("[data-row-open], a");
    if (!link) return;
    event.preventDefault();
    link.click();
  };

  const keys = {
    "/": (event) => {
      const search = document.querySelector("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    },
    j: () => move(1),
    k: () => move(-1),
    x: tick,
    Enter: open,
    "?": () => document.getElementById("keys")?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.activeElement.matches("[data-search]")) {
      // The browser's own Escape would empty the box, and with it the rows that were found.
      if (event.key === "Escape" || event.key === "ArrowDown") event.preventDefault();
      if (event.key === "Escape") document.activeElement.blur();
      if (event.key === "ArrowDown") move(1);
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    keys[event.key]?.(event);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-open]")) document.getElementById("keys")?.showModal();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
