"""A small company for tests: markets, families, teachers, products, wallets and slots.

Everything stands at one moment, `NOW`, a Monday morning in UTC. What the company owns and offers
comes about through the rooms' own commands, so that the log and the ledger know of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F

from tests import asking
from yueke.booking.models import Lesson, Seat, SeatCell
from yueke.curriculum.models import Course, LearningProgress, Price, Product
from yueke.inventory import commands as inventory
from yueke.inventory.models import Slot
from yueke.inventory.orders import Target
from yueke.kernel.grid import HALF_HOUR
from yueke.kernel.transaction import begin
from yueke.notices import operations as notices
from yueke.notices.operations import Happened
from yueke.people.models import Family, Learner, Market, Teacher
from yueke.wallet import commands as wallet
from yueke.wallet import operations as wallet_operations
from yueke.wallet.models import Account

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEVEL = 3
# code: half-hours, and what one lesson costs
CATALOGUE: dict[str, tuple[int, dict[str, int]]] = {
    "major": (1, {"credit": 1, "coupon": 1, "stone": 30}),
    "special": (1, {"credit": 2, "coupon": 1}),
    "level7": (2, {"credit": 3}),
}

SKILLS = [f"{code}:{LEVEL}" for code in CATALOGUE]


@dataclass(frozen=True)
class Company:
    """A market and what it teaches."""

    market: Market
    products: dict[str, Product]

    @property
    def market_id(self) -> int:
        """The market's row."""
        return self.market.id


def half_hours_ahead(*, count: int) -> datetime:
    """Return the start of the half-hour that many after `NOW`."""
    return NOW + HALF_HOUR * count


def open_company(*, code: str = "cn", zone: str = "Asia/Shanghai") -> Company:
    """Open a market with three products, each with courses of levels 3 and 4."""
    market = Market.objects.create(code=code, name_zh=code, name_en=code, zone=zone)
    wallet_operations.open_company_accounts(market_id=market.id)
    products = {product: _add_product(market=market, code=product) for product in CATALOGUE}
    return Company(market, products)


def _add_product(*, market: Market, code: str) -> Product:
    cells, prices = CATALOGUE[code]
    product = Product.objects.create(
        market=market, code=code, name_zh=code, name_en=code, cells=cells, minutes=30 * cells - 5
    )
    Price.objects.bulk_create(
        [Price(product=product, asset=asset, amount=amount) for asset, amount in prices.items()]
    )
    for level in (LEVEL, LEVEL + 1):
        Course.objects.create(market=market, product=product, level=level, name=f"{code} {level}")
    return product


def add_family(*, company: Company, name: str = "陈家", phone: str = "") -> Family:
    """Add a family."""
    return Family.objects.create(market=company.market, name=name, phone=phone)


def add_learner(
    *,
    company: Company,
    family: Family | None = None,
    name: str = "陈小雨",
    level: int = LEVEL,
    studies: Sequence[str] = tuple(CATALOGUE),
    credit: int = 10,
) -> Learner:
    """Add a learner who stands at a level of some products and owns some credits."""
    family = family or add_family(company=company)
    learner = Learner.objects.create(market=company.market, family=family, name=name)
    for code in studies:
        product = company.products[code]
        course = product.courses.get(level=level)
        LearningProgress.objects.create(learner=learner, product=product, course=course)
    if credit:
        add_lot(company=company, learner=learner, amount=credit)
    return learner


def add_teacher(
    *,
    company: Company,
    name: str = "Emma",
    zone: str = "America/Los_Angeles",
    rating: int = 480,
    skills: Sequence[str] = SKILLS,
    tags: Sequence[str] = (),
    opens: Sequence[datetime] = (),
) -> Teacher:
    """Add a teacher who teaches every product at level 3 and opens some half-hours."""
    teacher = Teacher.objects.create(
        market=company.market,
        name=name,
        zone=zone,
        rating=rating,
        skills=list(skills),
        tags=list(tags),
    )
    if opens:
        open_slots(company=company, teacher=teacher, starts=opens)
    return teacher


def open_slots(
    *,
    company: Company,
    teacher: Teacher,
    starts: Sequence[datetime],
    target: Target | None = None,
    reserved_until: datetime | None = None,
    now: datetime = NOW,
) -> None:
    """Open half-hours of a teacher, for anyone or for a target, perhaps for a while only."""
    mine = asking.teacher_of(teacher=teacher)
    inventory.release_slots(
        asking.request(actor=mine, now=now), teacher_id=teacher.id, starts=starts
    )
    if target:
        whose = (
            mine
            if target.kind == "student"
            else asking.staff_of(market_id=company.market_id, channel="international")
        )
        inventory.target_slots(
            asking.request(actor=whose, now=now),
            teacher_id=teacher.id,
            starts=starts,
            target=target,
            reserved_until=reserved_until,
        )


def seat_beside(*, learner: Learner, seat_id: int) -> int:
    """Give a learner a place for nothing in the lesson of a seat, as the log tells, too."""
    seat = Seat.objects.get(pk=seat_id)
    Lesson.objects.filter(pk=seat.lesson_id).update(capacity=4, seats_taken=F("seats_taken") + 1)
    lesson = Lesson.objects.get(pk=seat.lesson_id)
    booked = Happened(
        0,
        "lesson.booked",
        asking.staff_of(market_id=seat.market_id),
        lesson_id=lesson.pk,
        learner_id=learner.pk,
        teacher_id=lesson.teacher_id,
        starts_at=lesson.starts_at,
        data={"asset": seat.asset, "paid": 0},
    )
    with begin() as work:
        notices.append_one(work, at=lesson.starts_at - HALF_HOUR, event=booked)
    Seat.objects.create(
        id=booked.id, market_id=seat.market_id, lesson_id=seat.lesson_id, learner_id=learner.pk,
        starts_at=seat.starts_at, state="live", asset=seat.asset, paid=0,
    )  # fmt: skip
    cells = SeatCell.objects.filter(seat_id=seat_id).values_list("starts_at", flat=True)
    SeatCell.objects.bulk_create(
        SeatCell(market_id=seat.market_id, learner_id=learner.pk, starts_at=cell, seat_id=booked.id)
        for cell in list(cells)
    )
    return booked.id


def hold_slot(*, teacher: Teacher, starts_at: datetime) -> None:
    """Have the system hold an open slot without a learner."""
    slots = Slot.objects.filter(teacher_id=teacher.id, starts_at=starts_at)
    slots.update(state=Slot.State.HELD)


def add_lot(
    *,
    company: Company,
    learner: Learner,
    asset: str = "credit",
    amount: int = 10,
    product: str | None = None,
    expires_in: timedelta | None = None,
    now: datetime = NOW,
) -> Account:
    """Grant a learner a lot, perhaps for one product only, perhaps until a while after `NOW`."""
    answer = wallet.grant(
        asking.request(
            actor=asking.staff_of(market_id=company.market_id, channel="marketing"),
            now=now,
        ),
        learner_id=learner.id,
        asset=asset,
        amount=amount,
        product_id=company.products[product].id if product else None,
        expires_at=None if expires_in is None else NOW + expires_in,
    )
    [granted] = asking.done(answer)
    return Account.objects.get(id=granted.lot_id)
