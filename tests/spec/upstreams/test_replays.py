"""Replays of open classes: curriculum sells them and buys for a family; parents buy and watch."""

from functools import partial
from typing import Any

import pytest

from tests.open_classes import OTHERS, class_before, place, published, sell_classes
from tests.served import Caller, Desk, ahead, balances, done, refused, together

ADDRESS = "https://video.example/recordings/phonics.mp4"
OVER = ahead(hours=-3)


@pytest.fixture
def school(company: Desk) -> Desk:
    """Return a company that sells open classes."""
    sell_classes(company.company)
    return company


def replay(lesson: str, **other: Any) -> dict[str, Any]:
    """Return the body that puts a replay on sale."""
    prices = [{"asset": "credit", "amount": 2}, {"asset": "coupon", "amount": 1}]
    return {"lesson": lesson, "address": ADDRESS, "prices": prices, **other}


def on_sale(school: Desk) -> str:
    """Put the replay of a class that is over on sale, and return the class."""
    lesson, _ = class_before(school, school.learner(), OVER)
    done(school.caller("curriculum").post("/replays", replay(lesson)))
    return lesson


def may_watch(caller: Caller, lesson: str) -> bool:
    """Tell whether a key is told where a replay lies."""
    answer = caller.get(f"/replays/{lesson}/address")
    if answer.status_code == 200:
        assert answer.json() == {"address": ADDRESS}
        return True
    assert refused(answer) == (409, "replay_not_bought")
    return False


def test_CU_4_puts_a_replay_on_sale_once_its_class_is_over(school: Desk) -> None:
    curriculum = school.caller("curriculum")
    to_come = published(school)
    assert refused(curriculum.post("/replays", replay(to_come))) == (409, "class_not_over")
    lesson, _ = class_before(school, school.learner(), OVER)
    for other, code in (
        ({"address": "http://video.example/a"}, "replay_address_invalid"),
        ({"address": "javascript:x()"}, "replay_address_invalid"),
        ({"prices": [{"asset": "gold", "amount": 1}]}, "replay_price_invalid"),
    ):
        assert refused(curriculum.post("/replays", replay(lesson, **other))) == (422, code)
    parents = school.parents(school.learner(), channel="parents-pc")
    assert done(parents.get("/replays"))["replays"] == []
    offered = done(curriculum.post("/replays", replay(lesson, reason="回放上架")))
    assert (offered["on_sale"], len(offered["prices"])) == (True, 2)
    [seen] = done(parents.get("/replays"))["replays"]
    assert (seen["lesson"], seen["bought"]) == (lesson, False)
    assert "address" not in seen
    done(curriculum.post("/replay-withdrawals", {"lesson": lesson}))
    assert done(parents.get("/replays"))["replays"] == []
    again = curriculum.post("/replay-withdrawals", {"lesson": lesson})
    assert refused(again) == (409, "replay_not_on_sale")


def test_PC_3_buys_a_replay_and_watches_it_for_good(school: Desk) -> None:
    lesson, learner = on_sale(school), school.learner(credit=3)
    parents = school.parents(learner, channel="parents-pc")
    assert not may_watch(parents, lesson)
    bought = done(parents.post("/replay-purchases", place(learner, lesson)))
    assert bought["paid"] == {"asset": "credit", "amount": 2}
    assert balances(parents, learner) == {"credit": 1}
    again = parents.post("/replay-purchases", place(learner, lesson))
    assert refused(again) == (409, "replay_already_bought")
    done(school.caller("curriculum").post("/replay-withdrawals", {"lesson": lesson}))
    assert may_watch(parents, lesson)
    # The phone's key of the same family watches too; another family does not.
    assert may_watch(school.parents(learner), lesson)
    assert not may_watch(school.parents(school.learner()), lesson)
    [seen] = done(parents.get("/replays"))["replays"]
    assert (seen["bought"], seen["on_sale"]) == (True, False)
    late = school.learner()
    buy = school.parents(late, channel="parents-pc").post("/replay-purchases", place(late, lesson))
    assert refused(buy) == (409, "replay_not_on_sale")


