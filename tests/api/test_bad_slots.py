"""A command about slots that cannot be is refused whole, and only the answer to it is kept."""

from functools import partial

from tests.api.scene import Scene, assert_nothing_but
from tests.served import ahead, id_of


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
