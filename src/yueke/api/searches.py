"""The two searches as the API asks and answers them; the hot routes and their twins share them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from yueke.api import parameters, reading, showing
from yueke.api.refusals import BodyInvalid, CursorInvalid
from yueke.booking import queries as booking
from yueke.booking.queries import Search
from yueke.kernel.actor import Actor
from yueke.kernel.grid import show_instant
from yueke.people.models import RATING_MAX

PAGE_MAX = 100
COUNT_MAX = 100
_DIGITS_MAX = 9
Query = dict[str, list[str]]


@dataclass(frozen=True)
class Asked:
    """What a search names, still as texts, and how much of it is wanted."""

    learner: str
    product: str
    begin: str
    end: str
    tags: Sequence[str] = ()
    cursor: str | None = None
    limit: int = 20
    count_up_to: int = 1


_NAMES = {"learner", "product", "from", "to", "tag"}


def read_query(query: Query, *, more: Sequence[str]) -> Asked:
    """Read a query string's fields, or refuse (body_invalid). `more` are the optional numbers."""
    parameters.check(query, known=_NAMES | {*more}, lists={"tag"})
    parameters.check_all_there(query, ("learner", "product", "from", "to"))
    return Asked(
        learner=query["learner"][0],
        product=query["product"][0],
        begin=query["from"][0],
        end=query["to"][0],
        tags=query.get("tag", []),
        cursor=next(iter(query.get("cursor", ())), None),
        limit=_number(query, "limit", 20, PAGE_MAX),
        count_up_to=_number(query, "count_up_to", 1, COUNT_MAX),
    )


def teachers(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return a page of free teachers, best rating first, and the cursor of the next."""
    after = reading.cursor(asked.cursor)
    if after is not None and after[0] > RATING_MAX:
        raise CursorInvalid()
    found = booking.find_teachers(
        actor=actor, now=datetime.now(UTC), search=_search(asked), size=asked.limit, after=after
    )
    full = len(found) == asked.limit
    return {
        "teachers": [showing.free_teacher(one) for one in found],
        "next": reading.show_cursor(found[-1].rating, found[-1].teacher_id) if full else None,
    }


def times(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Return the half-hours with any free teacher, counted up to `count_up_to`."""
    found = booking.find_half_hours(
        actor=actor,
        now=datetime.now(UTC),
        search=_search(asked),
        count_up_to=asked.count_up_to,
    )
    return {
        "times": [{"starts_at": show_instant(start), "teachers": count} for start, count in found]
    }


def _search(asked: Asked) -> Search:
    begin, end = reading.window(asked.begin, asked.end)
    for text in (asked.product, *asked.tags):
        if "\0" in text:
            raise BodyInvalid("a text holds a NUL")
    learner_id = reading.learner_id(asked.learner)
    return Search(learner_id, asked.product, begin, end, asked.tags)


def _number(query: Query, name: str, default: int, highest: int) -> int:
    text = query.get(name, [str(default)])[0]
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX
    if not is_number or not 1 <= int(text) <= highest:
        raise BodyInvalid(f"`{name}` is a whole number from 1 to {highest}")
    return int(text)
