"""Write a new class with its slots, and what is told of a class."""

from collections.abc import Sequence
from datetime import datetime

from yueke.booking.classes.models import OpenClass
from yueke.booking.classes.orders import ClassChanged, Texts
from yueke.booking.classes.rules.facts import LockedClass
from yueke.booking.models import Lesson
from yueke.curriculum.rules import ProductFacts
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.operations import Happened


def insert(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    teacher_id: int,
    starts_at: datetime,
    capacity: int,
    product: ProductFacts,
    missing: Sequence[datetime],
    texts: Texts,
    reason: str,
) -> int:
    """Write a class without seats on its teacher's time, locked before, and return its number.

    Half-hours that are `missing` become slots for this product.
    """
    released = [_slot_released(actor, teacher_id, cell, product.id, reason) for cell in missing]
    notices.append_new(work, at=now, events=released)
    created = Happened(
        0,
        "class.created",
        actor,
        reason,
        teacher_id=teacher_id,
        starts_at=starts_at,
        data={"capacity": capacity},
    )
    [[number]] = work.ask(notices.next_ids(count=1)).fetch()
    created.id = created.lesson_id = number.id
    market_id = actor.market_id
    times = cells_of(starts_at, product.cells)
    Lesson.objects.create(
        id=number.id,
        market_id=market_id,
        product_id=product.id,
        teacher_id=teacher_id,
        starts_at=starts_at,
        cells=product.cells,
        capacity=capacity,
        seats_taken=0,
        state=Lesson.State.BOOKED,
    )
    taken = [(teacher_id, cell, number.id) for cell in times if cell not in missing]
    inventory.take_slots(work, market_id=market_id, taken=taken)
    inventory.insert_slots_of_product(
        work,
        market_id=market_id,
        teacher_id=teacher_id,
        starts=missing,
        lesson_id=number.id,
        product_id=product.id,
    )
    OpenClass.objects.create(
        lesson_id=number.id,
        market_id=market_id,
        title_zh=texts.title_zh,
        title_en=texts.title_en,
        about_zh=texts.about_zh,
        about_en=texts.about_en,
    )
    notices.append(work, market_id=market_id, at=now, events=[created])
    return int(number.id)


def tell(
    work: Work,
    *,
    actor: Actor,
    now: datetime,
    found: LockedClass,
    kind: str,
    reason: str = "",
    learner_id: int | None = None,
    data: dict[str, object] | None = None,
) -> None:
    """Append what happened to a class."""
    happened = told(actor, found, kind, reason, learner_id=learner_id, data=data)
    notices.append_one(work, at=now, event=happened)


def told(
    actor: Actor,
    found: LockedClass,
    kind: str,
    reason: str,
    *,
    learner_id: int | None = None,
    data: dict[str, object] | None = None,
) -> Happened:
    """Return what happened to a class, to be appended with a number of its own."""
    return Happened(
        0,
        kind,
        actor,
        reason,
        lesson_id=found.id,
        learner_id=learner_id,
        teacher_id=found.teacher_id,
        starts_at=found.starts_at,
        data=data or {},
    )


def changed(found: LockedClass) -> ClassChanged:
    """Return what a class is now."""
    return ClassChanged(
        found.id, found.teacher_id, found.starts_at, found.capacity, found.is_published
    )


def _slot_released(
    actor: Actor, teacher_id: int, cell: datetime, product_id: int, reason: str
) -> Happened:
    data: dict[str, object] = {"target": "product", "target_id": product_id}
    return Happened(
        0, "slot.released", actor, reason, teacher_id=teacher_id, starts_at=cell, data=data
    )
