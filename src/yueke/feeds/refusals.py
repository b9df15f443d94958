"""How endpoints of webhooks are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class EndpointNotFound(Refusal):
    """There is no such endpoint within reach."""

    code: ClassVar[str] = "endpoint_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    endpoint_id: int | str


@dataclass
class DeliveryNotFound(Refusal):
    """There is no such delivery within reach."""

    code: ClassVar[str] = "delivery_not_found"
    kind: ClassVar[Kind] = Kind.MISSING
    delivery_id: int | str


@dataclass
class EndpointAddressRefused(Refusal):
    """Webhooks are not sent to such an address: https, a public host, no login in it."""

    code: ClassVar[str] = "endpoint_address_refused"
    kind: ClassVar[Kind] = Kind.INVALID
    url: str


@dataclass
class EventKindUnreadable(Refusal):
    """The kind of event is neither one such as `lesson.booked` nor a group such as `lesson.*`."""

    code: ClassVar[str] = "event_kind_unreadable"
    kind: ClassVar[Kind] = Kind.INVALID
    event_kind: str
