"""Learning partners: booking and cancelling for any learner of the market."""

from tests.served import Desk, ahead, balances, booking, done, id_of, refused
from yueke.kernel.grid import show_instant


def test_LP_2_staff_choose_learner_teacher_and_time(company: Desk) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(credit=2)
    lp = company.caller("lp")
    [found] = done(lp.get("/learners", search="陈小"))["learners"]
    assert found["id"] == id_of(learner)
    free = lp.get(
        "/teachers",
        learner=found["id"],
        product="major",
        from_=show_instant(ahead(hours=24)),
        to=show_instant(ahead(hours=48)),
    )
    [teacher] = done(free)["teachers"]
    body = {**booking(learner, emma, start), "teacher": teacher["id"], "reason": "家长来电"}
    seat = done(lp.post("/bookings", body))["seat"]
    assert balances(lp, learner) == {"credit": 1}
    [event] = done(lp.get("/events", seat=seat))["events"]
    assert (event["kind"], event["channel"], event["reason"]) == ("lesson.booked", "lp", "家长来电")
    parents = company.parents(learner)
    assert [one["seat"] for one in done(parents.get("/lessons"))["lessons"]] == [seat]


def test_LP_8_books_times_of_one_teacher_each_that_can_be_or_all_or_none(
    company: Desk,
) -> None:
    starts = [ahead(hours=48), ahead(hours=49), ahead(hours=50)]
    emma, learner = company.teacher(*starts[:2]), company.learner(credit=5)
    lp = company.caller("lp")
    lessons = [booking(learner, emma, start) for start in starts]

    whole = done(lp.post("/booking-lists", {"lessons": lessons, "all_or_none": True}))
    assert whole["booked"] == 0
    assert [one["code"] for one in whole["results"]] == [
        "list_refused",
        "list_refused",
        "slot_not_open",
    ]
    assert balances(lp, learner) == {"credit": 5}

    each = done(lp.post("/booking-lists", {"lessons": lessons}))
    assert each["booked"] == 2
    assert [one.get("code", "booked") for one in each["results"]] == [
        "booked",
        "booked",
        "slot_not_open",
    ]
    assert balances(lp, learner) == {"credit": 3}


def test_LP_8_asked_beforehand_changes_nothing(company: Desk) -> None:
    starts = [ahead(hours=48), ahead(hours=49)]
    emma, learner = company.teacher(starts[0]), company.learner(credit=5)
    lp = company.caller("lp")
    asked = {"lessons": [booking(learner, emma, start) for start in starts]}
    told = done(lp.post("/booking-lists?dry_run=true", asked))
    assert [one.get("code", "booked") for one in told["results"]] == ["booked", "slot_not_open"]
    assert balances(lp, learner) == {"credit": 5}
    assert done(lp.get("/lessons"))["lessons"] == []


def test_LP_8_is_not_for_staff_of_other_channels(company: Desk) -> None:
    starts = [ahead(hours=48), ahead(hours=49)]
    emma, learner = company.teacher(*starts), company.learner(credit=5)
    asked = {"lessons": [booking(learner, emma, start) for start in starts]}
    for channel in ("cc", "tmk", "fireman", "supply", "curriculum", "classroom", "marketing"):
        told = done(company.caller(channel).post("/booking-lists", asked))
        assert [one["code"] for one in told["results"]] == ["channel_may_not"] * 2
    assert balances(company.caller("lp"), learner) == {"credit": 5}


def test_LP_2_is_not_for_staff_of_other_channels(company: Desk) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(credit=2)
    for channel in ("cc", "tmk", "fireman", "supply", "curriculum", "international"):
        caller = company.caller(channel)
        one = caller.post("/bookings", booking(learner, emma, start))
        assert refused(one) == (403, "channel_may_not")
        many = caller.post("/booking-lists", {"lessons": [booking(learner, emma, start)]})
        assert [result["code"] for result in done(many)["results"]] == ["channel_may_not"]
    lp = company.caller("lp")
    assert balances(lp, learner) == {"credit": 2}
    assert done(lp.get("/lessons", learner=id_of(learner)))["lessons"] == []


def test_LP_3_staff_cancel_late_and_the_learner_gets_everything_back(company: Desk) -> None:
    start = ahead(hours=2)
    emma, learner = company.teacher(start), company.learner(credit=2)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, emma, start)))["seat"]
    cancelled = done(lp.post("/cancellations", {"seat": seat, "reason": "老师生病"}))
    assert cancelled["refunded"] == {"asset": "credit", "amount": 1}
    assert balances(lp, learner) == {"credit": 2}
    kinds = [event["kind"] for event in done(lp.get("/events", seat=seat))["events"]]
    assert kinds == ["lesson.booked", "lesson.cancelled"]


def test_LP_3_is_not_for_staff_of_other_channels(company: Desk) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(credit=2)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, emma, start)))["seat"]
    for channel in ("supply", "curriculum", "classroom", "marketing"):
        answer = company.caller(channel).post("/cancellations", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")
    assert done(lp.get(f"/lessons/{seat}"))["state"] == "live"
    assert balances(lp, learner) == {"credit": 1}
