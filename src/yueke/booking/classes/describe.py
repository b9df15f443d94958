"""Describe open classes, give them a cover, let families see them or not (CU-3, CL-1)."""

import hashlib
from collections.abc import Callable

from yueke.booking.classes.hand_over import check_may
from yueke.booking.classes.models import ClassCover, OpenClass
from yueke.booking.classes.operations import making as operations
from yueke.booking.classes.operations import read
from yueke.booking.classes.operations.promote import promote
from yueke.booking.classes.orders import ClassChanged, Texts
from yueke.booking.classes.rules import making as rules
from yueke.booking.classes.rules.differences import differences
from yueke.booking.classes.rules.facts import LockedClass
from yueke.booking.classes.rules.picture import media_type
from yueke.booking.classes.rules.texts import cleaned
from yueke.booking.models import Lesson
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once

Data = dict[str, object]


def describe(
    request: Request,
    *,
    class_id: int,
    texts: Texts,
    capacity: int | None = None,
    reason: str = "",
) -> Answer[ClassChanged]:
    """Say what a class is about, and how many seats it has (CU-3, CL-1).

    Refuses: channel_may_not, classes_handed_over, class_not_found, class_not_described,
    capacity_out_of_range, capacity_below_seats, text_too_long. Locks who waits, then the class.
    """

    def act(work: Work, found: LockedClass) -> Data:
        kept = cleaned(texts)
        seats = found.capacity if capacity is None else capacity
        rules.check_capacity(seats, taken=found.seats_taken)
        rules.check_titles(found, kept)
        row = OpenClass.objects.get(lesson_id=found.id)
        was = Texts(row.title_zh, row.title_en, row.about_zh, row.about_en)
        told = differences(was=was, now=kept, seats_were=found.capacity, seats=seats)
        OpenClass.objects.filter(lesson_id=found.id).update(
            title_zh=kept.title_zh,
            title_en=kept.title_en,
            about_zh=kept.about_zh,
            about_en=kept.about_en,
        )
        Lesson.objects.filter(id=found.id).update(capacity=seats)
        if seats > found.capacity:
            _promote(work, request, found)
        found.capacity = seats
        return {**told}

    return _changed(request, class_id, "describe", "class.described", reason, act, promotes=True)


def set_cover(
    request: Request, *, class_id: int, picture: bytes, reason: str = ""
) -> Answer[ClassChanged]:
    """Give a class a cover: a JPEG, PNG or WebP of half a megabyte at most (CU-3, CL-1).

    Refuses: channel_may_not, classes_handed_over, class_not_found, picture_too_large,
    picture_unknown. Locks the class.
    """

    def act(work: Work, found: LockedClass) -> Data:
        kind, digest = media_type(picture), hashlib.sha256(picture).hexdigest()
        cover = {
            "market_id": request.actor.market_id,
            "media_type": kind,
            "picture": picture,
            "digest": digest,
        }
        was = ClassCover.objects.filter(lesson_id=found.id).first()
        ClassCover.objects.update_or_create(lesson_id=found.id, defaults=cover)
        return {
            "was": _picture(was.media_type, was.picture, was.digest) if was else None,
            "is": _picture(kind, picture, digest),
        }

    return _changed(request, class_id, "describe", "class.cover_set", reason, act)


def publish(request: Request, *, class_id: int, reason: str = "") -> Answer[ClassChanged]:
    """Let families see and book a class (CU-3, CL-1); who waited gets what is free.

    Refuses: channel_may_not, classes_handed_over, class_not_found, class_already_published,
    class_not_described, class_already_started. Locks who waits, then the class.
    """

    def act(work: Work, found: LockedClass) -> None:
        rules.check_publish(found, request.now)
        OpenClass.objects.filter(lesson_id=found.id).update(published_at=request.now)
        _promote(work, request, found)
        found.is_published = True

    return _changed(request, class_id, "publish", "class.published", reason, act, promotes=True)


def unpublish(request: Request, *, class_id: int, reason: str = "") -> Answer[ClassChanged]:
    """Take a class out of sight (CU-3): nobody books it; seats that are taken stay.

    Refuses: channel_may_not, class_not_found, class_not_published. Locks the class.
    """

    def act(work: Work, found: LockedClass) -> None:
        rules.check_unpublish(found)
        OpenClass.objects.filter(lesson_id=found.id).update(published_at=None)
        found.is_published = False

    return _changed(request, class_id, "unpublish", "class.unpublished", reason, act)


def _changed(
    request: Request,
    class_id: int,
    command: str,
    kind: str,
    reason: str,
    change: Callable[[Work, LockedClass], Data | None],
    *,
    promotes: bool = False,
) -> Answer[ClassChanged]:
    """Lock a class, change it, and tell of it; one that `promotes` locks who waits before.

    `change` returns what the event says of the class as it was and as it is.
    """

    def act(work: Work) -> list[ClassChanged]:
        check_may(request, command)
        if promotes:
            work.ask(read.lock_waiters(market_id=request.actor.market_id, class_id=class_id))
        found = read.lock_class(work, actor=request.actor, class_id=class_id)
        data = change(work, found)
        operations.tell(
            work,
            actor=request.actor,
            now=request.now,
            found=found,
            kind=kind,
            reason=reason,
            data=data,
        )
        return [operations.changed(found)]

    return once(request, ClassChanged, act)


def _picture(media_type: str, picture: bytes | memoryview, digest: str) -> Data:
    return {"media_type": media_type, "bytes": len(picture), "digest": digest}


def _promote(work: Work, request: Request, found: LockedClass) -> None:
    market_id = request.actor.market_id
    promote(work, market_id=market_id, now=request.now, class_ids=[found.id])
