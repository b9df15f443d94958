"""My lessons: to come, over, cancelled; searched, paged, and taken away as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy

from yueke.booking import queries as booking_queries
from yueke.booking.queries import LessonRow, Which
from yueke.kernel.actor import Actor
from yueke.portals import amounts, exports, ids, moments, states
from yueke.portals.family.addresses import with_query
from yueke.portals.family.look import show
from yueke.portals.family.shown import ShownLesson, show_lesson
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.lesson_lists import list_past, list_to_come

PAGE: Final = 20
EXPORTED_AT_MOST: Final = 5000


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists: its label, which lessons stand in it, and what lists them."""

    code: str
    label: str | Promise
    which: Which
    rows: Callable[..., list[LessonRow]]


def list_all(*, actor: Actor, now: datetime, which: Which, size: int) -> list[LessonRow]:
    """Return lessons whenever they are."""
    return booking_queries.list_lessons(actor=actor, which=which, size=size)


LIVE: Final = Which(state="live")
GONE: Final = Which(state="cancelled", newest_first=True)
TABS: Final = (
    Tab("next", pgettext_lazy("lessons", "To come"), LIVE, list_to_come),
    Tab("past", pgettext_lazy("lessons", "Over"), LIVE, list_past),
    Tab("cancelled", pgettext_lazy("lessons", "Cancelled"), GONE, list_all),
)


@child_page
def lessons_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show one of the lists, or the whole of it as a file."""
    tab = next((tab for tab in TABS if tab.code == request.GET.get("tab")), TABS[0])
    text = request.GET.get("q", "").strip()
    if "format" in request.GET:
        return _export(request, visit, _list(visit, tab, text, None, EXPORTED_AT_MOST))
    after = _read_cursor(request.GET.get("after", ""))
    rows = _list(visit, tab, text, after, PAGE + 1)
    lessons = [show_lesson(row=row, now=visit.caller.now) for row in rows[:PAGE]]
    context = {
        "visit": visit,
        "tab": tab,
        "text": text,
        "lessons": lessons,
        "tabs": [
            {
                "label": other.label,
                "url": _url(visit, tab=other.code, q=text),
                "current": other is tab,
            }
            for other in TABS
        ],
        "url": reverse("family_lessons"),
        "after_url": _url(visit, tab=tab.code, q=text, after=_cursor(rows[PAGE - 1]))
        if len(rows) > PAGE
        else "",
        "csv_url": _url(visit, tab=tab.code, q=text, format="csv"),
        "xlsx_url": _url(visit, tab=tab.code, q=text, format="xlsx"),
    }
    return show(request=request, template="portals/family/lessons.html", context=context)


def _url(visit: Visit, **values: str) -> str:
    return with_query(reverse("family_lessons"), learner=visit.child_id, **values)


def _list(
    visit: Visit, tab: Tab, text: str, after: tuple[datetime, int] | None, size: int
) -> list[LessonRow]:
    caller = visit.caller
    which = replace(tab.which, learner_id=visit.child.pk, text=text, after=after)
    return tab.rows(actor=caller.actor, now=caller.now, which=which, size=size)


def _cursor(row: LessonRow) -> str:
    return f"{int(row.starts_at.timestamp())}.{ids.SEAT.show(row.seat_id)}"


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    seconds, _, seat = text.partition(".")
    number = ids.SEAT.read(seat)
    if number is None or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 10:
        return None
    return datetime.fromtimestamp(int(seconds), tz=UTC), number


def _export(request: HttpRequest, visit: Visit, rows: Sequence[LessonRow]) -> HttpResponse:
    head = [
        pgettext("of a family", "Learner"),
        gettext("When"),
        gettext("Lesson"),
        gettext("Teacher"),
        gettext("State"),
        gettext("Paid"),
        gettext("Came back"),
    ]
    lessons = (show_lesson(row=row, now=visit.caller.now) for row in rows)
    cells = (_cells(visit, lesson) for lesson in lessons)
    return exports.export(request=request, name="lessons", head=head, rows=cells)


def _cells(visit: Visit, lesson: ShownLesson) -> list[str]:
    row = lesson.row
    return [
        row.learner_name,
        moments.moment_words(
            instant=row.starts_at, zone=visit.zone, this_year=0, until=lesson.until
        ),
        lesson.title,
        row.teacher_name or "",
        str(states.WORDS[lesson.state]),
        amounts.amount_words(value=row.paid, asset=row.asset),
        amounts.amount_words(value=row.refunded, asset=row.asset),
    ]
