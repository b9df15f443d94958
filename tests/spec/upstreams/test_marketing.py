"""Marketing: campaigns that give energy stones for what learners do."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import world
from tests.served import (
    Caller,
    Desk,
    ahead,
    balances,
    begun,
    booked_before,
    booking,
    done,
    id_of,
    refused,
    together,
)
from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.wallet.campaigns import earning, queries
from yueke.wallet.campaigns.models import CampaignGrant

pytestmark = pytest.mark.usefixtures("every_law_holds")
OTHERS = ("parents-pc", "parents-h5", "teachers", "lp", "cc", "tmk", "fireman", "supply")


def campaign(**more: Any) -> dict[str, Any]:
    """Return the body that makes a campaign which runs now."""
    return {
        "name_zh": "双十一",
        "name_en": "Double eleven",
        "cause": "named",
        "amount": 10,
        "budget": 100,
        "begins_at": show_instant(ahead(hours=-1)),
        "ends_at": show_instant(ahead(hours=48)),
        **more,
    }


def made(company: Desk, **more: Any) -> tuple[Caller, str]:
    """Make a campaign; return the marketing system and the campaign's id."""
    marketing = company.caller("marketing")
    return marketing, done(marketing.post("/campaigns", campaign(**more)))["campaign"]


def run_timer() -> None:
    """Do what the timer does every minute."""
    now = datetime.now(UTC)
    while earning.note_earned(now=now):
        pass
    earning.give_due(now=now)


def state_of(caller: Caller, id_: str) -> dict[str, Any]:
    """Return a campaign as it is listed."""
    listed = done(caller.get("/campaigns"))["campaigns"]
    [found] = [one for one in listed if one["id"] == id_]
    return dict(found)


def test_M_1_a_campaign_gives_once_for_a_cause_that_a_system_names(company: Desk) -> None:
    learner = company.learner()
    marketing, id_ = made(company, valid_days=30)
    body = {"campaign": id_, "learner": id_of(learner), "cause": "invited 小明", "reason": "老带新"}
    told = marketing.post("/campaign-grants?dry_run=true", body)
    assert (told.status_code, told.json()["balance"]) == (200, 10)
    given = done(marketing.post("/campaign-grants", body))
    assert (given["asset"], given["balance"]) == ("stone", 10)
    left = datetime.fromisoformat(given["expires_at"]) - datetime.now(UTC)
    assert timedelta(days=29) < left <= timedelta(days=30)
    again = marketing.post("/campaign-grants", body)
    assert refused(again) == (409, "campaign_earned_before")
    done(marketing.post("/campaign-grants", {**body, "cause": "invited 小红"}))
    assert balances(marketing, learner) == {"credit": 10, "stone": 20}
    assert state_of(marketing, id_)["granted"] == 20
    events = done(company.caller("lp").get("/events", learner=id_of(learner)))["events"]
    told_of = [e for e in events if e["kind"] == "wallet.granted" and e["reason"] == "老带新"]
    assert len(told_of) == 2


def test_M_1_a_campaign_gives_for_what_the_log_tells_and_once_for_a_lesson(company: Desk) -> None:
    run_timer()
    learner, fireman = company.learner(), company.caller("fireman")
    marketing, id_ = made(company, cause="lesson.finished")
    _, seat = booked_before(company, learner, begun())
    done(fireman.post("/finishes", {"seat": seat}))
    done(fireman.post("/finish-undos", {"seat": seat}))
    done(fireman.post("/finishes", {"seat": seat}))
    for _ in range(2):
        run_timer()
    assert balances(marketing, learner)["stone"] == 10
    assert state_of(marketing, id_)["granted"] == 10


def test_M_1_a_lesson_earns_for_all_who_came_and_for_nobody_else(company: Desk) -> None:
    run_timer()
    learners, fireman = [company.learner() for _ in range(3)], company.caller("fireman")
    marketing, _ = made(company, cause="lesson.finished")
    _, seat = booked_before(company, learners[0], begun())
    number = public_ids.read("st", seat)
    assert number is not None
    _, missed = [world.seat_beside(learner=one, seat_id=number) for one in learners[1:]]
    absent = {"seat": public_ids.show("st", missed), "who": "learner"}
    done(fireman.post("/absences", absent))
    done(fireman.post("/finishes", {"seat": seat}))
    told = done(fireman.get("/events", seat=seat))["events"][-1]
    assert sorted(told["data"]["came"]) == sorted(id_of(one) for one in learners[:2])
    run_timer()
    assert [balances(marketing, one).get("stone") for one in learners] == [10, 10, None]


def test_M_1_what_happens_outside_its_dates_earns_nothing(company: Desk) -> None:
    run_timer()
    learner, fireman = company.learner(), company.caller("fireman")
    later = show_instant(ahead(hours=1))
    marketing, id_ = made(company, cause="lesson.finished", begins_at=later)
    _, seat = booked_before(company, learner, begun())
    done(fireman.post("/finishes", {"seat": seat}))
    run_timer()
    assert "stone" not in balances(marketing, learner)
    body = {"campaign": id_, "learner": id_of(learner), "cause": "x"}
    early = marketing.post("/campaign-grants", body)
    assert refused(early) == (409, "campaign_not_running")
    assert state_of(marketing, id_)["state"] == "to_come"


