"""Assured priority for a ticked list: each booked with their own teacher, or asked for (LP-7)."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people.models import Learner
from yueke.portals import ids, sentences
from yueke.portals.access import staff_page
from yueke.portals.asked import asked, new_key
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.wall import read_wall, show_wall
from yueke.supply.dedicated import queries
from yueke.supply.dedicated.assured import Assured, Wanted, assure
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.weeks import WEEK, instant_of, monday_of, of_half_hour

PRODUCT = "major"
SHOWN = 200


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def assured(request: HttpRequest) -> HttpResponse:
    """Show one's learners with own teachers; a POST foresees what is ticked, then books it."""
    desk = sit_down(request=request, see="dedicated")
    channels.require(desk.caller.actor, "assure", PRODUCT)
    rows = _rows(desk)
    results: list[dict[str, Any]] = []
    is_done = False
    if request.method == "POST" and (wanted := _ticked(request, desk, rows)):
        is_done = request.POST.get("step") == "do"
        said = (
            asked(request=request, caller=desk.caller)
            if is_done
            else Request(desk.caller.actor, new_key(), b"", desk.caller.now, dry_run=True)
        )
        answer = assure(said, product=PRODUCT, wanted=wanted)
        results = _told(desk, wanted, answer.results)
    context = {
        "desk": desk,
        "rows": rows,
        "results": results,
        "is_done": is_done,
        "ticked": request.POST.getlist("learner"),
        "state": "" if rows else "empty",
    }
    return render(request, "portals/staff/assured.html", context)


def _rows(desk: Desk) -> list[dict[str, Any]]:
    """Return the learners in one's care who have an own teacher, ready ones first."""
    zone = ZoneInfo(desk.zone)
    week = monday_of(desk.caller.now, zone)
    mine = Learner.objects.filter(market_id=desk.market_id, class_teacher_id=desk.staff_id)
    learners = mine.in_bulk()
    own = queries.dedicated_of(
        market_id=desk.market_id, learner_ids=learners.keys(), product=PRODUCT
    )
    finished = queries.learners_who_finished(
        market_id=desk.market_id,
        learner_ids=own.keys(),
        begin=instant_of(week, zone),
        end=instant_of(week + WEEK, zone),
    )
    rows = [
        {
            "learner": learners[number],
            "id": ids.LEARNER.show(number),
            "is_ready": number in finished,
            "at": _wall(row, week + WEEK, zone, desk),
        }
        for number, row in own.items()
    ]
    rows.sort(key=lambda one: (not one["is_ready"], one["learner"].name))  # type: ignore[attr-defined]
    return rows[:SHOWN]


def _wall(row: Dedicated, week: date, zone: ZoneInfo, desk: Desk) -> str:
    at = of_half_hour(row.times[0]).at(week, zone) if row.times else None
    return show_wall(instant=at, zone=desk.zone) if at else ""


def _ticked(request: HttpRequest, desk: Desk, rows: list[dict[str, Any]]) -> list[Wanted]:
    known = {row["id"] for row in rows}
    found = []
    for learner in request.POST.getlist("learner"):
        at = read_wall(text=request.POST.get(f"at-{learner}", ""), zone=desk.zone)
        if learner in known and at is not None:
            found.append(Wanted(ids.read_learner(learner), at))
    return found


def _told(
    desk: Desk, wanted: list[Wanted], results: list[Assured | Refusal]
) -> list[dict[str, Any]]:
    names = dict(
        Learner.objects.filter(id__in=[one.learner_id for one in wanted]).values_list("id", "name")
    )
    return [
        {
            "learner": names[one.learner_id],
            "at": one.starts_at,
            "refusal": result if isinstance(result, Refusal) else None,
            "says": _says(result, desk),
        }
        for one, result in zip(wanted, results, strict=True)
    ]


def _says(result: Assured | Refusal, desk: Desk) -> str:
    if isinstance(result, Refusal):
        return str(sentences.sentence(refusal=result, zone=desk.zone).why)
    return gettext("booked") if result.seat_id else gettext("the teacher is asked")
