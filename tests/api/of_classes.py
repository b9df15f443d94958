"""What each write about open classes needs to succeed, each time something new."""

from typing import Any

from tests.open_classes import class_before, created, place, published
from tests.served import Desk, ahead, begun, done, id_of


def class_values(desk: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return the values of a request."""
    teacher, learner, curriculum = desk.teacher(), desk.learner(), desk.caller("curriculum")
    values = {"learner": id_of(learner), "title_zh": f"拼读{turn}", "title_en": f"Phonics {turn}"}
    if path == "/classes":
        return {**values, "teacher": id_of(teacher)}
    if path in {"/class-descriptions", "/class-covers", "/class-publications"}:
        return {**values, "lesson": created(curriculum, teacher)}
    if path == "/class-attendances":
        lesson, seat = class_before(desk, learner, begun())
        return {**values, "lesson": lesson, "seats": [seat]}
    if path.startswith("/replay"):
        return {**values, **_of_replays(desk, path, turn)}
    values["lesson"] = lesson = published(desk, capacity=2)
    if path in {"/class-waits", "/class-wait-ends"}:
        for _ in range(2):
            done(curriculum.post("/class-bookings", place(desk.learner(), lesson)))
    if path == "/class-wait-ends":
        done(curriculum.post("/class-waits", place(learner, lesson)))
    return values


def _of_replays(desk: Desk, path: str, turn: int) -> dict[str, Any]:
    curriculum, learner = desk.caller("curriculum"), desk.learner()
    lesson, _ = class_before(desk, learner, ahead(hours=-3))
    price = {"asset": "credit", "amount": 1 + turn % 3}
    if path != "/replays":
        replay = {"lesson": lesson, "address": "https://video.example/1", "prices": [price]}
        done(curriculum.post("/replays", replay))
    if path == "/replay-refunds":
        done(curriculum.post("/replay-purchases", place(learner, lesson)))
    return {"lesson": lesson, "learner": id_of(learner), "amount": price["amount"]}
