"""What requests to the routes of supply carry, something new each time."""

from collections.abc import Callable
from typing import Any

from tests.api import of_auto
from tests.served import Desk, ahead, begun, booked_before, booking, done, id_of, soon, written
from tests.spec.supply.trials import may_overbook, overbooking
from tests.spec.supply.weeks import monday, weekly

# Who may send each.
CHANNELS = {
    "/lesson-requests": "lp",
    "/request-withdrawals": "lp",
    "/request-acceptances": "teachers",
    "/request-rejections": "teachers",
    "/request-keeps": "teachers",
    "/dedicated-teachers": "lp",
    "/dedicated-teacher-ends": "lp",
    "/priority-bookings": "lp",
    "/assured-bookings": "lp",
    "/overbookings": "cc",
    "/overbook-strategies": "supply",
    "/room-entries": "classroom",
    "/re-matches": "fireman",
    "/catch-ups": "lp",
    "/contracts": "lp",
    "/contract-ends": "lp",
    "/contract-acceptances": "teachers",
    "/contract-refusals": "teachers",
    **of_auto.CHANNELS,
}


def supply_values(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return what a request carries, with people of its own."""
    return _MAKERS[path](company, path, turn)


def _request(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return a new learner and teacher, and a request of one to the other to be answered."""
    asked = booking(company.learner(), company.teacher(), ahead(hours=72 + turn / 2))
    if path == "/lesson-requests":
        return asked
    request = done(company.caller("lp").post("/lesson-requests", asked))["request"]
    if path == "/request-keeps":
        done(company.caller("teachers").post("/request-acceptances", {"request": request}))
    return {"request": request, "keep": True}


def _contract(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return what proposes contracts for a new learner, or a contract to be answered."""
    skills, clock = ["allround:3"], f"{8 + turn % 12:02}:00"
    lin = company.teacher(skills=skills, tags=["chinese"])
    asked = {
        "learner": id_of(company.learner(studies=["allround"])),
        "product": "allround",
        "pay_with": "credit",
        "first_week": monday(weeks=1 + turn // 12).isoformat(),
        "chinese": weekly(lin, 1, clock),
        "foreign": weekly(company.teacher(skills=skills), 3, clock),
        "reason": "",
    }
    if path == "/contracts":
        # Its two parts name different teachers.
        return {"body": asked}
    made = done(company.caller("lp").post("/contracts", asked))["results"]
    return {"contract": made[0]["contract"]}


def dual_values(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return the body that books a new learner with two new teachers."""
    starts, skills = [ahead(hours=72), ahead(hours=73)], ["allround:3"]
    chinese = company.teacher(starts[0], skills=skills, tags=["chinese"])
    foreign = company.teacher(starts[1], skills=skills)
    body = {
        "learner": id_of(company.learner(studies=["allround"])),
        "chinese": {"teacher": id_of(chinese), "starts_at": written(starts[0])[0]},
        "foreign": {"teacher": id_of(foreign), "starts_at": written(starts[1])[0]},
    }
    return {"body": body}


def _dedicated(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return a new learner with their own teacher, perhaps chosen, who has time open."""
    start = ahead(hours=72 + turn / 2)
    learner, teacher = company.learner(), company.teacher(start)
    found = booking(learner, teacher, start)
    if path != "/dedicated-teachers":
        chosen = {"learner": id_of(learner), "product": "major", "teacher": id_of(teacher)}
        done(company.caller("lp").post("/dedicated-teachers", chosen))
    if path == "/assured-bookings":
        _, seat = booked_before(company, learner, begun())
        done(company.caller("fireman").post("/finishes", {"seat": seat}))
    return {**found, "at": "19:00"}


def _overbooked(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return a new learner, perhaps at the door of a trial, and a teacher who is free for it."""
    now = soon()
    may_overbook(company, ceiling=1000)
    opens = {"policy": "room_opens_minutes", "value": "60", "reason": ""}
    company.caller("supply").post("/policies", opens)
    steps = {"product": "trial", "weekday": 0, "at": "00:00", "ratio_percent": 100, "floor": 0}
    if path == "/overbook-strategies":
        return {**steps, "ceiling": 1000 + turn}
    start = now if path in ("/room-entries", "/re-matches") else ahead(hours=72 + turn / 2)
    asked = overbooking(company.learner(studies=["trial"]), start)
    if path == "/overbookings":
        return {**asked, "product": "trial"}
    seat = done(company.caller("cc").post("/overbookings", asked))["seat"]
    company.teacher(now, skills=["trial:3"])
    return {"seat": seat, "entered_at": None}


def _lost(company: Desk, path: str, turn: int) -> dict[str, Any]:
    """Return what books a lesson in the place of one that was cancelled."""
    start, again = ahead(hours=72 + turn / 2), ahead(hours=200 + turn / 2)
    learner, teacher = company.learner(), company.teacher(start, again)
    lp = company.caller("lp")
    seat = done(lp.post("/bookings", booking(learner, teacher, start)))["seat"]
    done(lp.post("/cancellations", {"seat": seat}))
    asked = {"lost": {"seat": seat}, "teacher": id_of(teacher), "starts_at": written(again)[0]}
    return {"body": asked}


_MAKERS: dict[str, Callable[[Desk, str, int], dict[str, Any]]] = {
    **{path: _request for path in CHANNELS if "request" in path},
    **{path: _contract for path in CHANNELS if path.startswith("/contract")},
    **dict.fromkeys(("/dedicated-teachers", "/dedicated-teacher-ends"), _dedicated),
    **dict.fromkeys(("/priority-bookings", "/assured-bookings"), _dedicated),
    **dict.fromkeys(("/overbookings", "/overbook-strategies"), _overbooked),
    **dict.fromkeys(("/room-entries", "/re-matches"), _overbooked),
    "/catch-ups": _lost,
    **dict.fromkeys(of_auto.CHANNELS, of_auto.auto_values),
}
