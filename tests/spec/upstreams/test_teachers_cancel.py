"""Teachers: a lesson called off, and another time kept for its learner."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from tests import world
from tests.served import (
    Desk,
    ahead,
    balances,
    begun,
    booked_before,
    booking,
    done,
    id_of,
    refused,
    slots_of,
    written,
)
from yueke.inventory import commands as inventory
from yueke.inventory.orders import Target
from yueke.kernel.grid import HALF_HOUR, show_instant
from yueke.people.models import Learner, Teacher

START, LATER = ahead(hours=5), ahead(hours=50)
NOT_THEIRS = ("parents-pc", "parents-h5", "lp", "cc", "tmk", "fireman", "supply", "marketing")


def booked(company: Desk, *also_open: datetime) -> tuple[Teacher, Learner, str]:
    """Return a teacher, the learner they have a lesson with, and the seat."""
    emma, learner = company.teacher(START, *also_open), company.learner(credit=1)
    answer = company.caller("lp").post("/bookings", booking(learner, emma, START))
    return emma, learner, str(done(answer)["seat"])


def test_T_5_the_lesson_is_cancelled_all_comes_back_and_the_time_goes(company: Desk) -> None:
    emma, learner, seat = booked(company)
    herself, lp = company.caller("teachers", teacher=emma), company.caller("lp")
    [told] = done(herself.post("/teacher-cancellations", {"seat": seat, "reason": "生病"}))[
        "results"
    ]
    assert (told["state"], told["refunded"]) == ("cancelled", {"asset": "credit", "amount": 1})
    assert (told["reserved_at"], told["reserved_until"]) == (None, None)
    assert balances(lp, learner) == {"credit": 1}
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "cancelled"
    # Nobody else books a teacher who said that they can't.
    assert slots_of(herself, emma, START) == []
    events = done(lp.get("/events", seat=seat))["events"]
    assert (events[-1]["kind"], events[-1]["channel"], events[-1]["reason"]) == (
        "lesson.cancelled",
        "teachers",
        "生病",
    )


def test_T_5_another_time_is_kept_for_the_learner_and_goes_unless_booked(company: Desk) -> None:
    emma, _, seat = booked(company)
    herself = company.caller("teachers", teacher=emma)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    before = datetime.now(UTC)
    [told] = done(herself.post("/teacher-cancellations", body))["results"]
    until = datetime.fromisoformat(told["reserved_until"])
    assert told["reserved_at"] == show_instant(LATER)
    assert timedelta(hours=24) <= until - before < timedelta(hours=24, minutes=1)
    [slot] = slots_of(herself, emma, START)
    assert (slot["starts_at"], slot["state"], slot["target_kind"]) == (
        show_instant(LATER),
        "open",
        "student",
    )
    other = company.learner()
    taken = company.parents(other).post("/bookings", booking(other, emma, LATER))
    assert refused(taken) == (409, "slot_targeted")
    assert inventory.expire_reservations(now=until - timedelta(seconds=1)) == 0
    assert inventory.expire_reservations(now=until) == 1
    assert slots_of(herself, emma, START) == []


def test_T_5_the_learner_books_the_time_that_is_kept(company: Desk) -> None:
    emma, learner, seat = booked(company, LATER)
    herself = company.caller("teachers", teacher=emma)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    done(herself.post("/teacher-cancellations", body))
    done(company.parents(learner).post("/bookings", booking(learner, emma, LATER)))
    assert inventory.expire_reservations(now=datetime.now(UTC) + timedelta(hours=25)) == 0
    [slot] = slots_of(herself, emma, START)
    assert (slot["state"], slot["reserved_until"]) == ("booked", None)


def test_T_5_the_time_that_is_kept_still_goes_when_it_was_booked_and_left_again(
    company: Desk,
) -> None:
    emma, learner, seat = booked(company, LATER)
    herself, parents = company.caller("teachers", teacher=emma), company.parents(learner)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    [told] = done(herself.post("/teacher-cancellations", body))["results"]
    again = done(parents.post("/bookings", booking(learner, emma, LATER)))
    done(parents.post("/cancellations", {"seat": again["seat"]}))
    [slot] = slots_of(herself, emma, START)
    assert (slot["state"], slot["reserved_until"]) == ("open", told["reserved_until"])
    until = datetime.fromisoformat(told["reserved_until"])
    assert inventory.expire_reservations(now=until) == 1
    assert slots_of(herself, emma, START) == []


def test_T_5_calls_off_a_lesson_that_is_kept_without_a_learner(company: Desk) -> None:
    emma, learner, seat = booked(company)
    herself, cc = company.caller("teachers", teacher=emma), company.caller("cc")
    done(cc.post("/fake-cancellations", {"seat": seat}))
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    kept = herself.post("/teacher-cancellations", body)
    assert refused(kept) == (409, "lesson_already_cancelled")
    [told] = done(herself.post("/teacher-cancellations", {"seat": seat, "reason": "生病"}))[
        "results"
    ]
    assert (told["state"], told["refunded"]["amount"]) == ("cancelled", 0)
    assert balances(company.caller("lp"), learner) == {"credit": 1}
    assert slots_of(herself, emma, START) == []
    assert done(cc.get("/lessons", state="vacant"))["lessons"] == []
    event = done(cc.get("/events", seat=seat))["events"][-1]
    assert (event["kind"], event["learner"]) == ("lesson.cancelled", None)


def test_T_5_time_that_begins_sooner_is_kept_until_it_begins(company: Desk) -> None:
    emma, _, seat = booked(company)
    herself, soon = company.caller("teachers", teacher=emma), ahead(hours=7)
    body = {"seat": seat, "reserve_at": show_instant(soon)}
    [told] = done(herself.post("/teacher-cancellations", body))["results"]
    assert told["reserved_until"] == show_instant(soon)


def test_T_5_time_that_cannot_be_kept_leaves_the_lesson_as_it_is(company: Desk) -> None:
    taken, kept = ahead(hours=30), ahead(hours=31)
    emma, learner, seat = booked(company, taken)
    lp, herself = company.caller("lp"), company.caller("teachers", teacher=emma)
    done(lp.post("/bookings", booking(company.learner(), emma, taken)))
    somebody = Target("student", company.learner().id)
    world.open_slots(
        company=company.company,
        teacher=emma,
        starts=[kept],
        target=somebody,
        now=datetime.now(UTC),
    )
    for at, refusal in (
        (taken, (409, "slot_already_taken")),
        (START, (409, "slot_already_taken")),
        (kept, (409, "slot_targeted")),
        (ahead(hours=-3), (422, "time_in_past")),
        (ahead(hours=24 * 400), (422, "time_too_far")),
        (LATER + timedelta(minutes=5), (422, "time_off_grid")),
    ):
        body = {"seat": seat, "reserve_at": at.isoformat()}
        assert refused(herself.post("/teacher-cancellations", body)) == refusal
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "live"
    assert balances(lp, learner) == {}


def test_T_5_time_that_another_release_takes_meanwhile_leaves_the_lesson_as_it_is(
    company: Desk,
) -> None:
    emma, learner, seat = booked(company)
    lp, herself = company.caller("lp"), company.caller("teachers", teacher=emma)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            company.open(emma, LATER)
            answer = thread.submit(herself.post, "/teacher-cancellations", body)
            wait_for_somebody_behind()
        assert refused(answer.result()) == (409, "slot_already_taken")
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "live"
    assert balances(lp, learner) == {}
    kinds = [event["kind"] for event in done(lp.get("/events", seat=seat))["events"]]
    assert kinds == ["lesson.booked"]


def wait_for_somebody_behind() -> None:
    """Return once somebody waits for the end of the transaction that is open here."""
    until = time.monotonic() + 30
    waiting = (
        "SELECT FROM pg_locks wanted JOIN pg_locks held USING (transactionid)"
        " WHERE NOT wanted.granted AND held.granted AND held.pid = pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        while not cursor.execute(waiting).rowcount:
            assert time.monotonic() < until, "nobody came to wait"
            time.sleep(0.005)


def test_T_5_a_long_lesson_is_kept_as_long_a_time(company: Desk) -> None:
    emma, learner = company.teacher(START, START + HALF_HOUR), company.learner(credit=3)
    asked = booking(learner, emma, START, product="level7")
    seat = done(company.caller("lp").post("/bookings", asked))["seat"]
    herself = company.caller("teachers", teacher=emma)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    done(herself.post("/teacher-cancellations", body))
    kept = [slot["starts_at"] for slot in slots_of(herself, emma, START)]
    assert kept == written(LATER, LATER + HALF_HOUR)


def test_T_5_is_over_once_the_lesson_has_begun(company: Desk) -> None:
    emma, seat = booked_before(company, company.learner(credit=1), begun())
    herself = company.caller("teachers", teacher=emma)
    late = herself.post("/teacher-cancellations", {"seat": seat})
    assert refused(late) == (409, "lesson_already_started")


def test_T_5_asked_beforehand_changes_nothing(company: Desk) -> None:
    emma, _, seat = booked(company)
    herself = company.caller("teachers", teacher=emma)
    body = {"seat": seat, "reserve_at": show_instant(LATER)}
    told = herself.post("/teacher-cancellations?dry_run=true", body)
    assert (told.status_code, told.json()["results"][0]["state"]) == (200, "cancelled")
    assert done(herself.get(f"/lessons/{seat}"))["state"] == "live"
    assert len(slots_of(herself, emma, START)) == 1


def test_T_5_is_for_the_lessons_own_teacher(company: Desk) -> None:
    emma, _, seat = booked(company)
    tom = company.teacher(name="Tom")
    other = company.caller("teachers", teacher=tom)
    assert refused(other.post("/teacher-cancellations", {"seat": seat})) == (
        404,
        "lesson_not_found",
    )
    for channel in NOT_THEIRS:
        answer = company.caller(channel).post("/teacher-cancellations", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not"), channel
    assert done(company.caller("lp").get(f"/lessons/{seat}"))["teacher"] == id_of(emma)
