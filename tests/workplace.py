"""Teachers and staff as their pages meet them: logins with a second factor, and a household."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from tests import asking
from tests import household as house
from tests.household import Household
from yueke.booking.orders import Booked
from yueke.people.models import Learner, Market, Staff, Teacher, User


@dataclass
class Workplace:
    """A market with one teacher in Toronto who has a login, and a family of one learner."""

    home: Household
    teacher: Teacher

    @property
    def market(self) -> Market:
        """The market they all live in."""
        return self.home.market

    @property
    def learner(self) -> Learner:
        """The family's first child."""
        return self.home.child

    @property
    def teacher_user(self) -> User:
        """The teacher's login."""
        assert self.teacher.user is not None
        return self.teacher.user


def open_workplace(*, code: str = "cn") -> Workplace:
    """Open a market with a family, a learner of ten credits, and a teacher of every product."""
    market, products = house.open_market(code=code)
    home = house.add_household(market=market, products=products, username=f"{code}-chen")
    teacher = house.add_teacher(market=market, name="Amy", rating=489)
    teacher.user = _login(market, f"{code}-amy", User.Kind.TEACHER)
    teacher.save()
    return Workplace(home, teacher)


def add_staff(*, workplace: Workplace, channel: str) -> User:
    """Add a member of staff with a second factor, and return the login."""
    user = _login(workplace.market, f"{workplace.market.code}-{channel}", User.Kind.STAFF)
    Staff.objects.create(market=workplace.market, user=user, name=f"{channel} 王", channel=channel)
    TOTP.activate(user, generate_totp_secret())
    return user


def add_learner(*, workplace: Workplace, name: str) -> Learner:
    """Add a child of a family of its own."""
    home = house.add_household(
        market=workplace.market,
        products=workplace.home.products,
        username=f"{workplace.market.code}-{name}",
        children=[name],
    )
    return home.child


def book(*, workplace: Workplace, at: datetime, learner: Learner | None = None) -> Booked:
    """Have the teacher offer a half-hour, and a learning partner book it."""
    house.release(teacher=workplace.teacher, starts=[at])
    child = learner or workplace.learner
    return asking.book_one(
        actor=asking.staff_of(market_id=workplace.market.pk),
        command=asking.to_book(learner=child, teacher=workplace.teacher, starts_at=at),
        now=timezone.now(),
    )


def _login(market: Market, username: str, kind: User.Kind) -> User:
    user = User(market=market, username=username, kind=kind, language="en")
    user.set_unusable_password()
    user.save()
    return user
