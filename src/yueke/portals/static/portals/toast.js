/* Shows what was just done for a while, and stays as long as somebody is about to undo it. */
"use strict";

(() => {
  const region = document.getElementById("toasts");
  if (!region) return;
  const seconds = 8;

  const wait = (toast) => {
    const timer = setTimeout(() => toast.remove(), seconds * 1000);
    toast.addEventListener("mouseenter", () => clearTimeout(timer), { once: true });
    toast.addEventListener("focusin", () => clearTimeout(timer), { once: true });
  };

  const settle = () => {
    for (const toast of region.querySelectorAll("[data-toast]:not([data-seen])")) {
      toast.dataset.seen = "";
      if (toast.hasAttribute("data-fades")) wait(toast);
    }
  };

  const copy = (id) => {
    const template = document.getElementById(id);
    region.append(template.content.cloneNode(true));
  };

  new MutationObserver(settle).observe(region, { childList: true });
  settle();

  region.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });
  // An answer that is no page: say so, in words the server has already translated.
  document.addEventListener("htmx:sendError", () => copy("toast-offline"));
  document.addEventListener("htmx:responseError", () => copy("toast-error"));
})();
