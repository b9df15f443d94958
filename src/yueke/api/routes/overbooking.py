"""Lessons booked without a teacher: how many there may be, and taking one more."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from yueke.api import answers, bodies, reading, showing
from yueke.api.asked import DryRun, KeyHeader, carried_out, request_of
from yueke.api.callers import actor_of
from yueke.api.schemas.overbooking import (
    OverbookedOut,
    OverbookingIn,
    RoomsOut,
    StrategyIn,
    StrategyOut,
)
from yueke.supply.overbooking import commands, queries
from yueke.supply.overbooking.commands import Step
from yueke.supply.overbooking.overbook import overbook_lessons
from yueke.supply.weeks import weekly_time

router = Router(tags=["Overbooking and matching"])
_FROM = Annotated[str, Query(alias="from", description="First instant, inclusive.")]
_TO = Annotated[str, Query(alias="to", description="Last instant, exclusive; 14 days at most.")]


@router.get("/overbooking", response=answers.read(RoomsOut), summary="See what may be overbooked")
def list_rooms(request: HttpRequest, begin: _FROM, end: _TO, product: str = "trial") -> Any:
    """See at which half-hours lessons may be booked without a teacher, and how many more."""
    first, last = reading.window(begin, end)
    found = queries.rooms(actor=actor_of(request), product=product, begin=first, end=last)
    return {"product": product, "half_hours": [showing.room(one, held) for one, held in found]}


@router.post("/overbookings", response=answers.rehearsable(OverbookedOut), summary="Overbook")
def overbook(
    request: HttpRequest, body: OverbookingIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Book a lesson whose teacher is found when the learner enters."""
    asked = bodies.to_overbook(bodies.decode(request.body, bodies.Overbooking))
    answer = carried_out(request, key, overbook_lessons, [asked], dry_run=dry_run)
    return Status(200 if dry_run else 201, showing.booked(answer.only()))


@router.get("/overbook-strategies", response=answers.read(StrategyOut), summary="See a strategy")
def get_strategy(request: HttpRequest, product: str = "trial") -> Any:
    """See how many lessons of a product may be overbooked, and how many teachers are held."""
    steps = queries.strategy(actor=actor_of(request), product=product)
    return showing.strategy(product, steps)


@router.post(
    "/overbook-strategies", response=answers.rehearsable(StrategyOut), summary="Set a strategy"
)
def set_strategy(
    request: HttpRequest, body: StrategyIn, key: KeyHeader, dry_run: DryRun = None
) -> Any:
    """Say, by half-hour of the week, how many lessons may be overbooked and teachers held."""
    steps = [
        Step(
            weekly_time(one.weekday, one.at).half_hour,
            one.ratio_percent,
            one.floor,
            one.ceiling,
        )
        for one in body.steps
    ]
    answer = commands.set_strategy(
        request_of(request, key, dry_run=dry_run),
        product=body.product,
        steps=steps,
        seen=body.seen,
        reason=body.reason,
    )
    done = answer.only()
    return Status(200 if dry_run else 201, showing.strategy(done.product, done.steps))
