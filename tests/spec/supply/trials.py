"""Trials without teachers: how many there may be, and what books one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.served import Desk, done, id_of
from yueke.kernel.grid import show_instant
from yueke.people.models import Learner
from yueke.supply.overbooking import holds


def may_overbook(
    company: Desk, *, ceiling: int, ratio_percent: int = 100, floor: int = 0
) -> dict[str, Any]:
    """Let so many trials be overbooked at every half-hour of the week."""
    step = {"weekday": 0, "at": "00:00", "ratio_percent": ratio_percent, "floor": floor}
    body = {"product": "trial", "steps": [{**step, "ceiling": ceiling}]}
    return done(company.caller("supply").post("/overbook-strategies", body))


def overbooking(learner: Learner, start: datetime) -> dict[str, Any]:
    """Return what books a trial without a teacher."""
    return {"learner": id_of(learner), "starts_at": show_instant(start)}


def occupied(company: Desk, *, before: datetime | None = None) -> tuple[int, int]:
    """Let the timer hold teachers; return how many were held and let go."""
    now = datetime.now(UTC) if before is None else before - timedelta(minutes=2)
    return holds.occupy(market_id=company.company.market_id, now=now)