def test_PC_3_refuses_what_cannot_be_paid_and_changes_nothing(school: Desk) -> None:
    lesson, poor = on_sale(school), school.learner(credit=1)
    parents = school.parents(poor, channel="parents-pc")
    unpaid = parents.post("/replay-purchases", place(poor, lesson))
    assert refused(unpaid) == (409, "balance_too_low")
    theirs = parents.post("/replay-purchases", place(school.learner(), lesson))
    assert refused(theirs) == (404, "learner_not_found")
    unsold = parents.post("/replay-purchases", place(poor, published(school)))
    assert refused(unsold) == (404, "class_not_found")
    told = school.caller("curriculum").post(
        "/replay-purchases?dry_run=true", place(school.learner(), lesson)
    )
    assert told.status_code == 200
    assert balances(parents, poor) == {"credit": 1}
    assert not may_watch(parents, lesson)


def test_PC_3_two_devices_at_once_buy_it_once(school: Desk) -> None:
    lesson, learner = on_sale(school), school.learner(credit=10)
    sibling = school.learner(family=learner.family, credit=10)
    parents = school.parents(learner, channel="parents-pc")
    calls = [
        partial(parents.post, "/replay-purchases", place(child, lesson))
        for child in (learner, sibling) * 3
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    left = balances(parents, learner)["credit"] + balances(parents, sibling)["credit"]
    assert left == 18


def test_CU_4_buys_for_a_family_and_gives_back_what_was_paid_never_more(school: Desk) -> None:
    curriculum, lesson, learner = school.caller("curriculum"), on_sale(school), school.learner()
    coupon = school.lot(learner, asset="coupon")
    with_coupon = place(learner, lesson, pay_with="coupon", lot=coupon, reason="赠送")
    done(curriculum.post("/replay-purchases", with_coupon))
    parents = school.parents(learner)
    assert may_watch(parents, lesson)
    assert balances(parents, learner) == {"credit": 10}
    back = done(curriculum.post("/replay-refunds", place(learner, lesson)))
    assert back["refunded"] == back["paid"] == {"asset": "coupon", "amount": 1}
    assert balances(parents, learner) == {"credit": 10, "coupon": 1}
    assert not may_watch(parents, lesson)
    again = curriculum.post("/replay-refunds", place(learner, lesson))
    assert refused(again) == (409, "replay_not_bought")
    # Given back, it can be bought anew.
    done(curriculum.post("/replay-purchases", place(learner, lesson)))
    assert may_watch(parents, lesson)


def test_CU_4_refunds_at_once_give_back_once(school: Desk) -> None:
    curriculum, lesson, learner = school.caller("curriculum"), on_sale(school), school.learner()
    done(curriculum.post("/replay-purchases", place(learner, lesson)))
    refund = partial(curriculum.post, "/replay-refunds", place(learner, lesson))
    answers = together(*[refund] * 6)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert balances(school.parents(learner), learner) == {"credit": 10}


def test_CU_4_and_PC_3_are_for_their_channels_alone(school: Desk) -> None:
    lesson, learner = on_sale(school), school.learner()
    body = place(learner, lesson)
    for channel in (*OTHERS, "classroom", "parents-h5"):
        caller = school.caller(channel)
        for path, asked in (
            ("/replays", replay(lesson)),
            ("/replay-withdrawals", {"lesson": lesson}),
            ("/replay-purchases", body),
            ("/replay-refunds", body),
        ):
            assert refused(caller.post(path, asked)) == (403, "channel_may_not"), (channel, path)
    pc = school.caller("parents-pc")
    for path, asked in (("/replays", replay(lesson)), ("/replay-refunds", body)):
        assert refused(pc.post(path, asked)) == (403, "channel_may_not")
    assert balances(school.caller("lp"), learner) == {"credit": 10}
    assert not may_watch(school.parents(learner), lesson)


def test_CU_4_does_not_reach_replays_of_another_market(school: Desk, other_company: Desk) -> None:
    lesson, abroad = on_sale(school), other_company.caller("curriculum")
    assert done(abroad.get("/replays"))["replays"] == []
    assert refused(abroad.get(f"/replays/{lesson}/address")) == (404, "class_not_found")
    body = place(other_company.learner(), lesson)
    assert refused(abroad.post("/replay-purchases", body)) == (404, "class_not_found")
