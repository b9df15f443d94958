"""Events of the log as the timeline shows them: what, when, by whom, through which channel, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import get_language, gettext

from yueke.notices.models import Event
from yueke.people import channels
from yueke.people.actor_names import names_of_actors
from yueke.portals.event_words import Words, event_words

_TROUBLE: Final = {
    "lesson.cancelled",
    "lesson.fake_cancelled",
    "lesson.finished_without_learner",
    "lesson.learner_absent",
    "lesson.teacher_absent",
    "slot.withdrawn",
    "wallet.expired",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `lesson_id` and `starts_at` lead on where there are any."""

    text: str
    at: datetime
    actor: str
    channel: str
    detail: str
    trouble: bool
    lesson_id: int | None
    starts_at: datetime | None


def entries(*, market_id: int, events: Sequence[Event], words: Words) -> list[Entry]:
    """Return events of one market in the order given; the names of all come by few queries."""
    callers = {(event.actor_kind, event.actor_id) for event in events}
    names = names_of_actors(market_id=market_id, actors=callers)
    return [
        Entry(
            text=event_words(kind=event.kind, data=event.data, words=words),
            at=event.at,
            actor=names.get((event.actor_kind, event.actor_id)) or _nameless(event.actor_kind),
            channel=channel_name(code=event.channel),
            detail=event.reason,
            trouble=event.kind in _TROUBLE,
            lesson_id=event.lesson_id,
            starts_at=event.starts_at,
        )
        for event in events
    ]


def channel_name(*, code: str) -> str:
    """Return the name of a channel in the language of the moment."""
    channel = channels.channels().get(code)
    if channel is None:
        return code
    return channel.name_zh if (get_language() or "").startswith("zh") else channel.name_en


def _nameless(kind: str) -> str:
    if kind == "key":
        return gettext("Another system")
    return gettext("Timer") if kind == "job" else gettext("Somebody")
