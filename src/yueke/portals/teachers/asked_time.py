"""The time that a teacher's form or address asks for, on the wall clock of the teacher's own zone.

A stamp beside it tells the two halves of an hour apart that comes twice when clocks go back.
"""

from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from yueke.inventory.refusals import TimeOffGrid, TooManySlots
from yueke.inventory.rules.offer import SLOTS_PER_COMMAND_MAX
from yueke.kernel.grid import HALF_HOUR, cells_between, is_on_grid
from yueke.portals.stamps import read_stamp
from yueke.portals.wall import read_wall, show_wall


def asked_cells(*, request: HttpRequest, zone: str) -> list[datetime]:
    """Return the half-hours from `begins` to `ends` of the form or address.

    Refuses: time_off_grid, too_many_slots.
    """
    fields = request.POST if request.method == "POST" else request.GET
    begins = _asked(fields, "begins", zone)
    ends = _asked(fields, "ends", zone)
    for instant in (begins, ends):
        if not is_on_grid(instant):
            raise TimeOffGrid(instant)
    if ends - begins > HALF_HOUR * SLOTS_PER_COMMAND_MAX:
        raise TooManySlots(SLOTS_PER_COMMAND_MAX)
    if ends <= begins:
        raise BadRequest("the end is not after the beginning")
    return list(cells_between(begins, ends))


def asked_wall(*, text: str, zone: str) -> datetime:
    """Return the instant of a time on the zone's wall clock, or answer 400."""
    instant = read_wall(text=text, zone=zone)
    if instant is None:
        raise BadRequest("not a time")
    return instant


def _asked(fields: QueryDict, name: str, zone: str) -> datetime:
    """Return the stamp `begins_at`, unless the wall clock `begins` was changed beside it."""
    stamped = read_stamp(fields.get(f"{name}_at", ""))
    wall = fields.get(name)
    if stamped and wall in (None, show_wall(instant=stamped, zone=zone)):
        return stamped
    return asked_wall(text=wall or "", zone=zone)
