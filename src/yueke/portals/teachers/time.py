"""A stretch of the teacher's time: what it holds, offered or taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yueke.inventory import commands
from yueke.inventory import queries as inventory_queries
from yueke.inventory.models import Slot
from yueke.inventory.orders import Released, Withdrawn
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.kernel.refusal import Refusal
from yueke.portals import sentences
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked
from yueke.portals.caller import Caller, who_calls
from yueke.portals.moments import moment_words
from yueke.portals.teachers import undo
from yueke.portals.teachers.asked_time import asked_cells
from yueke.portals.teachers.changed import changed
from yueke.portals.wall import show_wall


@teacher_page
@require_safe
def time_sheet(request: HttpRequest) -> HttpResponse:
    """Show a stretch of time, or the next half-hour, with what can be done with it."""
    caller = who_calls(request=request)
    if "begins" in request.GET or "begins_at" in request.GET:
        cells = asked_cells(request=request, zone=caller.zone)
    else:
        cells = [floor(caller.now + HALF_HOUR)]
    states = states_of(caller=caller, cells=cells)
    context = {
        "caller": caller,
        "begins": show_wall(instant=cells[0], zone=caller.zone),
        "ends": show_wall(instant=cells[-1] + HALF_HOUR, zone=caller.zone),
        "first": cells[0],
        "until": cells[-1] + HALF_HOUR,
        "free": sum(state == "open" for state in states),
        "taken": sum(state in ("booked", "held") for state in states),
        "empty": sum(state is None for state in states),
    }
    return render(request, "portals/teachers/time.html", context)


@teacher_page
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Offer the half-hours between `begins` and `ends`."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    cells = asked_cells(request=request, zone=caller.zone)
    answer = commands.release_slots(
        asked(request=request, caller=caller), teacher_id=caller.actor.teacher_id, starts=cells
    )
    done = [r.starts_at for r in answer.results if isinstance(r, Released)]
    new = [r.starts_at for r in answer.results if isinstance(r, Released) and r.is_new]
    refused = [r for r in answer.results if isinstance(r, Refusal)]
    if not done and refused:
        raise refused[0]
    text = ngettext(
        "%(count)s half-hour can be booked now: %(when)s.",
        "%(count)s half-hours can be booked now: %(when)s.",
        len(done),
    )
    text = _told(caller=caller, text=text, done=done, refused=refused)
    back = undo.address(action="withdraw", cells=new)
    return changed(request=request, text=text, undo_url=back)


@teacher_page
@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take back the half-hours between `begins` and `ends`."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    cells = asked_cells(request=request, zone=caller.zone)
    anyones = anyones_of(caller=caller, cells=cells)
    answer = commands.withdraw_slots(
        asked(request=request, caller=caller), teacher_id=caller.actor.teacher_id, starts=cells
    )
    done = [r.starts_at for r in answer.results if isinstance(r, Withdrawn)]
    refused = [r for r in answer.results if isinstance(r, Refusal)]
    if not done and refused:
        raise refused[0]
    text = ngettext(
        "%(count)s half-hour was taken back: %(when)s.",
        "%(count)s half-hours were taken back: %(when)s.",
        len(done),
    )
    text = _told(caller=caller, text=text, done=done, refused=refused)
    # What was kept for somebody would come back as anyone's.
    back = undo.address(action="release", cells=done) if anyones.issuperset(done) else ""
    return changed(request=request, text=text, undo_url=back)


def states_of(*, caller: Caller, cells: Sequence[datetime]) -> list[str | None]:
    """Return the state of each half-hour of the caller's own; None where nothing is offered."""
    state_at = {slot.starts_at: slot.state for slot in _slots(caller, cells)}
    return [state_at.get(cell) for cell in cells]


def anyones_of(*, caller: Caller, cells: Sequence[datetime]) -> set[datetime]:
    """Return those of the caller's half-hours that are offered to anyone, for ever."""
    return {
        slot.starts_at
        for slot in _slots(caller, cells)
        if slot.target_kind is None and slot.reserved_until is None
    }


def _slots(caller: Caller, cells: Sequence[datetime]) -> QuerySet[Slot]:
    assert caller.actor.teacher_id is not None
    return inventory_queries.slots_of_teacher(
        market_id=caller.actor.market_id,
        teacher_id=caller.actor.teacher_id,
        begin=cells[0],
        end=cells[-1] + HALF_HOUR,
    )


def _told(
    *, caller: Caller, text: str, done: Sequence[datetime], refused: Sequence[Refusal]
) -> str:
    when = moment_words(
        instant=done[0],
        until=done[-1] + HALF_HOUR,
        zone=caller.zone,
        this_year=caller.now.year,
    )
    words = text % {"count": len(done), "when": when}
    if not refused:
        return words
    why = sentences.sentence(refusal=refused[0], zone=caller.zone).happened
    left = ngettext(
        "%(count)s half-hour stays as it was: %(why)s",
        "%(count)s half-hours stay as they were: %(why)s",
        len(refused),
    )
    return f"{words} {left % {'count': len(refused), 'why': why}}"
