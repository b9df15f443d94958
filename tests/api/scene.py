"""A learner who would like a lesson, and the check that a refusal leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests import snapshot
from tests.served import Caller, Desk, ahead, booking, done, id_of, refused, written
from yueke.people.models import Learner, Teacher

START, LATER = ahead(hours=48), ahead(hours=50)
Body = dict[str, Any]


@dataclass
class Scene:
    """A learner with two credits, who would like a lesson with Emma."""

    desk: Desk
    learner: Learner
    emma: Teacher
    lp: Caller

    def body(self, **other: Any) -> Body:
        """Return what would book the lesson, but for what is named."""
        return {**booking(self.learner, self.emma, START), **other}

    def lot(self, **more: Any) -> Body:
        """Return what would book the lesson with a coupon of this kind."""
        lot = self.desk.lot(self.learner, asset="coupon", **more)
        return self.body(pay_with="coupon", lot=lot)

    def emmas(self, path: str, **more: Any) -> None:
        """Have Emma do something to her slot."""
        herself = self.desk.caller("teachers", teacher=self.emma)
        done(herself.post(path, {"teacher": id_of(self.emma), "starts": written(START), **more}))


def assert_nothing_but(
    scene: Scene, ask: Callable[[], httpx.Response], status: int, code: str
) -> httpx.Response:
    """Check that a request is refused so, and that only its answer is kept."""
    before = snapshot.take()
    answer = ask()
    assert refused(answer) == (status, code)
    changed = snapshot.changes(before)
    assert changed in ({}, {"request_key": (1, 0)})
    return answer


def set_scene(desk: Desk) -> Scene:
    """Return a company in which the lesson could be booked."""
    emma, learner = desk.teacher(START, LATER), desk.learner(credit=2)
    return Scene(desk, learner, emma, desk.caller("lp"))
