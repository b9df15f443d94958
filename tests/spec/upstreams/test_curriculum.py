"""Curriculum: open classes made, described, published, and booked for learners."""

from base64 import b64encode
from typing import Any

import pytest

from tests.open_classes import (
    OTHERS,
    START,
    class_before,
    created,
    new_class,
    place,
    published,
    seats_left,
    sell_classes,
)
from tests.served import (
    Caller,
    Desk,
    ahead,
    balances,
    begun,
    booking,
    done,
    id_of,
    refused,
    slots_of,
)
from yueke.booking.classes.models import ClassCover
from yueke.kernel.grid import HALF_HOUR
from yueke.people.models import Teacher

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def school(company: Desk) -> Desk:
    """Return a company that sells open classes."""
    sell_classes(company.company)
    return company


def test_CU_3_creates_the_slot_and_the_class_in_one_act(school: Desk) -> None:
    emma, curriculum = school.teacher(), school.caller("curriculum")
    made = done(curriculum.post("/classes", new_class(emma, reason="暑期公开课")))
    assert (made["capacity"], made["published"], made["teacher"]) == (3, False, id_of(emma))
    slots = slots_of(curriculum, emma, START)
    assert [slot["state"] for slot in slots] == ["booked", "booked"]
    # Nobody could have booked it instead: it came about for open classes.
    lp = school.caller("lp")
    events = done(lp.get("/events", teacher=id_of(emma), starts_at=START.isoformat()))["events"]
    kinds = [(event["kind"], event["reason"]) for event in events]
    assert kinds == [("slot.released", "暑期公开课"), ("class.created", "暑期公开课")]
    shown = done(curriculum.get(f"/classes/{made['lesson']}"))
    assert (shown["title_en"], shown["seats_left"], shown["minutes"]) == ("Phonics", 3, 55)


def test_CU_3_cancels_a_class_refunds_everybody_and_frees_the_teacher(school: Desk) -> None:
    emma, curriculum, lp = school.teacher(START), school.caller("curriculum"), school.caller("lp")
    lesson = created(curriculum, emma, capacity=2)
    done(curriculum.post("/class-publications", {"lesson": lesson}))
    first, second, third = (school.learner(credit=1) for _ in range(3))
    for learner in (first, second):
        done(curriculum.post("/class-bookings", place(learner, lesson)))
    done(curriculum.post("/class-waits", place(third, lesson)))
    told = done(curriculum.post("/class-cancellations", {"lesson": lesson, "reason": "老师生病"}))
    assert (told["seats"], told["waits"]) == (2, 1)
    for learner in (first, second, third):
        assert balances(lp, learner) == {"credit": 1}
    kept, made = slots_of(curriculum, emma, START)
    assert (kept["state"], kept["target_kind"]) == ("open", None)
    # What was made for the class is for another one.
    assert (made["state"], made["target_kind"]) == ("open", "product")
    assert refused(curriculum.get(f"/classes/{lesson}")) == (404, "class_not_found")
    again = curriculum.post("/class-cancellations", {"lesson": lesson})
    assert refused(again) == (404, "class_not_found")
    events = done(lp.get("/events", teacher=id_of(emma), starts_at=START.isoformat()))["events"]
    assert [event["kind"] for event in events][-4:] == [
        "lesson.cancelled",
        "lesson.cancelled",
        "class.wait_skipped",
        "class.cancelled",
    ]
    done(lp.post("/bookings", booking(first, emma, START)))


def test_CU_3_cancels_no_class_that_has_begun(school: Desk) -> None:
    lesson, _ = class_before(school, school.learner(credit=1), begun())
    answer = school.caller("curriculum").post("/class-cancellations", {"lesson": lesson})
    assert refused(answer) == (409, "class_already_started")


@pytest.mark.parametrize("channel", OTHERS)
def test_CU_3_cancelling_a_class_is_not_for_others(school: Desk, channel: str) -> None:
    lesson = created(school.caller("curriculum"), school.teacher())
    answer = school.caller(channel).post("/class-cancellations", {"lesson": lesson})
    assert refused(answer) == (403, "channel_may_not")
    done(school.caller("classroom").post("/class-cancellations", {"lesson": lesson}))


