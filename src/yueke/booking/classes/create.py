"""Create an open class and its teacher's slots in one act (CU-3, CL-1)."""

from datetime import datetime

from yueke.booking.classes.hand_over import check_may
from yueke.booking.classes.operations import making as operations
from yueke.booking.classes.operations import read
from yueke.booking.classes.orders import ClassChanged, Texts
from yueke.booking.classes.rules import making as rules
from yueke.booking.classes.rules.texts import cleaned
from yueke.curriculum.refusals import ProductUnknown
from yueke.curriculum.rules import ProductFacts
from yueke.inventory import operations as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.grid import cells_of
from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices.once import Request, once
from yueke.people import queries as people
from yueke.people.operations import lock_teachers

PRODUCT = "open"


def create(
    request: Request,
    *,
    teacher_id: int,
    starts_at: datetime,
    capacity: int,
    texts: Texts,
    reason: str = "",
) -> Answer[ClassChanged]:
    """Create a class and its teacher's slots in one act (CU-3, CL-1). Nobody sees it yet.

    Refuses: channel_may_not, classes_handed_over, teacher_not_found, product_unknown,
    capacity_out_of_range, text_too_long, time_off_grid, time_in_past, slot_already_taken,
    slot_not_open, slot_targeted. Locks the slots.
    """

    def act(work: Work) -> list[ClassChanged]:
        actor = request.actor
        check_may(request, "create")
        people.get_teacher(actor=actor, teacher_id=teacher_id)
        rules.check_capacity(capacity)
        kept = cleaned(texts)
        product = _product(work, actor, request.now)
        cells = cells_of(starts_at, product.cells)
        wanted = [(teacher_id, cell) for cell in cells]
        work.ask(lock_teachers(market_id=actor.market_id, teacher_ids=[teacher_id]))
        [rows] = work.ask(inventory.lock_slots(market_id=actor.market_id, slots=wanted)).fetch()
        missing = rules.missing_cells(
            teacher_id=teacher_id,
            cells=cells,
            slots={(row.teacher_id, row.starts_at): row for row in rows},
            product_id=product.id,
            now=request.now,
        )
        number = operations.insert(
            work,
            actor=actor,
            now=request.now,
            teacher_id=teacher_id,
            starts_at=starts_at,
            capacity=capacity,
            product=product,
            missing=missing,
            texts=kept,
            reason=reason,
        )
        return [ClassChanged(number, teacher_id, starts_at, capacity, is_published=False)]

    return once(request, ClassChanged, act)


def _product(work: Work, actor: Actor, now: datetime) -> ProductFacts:
    products = read.products(work, market_id=actor.market_id, now=now)
    if PRODUCT not in products:
        raise ProductUnknown(PRODUCT)
    return products[PRODUCT]
