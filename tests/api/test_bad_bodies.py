"""A body that is none, or not as documented, is refused and has no effect."""

from functools import partial

import pytest

from tests import snapshot
from tests.api.scene import Body, Scene, assert_nothing_but
from tests.served import id_of, refused

RAW: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "body_not_json"),
    "no JSON": (b"learner=lrn_1&teacher=tch_2", 400, "body_not_json"),
    "JSON cut short": (b'{"learner": "lrn_', 400, "body_not_json"),
    "more than JSON": (b"{} {}", 400, "body_not_json"),
    "no UTF-8": (b'{"learner": "\xff"}', 400, "body_not_json"),
    "half a surrogate pair": (b'{"reason": "\\ud800"}', 400, "body_not_json"),
    "a hundred thousand brackets": (b"[" * 100_000, 400, "body_not_json"),
    "a list": (b"[]", 422, "body_invalid"),
    "null": (b"null", 422, "body_invalid"),
    "no field at all": (b"{}", 422, "body_invalid"),
}
WRITES = [
    "/bookings", "/booking-lists", "/cancellations", "/slots", "/weekly-patterns",
    "/withdrawals", "/targetings", "/grants",
]  # fmt: skip


@pytest.mark.parametrize("path", WRITES)
def test_a_body_that_is_none(scene: Scene, path: str) -> None:
    for number, (body, status, code) in enumerate(RAW.values()):
        headers = {**scene.lp.authorization, "Idempotency-Key": f"raw-{number}"}
        before = snapshot.take()
        answer = scene.lp.http.post(f"/api/v1{path}", content=body, headers=headers)
        assert refused(answer) == (status, code), body[:40]
        assert snapshot.changes(before) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"colour": "red"},
        {"learner": None},
        {"learner": 7},
        {"product": ["major"]},
        {"reason": "a\0b"},
        {"reason": "长" * 2001},
        {"starts_at": 1_800_000_000},
    ],
    ids=str,
)
def test_a_field_unknown_or_of_another_type(scene: Scene, other: Body) -> None:
    ask = partial(scene.lp.post, "/bookings", scene.body(**other))
    answer = assert_nothing_but(scene, ask, 422, "body_invalid")
    assert next(iter(other)) in answer.json()["where"]


@pytest.mark.parametrize(
    "other",
    [{"amount": 0}, {"amount": -1}, {"amount": 10**12}, {"amount": 1.5}, {"amount": "1"},
     {"asset": "gold"}, {"expires_at": "soon"}, {"expires_at": "2026-01-01T00:00Z"},
     {"product": "a\0b"}, {"product": "chess"}],
    ids=str,
)  # fmt: skip
def test_a_grant_that_cannot_be(scene: Scene, other: Body) -> None:
    body = {"learner": id_of(scene.learner), "asset": "credit", "amount": 1, **other}
    marketing = scene.desk.caller("marketing")
    before = snapshot.take()
    assert refused(marketing.post("/grants", body))[0] == 422
    assert set(snapshot.changes(before)) <= {"request_key"}


@pytest.mark.parametrize("name", ["learner", "teacher"])
@pytest.mark.parametrize(
    "id_", ["", "7", "lrn_", "lrn_" + "0" * 13, "../../etc/passwd", "\0", "学" * 999]
)
def test_an_id_that_is_none(scene: Scene, name: str, id_: str) -> None:
    ask = partial(scene.lp.post, "/bookings", scene.body(**{name: id_}))
    assert_nothing_but(scene, ask, 404, f"{name}_not_found")


def test_a_list_too_long_or_empty(scene: Scene) -> None:
    for lessons in ([], [scene.body()] * 501):
        ask = partial(scene.lp.post, "/booking-lists", {"lessons": lessons})
        assert_nothing_but(scene, ask, 422, "list_too_long")
