"""Contracts of the market: those that came back first, each with its weeks and candidates."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import channels
from yueke.people import queries as people
from yueke.portals import ids, moments, sentences
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.portals.staff.supply_words import CONTRACTS, choices
from yueke.supply.contracts import queries
from yueke.supply.contracts.models import Contract
from yueke.supply.contracts.operations import LIVE
from yueke.supply.contracts.refusals import ContractNotFound


@staff_page
@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    """List contracts, the last first, perhaps in one state, of a learner's name."""
    desk = sit_down(request=request, see="contracts")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()
    state = state if state in CONTRACTS else ""
    before = ids.CONTRACT.read(request.GET.get("after", ""))
    found = queries.list_contracts(actor=desk.caller.actor, state=state or None, before_id=before)
    if text:
        named = people.find_learners(actor=desk.caller.actor, text=text)
        found = found.filter(learner_id__in=named.order_by().values("id"))
    if "format" in request.GET:
        return _file(request, desk, _shown(list(found[:EXPORT_MAX])))
    page = list(found[: PAGE + 1])
    last = ids.CONTRACT.show(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "text": text,
        "rows": _shown(page[:PAGE]),
        "choices": choices(CONTRACTS, state, q=text),
        "more_url": address(q=text, state=state, after=last) if last else "",
        "export_url": address(q=text, state=state, format="csv"),
        "xlsx_url": address(q=text, state=state, format="xlsx"),
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/contracts.html", context)


@staff_page
@require_safe
def contract(request: HttpRequest, contract: str) -> HttpResponse:
    """Show a contract's weeks, and who could teach those that came back (LP-9)."""
    desk = sit_down(request=request, see="contracts")
    number = ids.CONTRACT.read(contract)
    if number is None:
        raise ContractNotFound(contract[:64])
    row = queries.get_contract(actor=desk.caller.actor, contract_id=number)
    lessons = queries.lessons_of(contract_ids=[row.pk])[row.pk]
    back = next(
        (
            one
            for one in lessons
            if one.state in queries.CAME_BACK and one.starts_at and one.starts_at > desk.caller.now
        ),
        None,
    )
    candidates = []
    if back is not None and back.starts_at is not None:
        candidates = queries.candidates(
            actor=desk.caller.actor, now=desk.caller.now, contract=row, starts_at=back.starts_at
        )
    [shown] = _shown([row])
    context = {
        "desk": desk,
        **shown,
        "weeks": [(one, sentences.words_of_code(code=one.why)) for one in lessons],
        "back": back,
        "candidates": candidates,
        "may_end": row.state in LIVE and channels.may(desk.allowed.channel, "end", "contract"),
    }
    return render(request, "portals/staff/contract.html", context)


def _shown(rows: list[Contract]) -> list[dict[str, Any]]:
    learners = people.names_of_learners(ids={row.learner_id for row in rows})
    teachers = people.names_of_teachers(ids={row.teacher_id for row in rows})
    lessons = queries.lessons_of(contract_ids=[row.pk for row in rows])
    return [
        {
            "row": row,
            "id": ids.CONTRACT.show(row.pk),
            "learner": learners[row.learner_id],
            "learner_id": ids.LEARNER.show(row.learner_id),
            "teacher": teachers[row.teacher_id],
            "time": f"{moments.WEEKDAYS[row.weekday]} {row.clock:%H:%M}",
            "came_back": sum(one.state in queries.CAME_BACK for one in lessons[row.pk]),
            "booked": sum(one.state == "booked" for one in lessons[row.pk]),
            "word": CONTRACTS[row.state][0],
            "chip": CONTRACTS[row.state][1],
        }
        for row in rows
    ]


def _file(request: HttpRequest, desk: Desk, rows: list[dict[str, Any]]) -> HttpResponse:
    head = [
        gettext("Learner"),
        gettext("Teacher"),
        gettext("Time (%(zone)s)") % {"zone": ZoneInfo(desk.zone).key},
        gettext("State"),
        gettext("Booked"),
        gettext("Came back"),
        gettext("Answer"),
    ]
    lines = (
        [
            one["learner"],
            one["teacher"],
            one["time"],
            str(one["word"]),
            one["booked"],
            one["came_back"],
            one["row"].answer,
        ]
        for one in rows
    )
    return export(request=request, name="contracts", head=head, rows=lines)
