"""Catch-up bookings: what weekly runs missed, and lessons lost since."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from yueke.api import answers, reading
from yueke.api.asked import DryRun, KeyHeader, request_of
from yueke.api.callers import actor_of
from yueke.api.refusals import BodyInvalid
from yueke.api.schemas.catchups import CatchUpIn, CaughtUpOut, LostIn, LostsOut
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.catchups import commands, lost, queries
from yueke.supply.catchups.commands import CaughtUp, Instead
from yueke.supply.catchups.lost import Lost, LostKey
from yueke.supply.catchups.models import CatchUp
from yueke.supply.catchups.refusals import NothingLost

router = Router(tags=["Dedicated teachers"])


@router.get("/lost-lessons", response=answers.read(LostsOut), summary="List what a learner lost")
def list_lost(request: HttpRequest, learner: str) -> Any:
    """List what weekly runs missed for a learner, and lessons lost, that nobody made good yet."""
    found = queries.lost_lessons(
        actor=actor_of(request), learner_id=reading.learner_id(learner), now=datetime.now(UTC)
    )
    return {"lost": [_lost(one) for one in found]}


@router.post("/catch-ups", response=answers.rehearsable(CaughtUpOut), summary="Catch up")
def catch_up(request: HttpRequest, body: CatchUpIn, key: KeyHeader, dry_run: DryRun = None) -> Any:
    """Book a lesson in the place of one that was missed or lost, once for each."""
    instead = Instead(
        reading.teacher_id(body.teacher),
        reading.instant(body.starts_at),
        body.pay_with,
        None if body.lot is None else reading.lot_id(body.lot),
    )
    answer = commands.catch_up(
        request_of(request, key, dry_run=dry_run),
        key=_key(body.lost),
        instead=instead,
        reason=body.reason,
    )
    done = answer.only()
    return Status(200 if dry_run else 201, _caught_up(done))


def _key(body: LostIn) -> LostKey:
    """Return what names the lost lesson, of which exactly one is to be named."""
    by_run = body.run is not None and body.place is not None
    by_contract = body.contract is not None and body.week is not None
    if (body.seat is not None) + by_run + by_contract != 1:
        raise BodyInvalid("lost")
    if body.seat is not None:
        return LostKey(CatchUp.Lost.SEAT, reading.seat_id(body.seat))
    if by_run:
        return LostKey(CatchUp.Lost.RUN, _row("arn", body.run), body.place or 0)
    assert body.week is not None
    return lost.of_week(_row("ctr", body.contract), body.week)


def _row(prefix: str, text: str | None) -> int:
    number = public_ids.read(prefix, text or "")
    if number is None:
        raise NothingLost
    return number


def _lost(one: Lost) -> dict[str, Any]:
    key = one.key
    names: dict[str, Any] = dict.fromkeys(("seat", "run", "place", "contract", "week"))
    if key.kind == CatchUp.Lost.SEAT:
        names["seat"] = public_ids.show("st", key.id)
    elif key.kind == CatchUp.Lost.RUN:
        names |= {"run": public_ids.show("arn", key.id), "place": key.part}
    else:
        week = date.fromordinal(key.part).isoformat()
        names |= {"contract": public_ids.show("ctr", key.id), "week": week}
    return {
        "lost": names,
        "product": one.product,
        "teacher": None if one.teacher_id is None else public_ids.show("tch", one.teacher_id),
        "starts_at": None if one.starts_at is None else show_instant(one.starts_at),
        "free": one.free,
    }


def _caught_up(done: CaughtUp) -> dict[str, Any]:
    return {
        "catch_up": public_ids.show("cup", done.catch_up_id),
        "seat": public_ids.show("st", done.seat_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "product": done.product,
        "free": done.free,
    }
