"""What was done to many at once: how far it is, how each row came out, and as a file."""

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking.bulk import refusal_of
from yueke.booking.models import Bulk, BulkRow
from yueke.booking.refusals import BulkNotFound
from yueke.people import channels
from yueke.people.actor_names import names_of_actors
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.bulk_kinds import BULKS, Subject
from yueke.portals.staff.bulk_preview import said
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import PAGE, address

WAITING = Q(state=BulkRow.State.WAITING)
Row = dict[str, object]


@staff_page
@require_safe
def bulks(request: HttpRequest) -> HttpResponse:
    """List what the channel's staff asked for, newest first."""
    desk = _sit_down(request)
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
    desk = _sit_down(request)
    found = _bulks(desk).filter(pk=ids.BULK.read(bulk) or 0).first()
    if found is None:
        raise BulkNotFound
    rows = _rows(desk, found)
    if "format" in request.GET:
        return _file(request, desk, found, rows)
    summary = _row(found, _counts([found.pk]), _names(desk, [found]))
    context = {"desk": desk, "bulk": summary, "rows": rows, "url": request.path}
    is_fragment = request.headers.get("HX-Request") == "true"
    name = "bulk_progress" if is_fragment else "bulk"
    return render(request, f"portals/staff/{name}.html", context)


def _sit_down(request: HttpRequest) -> Desk:
    """Return the desk of whoever sees lessons, or gives to learners."""
    desk = sit_down(request=request)
    if not desk.allowed.grants:
        channels.require(desk.caller.actor, "see", "lessons")
    return desk


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
        "label": BULKS[bulk.deed][0],
        "reason": bulk.reason,
        "who": names.get((bulk.actor_kind, bulk.actor_id), ""),
        "total": total,
        "done": total - waiting,
        "is_done": not waiting,
    }


def _rows(desk: Desk, bulk: Bulk) -> list[Row]:
    rows = list(BulkRow.objects.filter(bulk_id=bulk.pk).order_by("place"))
    _, kind = BULKS[bulk.deed]
    found = kind.find(desk, [row.subject_id for row in rows])
    return [
        {"subject": found[row.subject_id], "state": row.state, "words": _words(row, desk)}
        for row in rows
        if row.subject_id in found
    ]


def _words(row: BulkRow, desk: Desk) -> str:
    """Return how a row came out."""
    if row.state == BulkRow.State.WAITING:
        return gettext("waiting")
    return said(refusal_of(row), desk) or gettext("done")


def _file(request: HttpRequest, desk: Desk, bulk: Bulk, rows: list[Row]) -> HttpResponse:
    _, kind = BULKS[bulk.deed]
    head = [gettext("Id"), *kind.head(desk), gettext("Outcome")]

    def line(row: Row) -> list[str | int]:
        subject = row["subject"]
        assert isinstance(subject, Subject)
        return [subject.id, *subject.cells, str(row["words"])]

    return export(request=request, name="outcome", head=head, rows=map(line, rows))
