"""Coupons by code: marketing prints them, parents redeem them."""

from functools import partial
from typing import Any

import pytest

from tests import world
from tests.served import Caller, Desk, ahead, balances, booking, done, id_of, refused, together
from yueke.kernel.grid import show_instant

pytestmark = pytest.mark.usefixtures("every_law_holds")
START = ahead(hours=30)


def batch(**more: Any) -> dict[str, Any]:
    """Return the body that makes two codes."""
    return {
        "name_zh": "迎新券",
        "name_en": "Welcome",
        "codes": 2,
        "valid_days": 30,
        "redeem_until": show_instant(ahead(hours=48)),
        **more,
    }


def codes_of(company: Desk, **more: Any) -> tuple[Caller, str, list[str]]:
    """Make a batch; return the marketing system, its id and its codes."""
    marketing = company.caller("marketing")
    id_ = done(marketing.post("/coupon-batches", batch(**more)))["batch"]
    codes = done(marketing.get(f"/coupon-batches/{id_}/codes"))["codes"]
    return marketing, id_, [code["code"] for code in codes]


def test_a_code_becomes_a_coupon_that_pays_for_a_lesson(company: Desk) -> None:
    emma, learner = company.teacher(START), company.learner(credit=0)
    marketing, id_, codes = codes_of(company, product="major")
    parents = company.parents(learner)
    body = {"learner": id_of(learner), "code": codes[0]}
    told = parents.post("/redemptions?dry_run=true", body)
    assert (told.status_code, told.json()["product"]) == (200, "major")
    assert balances(parents, learner) == {}
    coupon = done(parents.post("/redemptions", body))
    assert (coupon["asset"], coupon["balance"], coupon["product"]) == ("coupon", 1, "major")
    [listed] = done(marketing.get("/coupon-batches"))["batches"]
    assert (listed["id"], listed["codes"], listed["redeemed"]) == (id_, 2, 1)
    [used, free] = done(marketing.get(f"/coupon-batches/{id_}/codes"))["codes"]
    assert (used["learner"], free["learner"]) == (id_of(learner), None)
    done(parents.post("/bookings", booking(learner, emma, START, pay_with="coupon")))
    assert balances(parents, learner) == {}


def test_a_code_is_read_however_it_is_typed(company: Desk) -> None:
    learner = company.learner(credit=0)
    _, _, codes = codes_of(company)
    typed = codes[0].lower().replace("-", " ")
    done(company.parents(learner).post("/redemptions", {"learner": id_of(learner), "code": typed}))


def test_a_code_is_redeemed_once_whoever_is_at_it(company: Desk) -> None:
    learners = [company.learner(credit=0) for _ in range(6)]
    _, _, codes = codes_of(company)
    calls = [
        partial(
            company.parents(one).post, "/redemptions", {"learner": id_of(one), "code": codes[0]}
        )
        for one in learners
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert {refused(a)[1] for a in answers if a.status_code == 409} == {"coupon_redeemed"}
    lp = company.caller("lp")
    assert sum(balances(lp, one).get("coupon", 0) for one in learners) == 1


def test_a_family_redeems_as_many_as_the_batch_allows_its_children_together(
    company: Desk,
) -> None:
    family = world.add_family(company=company.company)
    children = [company.learner(family=family, name=name, credit=0) for name in ("大宝", "小宝")]
    _, _, codes = codes_of(company)
    parents = company.caller("parents-h5", family=family)
    calls = [
        partial(parents.post, "/redemptions", {"learner": id_of(one), "code": code})
        for one, code in zip(children, codes, strict=True)
    ]
    answers = together(*calls)
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert {refused(a)[1] for a in answers if a.status_code == 409} == {"coupon_limit_reached"}


def test_a_code_nobody_has_and_one_that_is_over_are_refused(
    company: Desk, other_company: Desk
) -> None:
    learner = company.learner(credit=0)
    parents, body = company.parents(learner), {"learner": id_of(learner)}
    for code in ("", "ABCD-EFGH-2345", "'; --"):
        answer = parents.post("/redemptions", {**body, "code": code})
        assert refused(answer) == (404, "coupon_unknown"), code
    _, _, abroad = codes_of(other_company)
    answer = parents.post("/redemptions", {**body, "code": abroad[0]})
    assert refused(answer) == (404, "coupon_unknown")
    other = company.learner()
    _, _, codes = codes_of(company)
    theirs = parents.post("/redemptions", {"learner": id_of(other), "code": codes[0]})
    assert refused(theirs) == (404, "learner_not_found")


@pytest.mark.parametrize(
    "wrong", [{"name_zh": ""}, {"redeem_until": show_instant(ahead(hours=-1))}]
)
def test_a_batch_that_cannot_be_is_refused(company: Desk, wrong: dict[str, Any]) -> None:
    answer = company.caller("marketing").post("/coupon-batches", batch(**wrong))
    assert refused(answer) == (422, "coupon_batch_invalid")


def test_codes_are_made_by_marketing_and_redeemed_by_parents_alone(company: Desk) -> None:
    learner = company.learner()
    marketing, id_, codes = codes_of(company)
    for channel in ("teachers", "lp", "cc", "tmk", "fireman", "supply", "curriculum"):
        caller = company.caller(channel)
        assert refused(caller.post("/coupon-batches", batch())) == (403, "channel_may_not")
        assert refused(caller.get(f"/coupon-batches/{id_}/codes")) == (403, "channel_may_not")
    on_a_pc = company.parents(learner, channel="parents-pc")
    for caller in (marketing, company.caller("lp"), company.caller("system"), on_a_pc):
        body = {"learner": id_of(learner), "code": codes[0]}
        assert refused(caller.post("/redemptions", body)) == (403, "channel_may_not")
    parents = company.parents(learner)
    assert refused(parents.post("/coupon-batches", batch())) == (403, "channel_may_not")
