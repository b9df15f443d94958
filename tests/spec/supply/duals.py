"""A dual learner's standing weekly lessons, for tests of contracts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.served import Caller, Desk, done, id_of
from tests.spec.supply.weeks import at, monday, weekly
from tests.spec.upstreams.offering import add_product
from yueke.people.models import Learner, Teacher
from yueke.supply.contracts import extend

FIRST = monday()


@dataclass
class Dual:
    """A learner with a Chinese teacher on Tuesdays and a foreign one on Thursdays."""

    company: Desk
    learner: Learner
    lin: Teacher
    emma: Teacher

    @property
    def lp(self) -> Caller:
        """The learning partners."""
        return self.company.caller("lp")

    def body(self, **more: Any) -> dict[str, Any]:
        """Return what proposes the contracts."""
        return {
            "learner": id_of(self.learner),
            "product": "allround",
            "first_week": FIRST.isoformat(),
            "chinese": weekly(self.lin, 1, "19:00"),
            "foreign": weekly(self.emma, 3, "19:30"),
            "reason": "双优排课",
            **more,
        }

    def propose(self) -> list[dict[str, Any]]:
        """Propose the contracts."""
        return list(done(self.lp.post("/contracts", self.body()))["results"])

    def extended(self) -> dict[str, Any]:
        """Let the timer plan the weeks to come, and return the foreign teacher's contract."""
        extend.extend_all(now=now_of(FIRST))
        [contract] = done(self.lp.get("/contracts", teacher=id_of(self.emma)))["contracts"]
        return dict(contract)


def now_of(week: Any) -> datetime:
    """Return the beginning of a week's Monday."""
    return at(week, 0, "00:00")


@pytest.fixture
def dual(company: Desk) -> Dual:
    """Return a dual learner with credits for ten lessons."""
    add_product(company, "allround", {"credit": 2})
    skills = ["allround:3"]
    lin = company.teacher(name="林", skills=skills, tags=["chinese"])
    emma = company.teacher(skills=skills, tags=["native"])
    return Dual(company, company.learner(credit=20, studies=["major", "allround"]), lin, emma)
