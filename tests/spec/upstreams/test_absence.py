"""Live-class support: a teacher or a learner who did not come to a lesson."""

import pytest

from tests import world
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
    slots_of,
)
from tests.spec.upstreams.test_fireman import next_number
from yueke.kernel.grid import HALF_HOUR
from yueke.people import public_ids
from yueke.people.models import Learner, PolicyValue

OTHERS = ("parents-pc", "parents-h5", "teachers", "lp", "cc", "tmk", "supply", "curriculum")


def absent(caller: Caller, seat: str, who: str, *, query: str = "") -> list[dict[str, object]]:
    """Say who did not come, and return what became of the seats."""
    body = {"seat": seat, "who": who, "reason": "等了十分钟"}
    results: list[dict[str, object]] = done(caller.post(f"/absences{query}", body))["results"]
    return results


def last_event(caller: Caller, seat: str) -> dict[str, object]:
    """Return what happened last to a lesson."""
    event: dict[str, object] = done(caller.get("/events", seat=seat))["events"][-1]
    return event


def test_F_9_without_its_teacher_a_lesson_is_cancelled_and_everything_comes_back(
    company: Desk,
) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    emma, seat = booked_before(company, learner, begun())
    [told] = absent(fireman, seat, "teacher")
    assert (told["state"], told["refunded"]) == ("cancelled", {"asset": "credit", "amount": 1})
    assert balances(company.caller("lp"), learner) == {"credit": 1}
    assert done(fireman.get(f"/lessons/{seat}"))["state"] == "cancelled"
    assert next_number(learner) == 1
    # The teacher isn't there, so nobody else gets the time.
    assert slots_of(fireman, emma, begun()) == []
    event = last_event(fireman, seat)
    assert (event["kind"], event["reason"]) == ("lesson.teacher_absent", "等了十分钟")
    data = {"asset": "credit", "paid": 1, "refunded": 1, "teacher_paid": False}
    assert (event["teacher"], event["data"]) == (id_of(emma), data)


def test_F_9_without_its_learner_a_lesson_is_finished_and_the_payment_stays_spent(
    company: Desk,
) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    emma, seat = booked_before(company, learner, begun())
    [told] = absent(fireman, seat, "learner")
    assert (told["state"], told["refunded"]) == ("finished", {"asset": "credit", "amount": 0})
    assert balances(company.caller("lp"), learner) == {}
    lesson = done(fireman.get(f"/lessons/{seat}"))
    assert (lesson["state"], lesson["absent"]) == ("finished", True)
    # Who was not taught does not move on.
    assert next_number(learner) == 1
    event = last_event(fireman, seat)
    assert (event["kind"], event["teacher"]) == ("lesson.learner_absent", id_of(emma))
    assert event["data"] == {"asset": "credit", "paid": 1, "refunded": 0, "teacher_paid": True}


def test_F_9_taken_back_with_the_finish_the_learner_was_there(company: Desk) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    absent(fireman, seat, "learner")
    done(fireman.post("/finish-undos", {"seat": seat}))
    lesson = done(fireman.get(f"/lessons/{seat}"))
    assert (lesson["state"], lesson["absent"]) == ("live", False)
    done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 2


@pytest.mark.parametrize(
    ("who", "policy", "value", "back"),
    [("teacher", "teacher_no_show", "spent", 0), ("learner", "learner_no_show", "refunded", 1)],
)
def test_F_9_what_becomes_of_the_payment_is_a_policy(
    company: Desk, who: str, policy: str, value: str, back: int
) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    # As if it had been decided before the lesson began.
    PolicyValue.objects.create(
        id=1,
        market_id=company.company.market_id,
        name=policy,
        value=value,
        from_at=begun() - HALF_HOUR,
    )
    [told] = absent(fireman, seat, who)
    assert told["refunded"] == {"asset": "credit", "amount": back}
    assert balances(company.caller("lp"), learner) == ({"credit": 1} if back else {})


def test_F_9_waits_for_the_lesson_and_comes_before_its_finish(company: Desk) -> None:
    start, learner, fireman = ahead(hours=3), company.learner(credit=3), company.caller("fireman")
    emma = company.teacher(start)
    seat = done(company.caller("lp").post("/bookings", booking(learner, emma, start)))["seat"]
    _, old = booked_before(company, learner, ahead(hours=-8 * 24))
    _, ended = booked_before(company, learner, begun())
    done(fireman.post("/finishes", {"seat": ended}))
    for who in ("teacher", "learner"):
        for which, code in (
            (seat, "lesson_not_started"),
            (old, "lesson_over"),
            (ended, "lesson_already_finished"),
        ):
            answer = fireman.post("/absences", {"seat": which, "who": who})
            assert refused(answer) == (409, code)
    assert balances(company.caller("lp"), learner) == {}