def test_CU_3_takes_open_time_as_it_is_and_never_what_is_taken(school: Desk) -> None:
    emma, learner = school.teacher(START, START + HALF_HOUR), school.learner()
    curriculum = school.caller("curriculum")
    created(curriculum, emma)
    again = curriculum.post("/classes", new_class(emma, starts_at=(START + HALF_HOUR).isoformat()))
    assert refused(again) == (409, "slot_already_taken")
    lp = school.caller("lp")
    taken = lp.post("/bookings", booking(learner, emma, START))
    assert refused(taken) == (409, "slot_already_taken")


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"capacity": 1}, 422, "capacity_out_of_range"),
        ({"capacity": 1001}, 422, "capacity_out_of_range"),
        ({"starts_at": ahead(hours=-1).isoformat()}, 422, "time_in_past"),
        ({"starts_at": START.replace(minute=7).isoformat()}, 422, "time_off_grid"),
        ({"title_en": "x" * 81}, 422, "text_too_long"),
    ],
)
def test_CU_3_refuses_a_class_that_cannot_be(
    school: Desk, other: dict[str, object], status: int, code: str
) -> None:
    emma, curriculum = school.teacher(), school.caller("curriculum")
    assert refused(curriculum.post("/classes", new_class(emma, **other))) == (status, code)
    assert done(curriculum.get("/classes"))["classes"] == []
    assert list(slots_of(curriculum, emma, ahead(hours=1))) == []


def test_CU_3_describes_and_keeps_only_what_is_harmless(school: Desk) -> None:
    curriculum = school.caller("curriculum")
    lesson = created(curriculum, school.teacher())
    about = (
        '<p onclick="x()">读<b>得</b>准</p><script>alert(1)</script><a href="javascript:x">点</a>'
    )
    body = {"lesson": lesson, "title_zh": "拼读二", "title_en": "Phonics 2", "about_zh": about}
    done(curriculum.post("/class-descriptions", {**body, "capacity": 5}))
    shown = done(curriculum.get(f"/classes/{lesson}"))
    assert (shown["title_zh"], shown["capacity"]) == ("拼读二", 5)
    assert shown["about_zh"] == '<p>读<b>得</b>准</p><a rel="noopener noreferrer">点</a>'


def test_CU_3_takes_a_cover_by_what_it_is_and_not_by_its_name(school: Desk) -> None:
    curriculum = school.caller("curriculum")
    lesson = created(curriculum, school.teacher())
    for picture, code in (
        (b"<svg onload='x()'/>", "picture_unknown"),
        (PNG + bytes(512 * 1024), "picture_too_large"),
    ):
        cover = {"lesson": lesson, "picture": b64encode(picture).decode()}
        assert refused(curriculum.post("/class-covers", cover))[1] == code
    assert refused(
        curriculum.post("/class-covers", {"lesson": lesson, "picture": "no base 64"})
    ) == (
        422,
        "picture_unknown",
    )
    assert not ClassCover.objects.exists()
    done(curriculum.post("/class-covers", {"lesson": lesson, "picture": b64encode(PNG).decode()}))
    cover_kept = ClassCover.objects.get()
    assert (cover_kept.media_type, bytes(cover_kept.picture)) == ("image/png", PNG)


def log_of(caller: Caller, lesson: str, teacher: Teacher) -> list[dict[str, Any]]:
    """Return what happened to a class, first to last, without its half-hours."""
    at = done(caller.get(f"/classes/{lesson}"))["starts_at"]
    log = done(caller.get("/events", teacher=id_of(teacher), starts_at=at))["events"]
    return [event for event in log if event["kind"].startswith("class.")]


