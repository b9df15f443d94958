"""One deed with the lessons ticked: what would happen to each; a POST has a worker do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yueke.booking import bulk
from yueke.booking import queries as booking_queries
from yueke.booking.bulk_foresight import foresee_rows
from yueke.booking.refusals import LessonNotFound
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals import asked, ids
from yueke.portals.access import staff_page
from yueke.portals.sentences import sentence
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_choices import Choice
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS, LessonDeed
from yueke.portals.staff.lesson_rows import ShownLesson, show
from yueke.portals.staff.reason import ReasonForm

ROW = "row"
MARK = "~"


@dataclass(frozen=True, slots=True)
class Planned:
    """One lesson, what is chosen for it, and why it would be refused, if it would."""

    lesson: ShownLesson
    choice: Choice | None = None
    why_not: str = ""

    @property
    def value(self) -> str:
        """The row as the form carries it."""
        return f"{self.lesson.id}{MARK}{self.choice.value}" if self.choice else self.lesson.id


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_new(request: HttpRequest) -> HttpResponse:
    """Show what would happen; a POST starts it."""
    desk = sit_down(request=request, see="lessons")
    is_post = request.method == "POST"
    fields = request.POST if is_post else request.GET
    deed = LESSON_DEEDS.get(fields.get("do", ""))
    if deed is None or not deed.in_bulk:
        raise Http404
    channels.require(desk.caller.actor, *deed.need)
    rows = list(dict.fromkeys(fields.getlist(ROW)))
    bulk.check_rows(len(rows))
    form = ReasonForm(request.POST if is_post else None, is_asked=deed.asks_why)
    if is_post and form.is_valid():
        return _start(request, desk, deed, rows, form.cleaned_data["reason"])
    planned = _refused(desk, deed, _planned(desk, deed, rows))
    context = {
        "desk": desk,
        "deed": deed,
        "form": form,
        "rows": planned,
        "possible": [row for row in planned if not row.why_not],
    }
    status = 422 if form.errors else 200
    return render(request, "portals/staff/bulk_new.html", context, status=status)


def _start(
    request: HttpRequest, desk: Desk, deed: LessonDeed, rows: Sequence[str], reason: str
) -> HttpResponse:
    answer = bulk.start_bulk(
        asked.asked(request=request, caller=desk.caller),
        deed=deed.code,
        need=deed.need,
        rows=[_read(deed, row) for row in rows],
        reason=reason,
    )
    result = answer.only()
    return redirect(reverse("staff_bulk", args=[ids.BULK.show(result.bulk_id)]))


def _read(deed: LessonDeed, row: str) -> tuple[int, int | None]:
    """Return the seat and the number chosen; refuses ids that are none."""
    seat, _, value = row.partition(MARK)
    for_each = deed.chooses and deed.chooses.for_each
    return ids.read_seat(seat), for_each.number(value) if for_each else None


def _planned(desk: Desk, deed: LessonDeed, rows: Sequence[str]) -> list[Planned]:
    """Return the lessons ticked, for each that needs it the first choice nobody else has."""
    seats = list(dict.fromkeys(ids.read_seat(row.partition(MARK)[0]) for row in rows))
    found = booking_queries.get_lessons(actor=desk.caller.actor, seat_ids=seats)
    for seat_id in seats:
        if seat_id not in found:
            raise LessonNotFound(seat_id)
    lessons = [show(row=found[seat_id], now=desk.caller.now) for seat_id in seats]
    if deed.chooses is None or deed.chooses.for_each is None:
        return [Planned(lesson) for lesson in lessons]
    choices = deed.chooses.for_each.choices(desk, [lesson.row for lesson in lessons])
    none, taken = str(deed.chooses.none), set[tuple[str, datetime]]()
    # Several who are in one lesson have one choice.
    chosen: dict[int, Choice] = {}
    planned: list[Planned] = []
    for lesson, its in zip(lessons, choices, strict=True):
        times = lesson.row.times
        choice = chosen.get(lesson.row.lesson_id) or next(
            (one for one in its if taken.isdisjoint((one.value, at) for at in times)), None
        )
        if choice:
            chosen[lesson.row.lesson_id] = choice
            taken.update((choice.value, at) for at in times)
        planned.append(Planned(lesson, choice, "" if choice else none))
    return planned


def _refused(desk: Desk, deed: LessonDeed, planned: Sequence[Planned]) -> list[Planned]:
    """Return the rows with why each would be refused, each done after those before it."""
    hopeful = [row for row in planned if not row.why_not]
    rehearsal = Request(desk.caller.actor, asked.new_key(), b"", desk.caller.now)
    refusals = foresee_rows(
        rehearsal, deed=deed.code, rows=[_read(deed, row.value) for row in hopeful]
    )
    why = {
        row.lesson.id: _words(refusal, desk) for row, refusal in zip(hopeful, refusals, strict=True)
    }
    return [
        Planned(row.lesson, row.choice, row.why_not or why.get(row.lesson.id, ""))
        for row in planned
    ]


def _words(refusal: Refusal | None, desk: Desk) -> str:
    if refusal is None:
        return ""
    told = sentence(refusal=refusal, zone=desk.zone)
    return f"{told.happened} {told.why}"