def test_F_9_asked_beforehand_changes_nothing(company: Desk) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    for who in ("teacher", "learner"):
        [told] = absent(fireman, seat, who, query="?dry_run=true")
        assert told["state"] == ("cancelled" if who == "teacher" else "finished")
        assert done(fireman.get(f"/lessons/{seat}"))["state"] == "live"


def test_F_9_is_for_live_class_support_alone(company: Desk, other_company: Desk) -> None:
    learner = company.learner(credit=1)
    _, seat = booked_before(company, learner, begun())
    for who in ("teacher", "learner"):
        body = {"seat": seat, "who": who}
        for channel in OTHERS:
            answer = company.caller(channel).post("/absences", body)
            assert refused(answer) == (403, "channel_may_not"), channel
        abroad = other_company.caller("fireman").post("/absences", body)
        assert refused(abroad) == (404, "lesson_not_found")
    assert done(company.caller("lp").get(f"/lessons/{seat}"))["state"] == "live"


def test_F_9_a_teachers_absence_is_taken_back_and_paid_again(company: Desk) -> None:
    learner, fireman, lp = (
        company.learner(credit=1),
        company.caller("fireman"),
        company.caller("lp"),
    )
    emma, seat = booked_before(company, learner, begun())
    absent(fireman, seat, "teacher")
    again = {"seat": seat, "reason": "老师来了"}
    [told] = done(fireman.post("/absence-undos", again))["results"]
    assert (told["learner"], told["teacher"]) == (id_of(learner), id_of(emma))
    assert told["paid"] == {"asset": "credit", "amount": 1}
    assert balances(lp, learner) == {}
    [slot] = slots_of(fireman, emma, begun())
    assert slot["state"] == "booked"
    assert done(fireman.get(f"/lessons/{told['seat']}"))["state"] == "live"
    event = last_event(fireman, told["seat"])
    assert (event["kind"], event["reason"]) == ("lesson.absence_undone", "老师来了")
    assert refused(fireman.post("/absence-undos", again)) == (409, "absence_not_marked")
    done(fireman.post("/finishes", {"seat": told["seat"]}))
    assert next_number(learner) == 2


@pytest.mark.parametrize(
    ("who", "policy", "value"),
    [("teacher", "teacher_no_show", "spent"), ("learner", "learner_no_show", "refunded")],
)
def test_F_9_is_taken_back_whatever_the_policy_and_paid_once(
    company: Desk, who: str, policy: str, value: str
) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    PolicyValue.objects.create(
        id=1,
        market_id=company.company.market_id,
        name=policy,
        value=value,
        from_at=begun() - HALF_HOUR,
    )
    absent(fireman, seat, who)
    [told] = done(fireman.post("/absence-undos", {"seat": seat}))["results"]
    assert balances(company.caller("lp"), learner) == {}
    assert done(fireman.get(f"/lessons/{told['seat']}"))["state"] == "live"


def test_F_9_is_not_taken_back_where_money_or_time_is_gone(company: Desk) -> None:
    learner, fireman, lp = (
        company.learner(credit=1),
        company.caller("fireman"),
        company.caller("lp"),
    )
    _, seat = booked_before(company, learner, begun())
    never = fireman.post("/absence-undos", {"seat": seat})
    assert refused(never) == (409, "absence_not_marked")
    absent(fireman, seat, "teacher")
    later = ahead(hours=30)
    done(lp.post("/bookings", booking(learner, company.teacher(later), later)))
    assert refused(fireman.post("/absence-undos", {"seat": seat})) == (409, "balance_too_low")
    assert done(fireman.get(f"/lessons/{seat}"))["state"] == "cancelled"


