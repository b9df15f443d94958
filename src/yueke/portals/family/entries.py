"""The entries of a wallet, last to first: what moved, when, and for which lesson."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.kernel.grid import HALF_HOUR
from yueke.portals import ids
from yueke.portals.family.visit import Visit
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Transfer

WORDS: Final[Mapping[str, str | Promise]] = {
    "grant": pgettext_lazy("wallet", "Added"),
    "spend": pgettext_lazy("wallet", "Paid for a lesson"),
    "refund": pgettext_lazy("wallet", "Came back from a lesson"),
    "expire": pgettext_lazy("wallet", "Ran out of time"),
}
# More lessons than a child ever has.
LESSONS_MAX: Final = 5000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry. `lesson_at`, `lesson_url` and `teacher` are of the lesson it was for, if any."""

    words: str
    asset: str
    change: int
    at: datetime
    lesson_at: datetime | None
    lesson_url: str
    teacher: str


FOR_REPLAYS: Final[Mapping[str, str | Promise]] = {
    "spend": pgettext_lazy("wallet", "Paid for a replay"),
    "refund": pgettext_lazy("wallet", "Came back from a replay"),
}


def list_entries(
    *, visit: Visit, asset: str = "", text: str = "", after: str = "", size: int
) -> list[Transfer]:
    """Return a page of the child's entries, of one asset, with a text in what they say."""
    entries = wallet_queries.entries_of_learner(
        market_id=visit.caller.actor.market_id, learner_id=visit.child.pk
    )
    if asset:
        entries = entries.filter(asset=asset)
    if text:
        entries = entries.filter(_says(visit, text))
    beyond = _read_cursor(after)
    if beyond is not None:
        at, event_id, part = beyond
        older = Q(at=at, event_id__lt=event_id) | Q(at=at, event_id=event_id, part__lt=part)
        entries = entries.filter(Q(at__lt=at) | older)
    return list(entries[:size])


def _says(visit: Visit, text: str) -> Q:
    """Return what holds for entries whose words, or whose teacher's name, have the text in them."""
    wanted = text.casefold()
    kinds = [kind for kind, words in WORDS.items() if wanted in str(words).casefold()]
    which = Which(learner_id=visit.child.pk, text=text)
    rows = booking_queries.list_lessons(actor=visit.caller.actor, which=which, size=LESSONS_MAX)
    # The room finds lessons by the child's own name too.
    seats = [row.seat_id for row in rows if wanted in (row.teacher_name or "").casefold()]
    return Q(kind__in=kinds) | Q(seat_id__in=seats)


def show_entries(*, visit: Visit, entries: Sequence[Transfer]) -> list[ShownEntry]:
    """Return entries as they are shown; two queries find their lessons."""
    starts = booking_queries.starts_of_seats(
        market_id=visit.caller.actor.market_id,
        seat_ids=[entry.seat_id for entry in entries if entry.seat_id is not None],
    )
    teachers = _teachers(visit, starts)
    return [_show(entry, starts, teachers) for entry in entries]


def _teachers(visit: Visit, starts: Mapping[int, datetime]) -> dict[int, str]:
    """Return the teachers' names of the child's seats between the first and last of these."""
    if not starts:
        return {}
    begin, end = min(starts.values()), max(starts.values()) + HALF_HOUR
    which = Which(learner_id=visit.child.pk, begin=begin, end=end)
    rows = booking_queries.list_lessons(actor=visit.caller.actor, which=which, size=LESSONS_MAX)
    return {row.seat_id: row.teacher_name or "" for row in rows}


def _show(
    entry: Transfer, starts: Mapping[int, datetime], teachers: Mapping[int, str]
) -> ShownEntry:
    seat = ids.SEAT.show(entry.seat_id) if entry.seat_id is not None else ""
    return ShownEntry(
        words=str((WORDS if entry.purchase_id is None else FOR_REPLAYS)[entry.kind]),
        asset=entry.asset,
        change=getattr(entry, "change"),  # noqa: B009 - annotated by the query
        at=entry.at,
        lesson_at=starts.get(entry.seat_id) if entry.seat_id is not None else None,
        lesson_url=reverse("family_lesson", args=[seat]) if seat else "",
        teacher=teachers.get(entry.seat_id, "") if entry.seat_id is not None else "",
    )


def next_cursor(entry: Transfer) -> str:
    """Return where the page after this entry begins."""
    microseconds = (entry.at - _EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}.{ids.EVENT.show(entry.event_id)}.{entry.part}"


def _read_cursor(text: str) -> tuple[datetime, int, int] | None:
    at, _, rest = text.partition(".")
    event, _, part = rest.partition(".")
    number = ids.EVENT.read(event)
    digits = at + part
    if number is None or not digits.isascii() or not digits.isdigit() or not at or not part:
        return None
    if len(at) > 17 or len(part) > 4:
        return None
    return _EPOCH + timedelta(microseconds=int(at)), number, int(part)
