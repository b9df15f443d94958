"""A lesson that cannot be booked is refused clearly, and only the answer to it is kept."""

import gc
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests import snapshot, world
from tests.api.scene import LATER, START, Body, Scene, assert_nothing_but
from tests.served import ahead, booking, done, id_of, refused, written
from yueke.kernel.grid import show_instant

TIMES = {
    "off the grid": ((START + timedelta(minutes=10)).isoformat(), "time_off_grid"),
    "a second off the grid": ((START + timedelta(seconds=1)).isoformat(), "time_off_grid"),
    "in the past": (show_instant(ahead(hours=-24)), "time_in_past"),
    "in no zone": (START.replace(tzinfo=None).isoformat(), "time_unreadable"),
    "in a zone that no clock has": (f"{START:%Y-%m-%dT%H:%M}+25:00", "time_unreadable"),
    "no time": ("tomorrow evening", "time_unreadable"),
    "on a day that is not": ("2027-02-30T19:00+08:00", "time_unreadable"),
    "before all time": ("0001-01-01T00:00+14:00", "time_unreadable"),
    "after all time": ("9999-12-31T23:30-12:00", "time_unreadable"),
    "of too many digits": (f"{START:%Y-%m-%dT%H:%M:%S}.{'0' * 45}+00:00", "time_unreadable"),
}


@pytest.mark.parametrize("when", TIMES)
def test_a_time_that_cannot_be(scene: Scene, when: str) -> None:
    time, code = TIMES[when]
    assert_nothing_but(
        scene, lambda: scene.lp.post("/bookings", scene.body(starts_at=time)), 422, code
    )


def test_a_time_that_cannot_be_is_not_kept_in_memory(scene: Scene) -> None:
    tracemalloc.start()
    for count in range(20):
        long = f"{START:%Y-%m-%dT%H:%M:%S}.{'0' * (900_000 + count)}+00:00"
        asked = scene.lp.post("/bookings", scene.body(starts_at=long))
        assert refused(asked) == (422, "time_unreadable")
    gc.collect()  # what the caller's own answers hold
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 10 * len(long)


def test_a_time_may_be_written_in_any_zone(scene: Scene) -> None:
    far_east = START.astimezone(UTC) + timedelta(hours=23)
    body = scene.body(starts_at=far_east.replace(tzinfo=None).isoformat() + "+23:00")
    assert done(scene.lp.post("/bookings", body))["starts_at"] == show_instant(START)


def taken(scene: Scene) -> Body:
    other = scene.desk.learner(name="李雷")
    done(scene.lp.post("/bookings", booking(other, scene.emma, START)))
    return scene.body()


def targeted_at_another_learner(scene: Scene) -> Body:
    other = scene.desk.learner(name="李雷")
    scene.emmas("/targetings", target={"kind": "student", "id": id_of(other)})
    return scene.body()


def targeted_at_another_product(scene: Scene) -> Body:
    team = scene.desk.caller("international")
    slots = {"teacher": id_of(scene.emma), "starts": written(START)}
    done(team.post("/targetings", {**slots, "target": {"kind": "product", "id": "special"}}))
    return scene.body()


def withdrawn(scene: Scene) -> Body:
    scene.emmas("/withdrawals")
    return scene.body()


def held(scene: Scene) -> Body:
    world.hold_slot(teacher=scene.emma, starts_at=START)
    return scene.body()


def of_a_teacher_who_does_not_teach_it(scene: Scene) -> Body:
    tom = scene.desk.teacher(START, name="Tom", skills=["special:3"])
    return scene.body(teacher=id_of(tom))


def of_a_teacher_of_another_level(scene: Scene) -> Body:
    tom = scene.desk.teacher(START, name="Tom", skills=["major:4"])
    return scene.body(teacher=id_of(tom))


def while_the_learner_is_busy(scene: Scene) -> Body:
    tom = scene.desk.teacher(START, name="Tom")
    done(scene.lp.post("/bookings", booking(scene.learner, tom, START)))
    return scene.body()


def in_a_course_not_open(scene: Scene) -> Body:
    other = scene.desk.learner(name="李雷", studies=["special"])
    return scene.body(learner=id_of(other))


def with_too_few_credits(scene: Scene) -> Body:
    other = scene.desk.learner(name="李雷", credit=0)
    return scene.body(learner=id_of(other))


