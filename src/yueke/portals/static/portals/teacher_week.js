/* Offers or takes back what is dragged over in the teacher's week; the server decides and answers. */
"use strict";

(() => {
  const week = document.querySelector("[data-week]");
  if (!week) return;
  const minutes = (wall) => Date.parse(`${wall.slice(0, 16)}Z`) / 60000;

  // crypto.randomUUID is missing where the page came without TLS.
  const key = () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");

  const overlap = (a, b) =>
    Math.max(0, Math.min(minutes(a.end), minutes(b.end)) - Math.max(minutes(a.start), minutes(b.start)));

  const covered = (range, events) =>
    events.reduce((sum, event) => sum + overlap(range, event), 0);

  const post = (url, range) =>
    htmx.ajax("POST", url, {
      source: week,
      target: "#sheet-content",
      swap: "innerHTML",
      values: { begins: range.start.slice(0, 16), ends: range.end.slice(0, 16), request_key: key() },
    });

  const sheet = (url) => htmx.ajax("GET", url, { source: week, target: "#sheet-content" });

  week.addEventListener("calendar:select", ({ detail }) => {
    const free = covered(detail, detail.events.filter((event) => event.state === "open"));
    const fixed = covered(detail, detail.events.filter((event) => event.state !== "open"));
    const left = minutes(detail.end) - minutes(detail.start) - fixed;
    week.dispatchEvent(new CustomEvent("calendar:unselect"));
    if (left > 0) post(free >= left ? week.dataset.withdraw : week.dataset.release, detail);
  });

  // A finger taps where a mouse drags: it gets the form, so that a slip changes nothing.
  week.addEventListener("calendar:tap", ({ detail }) => {
    const query = new URLSearchParams({ begins: detail.start.slice(0, 16), ends: detail.end.slice(0, 16) });
    sheet(`${week.dataset.time}?${query}`);
  });

  week.addEventListener("calendar:open", ({ detail }) => {
    // A click or tap on free time is taken for that half-hour, above.
    if (detail.state !== "open" && detail.url) sheet(detail.url);
  });

  const mondayOf = (day) => {
    const at = new Date(`${day}T00:00Z`);
    at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
    return at.toISOString().slice(0, 10);
  };

  // The list beside the calendar shows the same week.
  let shown = mondayOf(week.dataset.date);
  const list = () =>
    htmx.ajax("GET", `${week.dataset.list}?week=${shown}`, { source: week, target: "#week-list" });

  week.addEventListener("calendar:dates", ({ detail }) => {
    if (mondayOf(detail.start) === shown) return;
    shown = mondayOf(detail.start);
    list();
  });

  document.body.addEventListener("calendar:changed", () => {
    week.dispatchEvent(new CustomEvent("calendar:refresh"));
    list();
  });
})();