def test_CU_3_and_I_9_the_log_tells_what_was_said_of_a_class_before_and_after(
    school: Desk,
) -> None:
    emma, curriculum = school.teacher(), school.caller("curriculum")
    long = "<p>" + "跟着节奏读。" * 50
    lesson = created(curriculum, emma, about_zh=f"{long}<b>一</b></p>", about_en="<p>Fun</p>")
    body = {"lesson": lesson, "title_zh": "自然拼读", "title_en": "Phonics 2", "capacity": 5}
    texts = {"about_zh": f"{long}二</p>", "about_en": "<p><b>Fun</b></p>"}
    done(curriculum.post("/class-descriptions", {**body, **texts, "reason": "改名"}))
    done(curriculum.post("/class-descriptions", {**body, **texts}))
    _, changed, same = log_of(curriculum, lesson, emma)
    was, now = changed["data"]["was"], changed["data"]["is"]
    assert (was["title_en"], was["capacity"]) == ("Phonics", 3)
    assert (now["title_en"], now["capacity"]) == ("Phonics 2", 5)
    # Of a long text what is around the first difference; of one with other marks, the text.
    assert (was["about_zh"][-2:], now["about_zh"][-2:]) == ("。一", "。二")
    assert len(was["about_zh"]) < 30
    assert (was["about_en"], now["about_en"]) == ("Fun", "Fun")
    assert "title_zh" not in now
    assert changed["reason"] == "改名"
    assert same["data"] == {"was": {}, "is": {}}


def test_CU_3_and_I_9_the_log_tells_which_cover_came_in_the_place_of_which(school: Desk) -> None:
    emma, curriculum = school.teacher(), school.caller("curriculum")
    lesson = created(curriculum, emma)
    for picture in (PNG, b"\xff\xd8\xff" + bytes(500)):
        cover = {"lesson": lesson, "picture": b64encode(picture).decode()}
        done(curriculum.post("/class-covers", cover))
    _, first, second = (event["data"] for event in log_of(curriculum, lesson, emma))
    assert first["was"] is None
    assert first["is"] == second["was"]
    assert (second["was"]["media_type"], second["was"]["bytes"]) == ("image/png", len(PNG))
    assert (second["is"]["media_type"], second["is"]["bytes"]) == ("image/jpeg", 503)


@pytest.mark.parametrize("channel", ["curriculum", "classroom"])
def test_CU_3_CL_1_and_I_9_who_makes_classes_reads_their_log(school: Desk, channel: str) -> None:
    emma, caller = school.teacher(), school.caller(channel)
    lesson = created(caller, emma, reason="开学")
    [event] = log_of(caller, lesson, emma)
    assert (event["kind"], event["channel"], event["reason"]) == ("class.created", channel, "开学")


def test_CU_3_publishes_and_takes_out_of_sight(school: Desk) -> None:
    curriculum, learner = school.caller("curriculum"), school.learner(credit=2)
    lesson = created(curriculum, school.teacher(), title_en="")
    parents = school.parents(learner)
    publish = {"lesson": lesson}
    assert refused(curriculum.post("/class-publications", publish)) == (409, "class_not_described")
    assert refused(parents.get(f"/classes/{lesson}")) == (404, "class_not_found")
    assert refused(parents.post("/class-bookings", place(learner, lesson)))[1] == "class_not_found"
    titles = {"title_zh": "拼读", "title_en": "Phonics"}
    done(curriculum.post("/class-descriptions", {**publish, **titles}))
    done(curriculum.post("/class-publications", publish))
    again = curriculum.post("/class-publications", publish)
    assert refused(again) == (409, "class_already_published")
    untitled = curriculum.post("/class-descriptions", {**publish, **titles, "title_zh": " "})
    assert refused(untitled) == (409, "class_not_described")
    [seen] = done(parents.get("/classes"))["classes"]
    assert seen["lesson"] == lesson
    booked = done(parents.post("/class-bookings", place(learner, lesson)))
    done(curriculum.post("/class-unpublications", {**publish, "reason": "改期"}))
    again = curriculum.post("/class-unpublications", publish)
    assert refused(again) == (409, "class_not_published")
    # Who has a seat keeps it and still finds the class; nobody else does.
    assert done(parents.get(f"/classes/{lesson}"))["published"] is False
    other = school.parents(school.learner())
    assert refused(other.get(f"/classes/{lesson}")) == (404, "class_not_found")
    assert done(parents.get(f"/lessons/{booked['seat']}"))["state"] == "live"


def test_CU_3_never_makes_a_class_smaller_than_who_is_in_it(school: Desk) -> None:
    curriculum, lesson = school.caller("curriculum"), published(school)
    for _ in range(3):
        done(curriculum.post("/class-bookings", place(school.learner(), lesson)))
    smaller = {"lesson": lesson, "title_zh": "a", "title_en": "a", "capacity": 2}
    answer = curriculum.post("/class-descriptions", smaller)
    assert refused(answer) == (409, "capacity_below_seats")


