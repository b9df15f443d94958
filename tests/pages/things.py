"""One of each thing that the address of a page can name."""

from datetime import time, timedelta

from django.utils import timezone

from tests import asking, classroom, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking import bulk
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.kernel.outcome import json_text
from yueke.portals import ids
from yueke.portals.stamps import show_stamp
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.contracts.models import Contract
from yueke.supply.holidays.models import Holiday
from yueke.supply.requests import commands as lesson_requests
from yueke.supply.requests.operations import Wish
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.wallet.campaigns import commands as campaigns
from yueke.wallet.coupons import commands as coupons


def known_parts(work: Workplace) -> dict[str, str]:
    """Book a lesson and return the ids that addresses carry."""
    at = house.evening(days=3)
    booked = workplace.book(workplace=work, at=at)
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.create(
        market=work.market, url="https://example.com/", created_at=now
    )
    delivery = WebhookDelivery.objects.create(
        market_id=work.market.pk, endpoint=endpoint, event_id=1, kind="lesson.booked", due_at=now
    )
    return {
        "learner": ids.LEARNER.show(work.learner.pk),
        "teacher": ids.TEACHER.show(work.teacher.pk),
        "seat": ids.SEAT.show(booked.seat_id),
        "stamp": show_stamp(at),
        "action": "release",
        "deed": "teacher",
        "bulk": ids.BULK.show(_bulk(work, booked.seat_id)),
        "token": "none",
        "endpoint": ids.ENDPOINT.show(endpoint.pk),
        "delivery": ids.DELIVERY.show(delivery.pk),
        "policy": "free_cancel_hours",
        "lesson": classroom.published(workplace=work, at=house.evening(days=5)),
        "campaign": ids.CAMPAIGN.show(_campaign(work)),
        "wish": ids.REQUEST.show(wish_of(work)),
        "contract": ids.CONTRACT.show(contract_of(work)),
        "holiday": ids.HOLIDAY.show(_holiday(work)),
        "rule": ids.AUTO_RULE.show(_auto_rule(work)),
        "run": ids.AUTO_RUN.show(_auto_run(work)),
        "place": "1",
        "product": "major",
        "batch": ids.COUPON_BATCH.show(_batch(work)),
    }


def _batch(work: Workplace) -> int:
    """Make a coupon code, and return the number of its batch."""
    marketing = asking.staff_of(market_id=work.market.pk, channel="marketing")
    now = timezone.now()
    made = coupons.create_batch(
        asking.request(actor=marketing, now=now),
        name_zh="券",
        name_en="Coupon",
        codes=1,
        valid_days=9,
        redeem_until=now + timedelta(days=9),
    )
    return asking.done(made)[0].batch_id


def _campaign(work: Workplace) -> int:
    """Make a campaign, and return its number."""
    marketing = asking.staff_of(market_id=work.market.pk, channel="marketing")
    now = timezone.now()
    made = campaigns.create(
        asking.request(actor=marketing, now=now),
        name_zh="活动",
        name_en="Campaign",
        cause="named",
        amount=1,
        budget=10,
        begins_at=now,
        ends_at=now + timedelta(days=9),
    )
    return asking.done(made)[0].campaign_id


def _bulk(work: Workplace, seat_id: int) -> int:
    """Have a learning partner ask for something with many lessons, and return its number."""
    partner = asking.staff_of(market_id=work.market.pk)
    asked = asking.request(actor=partner, now=timezone.now())
    started = bulk.start_bulk(
        asked, deed="cancel", need=("cancel", "lesson"), rows=[(seat_id, None)], reason="x"
    )
    [done] = asking.done(started)
    return done.bulk_id


def wish_of(work: Workplace) -> int:
    """Have a learning partner ask the teacher for a time, and return the request's number."""
    partner = asking.staff_of(market_id=work.market.pk, channel="lp")
    wish = Wish(work.learner.pk, work.teacher.pk, house.evening(days=6), "major")
    asked = lesson_requests.ask(asking.request(actor=partner, now=timezone.now()), wish=wish)
    return asking.done(asked)[0].request_id


def contract_of(work: Workplace) -> int:
    """Write a contract proposed to the teacher, and return its number."""
    now = timezone.now()
    monday = now.date() - timedelta(days=now.weekday())
    return Contract.objects.create(
        id=work.teacher.pk,
        market_id=work.market.pk,
        pair_id=work.teacher.pk,
        learner_id=work.learner.pk,
        teacher_id=work.teacher.pk,
        product="dual",
        asset="credit",
        weekday=1,
        clock=time(19),
        first_week=monday,
        next_week=monday,
        reason="x",
        channel="lp",
        actor_kind="user",
        actor_id=1,
        proposed_at=now,
    ).pk


def _holiday(work: Workplace) -> int:
    """Write a holiday, and return its number."""
    day = timezone.now().date()
    return Holiday.objects.create(
        id=1, market_id=work.market.pk, name="国庆节", first_day=day, last_day=day
    ).pk


def _auto_rule(work: Workplace) -> int:
    """Store what is to be booked each week, and return the rule's number."""
    return AutoRule.objects.create(
        id=1,
        market_id=work.market.pk,
        learner_id=work.learner.pk,
        product_id=work.home.products["major"].pk,
        lessons=1,
        times=[38],
        channel="lp",
        actor_kind="user",
        actor_id=1,
        stored_at=timezone.now(),
    ).pk


def _auto_run(work: Workplace) -> int:
    """Write a run that missed a lesson, and return its number."""
    now = timezone.now()
    run = WeeklyRun.objects.create(
        market_id=work.market.pk,
        kind=WeeklyRun.Kind.AUTO,
        week=now.date() - timedelta(days=now.weekday()),
        started_at=now,
        planned_at=now,
        finished_at=now,
    )
    WeeklyRow.objects.create(
        run_id=run.pk,
        place=1,
        learner_id=work.learner.pk,
        product="major",
        state=WeeklyRow.State.MISSED,
        why=json_text({"reason": "too_few_times", "times": []}),
    )
    return run.pk
