"""A command about slots that cannot be is refused whole, and only the answer to it is kept."""

from functools import partial

import pytest

from tests.api.scene import LATER, START, Scene, assert_nothing_but
from tests.served import ahead, done, id_of, written


def test_a_weekly_pattern_that_runs_too_far_ahead(scene: Scene) -> None:
    first, last = ahead(hours=48).date(), ahead(hours=24 * 400).date()
    body = {
        "teacher": id_of(scene.emma),
        "stretches": [{"weekday": 0, "begins": "18:00", "ends": "19:00"}],
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
    herself = scene.desk.caller("teachers", teacher=scene.emma)
    ask = partial(herself.post, "/weekly-patterns", body, key="again")
    for _ in range(2):
        assert_nothing_but(scene, ask, 422, "time_too_far")


@pytest.mark.parametrize(
    ("hours", "is_for_her", "code"),
    [(-24, True, "time_in_past"), (24, False, "reservation_without_target")],
)
def test_a_reservation_that_is_over_or_for_nobody(
    scene: Scene, hours: float, is_for_her: bool, code: str
) -> None:
    body = {
        "teacher": id_of(scene.emma),
        "starts": written(START),
        "target": {"kind": "student", "id": id_of(scene.learner)} if is_for_her else None,
        "reserved_until": ahead(hours=hours).isoformat(),
    }
    herself = scene.desk.caller("teachers", teacher=scene.emma)
    ask = partial(herself.post, "/targetings", body)
    assert_nothing_but(scene, ask, 422, code)


def test_of_several_half_hours_the_one_that_is_refused_says_which_it_is(scene: Scene) -> None:
    done(scene.lp.post("/bookings", scene.body()))
    herself = scene.desk.caller("teachers", teacher=scene.emma)
    starts = written(START, LATER)
    asked = {"teacher": id_of(scene.emma), "starts": starts}
    taken, gone = done(herself.post("/withdrawals", asked))["results"]
    assert gone == {"starts_at": starts[1], "outcome": "withdrawn"}
    alone = assert_nothing_but(
        scene,
        lambda: scene.lp.post("/bookings", scene.body()),
        409,
        "slot_already_taken",
    )
    assert taken == alone.json()
    assert (taken["teacher"], taken["starts_at"]) == (id_of(scene.emma), starts[0])