def test_CU_3_tells_beforehand_and_changes_nothing(school: Desk) -> None:
    emma, curriculum = school.teacher(), school.caller("curriculum")
    told = curriculum.post("/classes?dry_run=true", new_class(emma))
    assert (told.status_code, told.json()["capacity"]) == (200, 3)
    assert done(curriculum.get("/classes"))["classes"] == []
    lesson = created(curriculum, emma)
    told = curriculum.post("/class-publications?dry_run=true", {"lesson": lesson})
    assert (told.status_code, told.json()["published"]) == (200, True)
    assert done(curriculum.get(f"/classes/{lesson}"))["published"] is False


def test_CU_3_is_not_for_other_channels(school: Desk) -> None:
    lesson, emma = created(school.caller("curriculum"), school.teacher()), school.teacher()
    text = {"lesson": lesson, "title_zh": "a", "title_en": "a"}
    for channel in (*OTHERS, "parents-pc", "parents-h5"):
        caller = school.caller(channel)
        for path, body in (
            ("/classes", new_class(emma)),
            ("/class-descriptions", text),
            ("/class-covers", {"lesson": lesson, "picture": b64encode(PNG).decode()}),
            ("/class-publications", {"lesson": lesson}),
            ("/class-unpublications", {"lesson": lesson}),
            ("/class-attendances", {"lesson": lesson, "seats": []}),
        ):
            assert refused(caller.post(path, body)) == (403, "channel_may_not"), (channel, path)
    shown = done(school.caller("curriculum").get(f"/classes/{lesson}"))
    assert (shown["published"], shown["title_zh"]) == (False, "自然拼读")


def test_CU_3_does_not_reach_classes_of_another_market(school: Desk, other_company: Desk) -> None:
    lesson, abroad = created(school.caller("curriculum"), school.teacher()), other_company
    caller = abroad.caller("curriculum")
    assert done(caller.get("/classes"))["classes"] == []
    for path in ("/class-publications", "/class-unpublications"):
        assert refused(caller.post(path, {"lesson": lesson})) == (404, "class_not_found")
    assert refused(caller.get(f"/classes/{lesson}")) == (404, "class_not_found")


def test_CU_5_books_and_cancels_for_a_learner(school: Desk) -> None:
    curriculum, learner = school.caller("curriculum"), school.learner(credit=2)
    lesson = published(school)
    booked = done(curriculum.post("/class-bookings", place(learner, lesson, reason="补偿")))
    assert booked["paid"] == {"asset": "credit", "amount": 1}
    assert balances(school.caller("lp"), learner) == {"credit": 1}
    again = curriculum.post("/class-bookings", place(learner, lesson))
    assert refused(again) == (409, "already_in_class")
    assert seats_left(curriculum, lesson) == 2
    cancelled = done(curriculum.post("/cancellations", {"seat": booked["seat"]}))
    assert cancelled["refunded"] == {"asset": "credit", "amount": 1}
    assert balances(school.caller("lp"), learner) == {"credit": 2}
    # Nobody is left in it, and it takes place all the same.
    assert seats_left(curriculum, lesson) == 3
    emma = Teacher.objects.get(market=school.company.market)
    states = [slot["state"] for slot in slots_of(curriculum, emma, START)]
    assert states == ["booked", "booked"]


def test_CU_5_cancels_seats_in_open_classes_and_no_other(school: Desk) -> None:
    learner, emma = school.learner(), school.teacher(START)
    seat = done(school.caller("lp").post("/bookings", booking(learner, emma, START)))["seat"]
    for channel in ("curriculum", "classroom"):
        answer = school.caller(channel).post("/cancellations", {"seat": seat})
        assert refused(answer) == (403, "channel_may_not")


def test_CU_5_is_not_for_other_channels(school: Desk) -> None:
    learner, lesson = school.learner(), published(school)
    for channel in OTHERS:
        caller = school.caller(channel)
        for path in ("/class-bookings", "/class-waits", "/class-wait-ends"):
            answer = caller.post(path, place(learner, lesson))
            assert refused(answer) == (403, "channel_may_not"), (channel, path)
    assert seats_left(school.caller("curriculum"), lesson) == 3