def test_F_9_is_taken_back_within_a_week_by_live_class_support_alone(company: Desk) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    absent(fireman, seat, "teacher")
    for channel in OTHERS:
        answer = company.caller(channel).post("/absence-undos", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")
    assert balances(company.caller("lp"), learner) == {"credit": 1}


def two_in_a_lesson(company: Desk) -> tuple[tuple[Learner, str], tuple[Learner, str]]:
    """Return two learners of a lesson that is on now, each with the seat."""
    first, second = company.learner(credit=1), company.learner()
    _, seat = booked_before(company, first, begun())
    seat_id = public_ids.read("st", seat)
    assert seat_id is not None
    number = world.seat_beside(learner=second, seat_id=seat_id)
    return (first, seat), (second, public_ids.show("st", number))


def is_absent(caller: Caller, seat: str) -> tuple[object, object]:
    """Return how a seat's lesson stands, and whether its learner is marked as absent."""
    lesson = done(caller.get(f"/lessons/{seat}"))
    return lesson["state"], lesson["absent"]


def test_F_9_of_several_learners_one_absence_is_taken_back_for_that_seat_alone(
    company: Desk,
) -> None:
    fireman = company.caller("fireman")
    (first, seat), (second, other) = two_in_a_lesson(company)
    absent(fireman, seat, "learner")
    assert is_absent(fireman, other) == ("live", False)
    absent(fireman, other, "learner")
    assert is_absent(fireman, seat) == ("finished", True)
    [told] = done(fireman.post("/absence-undos", {"seat": other, "reason": "来了"}))["results"]
    assert (told["seat"], told["learner"], told["paid"]["amount"]) == (other, id_of(second), 0)
    assert is_absent(fireman, seat) == ("live", True)
    assert is_absent(fireman, other) == ("live", False)
    event = last_event(fireman, other)
    assert (event["kind"], event["reason"]) == ("lesson.absence_undone", "来了")
    again = fireman.post("/absence-undos", {"seat": other})
    assert refused(again) == (409, "absence_not_marked")
    done(fireman.post("/finishes", {"seat": other}))
    assert (next_number(first), next_number(second)) == (1, 2)


def test_F_9_while_others_are_there_one_absence_is_taken_back(company: Desk) -> None:
    fireman = company.caller("fireman")
    (first, seat), (second, _) = two_in_a_lesson(company)
    absent(fireman, seat, "learner")
    body = {"seat": seat}
    [told] = done(fireman.post("/absence-undos?dry_run=true", body))["results"]
    assert (told["seat"], is_absent(fireman, seat)) == (seat, ("live", True))
    for channel in OTHERS:
        answer = company.caller(channel).post("/absence-undos", body)
        assert refused(answer) == (403, "channel_may_not"), channel
    done(fireman.post("/absence-undos", body))
    assert is_absent(fireman, seat) == ("live", False)
    done(fireman.post("/finishes", body))
    assert (next_number(first), next_number(second)) == (2, 2)


@pytest.mark.parametrize("is_refunded", [False, True])
def test_F_9_who_came_after_all_moves_on_like_those_who_were_taught(
    company: Desk, is_refunded: bool
) -> None:
    fireman = company.caller("fireman")
    (first, seat), (second, other) = two_in_a_lesson(company)
    if is_refunded:
        PolicyValue.objects.create(
            id=1,
            market_id=company.company.market_id,
            name="learner_no_show",
            value="refunded",
            from_at=begun() - HALF_HOUR,
        )
    absent(fireman, seat, "learner")
    done(fireman.post("/finishes", {"seat": other}))
    assert (next_number(first), next_number(second)) == (1, 2)
    [told] = done(fireman.post("/absence-undos", {"seat": seat}))["results"]
    assert (told["seat"] == seat) is not is_refunded
    assert is_absent(fireman, told["seat"]) == ("finished", False)
    assert (next_number(first), next_number(second)) == (2, 2)
    assert balances(company.caller("lp"), first) == {}
    done(fireman.post("/finish-undos", {"seat": other}))
    assert (next_number(first), next_number(second)) == (1, 1)


def test_F_9_an_only_learners_absence_is_taken_back_and_the_lesson_is_on_again(
    company: Desk,
) -> None:
    learner, fireman = company.learner(credit=1), company.caller("fireman")
    _, seat = booked_before(company, learner, begun())
    absent(fireman, seat, "learner")
    done(fireman.post("/absence-undos", {"seat": seat}))
    assert is_absent(fireman, seat) == ("live", False)
    assert balances(company.caller("lp"), learner) == {}
    done(fireman.post("/finishes", {"seat": seat}))
    assert next_number(learner) == 2
