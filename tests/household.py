"""Families as their pages meet them: logins, children, wallets, and teachers with free times.

Everything lies around the real clock, which the pages read, and comes about through the rooms'
own commands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests import asking
from yueke.booking.orders import Booked
from yueke.curriculum.models import Course, LearningProgress, Price, Product
from yueke.inventory import commands as inventory
from yueke.kernel.grid import floor
from yueke.people.models import Family, Learner, Market, Teacher, User
from yueke.wallet import commands as wallet
from yueke.wallet import operations as wallet_operations
from yueke.wallet.models import Account

ZONE = "Asia/Shanghai"
PRODUCTS = {
    "major": ("主修课", "Major course", {"credit": 1, "coupon": 1, "stone": 30}),
    "level7": ("L7 高阶", "Level-7 advanced", {"credit": 2}),
    "special": ("专项课", "Special course", {"credit": 1}),
}


@dataclass
class Household:
    """A market, a family with a login, and what it may book."""

    market: Market
    products: dict[str, Product]
    family: Family
    children: list[Learner] = field(default_factory=list)

    @property
    def user(self) -> User:
        """The family's login."""
        assert self.family.user is not None
        return self.family.user

    @property
    def child(self) -> Learner:
        """The first child."""
        return self.children[0]


def evening(*, days: int, clock: str = "19:00") -> datetime:
    """Return a clock time in Beijing so many days from today."""
    day = date.fromordinal(timezone.now().astimezone(ZoneInfo(ZONE)).toordinal() + days)
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE))


def open_market(*, code: str = "cn") -> tuple[Market, dict[str, Product]]:
    """Open a market with three products at level 3."""
    market = Market.objects.create(code=code, name_zh="中国", name_en="China", zone=ZONE)
    wallet_operations.open_company_accounts(market_id=market.pk)
    products = {}
    for name, (chinese, english, prices) in PRODUCTS.items():
        product = Product.objects.create(market=market, code=name, name_zh=chinese, name_en=english)
        Course.objects.create(market=market, product=product, level=3, name=f"{english} 3")
        for asset, amount in prices.items():
            Price.objects.create(product=product, asset=asset, amount=amount)
        products[name] = product
    return market, products


def add_household(
    *,
    market: Market,
    products: dict[str, Product],
    username: str = "chen",
    children: Sequence[str] = ("乐乐",),
    language: str = "zh-hans",
    credit: int = 10,
) -> Household:
    """Add a family with a login and children who learn the major course and own credits."""
    user = User(market=market, username=username, kind=User.Kind.FAMILY, language=language)
    user.set_unusable_password()
    user.save()
    family = Family.objects.create(market=market, user=user, name=f"{username} 家", phone=username)
    made = Household(market, products, family)
    for name in children:
        add_child(household=made, name=name, credit=credit)
    return made


def add_child(*, household: Household, name: str, credit: int = 10) -> Learner:
    """Add a child who learns the major course."""
    child = Learner.objects.create(market=household.market, family=household.family, name=name)
    household.children.append(child)
    open_course(child=child, product=household.products["major"])
    if credit:
        add_lot(child=child, amount=credit)
    return child


def open_course(*, child: Learner, product: Product) -> None:
    """Let a child learn a product from its first lesson."""
    course = Course.objects.get(product=product)
    LearningProgress.objects.create(learner=child, product=product, course=course)


def add_lot(
    *, child: Learner, asset: str = "credit", amount: int = 1, days: int | None = None
) -> Account:
    """Grant a child a lot that is good for so many days, or for ever."""
    now = timezone.now()
    answer = wallet.grant(
        asking.request(
            actor=asking.staff_of(market_id=child.market_id, channel="marketing"), now=now
        ),
        learner_id=child.pk,
        asset=asset,
        amount=amount,
        expires_at=None if days is None else now + timedelta(days=days),
    )
    [granted] = asking.done(answer)
    return Account.objects.get(pk=granted.lot_id)


def add_teacher(
    *,
    market: Market,
    name: str,
    rating: int = 480,
    tags: Sequence[str] = (),
    free: Sequence[datetime] = (),
) -> Teacher:
    """Add a teacher of every product in Toronto, with free times."""
    teacher = Teacher.objects.create(
        market=market,
        name=name,
        zone="America/Toronto",
        rating=rating,
        tags=list(tags),
        skills=[f"{code}:3" for code in PRODUCTS],
    )
    if free:
        release(teacher=teacher, starts=free)
    return teacher


def release(*, teacher: Teacher, starts: Sequence[datetime], now: datetime | None = None) -> None:
    """Offer half-hours of a teacher, perhaps at another moment than this."""
    actor = asking.teacher_of(teacher=teacher)
    request = asking.request(actor=actor, now=now or timezone.now())
    inventory.release_slots(request, teacher_id=teacher.pk, starts=starts)


def book(*, household: Household, teacher: Teacher, at: datetime) -> Booked:
    """Book a major lesson for the first child with one credit."""
    return asking.book_one(
        actor=asking.parent_of(family=household.family),
        command=asking.to_book(learner=household.child, teacher=teacher, starts_at=at),
        now=timezone.now(),
    )


def soon(*, hours: int) -> datetime:
    """Return a half-hour that begins in some hours."""
    return floor(timezone.now()) + timedelta(hours=hours)