def test_CU_5_gives_a_freed_seat_to_who_waits_longest_and_can_pay(school: Desk) -> None:
    curriculum, lp = school.caller("curriculum"), school.caller("lp")
    lesson = published(school, capacity=2)
    inside, other = school.learner(), school.learner()
    seat = done(curriculum.post("/class-bookings", place(inside, lesson)))["seat"]
    poor, patient, last = school.learner(credit=0), school.learner(credit=1), school.learner()
    early = curriculum.post("/class-waits", place(poor, lesson))
    assert refused(early) == (409, "class_has_room")
    done(curriculum.post("/class-bookings", place(other, lesson)))
    full = curriculum.post("/class-bookings", place(last, lesson))
    assert refused(full) == (409, "class_full")
    waits = [
        done(curriculum.post("/class-waits", place(one, lesson))) for one in (poor, patient, last)
    ]
    assert [wait["ahead"] for wait in waits] == [0, 1, 2]
    assert refused(curriculum.post("/class-waits", place(last, lesson)))[1] == "already_waiting"
    done(curriculum.post("/cancellations", {"seat": seat}))
    assert balances(lp, patient) == {}
    assert balances(lp, inside) == {"credit": 10}
    rows = done(curriculum.get(f"/classes/{lesson}/seats"))["seats"]
    assert {row["learner"] for row in rows if row["seat"]} == {id_of(other), id_of(patient)}
    assert [row["learner"] for row in rows if not row["seat"]] == [id_of(last)]
    events = done(lp.get("/events", learner=id_of(poor)))["events"]
    [skipped] = [event for event in events if event["kind"] == "class.wait_skipped"]
    assert (skipped["data"], skipped["channel"]) == ({"why": "balance_too_low"}, "system")
    done(curriculum.post("/class-wait-ends", place(last, lesson)))
    assert refused(curriculum.post("/class-wait-ends", place(last, lesson)))[1] == "not_waiting"


def test_CU_5_more_seats_go_to_those_who_wait(school: Desk) -> None:
    curriculum, lesson = school.caller("curriculum"), published(school, capacity=2)
    for _ in range(2):
        done(curriculum.post("/class-bookings", place(school.learner(), lesson)))
    waiting = school.learner(credit=1)
    done(curriculum.post("/class-waits", place(waiting, lesson)))
    larger = {"lesson": lesson, "title_zh": "a", "title_en": "a", "capacity": 4}
    done(curriculum.post("/class-descriptions", larger))
    assert seats_left(curriculum, lesson) == 1
    assert balances(school.caller("lp"), waiting) == {}


def test_CU_3_takes_down_who_came(school: Desk) -> None:
    curriculum, learner = school.caller("curriculum"), school.learner()
    lesson, seat = class_before(school, learner, begun())
    attended = done(curriculum.post("/class-attendances", {"lesson": lesson, "seats": [seat]}))
    assert (attended["came"], attended["absent"]) == (1, 0)
    done(curriculum.post("/class-attendances", {"lesson": lesson, "seats": []}))
    [row] = done(curriculum.get(f"/classes/{lesson}/seats"))["seats"]
    assert (row["learner"], row["came"]) == (id_of(learner), False)
    log = done(curriculum.get("/events", seat=seat))["events"]
    counts = [event["data"] for event in log if event["kind"] == "class.attended"]
    assert counts == [{"came": 1, "absent": 0}, {"came": 0, "absent": 1}]
    stranger = {"lesson": lesson, "seats": ["st_0000000000000000"]}
    assert refused(curriculum.post("/class-attendances", stranger)) == (404, "lesson_not_found")


def test_CU_3_takes_down_who_came_once_the_class_has_begun(school: Desk) -> None:
    curriculum, lesson = school.caller("curriculum"), published(school)
    answer = curriculum.post("/class-attendances", {"lesson": lesson, "seats": []})
    assert refused(answer) == (409, "class_not_started")


def test_CU_5_is_over_once_the_class_has_begun(school: Desk) -> None:
    curriculum, learner = school.caller("curriculum"), school.learner()
    lesson, seat = class_before(school, learner, begun())
    late = curriculum.post("/class-bookings", place(school.learner(), lesson))
    assert refused(late) == (409, "class_already_started")
    gone = curriculum.post("/cancellations", {"seat": seat})
    assert refused(gone) == (409, "lesson_already_started")
