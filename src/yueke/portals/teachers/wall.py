"""Times as calendars and forms write them: the wall clock of the teacher's own zone.

A stamp beside it tells the two halves of an hour apart that comes twice when clocks go back.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from yueke.inventory.refusals import TimeOffGrid, TooManySlots
from yueke.inventory.rules.offer import SLOTS_PER_COMMAND_MAX
from yueke.kernel.grid import HALF_HOUR, cells_between, is_on_grid
from yueke.portals.days import is_near
from yueke.portals.stamps import read_stamp


def read_wall(*, text: str, zone: str) -> datetime:
    """Return the instant of `2026-11-24T18:00` on the zone's wall clock, or answer 400.

    A calendar may add seconds or an offset: the offset is left aside, since it never knows the
    zone's.
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise BadRequest("not a time") from wrong
    if not is_near(wall.date()):
        raise BadRequest("a time too far off")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def show_wall(*, instant: datetime, zone: str) -> str:
    """Return an instant as `2026-11-24T18:00` on the zone's wall clock."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}"


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


def _asked(fields: QueryDict, name: str, zone: str) -> datetime:
    """Return the stamp `begins_at`, unless the wall clock `begins` was changed beside it."""
    stamped = read_stamp(fields.get(f"{name}_at", ""))
    wall = fields.get(name)
    if stamped and wall in (None, show_wall(instant=stamped, zone=zone)):
        return stamped
    return read_wall(text=wall or "", zone=zone)


def later(*, text: str, minutes: int) -> str:
    """Return a wall clock time so many minutes on, whatever the zone does meanwhile."""
    return f"{datetime.fromisoformat(text) + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"
