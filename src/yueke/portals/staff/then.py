"""As it was at a moment: a lesson, a half-hour, a teacher's week, a learner, a wallet.

What it was is rebuilt from the log and from transfers, and what had happened by then stands below.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.models import Lesson
from yueke.booking.queries import then as log
from yueke.booking.queries.then import CellThen
from yueke.booking.rules.then import LessonThen
from yueke.kernel.grid import HALF_HOUR
from yueke.notices import queries as notices_queries
from yueke.notices.models import Event
from yueke.people.models import Learner, Teacher
from yueke.people.refusals import ChannelMayNot
from yueke.portals import ids, moments, states
from yueke.portals.access import staff_page
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find as find_learner
from yueke.portals.staff.teacher import find as find_teacher
from yueke.portals.staff.week_rows import (
    Cell,
    asked_monday,
    days_of,
    range_of,
    rows_of,
    week_words,
)
from yueke.portals.stamps import read_stamp
from yueke.portals.wall import read_wall, show_wall
from yueke.wallet import queries as wallet_queries
from yueke.wallet.queries import LotThen

EVENTS = 30
DAYS = 60
Context = dict[str, object]


@staff_page
@require_safe
def lesson_as_it_was(request: HttpRequest, seat: str) -> HttpResponse:
    """Show a lesson at a moment."""
    desk = sit_down(request=request, see="lessons")
    row = booking_queries.get_lesson(actor=desk.caller.actor, seat_id=ids.read_seat(seat))
    at = _moment(request, desk)
    found = log.get_lesson_then(market_id=desk.market_id, lesson_id=row.lesson_id, at=at)
    events = notices_queries.events_of_lesson(market_id=desk.market_id, lesson_id=row.lesson_id)
    context: Context = {
        "row": row,
        "lesson": found,
        "learners": _learners(desk, found.learners),
        "teacher": _teacher_name(desk, found.teacher_id),
    }
    return _show(request, desk, "lesson", at, events, reverse("staff_lesson", args=[seat]), context)


@staff_page
@require_safe
def slot_as_it_was(request: HttpRequest, teacher: str, stamp: str) -> HttpResponse:
    """Show a half-hour of a teacher at a moment."""
    desk = sit_down(request=request, see="teachers")
    person, starts_at = find_teacher(desk=desk, teacher=teacher), read_stamp(stamp)
    if starts_at is None:
        raise Http404
    at = _moment(request, desk)
    cells = log.list_cells_then(
        market_id=desk.market_id,
        teacher_id=person.pk,
        begin=starts_at,
        end=starts_at + HALF_HOUR,
        at=at,
    )
    events = notices_queries.events_of_slot(
        market_id=desk.market_id,
        teacher_id=person.pk,
        starts_at=starts_at,
        lesson_ids=[cell.lesson_id for cell in cells.values() if cell.lesson_id],
    )
    context: Context = {"teacher": person, "starts_at": starts_at, "cell": cells.get(starts_at)}
    url = reverse("staff_teacher_week", args=[teacher])
    return _show(request, desk, "slot", at, events, url, context)


@staff_page
@require_safe
def teacher_as_it_was(request: HttpRequest, teacher: str) -> HttpResponse:
    """Show a teacher's week at a moment: the week of that moment, or another."""
    desk = sit_down(request=request, see="teachers")
    person = find_teacher(desk=desk, teacher=teacher)
    at = _moment(request, desk)
    monday = asked_monday(text=request.GET.get("week", "") or f"{at:%Y-%m-%d}", desk=desk)
    begin, end = range_of(monday=monday, zone=desk.zone)
    cells = log.list_cells_then(
        market_id=desk.market_id, teacher_id=person.pk, begin=begin, end=end, at=at
    )
    drawn = {start: _cell(desk, start, cell) for start, cell in cells.items()}
    events = Event.objects.filter(
        market_id=desk.market_id, teacher_id=person.pk, starts_at__gte=begin, starts_at__lt=end
    )
    context: Context = {
        "teacher": person,
        "week": f"{monday:%Y-%m-%d}",
        "week_words": week_words(monday=monday),
        "before": f"{monday - timedelta(days=7):%Y-%m-%d}",
        "after": f"{monday + timedelta(days=7):%Y-%m-%d}",
        "days": days_of(monday=monday, desk=desk),
        "rows": rows_of(cells=drawn, zone=desk.zone),
    }
    url = reverse("staff_teacher", args=[teacher])
    return _show(request, desk, "teacher", at, events.order_by("at", "id"), url, context)


