"""Add holidays and take them away."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.supply.holidays.models import Holiday
from yueke.supply.holidays.refusals import HolidayInvalid, HolidayNotFound

DAYS_MAX: Final = 184


@dataclass(slots=True)
class HolidayKept:
    """A holiday that was added, or taken away."""

    holiday_id: int
    name: str
    first_day: date
    last_day: date


def add(
    request: Request, *, name: str, first_day: date, last_day: date, reason: str = ""
) -> Answer[HolidayKept]:
    """Add days on which contracts, and rules that ask for it, book nothing (SD-12, LP-1).

    Refuses: channel_may_not, holiday_invalid.
    """

    def act(work: Work) -> list[HolidayKept]:
        channels.require(request.actor, "change", "holidays")
        if not name.strip() or not 0 <= (last_day - first_day).days < DAYS_MAX:
            raise HolidayInvalid(DAYS_MAX)
        holiday = Holiday(
            market_id=request.actor.market_id, name=name, first_day=first_day, last_day=last_day
        )
        holiday.id = _tell(work, request, "holiday.added", holiday, reason)
        holiday.save(force_insert=True)
        return [_kept(holiday)]

    return once(request, HolidayKept, act)


def remove(request: Request, *, holiday_id: int, reason: str = "") -> Answer[HolidayKept]:
    """Take a holiday away. Refuses: channel_may_not, holiday_not_found."""

    def act(work: Work) -> list[HolidayKept]:
        channels.require(request.actor, "change", "holidays")
        holidays = Holiday.objects.select_for_update()
        found = holidays.filter(market_id=request.actor.market_id, id=holiday_id).first()
        if found is None:
            raise HolidayNotFound(holiday_id)
        _tell(work, request, "holiday.removed", found, reason)
        kept = _kept(found)
        found.delete()
        return [kept]

    return once(request, HolidayKept, act)


def _tell(work: Work, request: Request, kind: str, holiday: Holiday, reason: str) -> int:
    data: dict[str, Any] = {
        "name": holiday.name,
        "first_day": holiday.first_day.isoformat(),
        "last_day": holiday.last_day.isoformat(),
    }
    event = Happened(0, kind, request.actor, reason, data=data)
    notices.append_one(work, at=request.now, event=event)
    return event.id


def _kept(holiday: Holiday) -> HolidayKept:
    return HolidayKept(holiday.id, holiday.name, holiday.first_day, holiday.last_day)
