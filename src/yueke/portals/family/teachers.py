"""Teachers as a parent chooses among them: rating, tags, whether the child knows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, pgettext

from yueke.booking import queries as booking_queries
from yueke.inventory.queries import FreeTeacher
from yueke.portals import ids, moments
from yueke.portals.family.addresses import stamp
from yueke.portals.family.look import Look
from yueke.portals.tag_names import tag_name

PAGE = 20
SHOWN_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Time:
    """A time that may be booked, the address of its sheet, and its name in its week."""

    at: datetime
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownTeacher:
    """One teacher with free times, and how many more they have. `url` leads to all of them."""

    name: str
    rating: int
    note: str
    zone: str
    times: Sequence[Time]
    more: int
    url: str


def show_teachers(
    *, look: Look, found: Sequence[FreeTeacher], most: int | None = None, **kept: str
) -> list[ShownTeacher]:
    """Return teachers as they are shown; one query marks those the child knows.

    Each has all their free times, or the first `most`.
    """
    visit = look.visit
    known = booking_queries.known_teachers(
        market_id=visit.caller.actor.market_id,
        learner_id=visit.child.pk,
        teacher_ids=[teacher.teacher_id for teacher in found],
        now=visit.caller.now,
    )
    return [
        _show(look, teacher, teacher.starts[:most], teacher.teacher_id in known, kept)
        for teacher in found
    ]


def _show(
    look: Look,
    teacher: FreeTeacher,
    starts: Sequence[datetime],
    is_known: bool,
    kept: dict[str, str],
) -> ShownTeacher:
    id_ = ids.TEACHER.show(teacher.teacher_id)
    sheet = look.url("family_confirm", teacher=id_)
    notes = [gettext("you know")] if is_known else []
    notes += [tag_name(tag=tag) for tag in teacher.tags]
    return ShownTeacher(
        name=teacher.name,
        rating=teacher.rating,
        note=" · ".join(notes),
        zone=teacher.zone,
        times=[_time(look, sheet, at) for at in starts],
        more=len(teacher.starts) - len(starts),
        url=look.url("family_teacher", id_, **kept),
    )


def _time(look: Look, sheet: str, at: datetime) -> Time:
    local = at.astimezone(ZoneInfo(look.visit.zone))
    words = {"weekday": moments.WEEKDAYS[local.weekday()], "time": f"{local:%H:%M}"}
    label = pgettext("a time of the week", "%(weekday)s %(time)s") % words
    return Time(at, f"{sheet}&{urlencode({'at': stamp(at)})}", label)


def tag_links(
    *, look: Look, page: str, found: Sequence[FreeTeacher], tag: str, **kept: str
) -> list[dict[str, Any]]:
    """Return the tags to filter by: those of the teachers found; the chosen one leads back."""
    tags = {one for teacher in found for one in teacher.tags} | ({tag} if tag else set())
    return [
        {
            "label": tag_name(tag=one),
            "url": look.url(page, tag="" if one == tag else one, **kept),
            "current": one == tag,
        }
        for one in sorted(tags)
    ]


def next_cursor(found: Sequence[FreeTeacher]) -> str:
    """Return where the next page begins, or nothing after the last."""
    if len(found) < PAGE:
        return ""
    return f"{found[-1].rating}.{ids.TEACHER.show(found[-1].teacher_id)}"


def read_cursor(text: str) -> tuple[int, int] | None:
    """Return the rating and teacher that ended the page before."""
    rating, _, teacher = text.partition(".")
    number = ids.TEACHER.read(teacher)
    if number is None or not rating.isascii() or not rating.isdigit() or len(rating) > 3:
        return None
    return int(rating), number
