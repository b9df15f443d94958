"""What happened, as other systems read it: nothing is named by the number of its row."""

from datetime import UTC, datetime, timedelta

from tests import asking
from tests.served import Desk, ahead, booking, done, id_of
from yueke.kernel.actor import Actor
from yueke.kernel.grid import HALF_HOUR, show_instant
from yueke.people import public_ids, registration
from yueke.people.models import Family, Learner


def test_a_learner_taken_in_is_told_with_the_public_id_of_the_family(company: Desk) -> None:
    operator = Actor(company.company.market_id, "job", 0, "system")
    now = datetime.now(UTC)
    request = asking.request(actor=operator, now=now)
    asking.done(registration.register_family(request, name="陈家", phone="13800000000"))
    family = Family.objects.get()
    request = asking.request(actor=operator, now=now)
    asking.done(registration.register_learner(request, family_id=family.id, name="陈小雨"))
    learner = Learner.objects.get()
    [event] = done(company.caller("lp").get("/events", learner=id_of(learner)))["events"]
    assert (event["kind"], event["data"]) == ("learner.registered", {"family": id_of(family)})


def test_an_event_names_who_did_it_and_whose_lesson_it_is(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner()
    lp = company.caller("lp")
    booked = done(lp.post("/bookings", booking(learner, emma, start, reason="周末")))
    [event] = done(lp.get("/events", seat=booked["seat"]))["events"]
    assert datetime.now(UTC) - datetime.fromisoformat(event.pop("at")) < timedelta(minutes=1)
    assert event.pop("id").startswith("ev_")
    assert event == {
        "kind": "lesson.booked",
        "channel": "lp",
        "actor_kind": "key",
        "actor": public_ids.show("key", lp.key.id),
        "reason": "周末",
        "lesson": booked["lesson"],
        "learner": id_of(learner),
        "teacher": id_of(emma),
        "starts_at": show_instant(start),
        "data": {"product": "major", "asset": "credit", "paid": 1},
    }


def test_the_log_of_a_slot_has_the_lessons_that_began_before_it(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start, start + HALF_HOUR), company.learner(credit=9)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, emma, start, "level7")))["seat"]
    done(lp.post("/cancellations", {"seat": seat}))
    done(lp.post("/bookings", booking(learner, emma, start + HALF_HOUR)))

    def kinds(at: datetime) -> list[str]:
        events = done(lp.get("/events", teacher=id_of(emma), starts_at=show_instant(at)))["events"]
        return [event["kind"] for event in events]

    assert kinds(start) == ["slot.released", "lesson.booked", "lesson.cancelled"]
    assert kinds(start + HALF_HOUR) == [
        "slot.released",
        "lesson.booked",
        "lesson.cancelled",
        "lesson.booked",
    ]