def test_M_1_the_budget_is_never_exceeded(company: Desk) -> None:
    marketing, id_ = made(company, budget=35)
    learners = [company.learner() for _ in range(6)]
    wishes = [{"campaign": id_, "learner": id_of(one), "cause": "x"} for one in learners]
    answers = together(*(partial(marketing.post, "/campaign-grants", wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3
    codes = {refused(answer)[1] for answer in answers if answer.status_code == 409}
    assert codes == {"campaign_budget_spent"}
    found = state_of(marketing, id_)
    assert (found["granted"], found["state"]) == (30, "spent")


def test_M_1_what_the_log_earns_beyond_the_budget_is_refused_and_stays_so(company: Desk) -> None:
    run_timer()
    learners, fireman = [company.learner() for _ in range(3)], company.caller("fireman")
    marketing, id_ = made(company, cause="lesson.finished", budget=20)
    for learner in learners:
        _, seat = booked_before(company, learner, begun())
        done(fireman.post("/finishes", {"seat": seat}))
    run_timer()
    given = [balances(marketing, learner).get("stone", 0) for learner in learners]
    assert sorted(given) == [0, 10, 10]
    states = sorted(CampaignGrant.objects.values_list("state", flat=True))
    assert states == ["granted", "granted", "refused"]
    done(marketing.post("/campaign-changes", {"campaign": id_, "budget": 100}))
    run_timer()
    assert state_of(marketing, id_)["granted"] == 20


def test_M_1_a_learner_earns_as_often_as_the_campaign_says(company: Desk) -> None:
    learner = company.learner()
    marketing, id_ = made(company, limit_per_learner=1)
    body = {"campaign": id_, "learner": id_of(learner)}
    done(marketing.post("/campaign-grants", {**body, "cause": "a"}))
    second = marketing.post("/campaign-grants", {**body, "cause": "b"})
    assert refused(second) == (409, "campaign_limit_reached")


def test_M_1_a_campaign_is_stopped_and_its_budget_changed_never_below_what_is_given(
    company: Desk,
) -> None:
    learner = company.learner()
    marketing, id_ = made(company)
    body = {"campaign": id_, "learner": id_of(learner)}
    done(marketing.post("/campaign-grants", {**body, "cause": "a"}))
    below = marketing.post("/campaign-changes", {"campaign": id_, "budget": 9})
    assert refused(below) == (422, "campaign_invalid")
    done(marketing.post("/campaign-changes", {"campaign": id_, "budget": 10}))
    more = marketing.post("/campaign-grants", {**body, "cause": "b"})
    assert refused(more) == (409, "campaign_budget_spent")
    soon = show_instant(datetime.now(UTC) + timedelta(seconds=1))
    done(marketing.post("/campaign-changes", {"campaign": id_, "ends_at": soon}))
    assert state_of(marketing, id_)["ends_at"] == soon


@pytest.mark.parametrize(
    "wrong",
    [
        {"cause": "moon"},
        # Booked and cancelled again and again, it would earn each time.
        {"cause": "lesson.booked"},
        {"name_en": " "},
        {"budget": 9},
        {"ends_at": show_instant(ahead(hours=-2))},
        {"begins_at": show_instant(ahead(hours=-9)), "ends_at": show_instant(ahead(hours=-2))},
    ],
)
def test_M_1_a_campaign_that_cannot_be_is_refused(company: Desk, wrong: dict[str, Any]) -> None:
    answer = company.caller("marketing").post("/campaigns", campaign(**wrong))
    assert refused(answer) == (422, "campaign_invalid")


def test_M_1_is_for_marketing(company: Desk, other_company: Desk) -> None:
    learner = company.learner()
    _, id_ = made(company)
    grant = {"campaign": id_, "learner": id_of(learner), "cause": "x"}
    for channel in (*OTHERS, "curriculum", "classroom", "international"):
        caller = company.caller(channel)
        for path, body in (
            ("/campaigns", campaign()),
            ("/campaign-changes", {"campaign": id_, "budget": 50}),
            ("/campaign-grants", grant),
        ):
            assert refused(caller.post(path, body)) == (403, "channel_may_not"), (channel, path)
    abroad = other_company.caller("marketing")
    assert refused(abroad.post("/campaign-grants", grant)) == (404, "campaign_not_found")
    assert done(abroad.get("/campaigns"))["campaigns"] == []
    theirs = {**grant, "learner": id_of(other_company.learner())}
    foreign = company.caller("marketing").post("/campaign-grants", theirs)
    assert refused(foreign) == (404, "learner_not_found")


def test_H5_3_books_with_the_stones_a_campaign_gave(company: Desk) -> None:
    start = ahead(hours=30)
    emma, learner = company.teacher(start), company.learner(credit=0)
    marketing, id_ = made(company, amount=30)
    done(
        marketing.post(
            "/campaign-grants", {"campaign": id_, "learner": id_of(learner), "cause": "welcome"}
        )
    )
    parents = company.parents(learner)
    done(parents.post("/bookings", booking(learner, emma, start, pay_with="stone")))
    assert balances(parents, learner) == {}


def test_what_a_campaign_gave_is_read_along_an_index(company: Desk) -> None:
    grants = queries.grants_of(market_id=company.company.market_id, campaign_id=1)
    with connection.cursor() as cursor:
        settings = ("enable_seqscan", "enable_sort", "enable_bitmapscan")
        for setting in settings:
            cursor.execute(f"SET {setting} = off")
        plan = grants.explain()
        for setting in settings:
            cursor.execute(f"RESET {setting}")
    assert "campaign_grant_by_time" in plan
    assert "Sort" not in plan


def test_campaigns_are_looked_up_once_for_all_events(company: Desk) -> None:
    made(company)
    run_timer()
    for _ in range(3):
        booked_before(company, company.learner(), begun())
    with CaptureQueriesContext(connection) as asked:
        earning.note_earned(now=datetime.now(UTC))
    assert sum('FROM "campaign"' in one["sql"] for one in asked.captured_queries) == 1
