"""Catch-up bookings: what was lost, and what is booked in its place."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import Asset, Id, In, Instant, Text


class LostIn(In):
    """What was lost: a seat, or a row of a weekly run, or a week of a contract."""

    seat: Id | None = None
    run: Id | None = None
    place: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    contract: Id | None = None
    week: Annotated[date, Field(strict=False)] | None = None


class CatchUpIn(In):
    """A lesson to be booked in the place of one that was lost."""

    lost: LostIn
    teacher: Id
    starts_at: Instant
    pay_with: Asset = "credit"
    lot: Id | None = None
    reason: Text = ""


class CaughtUpOut(Schema):
    """A lesson booked in the place of one that was lost; `free` where that had been charged."""

    catch_up: str
    seat: str
    learner: str
    teacher: str
    starts_at: str
    product: str
    free: bool


class LostKeyOut(Schema):
    """What names a lost lesson, as a catch-up takes it."""

    seat: str | None
    run: str | None
    place: int | None
    contract: str | None
    week: str | None


class LostOut(Schema):
    """A lesson that the learner should have had; `free`: it was charged and not refunded."""

    lost: LostKeyOut
    product: str
    teacher: str | None
    starts_at: str | None
    free: bool


class LostsOut(Schema):
    """What a learner lost lately and has not caught up on, the latest first."""

    lost: list[LostOut]
