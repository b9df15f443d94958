"""What was done to many lessons: how far it is, how each row came out, and as a file."""

from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking import queries as booking_queries
from yueke.booking.bulk import refusal_of
from yueke.booking.models import Bulk, BulkRow
from yueke.booking.queries import LessonRow
from yueke.booking.refusals import BulkNotFound
from yueke.people.actor_names import names_of_actors
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.sentences import sentence
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_deeds import LESSON_DEEDS
from yueke.portals.staff.paging import PAGE, address

WAITING = Q(state=BulkRow.State.WAITING)
Row = dict[str, object]


@staff_page
@require_safe
def bulks(request: HttpRequest) -> HttpResponse:
    """List what the channel's staff asked for, newest first."""
    desk = sit_down(request=request, see="lessons")
    found = _bulks(desk).order_by("-id")
    before = ids.BULK.read(request.GET.get("before", ""))
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found[: PAGE + 1])
    shown = page[:PAGE]
    counts = _counts([bulk.pk for bulk in shown])
    more = ids.BULK.show(shown[-1].pk) if len(page) > PAGE else ""
    names = _names(desk, shown)
    context = {
        "desk": desk,
        "rows": [_row(bulk, counts, names) for bulk in shown],
        "more_url": address(before=more) if more else "",
    }
    return render(request, "portals/staff/bulks.html", context)


@staff_page
@require_safe
def bulk(request: HttpRequest, bulk: str) -> HttpResponse:
    """Show how far one is; to htmx only that, until it is done."""
    desk = sit_down(request=request, see="lessons")
    found = _bulks(desk).filter(pk=ids.BULK.read(bulk) or 0).first()
    if found is None:
        raise BulkNotFound
    rows = _rows(desk, found)
    if "format" in request.GET:
        return _file(request, desk, rows)
    summary = _row(found, _counts([found.pk]), _names(desk, [found]))
    context = {"desk": desk, "bulk": summary, "rows": rows, "url": request.path}
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "bulk_progress" if is_fragment else "bulk"
    return render(request, f"portals/staff/{name}.html", context)


def _bulks(desk: Desk) -> QuerySet[Bulk]:
    return Bulk.objects.filter(market_id=desk.market_id, channel=desk.allowed.channel)


def _counts(bulk_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Return how many rows each has, and how many of them wait."""
    rows = BulkRow.objects.filter(bulk_id__in=bulk_ids).values_list("bulk_id")
    counted = rows.annotate(total=Count("place"), waiting=Count("place", filter=WAITING))
    return {bulk_id: (total, waiting) for bulk_id, total, waiting in counted}


def _names(desk: Desk, bulks: list[Bulk]) -> dict[tuple[str, int], str]:
    actors = {(bulk.actor_kind, bulk.actor_id) for bulk in bulks}
    return names_of_actors(market_id=desk.market_id, actors=actors)


def _row(bulk: Bulk, counts: dict[int, tuple[int, int]], names: dict[tuple[str, int], str]) -> Row:
    total, waiting = counts.get(bulk.pk, (0, 0))
    return {
        "id": ids.BULK.show(bulk.pk),
        "at": bulk.at,
        "label": LESSON_DEEDS[bulk.deed].label,
        "reason": bulk.reason,
        "who": names.get((bulk.actor_kind, bulk.actor_id), ""),
        "total": total,
        "done": total - waiting,
        "is_done": not waiting,
    }


def _rows(desk: Desk, bulk: Bulk) -> list[Row]:
    rows = list(BulkRow.objects.filter(bulk_id=bulk.pk).order_by("place"))
    lessons = booking_queries.get_lessons(
        actor=desk.caller.actor, seat_ids=[row.seat_id for row in rows]
    )
    return [
        {
            "lesson": lessons[row.seat_id],
            "seat": ids.SEAT.show(row.seat_id),
            "state": row.state,
            "words": _words(row, desk),
        }
        for row in rows
        if row.seat_id in lessons
    ]


def _words(row: BulkRow, desk: Desk) -> str:
    """Return how a row came out."""
    if row.state == BulkRow.State.WAITING:
        return gettext("waiting")
    refusal = refusal_of(row)
    if refusal is None:
        return gettext("done")
    told = sentence(refusal=refusal, zone=desk.zone)
    return f"{told.happened} {told.why}"


def _file(request: HttpRequest, desk: Desk, rows: list[Row]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Id"),
        gettext("Begins (%(zone)s)") % {"zone": desk.zone},
        gettext("Learner"),
        gettext("Teacher"),
        gettext("Outcome"),
    ]

    def line(row: Row) -> list[str | int]:
        lesson = row["lesson"]
        assert isinstance(lesson, LessonRow)
        return [
            str(row["seat"]),
            f"{lesson.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
            lesson.learner_name,
            lesson.teacher_name or "",
            str(row["words"]),
        ]

    return export(request=request, name="outcome", head=head, rows=map(line, rows))
