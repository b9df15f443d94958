"""Parents on a phone: a lesson in the running half-hour or the next."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests import asking, world
from tests.served import Desk, balances, done, id_of, refused, together
from tests.spec.upstreams.offering import start_now_at_any_minute
from yueke.booking import start_now as commands
from yueke.kernel.grid import HALF_HOUR, floor
from yueke.people.models import Learner, Teacher

NOT_THEIRS = ("parents-pc", "teachers", "lp", "cc", "tmk", "fireman", "supply", "marketing")


def ready(company: Desk, *, rating: int = 480, name: str = "Emma") -> Teacher:
    """Return a teacher who has the running half-hour and the two next ones open."""
    teacher = company.teacher(name=name, rating=rating)
    start = floor(datetime.now(UTC))
    world.open_slots(
        company=company.company,
        teacher=teacher,
        starts=[start + HALF_HOUR * step for step in range(3)],
        now=start - HALF_HOUR,
    )
    return teacher


def wish(learner: Learner, **more: object) -> dict[str, object]:
    """Return the body that asks for a lesson now."""
    return {"learner": id_of(learner), "product": "major", **more}


def test_H5_11_starts_now_with_the_best_teacher_who_is_free(company: Desk) -> None:
    start_now_at_any_minute(company)
    ready(company, name="Tom", rating=450)
    emma, learner = ready(company, rating=490), company.learner(credit=2)
    parents = company.parents(learner)
    booked = done(parents.post("/start-nows", wish(learner)))
    assert booked["teacher"] == id_of(emma)
    start = datetime.fromisoformat(booked["starts_at"])
    assert abs(start - datetime.now(UTC)) <= HALF_HOUR
    assert balances(parents, learner) == {"credit": 1}
    events = done(company.caller("lp").get("/events", seat=booked["seat"]))["events"]
    assert [(event["kind"], event["channel"]) for event in events] == [
        ("lesson.booked", "parents-h5")
    ]


def test_H5_11_with_a_teacher_the_parents_chose_and_a_coupon(company: Desk) -> None:
    start_now_at_any_minute(company)
    ready(company, rating=490)
    tom, learner = ready(company, name="Tom", rating=450), company.learner(credit=0)
    company.lot(learner, asset="coupon")
    parents = company.parents(learner)
    body = wish(learner, teacher=id_of(tom), pay_with="coupon")
    assert done(parents.post("/start-nows", body))["teacher"] == id_of(tom)
    assert balances(parents, learner) == {}


@pytest.mark.parametrize(("minutes", "expected"), [(4, 0), (6, 30), (24, 30), (26, None)])
def test_H5_11_the_running_one_in_its_first_minutes_the_next_until_minutes_before_it(
    company: Desk, minutes: int, expected: int | None
) -> None:
    ready(company)
    learner = company.learner(credit=1)
    running = floor(datetime.now(UTC))
    request = asking.request(
        actor=asking.parent_of(family=learner.family), now=running + timedelta(minutes=minutes)
    )
    answer = commands.start_now(request, learner_id=learner.id, product="major")
    if expected is None:
        assert asking.codes_of(answer) == ["nobody_free_now"]
    else:
        [booked] = asking.done(answer)
        assert booked.starts_at == running + timedelta(minutes=expected)


def test_H5_11_tells_when_nobody_is_free_and_tells_it_again(company: Desk) -> None:
    start_now_at_any_minute(company)
    learner = company.learner(credit=1)
    parents = company.parents(learner)
    first = parents.post("/start-nows", wish(learner), key="now")
    assert refused(first) == (409, "nobody_free_now")
    ready(company)
    assert refused(parents.post("/start-nows", wish(learner), key="now")) == refused(first)
    assert balances(parents, learner) == {"credit": 1}


def test_H5_11_many_at_once_get_a_teacher_each(company: Desk) -> None:
    start_now_at_any_minute(company)
    for name in ("Emma", "Tom", "Ann"):
        ready(company, name=name)
    learners = [company.learner(credit=1) for _ in range(3)]
    answers = together(
        *(
            partial(company.parents(learner).post, "/start-nows", wish(learner))
            for learner in learners
        )
    )
    places = {(done(answer)["teacher"], done(answer)["starts_at"]) for answer in answers}
    assert len(places) == 3


def test_H5_11_sent_again_is_answered_as_before(company: Desk) -> None:
    start_now_at_any_minute(company)
    ready(company)
    learner = company.learner(credit=2)
    parents = company.parents(learner)
    ask = partial(parents.post, "/start-nows", wish(learner), key="now")
    assert done(ask()) == done(ask())
    assert balances(parents, learner) == {"credit": 1}


def test_H5_11_asked_beforehand_books_nothing(company: Desk) -> None:
    start_now_at_any_minute(company)
    emma, learner = ready(company), company.learner(credit=1)
    parents = company.parents(learner)
    told = parents.post("/start-nows?dry_run=true", wish(learner))
    assert (told.status_code, told.json()["teacher"]) == (200, id_of(emma))
    assert done(parents.get("/lessons"))["lessons"] == []
    assert balances(parents, learner) == {"credit": 1}


def test_H5_11_is_for_the_phone_and_for_ones_own_children(company: Desk) -> None:
    start_now_at_any_minute(company)
    ready(company)
    learner, stranger = company.learner(credit=1), company.learner(credit=1)
    parents = company.parents(learner)
    assert refused(parents.post("/start-nows", wish(stranger))) == (404, "learner_not_found")
    for channel in NOT_THEIRS:
        answer = company.caller(channel).post("/start-nows", wish(learner))
        assert refused(answer) == (403, "channel_may_not"), channel
    lessons = done(company.caller("lp").get("/lessons", learner=id_of(learner)))["lessons"]
    assert lessons == []
