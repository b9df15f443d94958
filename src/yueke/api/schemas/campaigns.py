"""Campaigns of energy stones."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import AMOUNT_MAX, Id, In, Instant, Text

Units = Annotated[int, Field(ge=1, le=AMOUNT_MAX)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Cause = Annotated[
    Text,
    Field(
        description="lesson.finished, course.opened, learner.registered or named.",
        examples=["lesson.finished"],
    ),
]


class CampaignOut(Schema):
    """A campaign; `state` is to_come, running, spent or over."""

    id: str
    name_zh: str
    name_en: str
    cause: str
    amount: int
    budget: int
    granted: int
    begins_at: str
    ends_at: str
    limit_per_learner: int | None
    valid_days: int | None
    state: str


class CampaignsOut(Schema):
    """The campaigns of the market, the last made first."""

    campaigns: list[CampaignOut]


class CampaignIn(In):
    """So many stones for each cause between two moments, until the budget is given out."""

    name_zh: Text
    name_en: Text
    cause: Cause
    amount: Units
    budget: Units
    begins_at: Instant
    ends_at: Instant
    limit_per_learner: Count | None = None
    valid_days: Count | None = None
    reason: Text = ""


class CampaignChangeIn(In):
    """A campaign's other budget, or other end."""

    campaign: Id
    budget: Units | None = None
    ends_at: Instant | None = None
    reason: Text = ""


class CampaignGrantIn(In):
    """What a campaign gives, for a learner, once for a cause of the caller's own naming."""

    campaign: Id
    learner: Id
    cause: Annotated[Text, Field(min_length=1, max_length=200)]
    reason: Text = ""


class CampaignKeptOut(Schema):
    """A campaign as it is now."""

    campaign: str
    budget: int
    granted: int
    ends_at: str
