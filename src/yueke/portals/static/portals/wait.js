// Keeps the door of the classroom up to date: the server says what changes, the page shows it.
document.addEventListener("DOMContentLoaded", () => {
  const door = document.querySelector("[data-wait]");
  if (!door || !window.EventSource) return;
  const stream = new EventSource(door.dataset.wait);
  stream.onmessage = (event) => {
    const told = JSON.parse(event.data);
    for (const part of door.querySelectorAll("[data-when]")) {
      part.hidden = part.dataset.when !== told.state;
    }
    for (const name of door.querySelectorAll("[data-teacher]")) name.textContent = told.teacher;
    if (["matched", "given_up", "left"].includes(told.state)) stream.close();
  };
});
