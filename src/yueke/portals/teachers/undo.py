"""The way back from a release or withdrawal: an address with the half-hours and a key in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.inventory import commands
from yueke.kernel.refusal import Refusal
from yueke.portals import asked
from yueke.portals.access import teacher_page
from yueke.portals.caller import who_calls
from yueke.portals.stamps import read_stamp, show_stamp
from yueke.portals.teachers.changed import changed

# A week of half-hours still makes an address that every browser takes.
CELLS_MAX: Final = 336


def address(*, action: str, cells: Sequence[datetime]) -> str:
    """Return the address whose POST carries out `release` or `withdraw`; '' for none or many."""
    if not 0 < len(cells) <= CELLS_MAX:
        return ""
    stamps = ".".join(show_stamp(cell) for cell in cells)
    fields = {"cells": stamps, asked.FIELD: asked.new_key()}
    return f"{reverse('teacher_undo', args=[action])}?{urlencode(fields)}"


@teacher_page
@require_POST
def undo(request: HttpRequest, action: str) -> HttpResponse:
    """Carry out what the address says."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    cells = _cells(request.GET.get("cells", ""))
    change = asked.asked_in_address(request=request, caller=caller)
    command = commands.release_slots if action == "release" else commands.withdraw_slots
    answer = command(change, teacher_id=caller.actor.teacher_id, starts=cells)
    if all(isinstance(result, Refusal) for result in answer.results):
        raise next(result for result in answer.results if isinstance(result, Refusal))
    return changed(request=request, text=gettext("It is as it was before."))


def _cells(stamps: str) -> list[datetime]:
    cells = [read_stamp(stamp) for stamp in stamps.split(".")[:CELLS_MAX]]
    if None in cells:
        raise BadRequest("not a time")
    return [cell for cell in cells if cell]
