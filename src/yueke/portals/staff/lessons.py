"""The list of lessons: of a day, a learner, a teacher or a name; paged, taken away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.kernel.grid import HALF_HOUR
from yueke.portals import ids, states
from yueke.portals.access import staff_page
from yueke.portals.days import read_day
from yueke.portals.exports import export
from yueke.portals.product_names import product_name, product_names
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_deeds import deeds_in_bulk
from yueke.portals.staff.lesson_rows import show
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.portals.staff.sights import SIGHTS
from yueke.portals.stamps import read_stamp


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for."""

    q: str
    day: str
    state: str
    learner: str
    teacher: str
    product: str
    mine: str
    booked: str
    at: str

    def address(self, **more: str) -> str:
        """Return the query that asks for the same, and more."""
        return address(
            q=self.q,
            day=self.day,
            state=self.state,
            learner=self.learner,
            teacher=self.teacher,
            product=self.product,
            mine=self.mine,
            booked=self.booked,
            at=self.at,
            **more,
        )


@staff_page
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """List lessons, those to come first to last; of one day, or of all days newest first.

    `?day=2026-11-23&at=20261123T1100Z` lists those of one half-hour of the day.
    """
    desk = sit_down(request=request, see="lessons")
    names = ("q", "day", "state", "learner", "teacher", "product", "mine", "booked", "at")
    filters = Filters(**{name: request.GET.get(name, "").strip() for name in names})
    which = which_lessons(desk=desk, filters=filters)
    if "format" in request.GET:
        return _file(request, desk, which)
    if after := request.GET.get("after", ""):
        last = booking_queries.get_lesson(actor=desk.caller.actor, seat_id=ids.read_seat(after))
        which = replace(which, after=(last.starts_at, last.seat_id))
    rows = booking_queries.list_lessons(actor=desk.caller.actor, which=which, size=PAGE + 1)
    shown = rows[:PAGE]
    more = ids.SEAT.show(shown[-1].seat_id) if len(rows) > PAGE else ""
    context = {
        "desk": desk,
        "filters": filters,
        "filter_fields": render_to_string(
            "portals/staff/lesson_filters.html",
            {
                "filters": filters,
                "at": _half_hour(filters, desk.zone),
                "zone": desk.zone,
                "sights": SIGHTS.values(),
                "products": product_names(market_id=desk.market_id),
            },
        ),
        "bulk_buttons": _bulk_buttons(desk),
        "rows": [show(row=row, now=desk.caller.now) for row in shown],
        "more_url": filters.address(after=more) if more else "",
        "export_url": filters.address(format="csv"),
        "xlsx_url": filters.address(format="xlsx"),
        "state": "" if shown else "empty",
    }
    return render(request, "portals/staff/lessons.html", context)


def _bulk_buttons(desk: Desk) -> str:
    deeds = deeds_in_bulk(channel=desk.allowed.channel)
    return render_to_string("portals/staff/lesson_bulk.html", {"deeds": deeds}) if deeds else ""


def which_lessons(*, desk: Desk, filters: Filters) -> Which:
    """Return what the filters mean; refuses ids of no learner or teacher."""
    begin, end = day_range(text=filters.day, zone=desk.zone)
    at = _half_hour(filters, desk.zone)
    if at is not None:
        begin, end = at, at + HALF_HOUR
    which = Which(
        learner_id=ids.read_learner(filters.learner) if filters.learner else None,
        teacher_id=ids.read_teacher(filters.teacher) if filters.teacher else None,
        begin=begin,
        end=end,
        text=filters.q,
        newest_first=begin is None,
        product=filters.product or None,
        class_teacher_id=desk.staff_id if filters.mine else None,
        booked_by=desk.caller.actor.id if filters.booked else None,
    )
    sight = SIGHTS.get(filters.state)
    return sight.narrow(which, desk.caller.now) if sight else which


def _half_hour(filters: Filters, zone: str) -> datetime | None:
    """Return the half-hour that is asked for; none if it is not of the day."""
    begin, end = day_range(text=filters.day, zone=zone)
    at = read_stamp(filters.at)
    if at is None or begin is None or end is None:
        return None
    return at if begin <= at < end else None


def day_range(*, text: str, zone: str) -> tuple[datetime | None, datetime | None]:
    """Return a day of the zone as a half-open range; nothing for what is no day."""
    day = read_day(text)
    if day is None:
        return None, None
    tz = ZoneInfo(zone)
    begin = datetime.combine(day, time(), tz)
    end = datetime.combine(day + timedelta(days=1), time(), tz)
    return begin.astimezone(UTC), end.astimezone(UTC)


def _file(request: HttpRequest, desk: Desk, which: Which) -> HttpResponse:
    head = [
        gettext("Id"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Learner"),
        gettext("Teacher"),
        gettext("Lesson"),
        gettext("Level"),
        gettext("State"),
    ]
    if desk.allowed.sees_wallet:
        head += [gettext("Paid"), gettext("Came back"), gettext("Paid with")]
    return export(request=request, name="lessons", head=head, rows=_lines(desk, which))


def _lines(desk: Desk, which: Which) -> Iterator[list[str | int]]:
    zone = ZoneInfo(desk.zone)
    rows = booking_queries.list_lessons(actor=desk.caller.actor, which=which, size=EXPORT_MAX)
    for row in rows:
        shown = show(row=row, now=desk.caller.now)
        line: list[str | int] = [
            ids.SEAT.show(row.seat_id),
            f"{row.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            row.learner_name,
            row.teacher_name or "",
            product_name(thing=row),
            "" if row.level is None else row.level,
            shown.label or str(states.WORDS[shown.state]),
        ]
        if desk.allowed.sees_wallet:
            line += [row.paid, row.refunded, row.asset]
        yield line
