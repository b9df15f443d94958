"""API keys say who calls, request keys say what has been asked before: on every route alike."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest

from tests import asking, snapshot, world
from tests.api import of_supply, walking
from tests.api.of_classes import class_values
from tests.api.walking import Call, Operation
from tests.open_classes import sell_classes
from tests.served import (
    Caller,
    Desk,
    ahead,
    balances,
    begun,
    booked_before,
    booking,
    done,
    id_of,
    refused,
    together,
    written,
)
from tests.spec.upstreams.offering import add_product, start_now_at_any_minute
from yueke.api.reading import KEY_LENGTH_MAX
from yueke.curriculum.models import Course, CourseLesson
from yueke.feeds.models import WebhookDelivery
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people import commands as people
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher

STARTS = [ahead(hours=72 + count / 2) for count in range(200)]
TEACHERS = {
    "/slots", "/weekly-patterns", "/withdrawals", "/targetings", "/teacher-cancellations",
}  # fmt: skip
FIREMEN = {
    "/finishes",
    "/finish-undos",
    "/teacher-changes",
    "/courseware-changes",
    "/absences",
    "/absence-undos",
}
EXCHANGES = {"/learner-exchanges", "/teacher-exchanges", "/lesson-exchanges"}
SYSTEMS = {"/webhooks", "/webhook-changes", "/webhook-replays"}
FORCED = "/forced-bookings"
# What is made for each request to be about.
MADE_FOR = {
    "/start-nows": "now",
    "/campaigns": "campaign",
    "/campaign-changes": "campaign",
    "/campaign-grants": "campaign",
    "/coupon-batches": "coupon",
    "/redemptions": "coupon",
}
CONSULTANTS = {
    "/fake-cancellations", "/student-swaps", "/learner-exchanges", "/lesson-exchanges",
}  # fmt: skip
CLASSES = {
    "/classes", "/class-descriptions", "/class-covers", "/class-publications",
    "/class-unpublications", "/class-cancellations", "/class-attendances", "/class-bookings",
    "/class-waits",
    "/class-wait-ends", "/replays", "/replay-withdrawals", "/replay-purchases",
    "/replay-refunds",
}  # fmt: skip
VALUES = {
    **dict.fromkeys(CLASSES, class_values),
    **dict.fromkeys(of_supply.CHANNELS, of_supply.supply_values),
    "/dual-bookings": of_supply.dual_values,
}
CHANNELS = {
    "/start-nows": "parents-h5",
    "/policies": "supply",
    "/dual-bookings": "curriculum",
    "/campaigns": "marketing",
    "/campaign-changes": "marketing",
    "/campaign-grants": "marketing",
    "/coupon-batches": "marketing",
    "/redemptions": "parents-h5",
    **dict.fromkeys(CONSULTANTS, "tmk"),
    **dict.fromkeys(CLASSES, "curriculum"),
    **of_supply.CHANNELS,
}


@dataclass(frozen=True)
class Bench:
    """A learner and a teacher with all that every write needs, each time something new."""

    company: Desk
    learner: Learner
    teacher: Teacher
    lp: Caller
    teachers: Caller
    marketing: Caller
    fireman: Caller
    system: Caller
    turns: Iterator[int] = field(default_factory=count)

    def caller(self, operation: Operation) -> Caller:
        """Return a key that may do it."""
        path = operation.name.split()[1]
        if path == "/grants":
            return self.marketing
        if path in SYSTEMS:
            return self.system
        if path in {*FIREMEN, FORCED, "/teacher-exchanges"}:
            return self.fireman
        if path in CHANNELS:
            return self.company.caller(CHANNELS[path])
        return self.teachers if path in TEACHERS else self.lp

    def asks(self, operation: Operation) -> Call:
        """Return a request that succeeds, another one each time."""
        turn = next(self.turns)
        day = ahead(hours=24 * 20)
        values = {
            "learner": id_of(self.learner),
            "teacher": id_of(self.teacher),
            "lot": None,
            "starts_at": written(STARTS[turn])[0],
            "starts": written(STARTS[turn]),
            "amount": 1 + turn,
            "first": day.date().isoformat(),
            "last": (day + timedelta(days=7 + turn)).date().isoformat(),
        }
        path = operation.name.split()[1]
        values |= {"policy": "free_cancel_hours", "value": str(turn)}
        if path in SYSTEMS:
            values |= self.webhook(turn)
        elif path == "/courses":
            values["learner"] = id_of(self.company.learner(studies=[]))
            values["level"] = 3
        elif path in VALUES:
            values |= VALUES[path](self.company, path, turn)
        elif path in FIREMEN:
            _, seat = booked_before(self.company, self.company.learner(), begun())
            values["seat"] = seat
            if path == "/finish-undos":
                done(self.fireman.post("/finishes", {"seat": seat}))
            values["who"] = "learner"
            if path == "/absence-undos":
                done(self.fireman.post("/absences", {"seat": seat, "who": "teacher"}))
            if path == "/courseware-changes":
                course = Course.objects.get(product__code="major", level=world.LEVEL)
                CourseLesson.objects.get_or_create(course=course, number=2, title="Lesson 2")
                values["number"] = 2
            if path == "/teacher-changes":
                start = begun()
                tom = self.company.teacher()
                world.open_slots(
                    company=self.company.company, teacher=tom, starts=[start], now=start - HALF_HOUR
                )
                values["teacher"] = id_of(tom)
        elif path in MADE_FOR:
            values |= getattr(self, MADE_FOR[path])(turn)
        elif "seat" in operation.may_carry:
            asked = booking(self.learner, self.teacher, STARTS[turn])
            values["seat"] = done(self.lp.post("/bookings", asked))["seat"]
            if path in EXCHANGES:
                values["other_seat"] = self.other_seat(path, STARTS[turn])
            if path == "/student-swaps":
                values["learner"] = id_of(self.company.learner())
        call = operation.fill(values)
        return replace(call, body=values.get("body", call.body))

    def other_seat(self, path: str, start: datetime) -> str:
        """Return a lesson of another teacher to exchange with, at another time if need be."""
        teacher = self.company.teacher(start)
        if path == "/lesson-exchanges":
            start += timedelta(days=7)
            self.company.open(teacher, start)
            self.company.open(self.teacher, start)
        asked = booking(self.company.learner(), teacher, start)
        return str(done(self.lp.post("/bookings", asked))["seat"])

    def now(self, turn: int) -> dict[str, Any]:
        """Return a new learner, and a new teacher who is free now."""
        start, teacher = floor(datetime.now(UTC)), self.company.teacher()
        starts = [start + HALF_HOUR * step for step in range(3)]
        world.open_slots(
            company=self.company.company, teacher=teacher, starts=starts, now=start - HALF_HOUR
        )
        return {"learner": id_of(self.company.learner()), "teacher": id_of(teacher)}

    def campaign(self, turn: int) -> dict[str, Any]:
        """Return a campaign that runs, and what another one may be like."""
        asked = {
            "name_zh": "活动",
            "name_en": "Campaign",
            "cause": "named",
            "amount": 1,
            "budget": 10 + turn,
            "begins_at": written(ahead(hours=-1))[0],
            "ends_at": written(ahead(hours=48))[0],
        }
        made = done(self.marketing.post("/campaigns", asked))
        return {**asked, "campaign": made["campaign"]}

    def coupon(self, turn: int) -> dict[str, Any]:
        """Return a code, and what another batch of them may be like."""
        asked = {
            "name_zh": "券",
            "name_en": "Coupon",
            "codes": 1 + turn,
            "valid_days": 30,
            "redeem_until": written(ahead(hours=48))[0],
            "limit_per_family": 5,
        }
        batch = done(self.marketing.post("/coupon-batches", asked))["batch"]
        codes = done(self.marketing.get(f"/coupon-batches/{batch}/codes"))["codes"]
        return {**asked, "code": codes[0]["code"]}

    def webhook(self, turn: int) -> dict[str, Any]:
        """Return an endpoint with one delivery, and what else is said of it."""
        asked = {"url": f"https://crm.example.com/{turn}", "event_kinds": ["lesson.booked"]}
        made = done(self.system.post("/webhooks", asked))
        number = public_ids.read("whk", made["endpoint"])
        assert number is not None
        delivery = WebhookDelivery.objects.create(
            market_id=self.company.company.market_id,
            endpoint_id=number,
            event_id=turn,
            kind="lesson.booked",
            due_at=ahead(),
        )
        shown = {
            "endpoint": made["endpoint"],
            "delivery": public_ids.show("dlv", delivery.pk),
            "reason": f"again {turn}",
            "is_on": True,
            "new_secret": False,
        }
        return {**asked, **shown}


@pytest.fixture
def bench(company: Desk) -> Bench:
    """Return a learner and a teacher with all they need."""
    add_product(company, "allround", {"credit": 2})
    add_product(company, "trial", {"credit": 0})
    teacher, learner = company.teacher(*STARTS), company.learner(credit=200)
    lp, teachers = company.caller("lp"), company.caller("teachers", teacher=teacher)
    marketing, fireman = company.caller("marketing"), company.caller("fireman")
    sell_classes(company.company)
    system = company.caller("system")
    start_now_at_any_minute(company)
    return Bench(company, learner, teacher, lp, teachers, marketing, fireman, system)


def all_writes(bench: Bench) -> list[Operation]:
    """Return every write, of which there must be some on either side of the house."""
    found = walking.writes(bench.company.http)
    names = {operation.name for operation in found}
    assert {"post /bookings", "post /cancellations", "post /slots", "post /grants"} <= names
    return found


def test_the_same_key_and_body_give_the_same_answer_and_no_second_effect(bench: Bench) -> None:
    for operation in all_writes(bench):
        call, caller, key = bench.asks(operation), bench.caller(operation), asking.new_key()
        before = snapshot.take()
        first = call.send(caller, key=key)
        assert first.status_code == 201, first.text
        assert "/problems/" not in first.text
        assert "request_key" in snapshot.changes(before)
        after = snapshot.take()
        for _ in range(3):
            again = call.send(caller, key=key)
            assert (again.status_code, again.json()) == (201, first.json()), operation.name
        assert snapshot.changes(after) == {}, operation.name


def test_the_same_key_with_another_body_is_refused(bench: Bench) -> None:
    for operation in all_writes(bench):
        caller, key = bench.caller(operation), asking.new_key()
        call, other = bench.asks(operation), bench.asks(operation)
        assert call.body != other.body
        first = call.send(caller, key=key)
        before = snapshot.take()
        answer = other.send(caller, key=key)
        assert refused(answer) == (422, "request_key_reused"), operation.name
        assert answer.json()["key"] == key
        assert snapshot.changes(before) == {}, operation.name
        again = call.send(caller, key=key)
        assert again.json() == first.json()


def test_a_key_used_at_one_address_is_refused_at_another(bench: Bench) -> None:
    lesson = booking(bench.learner, bench.teacher, STARTS[0])
    key = asking.new_key()
    done(bench.lp.post("/bookings", lesson, key=key))
    answer = bench.lp.post("/booking-lists", {"lessons": [lesson]}, key=key)
    assert refused(answer) == (422, "request_key_reused")


def test_the_same_key_of_two_callers_is_two_keys(bench: Bench) -> None:
    parents, key = bench.company.parents(bench.learner), asking.new_key()
    lesson, other = (booking(bench.learner, bench.teacher, start) for start in STARTS[:2])
    assert done(bench.lp.post("/bookings", lesson, key=key))["starts_at"] == lesson["starts_at"]
    assert done(parents.post("/bookings", other, key=key))["starts_at"] == other["starts_at"]


def test_ten_at_once_under_one_key_are_one_effect_and_one_answer(bench: Bench) -> None:
    for operation in all_writes(bench):
        caller = bench.caller(operation)
        alone = _changes(bench.asks(operation), caller, times=1)
        at_once = _changes(bench.asks(operation), caller, times=10)
        if operation.name == "post /weekly-patterns":
            # A later last day opens more half-hours; and all but those were there already.
            assert alone["request_key"] == at_once["request_key"] == (1, 0)
        else:
            assert alone == at_once, operation.name


def _changes(call: Call, caller: Caller, *, times: int) -> dict[str, tuple[int, int]]:
    """Return what changes when a request is sent so many times at once under one key."""
    before = snapshot.take()
    send = partial(call.send, caller, key=asking.new_key())
    answers = together(*[send] * times)
    assert {answer.status_code for answer in answers} == {201}, call
    assert len({walking.text_of(answer) for answer in answers}) == 1, call
    return snapshot.changes(before)


def test_one_key_for_ten_bodies_at_once_is_one_effect(bench: Bench) -> None:
    key = asking.new_key()
    lessons = [booking(bench.learner, bench.teacher, start) for start in STARTS[:10]]
    answers = together(
        *(partial(bench.lp.post, "/bookings", lesson, key=key) for lesson in lessons)
    )
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 9
    reused = {refused(answer)[1] for answer in answers if answer.status_code == 422}
    assert reused == {"request_key_reused"}
    assert balances(bench.lp, bench.learner) == {"credit": 199}


def test_refusals_are_given_again_even_when_the_reason_is_gone(bench: Bench) -> None:
    later = STARTS[-1] + HALF_HOUR
    lesson = booking(bench.learner, bench.teacher, later)
    asked = [("/bookings", lesson), ("/booking-lists", {"lessons": [lesson], "all_or_none": True})]
    keys = [asking.new_key() for _ in asked]
    first = [
        bench.lp.post(path, body, key=key) for (path, body), key in zip(asked, keys, strict=True)
    ]
    assert refused(first[0]) == (409, "slot_not_open")
    assert [one["code"] for one in done(first[1])["results"]] == ["slot_not_open"]
    bench.company.open(bench.teacher, later)
    before = snapshot.take()
    for (path, body), key, answer in zip(asked, keys, first, strict=True):
        again = bench.lp.post(path, body, key=key)
        assert (again.status_code, again.json()) == (answer.status_code, answer.json())
    assert snapshot.changes(before) == {}
    assert done(bench.lp.post("/bookings", lesson))["starts_at"] == written(later)[0]


def test_a_write_without_a_request_key_is_refused(bench: Bench) -> None:
    for operation in all_writes(bench):
        call, caller = bench.asks(operation), bench.caller(operation)
        before = snapshot.take()
        for key in (None, "", "k" * (KEY_LENGTH_MAX + 1)):
            named = {} if key is None else {"Idempotency-Key": key}
            answer = call.send_as(caller.http, {**caller.authorization, **named})
            assert refused(answer) == (400, "request_key_missing"), operation.name
        assert snapshot.changes(before) == {}, operation.name


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "key_missing"),
        ({"Authorization": ""}, "key_missing"),
        ({"Authorization": "Basic eWs6eWs="}, "key_missing"),
        ({"Authorization": "yk_without_bearer"}, "key_missing"),
        ({"Authorization": "Bearer"}, "key_missing"),
        ({"Authorization": "Bearer yk_nobody_has_this"}, "key_unknown"),
        ({"Authorization": "Bearer 钥匙".encode()}, "key_unknown"),
    ],
)
def test_a_call_without_a_key_that_is_known_is_refused_everywhere(
    bench: Bench, headers: dict[str, str], code: str
) -> None:
    values = {"learner": id_of(bench.learner), "teacher": id_of(bench.teacher), "seat": "st_"}
    before = snapshot.take()
    for operation in walking.operations(bench.company.http):
        named = {**headers, "Idempotency-Key": asking.new_key()}
        answer = operation.fill(values).send_as(bench.company.http, named)
        assert refused(answer) == (401, code), operation.name
        assert answer.headers["www-authenticate"] == "Bearer"
    assert snapshot.changes(before) == {}


def test_a_revoked_key_has_no_effect_from_that_moment(bench: Bench) -> None:
    lp, market_id = bench.lp, bench.company.company.market_id
    lessons = [booking(bench.learner, bench.teacher, start) for start in STARTS[:2]]
    answered = asking.new_key()
    done(lp.post("/bookings", lessons[0], key=answered))
    system = Actor(market_id, "job", 0, "system")
    assert people.revoke_api_key(actor=system, now=datetime.now(UTC), key_id=lp.key.id)
    before = snapshot.take()
    # While the hot routes may still remember the key.
    assert refused(lp.post("/bookings", lessons[1])) == (401, "key_unknown")
    assert refused(lp.post("/bookings", lessons[0], key=answered)) == (401, "key_unknown")
    time.sleep(1.1)
    values = {"learner": id_of(bench.learner), "teacher": id_of(bench.teacher), "seat": "st_"}
    for operation in walking.operations(bench.company.http):
        assert refused(operation.fill(values).send(lp)) == (401, "key_unknown"), operation.name
    assert snapshot.changes(before) == {}