@staff_page
@require_safe
def learner_as_it_was(request: HttpRequest, learner: str) -> HttpResponse:
    """Show a learner's lessons to come, and the wallet to who may see it, at a moment."""
    desk = sit_down(request=request, see="learners")
    person, at = find_learner(desk=desk, learner=learner), _moment(request, desk)
    found = log.list_lessons_then(market_id=desk.market_id, learner_id=person.pk, at=at, days=DAYS)
    context: Context = {"learner": person, "lessons": _lessons(desk, found)}
    if desk.allowed.sees_wallet:
        context["lots"] = _lots(desk, person, at)
    return _of_learner(request, desk, "learner", person, at, context)


@staff_page
@require_safe
def wallet_as_it_was(request: HttpRequest, learner: str) -> HttpResponse:
    """Show a wallet at a moment."""
    desk = sit_down(request=request, see="wallet")
    person, at = find_learner(desk=desk, learner=learner), _moment(request, desk)
    context: Context = {"learner": person, "lots": _lots(desk, person, at)}
    return _of_learner(request, desk, "wallet", person, at, context)


def _of_learner(
    request: HttpRequest, desk: Desk, what: str, person: Learner, at: datetime, context: Context
) -> HttpResponse:
    events = notices_queries.events_of_learner(market_id=desk.market_id, learner_id=person.pk)
    if what == "wallet":
        transfers = wallet_queries.entries_of_learner(
            market_id=desk.market_id, learner_id=person.pk
        )
        events = events.filter(id__in=transfers.order_by().values("event_id"))
    name = "staff_wallet" if what == "wallet" else "staff_learner"
    url = reverse(name, args=[ids.LEARNER.show(person.pk)])
    return _show(request, desk, what, at, events, url, context)


def _show(
    request: HttpRequest,
    desk: Desk,
    what: str,
    at: datetime,
    events: QuerySet[Event],
    back_url: str,
    context: Context,
) -> HttpResponse:
    """Show what was then, and the last of what had happened by then, newest first."""
    by_then = list(events.filter(at__lte=at).order_by("-at", "-id")[:EVENTS])
    context |= {
        "desk": desk,
        "what": what,
        "at": at,
        "wall": show_wall(instant=at, zone=desk.zone),
        "back_url": back_url,
        "entries": timeline.entries(desk=desk, events=by_then),
    }
    return render(request, "portals/staff/then.html", context)


def _moment(request: HttpRequest, desk: Desk) -> datetime:
    """Return the moment asked for, or this one; refuses who may not see the log."""
    if not desk.allowed.sees_audit:
        raise ChannelMayNot(desk.allowed.channel, "see", "audit")
    return read_wall(text=request.GET.get("at", ""), zone=desk.zone) or desk.caller.now


def _learners(desk: Desk, numbers: Iterable[int]) -> str:
    learners = Learner.objects.filter(market_id=desk.market_id, id__in=list(numbers))
    return ", ".join(learners.order_by("id").values_list("name", flat=True))


def _teacher_name(desk: Desk, number: int | None) -> str:
    found = Teacher.objects.filter(market_id=desk.market_id, id=number or 0).first()
    return found.name if found else ""


def _lessons(desk: Desk, found: list[tuple[Lesson, LessonThen]]) -> list[Context]:
    numbers = {then.teacher_id for _, then in found if then.teacher_id}
    teachers = Teacher.objects.filter(market_id=desk.market_id, id__in=numbers)
    names = dict(teachers.values_list("id", "name"))
    return [
        {
            "starts_at": lesson.starts_at,
            "teacher": names.get(then.teacher_id or 0, ""),
            "state": then.state,
        }
        for lesson, then in found
    ]


def _lots(desk: Desk, person: Learner, at: datetime) -> list[LotThen]:
    return wallet_queries.lots_then(market_id=desk.market_id, learner_id=person.pk, at=at)


def _cell(desk: Desk, start: datetime, cell: CellThen) -> Cell:
    state = cell.state or "open"
    when = moments.moment_words(instant=start, zone=desk.zone, this_year=desk.caller.now.year)
    return {"state": state, "icon": state, "label": f"{when} · {states.WORDS[state]}"}
