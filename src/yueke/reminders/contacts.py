"""The commands by which people choose how they are told, and staff note where they can be."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from yueke.kernel.actor import Actor
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import channels
from yueke.people import queries as people
from yueke.reminders import rules
from yueke.reminders.models import Contact
from yueke.reminders.parties import Party
from yueke.reminders.refusals import AddressMissing


@dataclass(slots=True)
class Chosen:
    """How a party is told from now on."""

    ways: list[str]
    email: str
    phone: str


@dataclass(slots=True)
class Noted:
    """Where a family can be told, besides by its phone."""

    family_id: int
    email: str
    wechat: str


def party_of(actor: Actor) -> Party:
    """Return the family or teacher whose own login or key this is."""
    if actor.family_id is not None:
        return Party("family", actor.family_id)
    assert actor.teacher_id is not None
    return Party("teacher", actor.teacher_id)


def choose_ways(
    request: Request, *, party: Party, ways: Collection[str], email: str = "", phone: str = ""
) -> Answer[Chosen]:
    """Tell a party by these ways from now on; by none for none.

    Refuses: channel_may_not, family_not_found, teacher_not_found, address_missing.
    """

    def act(work: Work) -> list[Chosen]:
        actor = request.actor
        channels.require(actor, "change", "contact")
        if party.kind == "family":
            people.get_family(actor=actor, family_id=party.id)
        else:
            people.get_teacher(actor=actor, teacher_id=party.id)
        own: dict[str, Any] = {"party_kind": party.kind, "party_id": party.id}
        before = Contact.objects.filter(**own).first()
        known = {"email": email, "sms": phone, "wechat": before.wechat if before else ""}
        chosen = [way for way in rules.WAYS if way in ways]
        for way in chosen:
            if not known[way]:
                raise AddressMissing(way)
        values: dict[str, Any] = {
            "market_id": actor.market_id,
            "ways": chosen,
            "email": email,
            "phone": phone,
        }
        Contact.objects.update_or_create(**own, defaults=values)
        told = Happened(
            0,
            "contact.changed",
            actor,
            teacher_id=party.id if party.kind == "teacher" else None,
            data={"ways": chosen} | ({"family": party.id} if party.kind == "family" else {}),
        )
        notices.append_one(work, at=request.now, event=told)
        return [Chosen(chosen, email, phone)]

    return once(request, Chosen, act)


def note_addresses(
    request: Request, *, family_id: int, email: str | None = None, wechat: str | None = None
) -> Answer[Noted]:
    """Note a family's e-mail address and openid; what is None stays, as do the ways it has chosen.

    Refuses: channel_may_not, family_not_found.
    """

    def act(work: Work) -> list[Noted]:
        actor = request.actor
        channels.require(actor, "note", "addresses")
        family = people.get_family(actor=actor, family_id=family_id)
        contact, _ = Contact.objects.select_for_update().get_or_create(
            party_kind="family", party_id=family.id, defaults={"market_id": family.market_id}
        )
        was = (contact.email, contact.wechat)
        contact.email = contact.email if email is None else email
        contact.wechat = contact.wechat if wechat is None else wechat
        noted = Noted(family.id, contact.email, contact.wechat)
        if was != (noted.email, noted.wechat):
            contact.save()
            told = Happened(0, "contact.noted", actor, data={"family": family.id})
            notices.append_one(work, at=request.now, event=told)
        return [noted]

    return once(request, Noted, act)
