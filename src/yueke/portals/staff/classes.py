"""Open classes at work: the list, and one class with who is in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking.classes import hand_over, queries
from yueke.booking.classes.queries import ClassRow, WhichClasses
from yueke.notices import queries as notices_queries
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff import timeline
from yueke.portals.staff.class_do import CLASS_DEEDS, deeds_for
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lessons import day_range
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address

# Tells whether something may be done: (command, of what).
May = Callable[[str, str], bool]
# Those that are over stay in the list so long, for attendance.
_OVER: Final = timedelta(days=14)
CANCELLED: Final = "cancelled"


@staff_page
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """List classes from two weeks ago on, or of one day: searched, paged, taken away.

    With `?state=cancelled` those that were cancelled, which are in no other list.
    """
    desk = sit_down(request=request, see="classes")
    text = request.GET.get("q", "").replace("\0", "").strip()
    day = request.GET.get("day", "")
    begin, end = day_range(text=day, zone=desk.zone)
    actor, now, may = desk.caller.actor, desk.caller.now, _may(desk)
    state = CANCELLED if request.GET.get("state") == CANCELLED else ""
    which = WhichClasses(begin or now - _OVER, end, text, cancelled=bool(state))
    if "format" in request.GET:
        return _file(request, desk, which)
    after = ids.LESSON.read(request.GET.get("after", ""))
    if after is not None:
        last = queries.get_class(actor=actor, class_id=after, even_cancelled=True)
        which = replace(which, after=(last.starts_at, last.class_id))
    rows = queries.list_classes(actor=actor, which=which, size=PAGE + 1)
    shown = [ShownClass(row, now) for row in rows[:PAGE]]
    more = shown[-1].id if len(rows) > PAGE else ""
    context = {
        "desk": desk,
        "classes": shown,
        "bulk_buttons": _bulk_buttons(may),
        "text": text,
        "may_create": may("create", "class"),
        "filters": render_to_string(
            "portals/staff/class_filters.html", {"day": day, "chosen": state}
        ),
        "more_url": address(q=text, day=day, state=state, after=more) if more else "",
        "export_url": address(q=text, day=day, state=state, format="csv"),
        "xlsx_url": address(q=text, day=day, state=state, format="xlsx"),
        "state": "" if shown else "empty",
    }
    return render(request, "portals/staff/classes.html", context)


def _bulk_buttons(may: May) -> str:
    deeds = [deed for deed in CLASS_DEEDS.values() if may(deed.code, "class")]
    return render_to_string("portals/staff/lesson_bulk.html", {"deeds": deeds}) if deeds else ""


@staff_page
@require_safe
def open_class(request: HttpRequest, lesson: str) -> HttpResponse:
    """Show one class as families see it, who is in it, and what may be done."""
    desk = sit_down(request=request, see="classes")
    actor, may = desk.caller.actor, _may(desk)
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson), even_cancelled=True)
    one = ShownClass(row, desk.caller.now)
    people = queries.list_places(actor=actor, class_id=row.class_id, even_cancelled=True)
    context: dict[str, object] = {
        "desk": desk,
        "one": one,
        "seats": [
            {"row": who, "seat": ids.SEAT.show(who.seat_id), "id": ids.LEARNER.show(who.learner_id)}
            for who in people
            if who.seat_id is not None
        ],
        "waiting": [who for who in people if who.seat_id is None],
    }
    if not one.is_cancelled:
        context |= {
            "deeds": [deed for deed in deeds_for(one=one) if may(deed.code, "class")],
            "may_describe": may("describe", "class"),
            "may_sell": one.is_over and may("sell", "replay"),
            "may_attend": one.has_begun and may("attend", "class"),
            "may_book": not one.has_begun and may("book", "open"),
        }
    if desk.allowed.sees_audit:
        events = notices_queries.events_of_lesson(market_id=desk.market_id, lesson_id=row.class_id)
        context |= timeline.log(desk=desk, events=events, request=request)
    return render(request, "portals/staff/class.html", context)


def _may(desk: Desk) -> May:
    """Return what tells whether the desk may do something with classes: nothing once it is out."""
    if hand_over.is_out(actor=desk.caller.actor, now=desk.caller.now):
        return lambda command, of: False
    return desk.allowed.may


def _file(request: HttpRequest, desk: Desk, which: WhichClasses) -> HttpResponse:
    head = [
        gettext("Id"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Chinese title"),
        gettext("English title"),
        gettext("Teacher"),
        gettext("Seats"),
        gettext("Taken"),
        gettext("Waiting"),
        gettext("Published"),
    ]
    rows = queries.list_classes(actor=desk.caller.actor, which=which, size=EXPORT_MAX)
    lines = (_line(ShownClass(row, desk.caller.now), row, desk) for row in rows)
    return export(request=request, name="classes", head=head, rows=lines)


def _line(one: ShownClass, row: ClassRow, desk: Desk) -> list[str | int]:
    return [
        one.id,
        one.local_start(zone=desk.zone),
        row.title_zh,
        row.title_en,
        row.teacher_name or "",
        row.capacity,
        row.seats_taken,
        row.waiting,
        gettext("yes") if row.is_published else gettext("no"),
    ]
