"""What marketing and telemarketing of the demo did today: campaigns, coupon codes, trials."""

import hashlib
from datetime import datetime, timedelta

from yueke.booking import commands as booking
from yueke.booking import queries
from yueke.booking.orders import BookLesson, Order
from yueke.booking.queries import Search
from yueke.cli.demo.weeks import COMING, Weeks
from yueke.curriculum import commands as curriculum
from yueke.kernel.actor import Actor
from yueke.notices.once import Request
from yueke.wallet.campaigns import commands as campaigns
from yueke.wallet.coupons import commands as coupons

_PRODUCT = "trial"
_TRIAL_LEVEL = 1


def play(*, marketing: Actor, tmk: Actor, learner_ids: list[int], now: datetime) -> None:
    """Make two campaigns and a batch of codes, and book a trial for each learner."""
    _campaign(marketing, now, "每课一赞", "A stone a lesson", "lesson.finished", amount=5)
    _campaign(marketing, now, "老带新", "Bring a friend", "named", amount=60)
    coupons.create_batch(
        _request(marketing, now, "demo-codes"),
        name_zh="开学迎新券",
        name_en="Welcome back",
        codes=50,
        valid_days=30,
        redeem_until=now + timedelta(days=60),
        reason="开学季",
    )
    for learner_id in learner_ids:
        _trial(tmk, now, learner_id)


def _campaign(
    marketing: Actor, now: datetime, name_zh: str, name_en: str, cause: str, *, amount: int
) -> None:
    campaigns.create(
        _request(marketing, now, f"demo-{cause}"),
        name_zh=name_zh,
        name_en=name_en,
        cause=cause,
        amount=amount,
        budget=10_000,
        begins_at=now,
        ends_at=now + timedelta(days=30),
        valid_days=90,
        reason="本月活动",
    )


def _trial(tmk: Actor, now: datetime, learner_id: int) -> None:
    """Open the trial and book the best teacher of the coming week, or nobody where none is free."""
    request = _request(tmk, now, f"demo-trial-{learner_id}")
    curriculum.open_course_of(request, learner_id=learner_id, product=_PRODUCT, level=_TRIAL_LEVEL)
    begin = Weeks(now).monday + timedelta(weeks=COMING, days=5, hours=9)
    search = Search(learner_id, _PRODUCT, begin, begin + timedelta(hours=12))
    for free in queries.find_teachers(actor=tmk, now=now, search=search, size=1):
        command = BookLesson(learner_id, free.teacher_id, free.starts[0], _PRODUCT)
        key = f"demo-trial-lesson-{learner_id}"
        order = Order(tmk, key, _hash(key), [command])
        booking.book_lessons(market_id=tmk.market_id, now=now, orders=[order])


def _request(actor: Actor, now: datetime, key: str) -> Request:
    return Request(actor, key, _hash(key), now)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
