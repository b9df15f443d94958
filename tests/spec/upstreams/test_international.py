"""The dual-teacher and international team: time for one product only."""

import pytest

from tests.served import Desk, ahead, begun, booking, done, id_of, refused, slots_of, written

SPECIAL = {"kind": "product", "id": "special"}


def test_IN_1_slots_are_released_for_one_product_only(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(), company.learner()
    team = company.caller("international")
    body = {"teacher": id_of(emma), "starts": written(start), "target": SPECIAL}
    assert done(team.post("/slots", body))["results"][0]["outcome"] == "released"
    [slot] = slots_of(team, emma, begun())
    assert slot["target_kind"] == "product"

    company.open(emma, ahead(hours=49))
    for path, at in (("/slots", ahead(hours=50)), ("/withdrawals", ahead(hours=49))):
        ordinary = {"teacher": id_of(emma), "starts": written(at)}
        assert refused(team.post(path, ordinary)) == (403, "channel_may_not")

    parents = company.parents(learner)
    major = parents.post("/bookings", booking(learner, emma, start, "major"))
    assert refused(major) == (409, "slot_targeted")
    assert done(parents.post("/bookings", booking(learner, emma, start, "special")))


def test_IN_1_open_slots_become_one_products_and_anyones_again(company: Desk) -> None:
    start = ahead(hours=48)
    emma, learner = company.teacher(start), company.learner()
    team, parents = company.caller("international"), company.parents(learner)
    slots = {"teacher": id_of(emma), "starts": written(start)}
    assert done(team.post("/targetings", {**slots, "target": SPECIAL}))["results"][0]["outcome"]
    major = booking(learner, emma, start, "major")
    assert refused(parents.post("/bookings", major)) == (409, "slot_targeted")
    done(team.post("/targetings", {**slots, "target": None}))
    done(parents.post("/bookings", major))


@pytest.mark.parametrize("channel", ["teachers", "lp", "parents-h5", "cc"])
def test_IN_1_is_not_for_a_channel_without_it(company: Desk, channel: str) -> None:
    open_, new = ahead(hours=48), ahead(hours=49)
    emma = company.teacher(open_)
    caller = company.caller(channel)
    for path, start in (("/targetings", open_), ("/slots", new)):
        body = {"teacher": id_of(emma), "starts": written(start), "target": SPECIAL}
        assert refused(caller.post(path, body)) == (403, "channel_may_not")
    [slot] = slots_of(company.caller("supply"), emma, begun())
    assert slot["target_kind"] is None


def test_IN_1_a_teacher_does_not_make_a_products_time_anyones(company: Desk) -> None:
    start = ahead(hours=48)
    emma = company.teacher(start)
    team, herself = company.caller("international"), company.caller("teachers", teacher=emma)
    slots = {"teacher": id_of(emma), "starts": written(start)}
    done(team.post("/targetings", {**slots, "target": SPECIAL}))
    for answer in (
        herself.post("/targetings", {**slots, "target": None}),
        herself.post("/withdrawals", slots),
    ):
        assert refused(answer) == (403, "channel_may_not")
    [slot] = slots_of(team, emma, begun())
    assert slot["target_kind"] == "product"
