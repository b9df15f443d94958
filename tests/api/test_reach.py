"""One key's ids tried by another's on every route: nothing is seen, and nothing is changed.

Each request is also sent with ids that nobody has, and must be answered in the same words: whose
rows they are cannot be told from the outside.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests import snapshot, world
from tests.api import walking
from tests.api.walking import Call, Values
from tests.open_classes import published, sell_classes
from tests.served import Caller, Desk, ahead, booking, done, id_of, written
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.people.models import Family, Teacher

TURNS = range(120)
STARTS = written(*(ahead(hours=72 + count) for count in TURNS))
WINDOW = {
    "from": show_instant(ahead(hours=24)),
    "to": show_instant(ahead(hours=24) + timedelta(days=13)),
    "first": ahead(hours=24 * 20).date().isoformat(),
    "last": ahead(hours=24 * 33).date().isoformat(),
}
NOBODYS = {
    "learner": public_ids.show("lrn", 999_999_999),
    "teacher": public_ids.show("tch", 999_999_999),
    "seat": public_ids.show("st", 999_999_999),
    "lot": public_ids.show("lot", 999_999_999),
    "lesson": public_ids.show("lsn", 999_999_999),
    "search": "无名氏",
}
READ_BY_ALL = {"get /products", "get /lessons", "get /lessons/{seat}"}
CLASSES = {
    "get /classes", "get /classes/{lesson}", "get /classes/{lesson}/seats", "get /replays",
}  # fmt: skip
SEARCHES = {"get /teachers", "get /times"}
WALLETS = {"get /learners", "get /learners/{learner}/wallet", "get /learners/{learner}/entries"}
BOOKS = {"post /bookings", "post /booking-lists", "post /cancellations"}
PLACES = {"post /class-bookings"}
CALLS_OFF = {"post /targetings", "post /teacher-cancellations"}
ANSWERS = {"get /lesson-requests", "get /contracts", "get /dedicated-teachers"}
# Of the families' own: who teaches them, and how they wait for a teacher.
WAITS = {"get /waits"}
PHONE = {"get /dedicated-teachers"}
TIMES = {"get /slots", "post /slots", "post /weekly-patterns", "post /withdrawals"}


@dataclass(frozen=True)
class Side:
    """What one family and its teacher have: ids to ask with, and names that tell of them."""

    family: Family
    teacher: Teacher
    ids: dict[str, str]
    names: list[str]

    @property
    def asked_with(self) -> Values:
        """Return all that a request of theirs needs."""
        return {**self.ids, **WINDOW, "starts_at": STARTS[0], "starts": STARTS[:1]}

    def only(self, *names: str) -> dict[str, str]:
        """Return some of the ids."""
        return {name: self.ids[name] for name in names}


def side_of(company: Desk, name: str) -> Side:
    """Make a family with a wallet and a lesson, and its teacher with free times."""
    lesson_at = ahead(hours=60)
    sell_classes(company.company)
    teacher = company.teacher(
        lesson_at, *(ahead(hours=72 + count) for count in TURNS), name=f"{name}老师"
    )
    family = world.add_family(company=company.company, name=f"{name}一家", phone=f"138{name}")
    learner = company.learner(family=family, name=f"{name}同学", credit=0)
    lot = company.lot(learner, asset="credit", amount=20)
    lp = company.caller("lp")
    lesson = done(lp.post("/bookings", booking(learner, teacher, lesson_at)))
    ids = {
        "learner": id_of(learner),
        "teacher": id_of(teacher),
        "seat": lesson["seat"],
        "lot": lot,
        "lesson": published(company, starts_at=show_instant(ahead(hours=200))),
        "search": learner.name,
    }
    names = [family.name, family.phone, learner.name, id_of(family), lesson["lesson"]]
    return Side(family, teacher, ids, names)


def reaches(caller: Caller, mine: Side) -> set[str]:
    """Return the operations that a key carries out when it asks with ids of its own."""
    reached = set()
    assert len(walking.operations(caller.http)) <= len(STARTS)
    for operation, start in zip(walking.operations(caller.http), STARTS, strict=False):
        asked = {**mine.asked_with, "starts_at": start, "starts": [start]}
        response = operation.fill(asked, "learner").send(caller)
        if response.is_success and "/problems/" not in walking.text_of(response):
            reached.add(operation.name)
    return reached


def finds_nothing(caller: Caller, mine: Side, theirs: Side, *tried: str) -> None:
    """Try some of their ids on every route with a key that is not theirs."""
    secrets = [*theirs.names, *theirs.only(*tried).values()]
    nobodys = {name: NOBODYS[name] for name in tried}
    for operation in walking.operations(caller.http):
        calls = walking.attempts(operation, mine.asked_with, theirs.only(*tried))
        twins = walking.attempts(operation, mine.asked_with, nobodys)
        for call, twin in zip(calls, twins, strict=True):
            before = snapshot.take()
            said, said_of_nobody = (_said(one, caller, theirs, secrets) for one in (call, twin))
            assert said == said_of_nobody, call
            assert set(snapshot.changes(before)) <= {"request_key"}, call
        if operation.method == "get":
            _said(operation.fill(mine.asked_with), caller, theirs, secrets)


def _said(call: Call, caller: Caller, theirs: Side, secrets: list[str]) -> tuple[int, str]:
    """Return an answer in which the ids asked about are not told apart; it holds no secret."""
    response = call.send(caller)
    said, asked = walking.text_of(response), repr(call)
    assert not [secret for secret in secrets if secret in said and secret not in asked], call
    for name, nobodys in NOBODYS.items():
        said = said.replace(theirs.ids[name], name).replace(nobodys, name)
    return response.status_code, said


@pytest.mark.parametrize("channel", ["parents-h5", "parents-pc"])
def test_a_familys_key_finds_nothing_of_another_family(company: Desk, channel: str) -> None:
    mine, theirs = side_of(company, "甲"), side_of(company, "乙")
    caller = company.caller(channel, family=mine.family)
    finds_nothing(caller, mine, theirs, "learner", "seat", "lot", "search")
    mays = READ_BY_ALL | SEARCHES | WALLETS | BOOKS | CLASSES | PLACES | WAITS
    mays |= PHONE if channel == "parents-h5" else set()
    assert reaches(caller, mine) == mays


def test_a_teachers_key_finds_nothing_of_another_teacher(company: Desk) -> None:
    mine, theirs = side_of(company, "甲"), side_of(company, "乙")
    caller = company.caller("teachers", teacher=mine.teacher)
    finds_nothing(caller, mine, theirs, "teacher", "seat")
    assert reaches(caller, mine) == READ_BY_ALL | TIMES | CALLS_OFF | ANSWERS


STAFF = {
    "lp": BOOKS | SEARCHES | WALLETS | {"get /slots", "get /events"},
    "marketing": {"post /grants"},
    "international": SEARCHES | {"get /slots", "post /targetings"},
    "curriculum": SEARCHES | CLASSES | {"get /learners", "post /class-unpublications"},
    "supply": SEARCHES | {"get /slots", "get /events"},
}


@pytest.mark.parametrize("channel", STAFF)
def test_a_key_finds_nothing_of_another_market(
    company: Desk, other_company: Desk, channel: str
) -> None:
    mine, theirs = side_of(company, "甲"), side_of(other_company, "乙")
    caller = company.caller(channel)
    finds_nothing(caller, mine, theirs, *NOBODYS)
    assert reaches(caller, mine) >= STAFF[channel]


@pytest.mark.parametrize("channel", ["parents-h5", "teachers"])
def test_a_scoped_key_finds_nothing_of_another_market(
    company: Desk, other_company: Desk, channel: str
) -> None:
    mine, theirs = side_of(company, "甲"), side_of(other_company, "乙")
    is_family = channel == "parents-h5"
    caller = company.caller(
        channel,
        family=mine.family if is_family else None,
        teacher=None if is_family else mine.teacher,
    )
    finds_nothing(caller, mine, theirs, *NOBODYS)
