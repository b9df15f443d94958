"""What a decision knows, put together by hand: no database."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from yueke.booking.orders import BookLesson, Order
from yueke.booking.rules.facts import Facts
from yueke.curriculum.rules import ProductFacts
from yueke.inventory.rules.locked_slot import OfferedSlot
from yueke.kernel.actor import Actor
from yueke.wallet.rules import Holding

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
FAMILY, LEARNER, TEACHER, MARKET, COURSE = 7, 1, 2, 1, 31
MAJOR = ProductFacts(11, "major", 1, 1, 24, {"credit": 1, "coupon": 1, "stone": 30})
LEVEL7 = ProductFacts(12, "level7", 2, 1, 24, {"credit": 3})
PARENT = Actor(MARKET, "user", 70, "parents-h5", family_id=FAMILY)
LP = Actor(MARKET, "user", 71, "lp")


def lot(
    id_: int = 100,
    *,
    balance: int = 5,
    asset: str = "credit",
    product_id: int | None = None,
    expires_in: timedelta | None = None,
    learner_id: int = LEARNER,
) -> Holding:
    """Return a lot of the learner."""
    expires_at = None if expires_in is None else NOW + expires_in
    return Holding(id_, "lot", learner_id, asset, product_id, expires_at, balance)


def slot(
    *,
    state: str = "open",
    target: tuple[str, int] | None = None,
    reserved_until: datetime | None = None,
    skills: Iterable[str] = ("major:3", "level7:3"),
) -> OfferedSlot:
    """Return a slot of a teacher who teaches level 3."""
    kind, target_id = target or (None, None)
    return OfferedSlot(TEACHER, NOON, state, kind, target_id, reserved_until, 0, frozenset(skills))


def facts(
    *,
    slots: dict[datetime, OfferedSlot] | None = None,
    lots: Iterable[Holding] = (),
    busy: Iterable[datetime] = (),
) -> Facts:
    """Return what is known of one learner at level 3 and one teacher."""
    return Facts(
        now=NOW,
        products={"major": MAJOR, "level7": LEVEL7},
        families={LEARNER: FAMILY},
        courses={(LEARNER, MAJOR.id): (COURSE, 3), (LEARNER, LEVEL7.id): (COURSE, 3)},
        slots={(TEACHER, at): known for at, known in (slots or {NOON: slot()}).items()},
        busy={(LEARNER, at) for at in busy},
        lots={LEARNER: list(lots) or [lot()]},
        spent_accounts={"credit": 900, "coupon": 901, "stone": 902},
    )


def command(
    *,
    starts_at: datetime = NOON,
    product: str = "major",
    asset: str = "credit",
    lot_id: int | None = None,
    learner_id: int = LEARNER,
    teacher_id: int = TEACHER,
) -> BookLesson:
    """Return the command that books the learner with the teacher at noon."""
    return BookLesson(learner_id, teacher_id, starts_at, product, asset, lot_id)


def order(
    *commands: BookLesson, actor: Actor = PARENT, all_or_none: bool = False
) -> Order[BookLesson]:
    """Return an order of a parent."""
    return Order(actor, "key", b"", list(commands), all_or_none)
