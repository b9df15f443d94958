"""The week that a run of auto-booking books, and what the run made of it."""

from datetime import UTC, datetime
from typing import Any

from tests.served import Caller, Desk, done, id_of
from tests.spec.supply import weeks
from tests.spec.supply.weeks import ZONE, monday
from yueke.people.models import Learner, Teacher
from yueke.supply.autobooking import weekly

# The timer's moment of this week: what it books is next week.
TIMER = datetime.combine(monday(weeks=0), weekly.AT, ZONE).astimezone(UTC)


def at(day: int, clock: str) -> datetime:
    """Return an instant of the week that is booked; day 0 is Monday."""
    return weeks.at(monday(), day, clock)


def rule(
    learner: Learner,
    *times: tuple[int, str],
    lessons: int = 1,
    teachers: tuple[Teacher, ...] = (),
    **more: Any,
) -> dict[str, Any]:
    """Return the body that stores a rule."""
    return {
        "learner": id_of(learner),
        "product": "major",
        "lessons": lessons,
        "times": [{"weekday": day, "at": clock} for day, clock in times],
        "teachers": [id_of(teacher) for teacher in teachers],
        **more,
    }


def store(company: Desk, learner: Learner, *times: tuple[int, str], **more: Any) -> str:
    """Have the learning partner store a rule, and return its id."""
    body = rule(learner, *times, **more)
    return str(done(company.caller("lp").post("/auto-rules", body))["rule"])


def run(company: Desk, *, now: datetime = TIMER) -> list[dict[str, Any]]:
    """Let the timer do its work, and return the rows of the last run."""
    weekly.run_due(now=lambda: now)
    return rows_of(company.caller("supply"))


def last_run(caller: Caller) -> dict[str, Any]:
    """Return the last run as the API tells it."""
    found: dict[str, Any] = done(caller.get("/auto-runs"))["runs"][0]
    return found


def rows_of(caller: Caller, **query: Any) -> list[dict[str, Any]]:
    """Return rows of the last run."""
    run_id = last_run(caller)["run"]
    rows: list[dict[str, Any]] = done(caller.get(f"/auto-runs/{run_id}/rows", **query))["rows"]
    return rows
