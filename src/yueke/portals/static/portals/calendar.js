/* Draws a teacher's week; what is dragged or clicked leaves as an event for the page to carry out. */
"use strict";

(() => {
  const tell = (element, name, detail) =>
    element.dispatchEvent(new CustomEvent(`calendar:${name}`, { detail, bubbles: true }));

  // Times arrive and leave as the wall clock of data-zone, "2030-03-12T19:00:00": the server knows zones.
  const chinese = document.documentElement.lang.startsWith("zh");
  const english = { today: "Today", day: "Day", week: "Week" };

  const between = (calendar, start, end) =>
    calendar
      .getEvents()
      .filter((event) => event.start < end && event.end > start)
      .map((event) => ({
        start: event.startStr,
        end: event.endStr,
        state: event.extendedProps.state ?? "open",
      }));

  const options = (element) => ({
    locale: chinese ? "zh-cn" : "en-gb",
    buttonText: chinese ? undefined : english,
    timeZone: element.dataset.zone,
    initialView: window.innerWidth < 768 ? "timeGridDay" : "timeGridWeek",
    initialDate: element.dataset.date,
    now: element.dataset.now,
    events: element.dataset.events,
    headerToolbar: { start: "title", end: "today timeGridDay,timeGridWeek prev,next" },
    slotDuration: "00:30:00",
    snapDuration: "00:30:00",
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    dayHeaderFormat: { weekday: "short", day: "numeric", month: "numeric" },
    scrollTime: element.dataset.scroll || "16:00:00",
    height: Number(element.dataset.height) || 640,
    firstDay: 1,
    allDaySlot: false,
    // The rows already tell the time, and a half-hour has room for one line.
    displayEventTime: false,
    nowIndicator: true,
    selectable: element.hasAttribute("data-selectable"),
    selectMirror: true,
    longPressDelay: 300,
    eventClassNames: ({ event }) => [`is-${event.extendedProps.state ?? "open"}`],
    select: ({ startStr, endStr, start, end, view }) =>
      tell(element, "select", { start: startStr, end: endStr, events: between(view.calendar, start, end) }),
    dateClick: ({ dateStr, date, jsEvent, view }) => {
      if (!jsEvent.type.startsWith("touch")) return;
      const end = view.calendar.formatIso(new Date(date.getTime() + 30 * 60 * 1000));
      tell(element, "tap", { start: dateStr, end });
    },
    datesSet: ({ startStr }) => tell(element, "dates", { start: startStr.slice(0, 10) }),
    eventClick: (info) => {
      info.jsEvent.preventDefault();
      const { id, url, extendedProps } = info.event;
      tell(element, "open", { id, url, state: extendedProps.state, element: info.el });
    },
  });

  for (const element of document.querySelectorAll("[data-calendar]")) {
    const calendar = new FullCalendar.Calendar(element, options(element));
    calendar.render();
    element.addEventListener("calendar:refresh", () => calendar.refetchEvents());
    element.addEventListener("calendar:unselect", () => calendar.unselect());
  }
})();
