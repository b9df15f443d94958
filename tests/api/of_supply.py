"""What requests to the routes of supply carry, something new each time."""

from typing import Any

from tests.served import Desk, ahead, booking, done

# Who may send each.
CHANNELS = {
    "/lesson-requests": "lp",
    "/request-withdrawals": "lp",
    "/request-acceptances": "teachers",
    "/request-rejections": "teachers",
    "/request-keeps": "teachers",
}


def supply_values(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return a new learner and teacher, and a request of one to the other to be answered."""
    asked = booking(company.learner(), company.teacher(), ahead(hours=72 + turn / 2))
    if path == "/lesson-requests":
        return asked
    request = done(company.caller("lp").post("/lesson-requests", asked))["request"]
    if path == "/request-keeps":
        done(company.caller("teachers").post("/request-acceptances", {"request": request}))
    return {"request": request, "keep": True}
