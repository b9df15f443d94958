"""The days on which a market's schools are closed."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.auto_rules import HolidayIn, HolidayNamedIn, HolidayOut, HolidaysOut
from yueke.api.showing import auto
from yueke.kernel.outcome import Answer
from yueke.people import public_ids
from yueke.supply.holidays import commands, queries
from yueke.supply.holidays.commands import HolidayKept
from yueke.supply.holidays.refusals import HolidayNotFound

router = Router(tags=["Auto-booking"])
KEPT = answers.rehearsable(HolidayOut)


@router.get("/holidays", response=answers.read(HolidaysOut), summary="List holidays")
def list_holidays(request: HttpRequest) -> Any:
    """List the market's holidays, the first first."""
    return {
        "holidays": [auto.holiday(row) for row in queries.list_holidays(actor=actor_of(request))]
    }


@router.post("/holidays", response=KEPT, summary="Add a holiday")
def add(request: HttpRequest, body: HolidayIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Add days on which rules that ask for it book nothing."""
    answer = commands.add(
        request_of(request, key, dry_run=dry_run),
        name=body.name,
        first_day=body.first_day,
        last_day=body.last_day,
        reason=body.reason,
    )
    return _kept(answer, dry_run)


@router.post("/holiday-removals", response=KEPT, summary="Remove a holiday")
def remove(
    request: HttpRequest, body: HolidayNamedIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Take a holiday away."""
    number = public_ids.read("hol", body.holiday)
    if number is None:
        raise HolidayNotFound(body.holiday[:64])
    asked = request_of(request, key, dry_run=dry_run)
    return _kept(commands.remove(asked, holiday_id=number, reason=body.reason), dry_run)


def _kept(answer: Answer[HolidayKept], dry_run: str | None) -> Any:
    done = answer.only()
    return Status(200 if dry_run else 201, auto.holiday(done))
