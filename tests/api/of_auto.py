"""What requests to the routes of auto-booking carry, something new each time."""

from typing import Any

from tests.served import Desk, done, id_of, written
from tests.spec.supply.run_week import TIMER, at, last_run, rows_of, rule
from tests.spec.supply.weeks import ZONE
from yueke.supply.autobooking import weekly
from yueke.supply.runs.models import WeeklyRun
from yueke.supply.runs.weeks import next_week

# Who may send each.
CHANNELS = {
    "/auto-rules": "lp",
    "/auto-rule-pauses": "lp",
    "/auto-rule-deletions": "lp",
    "/auto-run-bookings": "lp",
    "/holidays": "supply",
    "/holiday-removals": "supply",
}
WEEK = next_week(now=TIMER, zone=str(ZONE))


def auto_values(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return what stores a rule for a new learner, or names one that is stored."""
    if path.startswith("/holiday"):
        return _holiday(company, path, turn)
    if path == "/auto-run-bookings":
        return _missed(company)
    asked = rule(company.learner(), (turn % 7, "19:00"))
    if path == "/auto-rules":
        # Its times would be taken for those of others.
        return {"body": asked}
    return {"rule": done(company.caller("lp").post("/auto-rules", asked))["rule"], "paused": True}


def _holiday(company: Desk, path: str, turn: int) -> dict[str, Any]:
    days = {"first_day": f"2026-10-{1 + turn % 7:02}", "last_day": "2026-10-08"}
    asked = {"name": f"国庆 {turn}", **days, "reason": ""}
    if path == "/holidays":
        return {"body": asked}
    return {"holiday": done(company.caller("supply").post("/holidays", asked))["holiday"]}


def _missed(company: Desk) -> dict[str, Any]:
    """Return a row of a run that was missed, and what has become free since."""
    # At a level that nobody else teaches.
    lp, learner = company.caller("lp"), company.learner(level=4)
    start = at(2, "19:00")
    rule_id = done(lp.post("/auto-rules", rule(learner, (2, "19:00"))))["rule"]
    market_id = company.company.market_id
    WeeklyRun.objects.filter(market_id=market_id).delete()
    weekly.go_on(weekly.start(market_id=market_id, week=WEEK, now=TIMER), now=lambda: TIMER)
    [row] = rows_of(lp, learner=id_of(learner))
    done(lp.post("/auto-rule-deletions", {"rule": rule_id}))
    teacher = company.teacher(start, skills=["major:4"])
    return {
        "run": last_run(lp)["run"],
        "place": row["place"],
        "teacher": id_of(teacher),
        "starts_at": written(start)[0],
    }
