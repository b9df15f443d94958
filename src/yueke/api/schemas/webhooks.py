"""Endpoints of webhooks and their deliveries."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from yueke.api.schemas.parts import TEXT_PATTERN, Id, In, Text

Url = Annotated[
    str,
    Field(max_length=2000, pattern=TEXT_PATTERN, examples=["https://crm.example.com/hooks/yueke"]),
]
EventKind = Annotated[
    str, Field(max_length=100, pattern=TEXT_PATTERN, examples=["lesson.booked", "lesson.*"])
]
EventKinds = Annotated[list[EventKind], Field(max_length=100)]
State = Literal["waiting", "delivered", "given_up"]


class WebhookIn(In):
    """An address, and the kinds of event it takes; none for all."""

    url: Url
    event_kinds: EventKinds = Field(default_factory=list)


class WebhookChangeIn(In):
    """An endpoint, and what is to be otherwise."""

    endpoint: Id
    url: Url | None = None
    event_kinds: EventKinds | None = None
    is_on: bool | None = None
    new_secret: bool = False
    reason: Text = ""


class ReplayIn(In):
    """A delivery to be made once more."""

    delivery: Id
    reason: Text = ""


class WebhookOut(Schema):
    """An endpoint."""

    endpoint: str
    url: str
    event_kinds: list[str]
    is_on: bool


class NewWebhookOut(WebhookOut):
    """An endpoint, with the secret that signs what is sent to it; shown once, empty after that."""

    secret: str


class ListedWebhookOut(WebhookOut):
    """An endpoint, how many deliveries wait, and since when all of them have failed."""

    waiting: int
    failing_since: str | None


class WebhooksOut(Schema):
    """All endpoints of a market."""

    endpoints: list[ListedWebhookOut]


class DeliveryOut(Schema):
    """An event for an endpoint; `status` and `trouble` tell of the last try."""

    delivery: str
    event: str
    kind: str
    lesson: str | None
    state: str
    attempts: int
    due_at: str
    tried_at: str | None
    status: int | None
    trouble: str


class DeliveriesOut(Schema):
    """A page of deliveries, last first."""

    deliveries: list[DeliveryOut]
    next: str | None


class ReplayOut(Schema):
    """A delivery that is made once more."""

    delivery: str
    endpoint: str
    due_at: str
