"""Families and teachers as those who are told: where, in which language and zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from yueke.people.models import Family, Teacher
from yueke.reminders import rules, ways
from yueke.reminders.models import Contact


class Party(NamedTuple):
    """`family` or `teacher`, and its row."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: their login if any, and an address for each way in which they are told."""

    party: Party
    user_id: int | None
    name: str
    language: str
    zone: str
    addresses: dict[str, str]


def addressees(*, market_id: int, parties: Iterable[Party]) -> dict[Party, Addressee]:
    """Return those of a market among these; for who has not chosen a way is found."""
    wanted = set(parties)
    families = [party.id for party in wanted if party.kind == "family"]
    teachers = [party.id for party in wanted if party.kind == "teacher"]
    chosen = {
        Party(one.party_kind, one.party_id): one
        for one in Contact.objects.filter(market_id=market_id, party_id__in=[*families, *teachers])
    }
    found: dict[Party, Addressee] = {}
    rows: list[tuple[Party, Family | Teacher, str, str]] = [
        (Party("family", family.id), family, family.market.zone, "zh-hans")
        for family in Family.objects.filter(market_id=market_id, id__in=families).select_related(
            "user", "market"
        )
    ]
    rows += [
        (Party("teacher", teacher.id), teacher, teacher.zone, "en")
        for teacher in Teacher.objects.filter(market_id=market_id, id__in=teachers).select_related(
            "user"
        )
    ]
    for party, row, zone, language in rows:
        found[party] = Addressee(
            party,
            row.user_id,
            row.name,
            row.user.language if row.user else language,
            zone,
            _addresses(
                chosen.get(party) or Contact(),
                email=row.user.email if row.user else "",
                phone=row.phone if isinstance(row, Family) else "",
            ),
        )
    return found


def _addresses(contact: Contact, *, email: str, phone: str) -> dict[str, str]:
    known = {
        "email": contact.email or email,
        "sms": contact.phone or phone,
        "wechat": contact.wechat,
    }
    if contact.ways is not None:
        return {way: known[way] for way in contact.ways if known.get(way)}
    good = [way for way in rules.UNASKED if known[way] and way in ways.ways()]
    return {way: known[way] for way in good[:1]}
