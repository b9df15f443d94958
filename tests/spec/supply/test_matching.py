"""Matching at entry: a learner enters the room of a trial, and gets a teacher who is held."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests import asking, world
from tests.served import (
    Desk,
    balances,
    begun,
    booked_before,
    done,
    id_of,
    refused,
    slots_of,
    soon,
    together,
)
from tests.spec.supply.trials import may_overbook, occupied, overbooking
from tests.spec.upstreams.offering import add_product
from yueke.kernel.grid import HALF_HOUR, show_instant
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher
from yueke.supply.matching import timers
from yueke.supply.overbooking.overbook import overbook


@pytest.fixture
def trials(company: Desk) -> Desk:
    """Return a company with trials, whose rooms are open for long."""
    add_product(company, "trial", {"credit": 1, "coupon": 1})
    may_overbook(company, ceiling=50)
    supply = company.caller("supply")
    done(supply.post("/policies", {"policy": "room_opens_minutes", "value": "60", "reason": ""}))
    return company


def booked(company: Desk, *, name: str = "陈小雨") -> str:
    """Overbook a trial of a new learner; return the seat."""
    learner = company.learner(name=name, studies=["trial"], credit=1)
    answer = company.caller("cc").post("/overbookings", overbooking(learner, soon()))
    return str(done(answer)["seat"])


def teacher(company: Desk, name: str, *, rating: int = 480, level: int = 3) -> Teacher:
    """Add a teacher of trials who is free then."""
    return company.teacher(soon(), name=name, rating=rating, skills=[f"trial:{level}"])


def entered(company: Desk, seat: str, **more: str) -> dict[str, object]:
    """Say that a learner entered, and return how it stands afterwards."""
    classroom = company.caller("classroom")
    done(classroom.post("/room-entries", {"seat": seat, **more}))
    return done(classroom.get(f"/waits/{seat}"))


def test_CL_3_SD_8_who_enters_gets_a_held_teacher(trials: Desk) -> None:
    emma, seat = teacher(trials, "Emma"), booked(trials)
    # Not held, though better: those held come first.
    occupied(trials, before=soon())
    teacher(trials, "Free", rating=499)
    wait = entered(trials, seat)
    assert (wait["state"], wait["teacher"]) == ("matched", id_of(emma))
    cc = trials.caller("cc")
    assert done(cc.get(f"/lessons/{seat}"))["teacher"] == id_of(emma)
    [slot] = slots_of(trials.caller("supply"), emma, soon())
    assert (slot["state"], slot["target_kind"]) == ("booked", None)
    kinds = [event["kind"] for event in done(cc.get("/events", seat=seat))["events"]]
    assert kinds == ["lesson.booked", "lesson.entered", "lesson.matched"]


def test_SD_8_an_entry_said_twice_or_late_seats_once(trials: Desk) -> None:
    teacher(trials, "Emma"), teacher(trials, "Tom")
    seat = booked(trials)
    occupied(trials, before=soon())
    classroom = trials.caller("classroom")
    answers = together(
        *(partial(classroom.post, "/room-entries", {"seat": seat}) for _ in range(6))
    )
    assert {one.status_code for one in answers} == {201}
    first = done(classroom.get(f"/waits/{seat}"))
    long_ago = show_instant(datetime.now(UTC) - timedelta(minutes=20))
    assert entered(trials, seat, entered_at=long_ago)["teacher"] == first["teacher"]
    states = [
        slot["state"]
        for one in Teacher.objects.all()
        for slot in slots_of(trials.caller("supply"), one, soon())
    ]
    assert sorted(states) == ["booked", "open"]


def test_SD_8_level_decides_who_can_teach_whom(trials: Desk) -> None:
    seat = booked(trials)
    teacher(trials, "Higher", level=4)
    assert entered(trials, seat)["state"] == "waiting"
    emma = teacher(trials, "Emma")
    timers.match_all(now=datetime.now(UTC))
    wait = done(trials.caller("classroom").get(f"/waits/{seat}"))
    assert (wait["state"], wait["teacher"]) == ("matched", id_of(emma))


def test_SD_8_who_waits_longest_comes_first(trials: Desk) -> None:
    late, early = booked(trials, name="晚"), booked(trials, name="早")
    now = datetime.now(UTC)
    entered(trials, late, entered_at=show_instant(now - timedelta(minutes=1)))
    entered(trials, early, entered_at=show_instant(now - timedelta(minutes=9)))
    emma = teacher(trials, "Emma")
    timers.match_all(now=now)
    classroom = trials.caller("classroom")
    assert done(classroom.get(f"/waits/{early}"))["teacher"] == id_of(emma)
    assert done(classroom.get(f"/waits/{late}"))["state"] == "waiting"


def test_SD_8_nobody_is_seated_twice_when_many_enter_at_once(trials: Desk) -> None:
    seats = [booked(trials, name=f"学员{number}") for number in range(12)]
    for number in range(8):
        teacher(trials, f"T{number}")
    occupied(trials, before=soon())
    classroom = trials.caller("classroom")
    together(*(partial(classroom.post, "/room-entries", {"seat": seat}) for seat in seats))
    waits = done(classroom.get("/waits"))["waits"]
    taught = [wait["teacher"] for wait in waits if wait["state"] == "matched"]
    assert (len(taught), len(set(taught))) == (8, 8)
    assert sum(wait["state"] == "waiting" for wait in waits) == 4


def test_SD_8_support_is_told_and_in_the_end_all_comes_back(trials: Desk) -> None:
    seat = booked(trials)
    since = datetime.now(UTC)
    entered(trials, seat)
    timers.look_after(now=since + timedelta(minutes=4))
    classroom, cc = trials.caller("classroom"), trials.caller("cc")
    wait = done(classroom.get(f"/waits/{seat}"))
    assert (wait["state"], wait["alerted_at"] is not None) == ("waiting", True)
    assert timers.look_after(now=since + timedelta(minutes=11)) == 1
    assert timers.look_after(now=since + timedelta(minutes=12)) == 0
    assert done(classroom.get(f"/waits/{seat}"))["state"] == "given_up"
    lesson = done(cc.get(f"/lessons/{seat}"))
    assert (lesson["state"], lesson["refunded"]["amount"]) == ("cancelled", 1)
    learner = Learner.objects.get()
    # The credit comes back, and a coupon makes up for it, as the policy says.
    assert balances(cc, learner) == {"credit": 1, "coupon": 1}
    kinds = [event["kind"] for event in done(cc.get("/events", seat=seat))["events"]]
    assert kinds[-2:] == ["lesson.waits_long", "lesson.unmatched"]


def test_SD_8_who_had_left_and_comes_again_waits_again(trials: Desk) -> None:
    learner = trials.learner(studies=["trial"], credit=1)
    cc = asking.staff_of(market_id=trials.company.market_id, channel="cc")
    before = asking.request(actor=cc, now=begun() - HALF_HOUR)
    [booked] = asking.done(overbook(before, learner_id=learner.pk, starts_at=begun()))
    seat = public_ids.show("st", booked.seat_id)
    assert entered(trials, seat)["state"] == "waiting"
    fireman = trials.caller("fireman")
    untaught = fireman.post("/finishes", {"seat": seat})
    assert refused(untaught) == (409, "lesson_has_no_teacher")
    done(fireman.post("/absences", {"seat": seat, "who": "learner"}))
    timers.match_all(now=datetime.now(UTC))
    assert done(fireman.get(f"/waits/{seat}"))["state"] == "left"
    done(fireman.post("/absence-undos", {"seat": seat}))
    assert entered(trials, seat)["state"] == "waiting"
    tom = trials.teacher(name="Tom", skills=["trial:3"])
    world.open_slots(company=trials.company, teacher=tom, starts=[begun()], now=begun() - HALF_HOUR)
    timers.match_all(now=datetime.now(UTC))
    wait = done(fireman.get(f"/waits/{seat}"))
    assert (wait["state"], wait["teacher"]) == ("matched", id_of(tom))


def test_F_5_a_teacher_chosen_after_the_match_is_the_one_who_is_shown(trials: Desk) -> None:
    teacher(trials, "Emma", rating=499)
    seat = booked(trials)
    entered(trials, seat)
    tom, fireman = teacher(trials, "Tom"), trials.caller("fireman")
    done(fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(tom)}))
    assert done(fireman.get(f"/waits/{seat}"))["teacher"] == id_of(tom)
    assert done(fireman.get("/waits"))["waits"][0]["teacher"] == id_of(tom)


def test_CL_3_refuses_who_comes_too_early_or_too_late(trials: Desk) -> None:
    supply, classroom = trials.caller("supply"), trials.caller("classroom")
    done(supply.post("/policies", {"policy": "room_opens_minutes", "value": "0", "reason": ""}))
    seat = booked(trials)
    assert refused(classroom.post("/room-entries", {"seat": seat})) == (409, "room_not_open")
    done(trials.caller("cc").post("/cancellations", {"seat": seat}))
    assert refused(classroom.post("/room-entries", {"seat": seat})) == (
        409,
        "lesson_already_cancelled",
    )
    assert refused(classroom.get(f"/waits/{seat}")) == (404, "wait_not_found")


def test_CL_3_who_has_a_teacher_does_not_wait(trials: Desk) -> None:
    tom, seat = booked_before(trials, trials.learner(), begun())
    told = done(trials.caller("classroom").post("/room-entries", {"seat": seat}))
    assert (told["state"], told["teacher"]) == ("matched", id_of(tom))


def test_CL_3_is_for_the_classroom(trials: Desk) -> None:
    seat = booked(trials)
    for channel in ("parents-h5", "teachers", "lp", "cc", "tmk", "fireman", "supply", "marketing"):
        answer = trials.caller(channel).post("/room-entries", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")


def test_SD_8_parents_see_how_their_own_child_waits(trials: Desk) -> None:
    seat = booked(trials)
    entered(trials, seat)
    mine = trials.parents(Learner.objects.get())
    assert done(mine.get(f"/waits/{seat}"))["state"] == "waiting"
    stranger = trials.parents(trials.learner(name="王小明"))
    assert refused(stranger.get(f"/waits/{seat}")) == (404, "wait_not_found")
    assert done(stranger.get("/waits"))["waits"] == []


@pytest.mark.parametrize("channel", ["fireman", "cc", "tmk"])
def test_SD_9_F_8_another_teacher_is_found_in_mid_lesson(trials: Desk, channel: str) -> None:
    emma, seat = teacher(trials, "Emma"), booked(trials)
    entered(trials, seat)
    tom = teacher(trials, "Tom")
    caller = trials.caller(channel)
    told = done(caller.post("/re-matches", {"seat": seat, "reason": "掉线"}))
    assert (told["teacher"], told["was"]) == (id_of(tom), id_of(emma))
    assert done(caller.get(f"/lessons/{seat}"))["teacher"] == id_of(tom)
    again = caller.post("/re-matches?dry_run=true", {"seat": seat})
    assert again.json()["teacher"] == id_of(emma)
    [slot] = slots_of(trials.caller("supply"), emma, soon())
    assert slot["state"] == "open"


def test_SD_9_who_waits_and_is_given_a_teacher_by_hand_waits_no_more(trials: Desk) -> None:
    seat = booked(trials)
    # Nobody teaches this level yet.
    assert entered(trials, seat)["state"] == "waiting"
    fireman, classroom = trials.caller("fireman"), trials.caller("classroom")
    for name in ("Emma", "Tom"):
        one = teacher(trials, name)
        done(fireman.post("/re-matches", {"seat": seat}))
        wait = done(classroom.get(f"/waits/{seat}"))
        assert (wait["state"], wait["teacher"]) == ("matched", id_of(one))
    timers.look_after(now=datetime.now(UTC) + timedelta(minutes=4))
    events = done(trials.caller("cc").get("/events", seat=seat))["events"]
    assert "lesson.waits_long" not in {event["kind"] for event in events}


def test_F_5_SD_8_who_waits_and_has_a_teacher_chosen_waits_no_more(trials: Desk) -> None:
    seat, gone = booked(trials), booked(trials, name="王小明")
    for one in (seat, gone):
        assert entered(trials, one)["state"] == "waiting"
    emma = teacher(trials, "Emma")
    fireman, classroom = trials.caller("fireman"), trials.caller("classroom")
    done(fireman.post("/teacher-changes", {"seat": seat, "teacher": id_of(emma)}))
    done(fireman.post("/cancellations", {"seat": gone}))
    since = datetime.now(UTC)
    timers.match_all(now=since)
    wait = done(classroom.get(f"/waits/{seat}"))
    assert (wait["state"], wait["teacher"]) == ("matched", id_of(emma))
    assert done(classroom.get(f"/waits/{gone}"))["state"] == "left"
    assert timers.look_after(now=since + timedelta(minutes=11)) == 0
    events = done(trials.caller("cc").get("/events", seat=seat))["events"]
    assert [event["kind"] for event in events][-1] == "lesson.teacher_changed"


def test_SD_9_who_is_replaced_in_the_lesson_keeps_no_time_of_it(trials: Desk) -> None:
    start = begun()
    emma = trials.teacher(name="Emma", skills=["trial:3"])
    tom = trials.teacher(name="Tom", skills=["trial:3"])
    for one in (emma, tom):
        world.open_slots(company=trials.company, teacher=one, starts=[start], now=start - HALF_HOUR)
    learner = trials.learner(studies=["trial"])
    _, seat = booked_before(trials, learner, start, teacher=emma, channel="cc", product="trial")
    fireman = trials.caller("fireman")
    assert done(fireman.post("/re-matches", {"seat": seat}))["teacher"] == id_of(tom)
    assert slots_of(trials.caller("supply"), emma, start) == []


def test_SD_9_nobody_else_being_there_nothing_changes(trials: Desk) -> None:
    emma, seat = teacher(trials, "Emma"), booked(trials)
    entered(trials, seat)
    fireman = trials.caller("fireman")
    assert refused(fireman.post("/re-matches", {"seat": seat})) == (409, "nobody_to_match")
    assert done(fireman.get(f"/lessons/{seat}"))["teacher"] == id_of(emma)


def test_F_8_is_for_support_and_consultants(trials: Desk) -> None:
    teacher(trials, "Emma")
    seat = booked(trials)
    for channel in ("parents-h5", "teachers", "lp", "supply", "classroom", "marketing"):
        answer = trials.caller(channel).post("/re-matches", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")
