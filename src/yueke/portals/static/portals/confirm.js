/* Asks in our own dialog where htmx or a form would ask in the browser's. */
"use strict";

(() => {
  const dialog = document.getElementById("confirm");
  if (!dialog) return;
  let proceed = null;

  const ask = (question, then) => {
    dialog.querySelector("[data-confirm-question]").textContent = question;
    proceed = then;
    dialog.returnValue = "";
    dialog.showModal();
  };

  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "yes" && proceed) proceed();
    proceed = null;
  });

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    const button = event.submitter;
    ask(question, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(button);
    });
  });
})();
