"""Families and teachers as those who are told: where, in which language and zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from yueke.people.models import Family, Teacher
from yueke.reminders.models import Contact


class Party(NamedTuple):
    """`family` or `teacher`, and its row."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is told: their login if any, and an address for each way they chose."""

    party: Party
    user_id: int | None
    name: str
    language: str
    zone: str
    addresses: dict[str, str]


def addressees(*, market_id: int, parties: Iterable[Party]) -> dict[Party, Addressee]:
    """Return those of a market among these; who has not chosen is told by e-mail, if known."""
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
            _addresses(chosen.get(party), row.user.email if row.user else ""),
        )
    return found


def _addresses(chosen: Contact | None, email: str) -> dict[str, str]:
    if chosen is None:
        return {"email": email} if email else {}
    known = {"email": chosen.email or email, "sms": chosen.phone, "wechat": chosen.wechat}
    return {way: known[way] for way in chosen.ways if known.get(way)}
