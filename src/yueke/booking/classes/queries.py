"""Which open classes there are, and who is in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yueke.booking.classes.models import Attendance, ClassCover, OpenClass
from yueke.booking.classes.refusals import ClassNotFound
from yueke.kernel.actor import Actor
from yueke.kernel.containing import containing
from yueke.kernel.transaction import read
from yueke.people import channels
from yueke.people import queries as people

_ROOM = "yueke.booking.classes"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """An open class with its teacher. Times in UTC, `minutes` long; `cover` is its digest."""

    class_id: int
    starts_at: datetime
    minutes: int
    state: str
    teacher_id: int | None
    teacher_name: str | None
    teacher_zone: str | None
    capacity: int
    seats_taken: int
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str
    is_published: bool
    cover: str | None
    product: str
    free_cancel_hours: int
    waiting: int

    @property
    def seats_left(self) -> int:
        """How many seats nobody has."""
        return self.capacity - self.seats_taken


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A learner with a live seat in a class, or, without one, who waits since a moment."""

    seat_id: int | None
    learner_id: int
    learner_name: str
    family_id: int
    phone: str
    asset: str
    paid: int
    came: bool | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Mine:
    """A learner's seat in a class, or how many are ahead of them in the wait for one."""

    seat_id: int | None
    ahead: int | None


@dataclass(frozen=True, slots=True)
class WhichClasses:
    """Which classes: in a half-open range, with a text in title or teacher's name.

    `after` is the (start, class id) that ended the page before; `ids` are the only ones wanted;
    `cancelled` are those that were cancelled instead of those that were not.
    """

    begin: datetime | None = None
    end: datetime | None = None
    text: str = ""
    after: tuple[datetime, int] | None = None
    ids: Sequence[int] | None = None
    cancelled: bool = False


def list_classes(*, actor: Actor, which: WhichClasses, size: int = 50) -> list[ClassRow]:
    """Return classes of the market in order of start; families see those that are published.

    Refuses: channel_may_not.
    """
    after_at, after_id = which.after or (None, None)
    return _rows(
        actor,
        begin=which.begin,
        end=which.end,
        text=containing(which.text) if which.text else None,
        after_at=after_at,
        after_id=after_id,
        ids=None if which.ids is None else list(which.ids),
        cancelled=which.cancelled,
        size=size,
    )


def get_class(*, actor: Actor, class_id: int, even_cancelled: bool = False) -> ClassRow:
    """Return one class that the caller may see, or refuse (class_not_found).

    A family also sees a class that is no longer published where it has a seat. One that was
    cancelled is there for no family, and for others where they ask for it.
    """
    rows = _rows(actor, ids=[class_id], cancelled=None if even_cancelled else False)
    if not rows:
        raise ClassNotFound(class_id)
    return rows[0]


def list_places(*, actor: Actor, class_id: int, even_cancelled: bool = False) -> list[PlaceRow]:
    """Return who is in a class and who waits, as far as the caller reaches.

    Refuses: channel_may_not, class_not_found.
    """
    channels.require(actor, "see", "learners")
    get_class(actor=actor, class_id=class_id, even_cancelled=even_cancelled)
    params = {"market_id": actor.market_id, "class_id": class_id, "family_id": actor.family_id}
    with read() as work:
        return [PlaceRow(*row) for row in work.run_for_values(_ROOM, "list_places", params)]


def list_mine(*, actor: Actor, learner_id: int, begin: datetime) -> dict[int, Mine]:
    """Return where a learner has or awaits a seat, by class, in classes from a moment on.

    Refuses: channel_may_not, learner_not_found.
    """
    channels.require(actor, "see", "classes")
    people.get_learner(actor=actor, learner_id=learner_id)
    params = {"market_id": actor.market_id, "learner_id": learner_id, "begin": begin}
    with read() as work:
        rows = work.run_for_values(_ROOM, "list_mine", params)
        return {class_id: Mine(seat_id, ahead) for class_id, seat_id, ahead in rows}


def titles_of(*, market_id: int, lesson_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return the Chinese and English titles of those of these lessons that are open classes."""
    classes = OpenClass.objects.filter(market_id=market_id, lesson_id__in=lesson_ids)
    return {one.lesson_id: (one.title_zh, one.title_en) for one in classes}


def attended(*, market_id: int, class_ids: Sequence[int]) -> set[int]:
    """Return those of the classes of which it was taken down who came."""
    rows = Attendance.objects.filter(market_id=market_id, lesson_id__in=class_ids)
    return set(rows.values_list("lesson_id", flat=True).distinct())


def get_cover(*, actor: Actor, class_id: int) -> ClassCover:
    """Return the picture of a class that the caller may see, or refuse (class_not_found)."""
    get_class(actor=actor, class_id=class_id, even_cancelled=True)
    found = ClassCover.objects.filter(market_id=actor.market_id, lesson_id=class_id).first()
    if found is None:
        raise ClassNotFound(class_id)
    return found


def _rows(actor: Actor, **asked: Any) -> list[ClassRow]:
    channels.require(actor, "see", "classes")
    params = {
        "market_id": actor.market_id,
        "family_id": actor.family_id,
        "published": channels.side(actor.channel) == "family",
        "ids": None,
        "cancelled": False,
        "begin": None,
        "end": None,
        "text": None,
        "after_at": None,
        "after_id": None,
        "size": 1,
        **asked,
    }
    with read() as work:
        return [ClassRow(*row) for row in work.run_for_values(_ROOM, "list_classes", params)]
