"""Whether a learner may wait for a seat in a class, or wait no longer."""

from collections.abc import Sequence

from yueke.booking.classes.refusals import (
    AlreadyWaiting,
    ClassHasRoom,
    ClassNotFound,
    NotWaiting,
)
from yueke.booking.classes.rules.facts import ClassFacts, LockedClass
from yueke.booking.classes.rules.join import check_free, class_of
from yueke.kernel.actor import Actor
from yueke.wallet.refusals import AssetNotAccepted


def check_wait(
    facts: ClassFacts,
    *,
    actor: Actor,
    learner_id: int,
    class_id: int,
    asset: str,
    waiting: Sequence[int],
) -> LockedClass:
    """Return the class to wait for, or refuse.

    Refuses: as `class_of` and `check_free`, asset_not_accepted, already_waiting, class_has_room.
    """
    found = class_of(facts, actor, class_id)
    if asset not in facts.products[found.product].prices:
        raise AssetNotAccepted(found.product, asset)
    check_free(facts, learner_id, found)
    if learner_id in waiting:
        raise AlreadyWaiting(class_id)
    if found.seats_taken < found.capacity:
        raise ClassHasRoom(class_id)
    return found


def check_stop(
    facts: ClassFacts, learner_id: int, class_id: int, waiting: Sequence[int]
) -> LockedClass:
    """Return the class waited for, or refuse (class_not_found, not_waiting)."""
    found = facts.classes.get(class_id)
    if found is None:
        raise ClassNotFound(class_id)
    if learner_id not in waiting:
        raise NotWaiting(class_id)
    return found
