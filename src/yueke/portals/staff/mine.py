"""My learners: those in one's own care, who has no lesson to come first; searched, taken away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.booking.models import Seat
from yueke.people import queries as people_queries
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.days import is_near
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.supply.catchups import queries as catchups
from yueke.wallet import queries as wallet_queries

FIRST: Final = 10
Row = dict[str, object]


@staff_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List one's own learners, of a name, or without a lesson to come only."""
    desk = sit_down(request=request, see="learners")
    text, lack = request.GET.get("q", "").strip(), request.GET.get("lack", "")
    learners = _learners(desk, text)
    if lack == "lesson":
        learners = learners.filter(Q(next_at__isnull=True))
    if "format" in request.GET:
        return _file(request, desk, list(learners[:EXPORT_MAX]))
    page = list(_after(learners, request.GET.get("after", ""))[: PAGE + 1])
    shown = page[:PAGE]
    more = _mark(shown[-1]) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "text": text,
        "filter_fields": render_to_string("portals/staff/mine_filters.html", {"lack": lack}),
        "rows": list(_rows(desk, shown)),
        "more_url": address(q=text, lack=lack, after=more) if more else "",
        "export_url": address(q=text, lack=lack, format="csv"),
        "xlsx_url": address(q=text, lack=lack, format="xlsx"),
        "state": "" if shown else "empty",
    }
    return render(request, "portals/staff/mine.html", context)


def has_any(*, desk: Desk) -> bool:
    """Tell whether any learner is in one's own care."""
    return Learner.objects.filter(market_id=desk.market_id, class_teacher_id=desk.staff_id).exists()


def first_of(*, desk: Desk) -> list[Row]:
    """Return the first of one's own learners: those who need a lesson."""
    return list(_rows(desk, list(_learners(desk, "")[:FIRST])))


def _learners(desk: Desk, text: str) -> QuerySet[Learner]:
    """Return learners with the start of their next lesson, those without one first."""
    to_come = Seat.objects.filter(
        market_id=desk.market_id,
        learner_id=OuterRef("pk"),
        state=Seat.State.LIVE,
        starts_at__gt=desk.caller.now,
    )
    next_at = Subquery(to_come.order_by("starts_at").values("starts_at")[:1])
    learners = people_queries.find_learners(actor=desk.caller.actor, text=text)
    in_care = learners.filter(class_teacher_id=desk.staff_id).annotate(next_at=next_at)
    return in_care.order_by(F("next_at").asc(nulls_first=True), "pk")


def _rows(desk: Desk, learners: list[Learner]) -> Iterator[Row]:
    numbers = [learner.pk for learner in learners]
    credits = (
        wallet_queries.total_balance(market_id=desk.market_id, learner_ids=numbers, asset="credit")
        if desk.allowed.sees_wallet
        else {}
    )
    lost = (
        catchups.count_lost(actor=desk.caller.actor, learner_ids=numbers, now=desk.caller.now)
        if desk.allowed.catches_up
        else {}
    )
    for learner in learners:
        yield {
            "learner": learner,
            "id": ids.LEARNER.show(learner.pk),
            "next_at": next_of(learner),
            "credits": credits.get(learner.pk, 0) if desk.allowed.sees_wallet else None,
            "lost": lost.get(learner.pk, 0),
        }


def next_of(learner: Learner) -> datetime | None:
    """Return the start of a learner's next lesson, as the query annotated it."""
    found: datetime | None = getattr(learner, "next_at", None)
    return found


def _mark(learner: Learner) -> str:
    next_at = next_of(learner)
    return f"{next_at.isoformat() if next_at else ''}~{ids.LEARNER.show(learner.pk)}"


def _after(learners: QuerySet[Learner], mark: str) -> QuerySet[Learner]:
    """Return the learners that follow a mark."""
    at, _, last = mark.partition("~")
    number = ids.LEARNER.read(last)
    if number is None:
        return learners
    if not at:
        return learners.filter(Q(next_at__isnull=False) | Q(pk__gt=number))
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return learners
    if moment.tzinfo is None or not is_near(moment.date()):
        return learners
    return learners.filter(Q(next_at__gt=moment) | Q(next_at=moment, pk__gt=number))


def _file(request: HttpRequest, desk: Desk, learners: list[Learner]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("Id"),
        gettext("Name"),
        gettext("English name"),
        gettext("Phone"),
        gettext("Next lesson (%(zone)s)") % {"zone": desk.zone},
        gettext("Credits left"),
        gettext("Lost lessons"),
    ]

    def line(row: Row) -> list[str | int]:
        learner, next_at = row["learner"], row["next_at"]
        credits, lost = row["credits"], row["lost"]
        assert isinstance(learner, Learner)
        return [
            str(row["id"]),
            learner.name,
            learner.english_name,
            learner.family.phone,
            f"{next_at.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(next_at, datetime) else "",
            credits if isinstance(credits, int) else "",
            lost if isinstance(lost, int) else "",
        ]

    rows = map(line, _rows(desk, learners))
    return export(request=request, name="my-learners", head=head, rows=rows)
