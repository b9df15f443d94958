"""Read what people were told, and how they want to be."""

from django.db.models import QuerySet

from yueke.kernel.actor import Actor
from yueke.reminders.models import Contact, Message
from yueke.reminders.parties import Party


def find_contact(*, actor: Actor, party: Party) -> Contact | None:
    """Return how a party chose to be told, or None."""
    own = Contact.objects.filter(market_id=actor.market_id)
    return own.filter(party_kind=party.kind, party_id=party.id).first()


def list_messages(
    *, actor: Actor, party: Party | None = None, state: str = "", before: int | None = None
) -> QuerySet[Message]:
    """Return a market's messages, last first: of one party, in one state, before one of them."""
    messages = Message.objects.filter(market_id=actor.market_id)
    if party is not None:
        messages = messages.filter(party_kind=party.kind, party_id=party.id)
    if state:
        messages = messages.filter(state=state)
    if before is not None:
        messages = messages.filter(id__lt=before)
    return messages.order_by("-id")
