"""A small company of two markets for the tests of teachers' and staff's pages."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from yueke.booking import commands as booking
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.curriculum.models import Course, LearningProgress, Price, Product
from yueke.inventory import commands as inventory
from yueke.kernel.actor import Actor
from yueke.kernel.grid import floor
from yueke.notices.once import Request
from yueke.people.models import Family, Learner, Market, Staff, Teacher, User
from yueke.wallet import commands as wallet
from yueke.wallet import operations as wallet_operations

PASSWORD = "quiet-river-stone"
HALF_HOUR = timedelta(minutes=30)


@dataclass
class Company:
    """One market with a teacher, a family of one learner, and staff by channel."""

    market: Market
    product: Product
    teacher: Teacher
    learner: Learner
    staff: dict[str, Staff]
    keys: int = 0

    @property
    def teacher_user(self) -> User:
        """The teacher's login."""
        assert self.teacher.user is not None
        return self.teacher.user

    def actor(self, channel: str) -> Actor:
        """Return somebody of the company behind a channel."""
        if channel == "teachers":
            user = self.teacher_user
            return Actor(self.market.pk, "user", user.pk, channel, teacher_id=self.teacher.pk)
        return Actor(self.market.pk, "user", self.staff[channel].user.pk, channel)

    def request(self, channel: str) -> Request:
        """Return a request of a channel under a key of its own."""
        self.keys += 1
        return Request(self.actor(channel), f"key-{self.keys}", b"", timezone.now())

    def learner_named(self, name: str, *, phone: str = "") -> Learner:
        """Add a learner with ten credits who learns the product at level 3."""
        family = Family.objects.create(market=self.market, name=f"{name} 家", phone=phone)
        learner = Learner.objects.create(
            market=self.market,
            family=family,
            name=name,
            english_name=f"{name} E.",
            pinyin="lele ll",
        )
        course = Course.objects.get(product=self.product, level=3)
        LearningProgress.objects.create(learner=learner, product=self.product, course=course)
        wallet.grant(self.request("lp"), learner_id=learner.pk, asset="credit", amount=10)
        return learner

    def release(self, *starts: datetime) -> None:
        """Offer half-hours of the teacher."""
        request = self.request("teachers")
        inventory.release_slots(request, teacher_id=self.teacher.pk, starts=starts)

    def book(self, starts_at: datetime, learner: Learner | None = None) -> Booked:
        """Offer a half-hour and book it for a learner."""
        self.release(starts_at)
        command = BookLesson(
            (learner or self.learner).pk, self.teacher.pk, starts_at, self.product.code
        )
        self.keys += 1
        order = Order(self.actor("lp"), f"key-{self.keys}", b"", [command])
        (answer,) = booking.book_lessons(
            market_id=self.market.pk, now=timezone.now(), orders=[order]
        )
        assert not isinstance(answer, Exception)
        (booked,) = answer.results
        assert isinstance(booked, Booked)
        return booked


def company(*, code: str = "cn", zone: str = "America/Toronto") -> Company:
    """Make a market with its people, and the accounts of its company."""
    market = Market.objects.create(code=code, name_zh="中国", name_en="China")
    wallet_operations.open_company_accounts(market_id=market.pk)
    product = Product.objects.create(
        market=market, code="major", name_zh="主修课", name_en="Major course"
    )
    Price.objects.create(product=product, asset="credit", amount=1)
    Course.objects.create(market=market, product=product, level=3, name="Level 3")
    teacher = Teacher.objects.create(
        market=market,
        user=login(market, f"{code}-amy", User.Kind.TEACHER, language="en"),
        name="Amy",
        zone=zone,
        rating=489,
        skills=["major:3"],
    )
    staff = {
        channel: Staff.objects.create(
            market=market,
            user=login(market, f"{code}-{channel}", User.Kind.STAFF),
            name=f"{channel} 王",
            channel=channel,
        )
        for channel in ("lp", "cc", "tmk", "supply", "marketing", "international", "classroom")
    }
    made = Company(market, product, teacher, Learner(), staff)
    made.learner = made.learner_named("乐乐", phone="13800000001")
    return made


def login(market: Market, username: str, kind: User.Kind, language: str = "zh-hans") -> User:
    """Make a login that opens with PASSWORD."""
    user = User(market=market, username=username, kind=kind, language=language)
    user.set_password(PASSWORD)
    user.save()
    return user


def days_ahead(days: int, *, hour: int = 11) -> datetime:
    """Return a whole hour in UTC so many days from today."""
    day = floor(datetime.now(UTC)) + timedelta(days=days)
    return day.replace(hour=hour, minute=0)