def with_an_expired_coupon(scene: Scene) -> Body:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    lot = scene.lot(expires_at=soon.isoformat())
    time.sleep(1)
    return lot


def with_a_coupon_of_another_product(scene: Scene) -> Body:
    return scene.lot(product="special")


def with_a_coupon_of_another_learner(scene: Scene) -> Body:
    other = scene.desk.learner(name="李雷")
    lot = scene.desk.lot(other, asset="coupon")
    return scene.body(pay_with="coupon", lot=lot)


def paid_with_what_the_product_does_not_take(scene: Scene) -> Body:
    scene.desk.open(scene.emma, START + timedelta(minutes=30))
    return scene.body(product="level7", pay_with="coupon")


def of_a_product_unheard_of(scene: Scene) -> Body:
    return scene.body(product="chess")


REFUSED: list[tuple[Callable[[Scene], Body], int, str]] = [
    (taken, 409, "slot_already_taken"),
    (targeted_at_another_learner, 409, "slot_targeted"),
    (targeted_at_another_product, 409, "slot_targeted"),
    (withdrawn, 409, "slot_not_open"),
    (held, 409, "slot_not_open"),
    (of_a_teacher_who_does_not_teach_it, 409, "teacher_does_not_teach"),
    (of_a_teacher_of_another_level, 409, "teacher_does_not_teach"),
    (while_the_learner_is_busy, 409, "learner_busy"),
    (in_a_course_not_open, 409, "course_not_open"),
    (with_too_few_credits, 409, "balance_too_low"),
    (with_an_expired_coupon, 409, "lot_expired"),
    (with_a_coupon_of_another_product, 409, "lot_for_another_product"),
    (with_a_coupon_of_another_learner, 404, "lot_not_found"),
    (paid_with_what_the_product_does_not_take, 422, "asset_not_accepted"),
    (of_a_product_unheard_of, 422, "product_unknown"),
]


@pytest.mark.parametrize(
    ("lesson", "status", "code"), REFUSED, ids=lambda of: getattr(of, "__name__", "")
)
def test_a_lesson_that_cannot_be(
    scene: Scene, lesson: Callable[[Scene], Body], status: int, code: str
) -> None:
    body = lesson(scene)
    refusal = assert_nothing_but(scene, lambda: scene.lp.post("/bookings", body), status, code)
    alone = done(scene.lp.post("/booking-lists", {"lessons": [body]}))
    assert alone == {"booked": 0, "results": [refusal.json()]}
    whole = {"lessons": [scene.body(starts_at=show_instant(LATER)), body], "all_or_none": True}
    before = snapshot.take()
    results = done(scene.lp.post("/booking-lists", whole))
    assert results["booked"] == 0
    assert [one["code"] for one in results["results"]] == ["list_refused", code]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def test_a_lesson_that_a_channel_may_not_book_is_refused_alike_alone_and_in_a_list(
    scene: Scene,
) -> None:
    cc, body = scene.desk.caller("cc"), scene.body()
    refusal = assert_nothing_but(scene, lambda: cc.post("/bookings", body), 403, "channel_may_not")
    assert refusal.json()["channel"] == "cc"
    assert (refusal.json()["command"], refusal.json()["of"]) == ("book", "major")
    listed = done(cc.post("/booking-lists", {"lessons": [body]}))
    assert listed["results"] == [refusal.json()]


def test_a_list_with_the_same_slot_twice_books_it_once(scene: Scene) -> None:
    twice = [scene.body(), scene.body()]
    whole = scene.lp.post("/booking-lists", {"lessons": twice, "all_or_none": True})
    assert [one["code"] for one in done(whole)["results"]] == ["list_refused", "slot_already_taken"]
    each = done(scene.lp.post("/booking-lists", {"lessons": twice}))
    assert each["booked"] == 1
    assert each["results"][1]["code"] == "slot_already_taken"


def test_slots_named_twice_in_one_list_are_released_and_withdrawn_once(scene: Scene) -> None:
    herself = scene.desk.caller("teachers", teacher=scene.emma)
    new = ahead(hours=72)
    body = {"teacher": id_of(scene.emma), "starts": written(new, new)}
    before = snapshot.take()
    done(herself.post("/slots", body))
    assert snapshot.changes(before) == {"slot": (1, 0), "event": (1, 0), "request_key": (1, 0)}
    done(herself.post("/withdrawals", body))
    assert snapshot.changes(before) == {"event": (2, 0), "request_key": (2, 0)}
