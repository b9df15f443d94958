"""Read what decides a week: rules, what learners own and have, who offers what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from yueke.curriculum import operations as curriculum
from yueke.curriculum.rules import ProductFacts, read_catalogue
from yueke.kernel.arrays import Numbers, read_lists, read_numbers
from yueke.kernel.columns import instants, texts
from yueke.kernel.transaction import Work
from yueke.supply.holidays import queries as holidays
from yueke.supply.runs.weeks import DAYS, Week
from yueke.wallet.models import Account

ASSETS = tuple(Account.Asset.values)
# A teacher met within so long is known.
KNOWN_DAYS = 56
Columns = dict[str, Numbers]
_RULE = (
    *("id", "learner", "product", "lessons", "is_spread", "skips_holidays", "asset", "funds"),
    *("level", "major_level", "missed", "times", "teachers"),
)


@dataclass(frozen=True, kw_only=True)
class WeekFacts:
    """All that a plan of one week depends on, as columns; `skills[k]` is `product:level`."""

    market_id: int
    week: Week
    now: datetime
    products: dict[int, ProductFacts]
    holidays: frozenset[int]
    rules: Columns
    times: Numbers
    teachers: Numbers
    tags: list[str]
    rule_tags: Columns
    busy: Columns
    had: Columns
    known: Columns
    slots: Columns
    skills: list[str]
    teaches: Columns
    tagged: Columns


def read_week(
    work: Work, *, market_id: int, week: Week, now: datetime, learner_id: int | None = None
) -> WeekFacts:
    """Read a week's facts for all active rules of a market, or for one learner's (SD-10)."""
    asked: dict[str, Any] = {
        "market_id": market_id,
        "learner_id": learner_id,
        "begin": week.begin,
        "end": week.end,
        "now": now,
        "since": now - timedelta(days=KNOWN_DAYS),
        "monday": week.monday,
        "assets": texts(ASSETS),
    }
    [priced] = work.ask(curriculum.catalogue(market_id=market_id, now=now)).fetch()
    products = {product.id: product for product in read_catalogue(priced).values()}

    def numbers(name: str, *columns: str) -> Columns:
        return read_numbers(work, __package__, name, asked, columns=columns)

    rules = numbers("rules", *_RULE)
    levels = sorted(set(zip(rules["product"].tolist(), rules["level"].tolist(), strict=True)))
    skills = [f"{products[product].code}:{level}" for product, level in levels]
    tags = [row[0] for row in work.run_for_values(__package__, "tags_asked", asked)]
    times = read_lists(work, __package__, "rule_times", asked)
    longest = max((products[product].cells for product, _ in levels), default=1)
    starts = instants(_asked(week, times, longest))
    asked |= {"skills": texts(skills), "tags": texts(tags), "starts": starts}
    return WeekFacts(
        market_id=market_id,
        week=week,
        now=now,
        products=products,
        holidays=_holidays(market_id, week),
        rules=rules,
        times=times,
        teachers=read_lists(work, __package__, "rule_teachers", asked),
        tags=tags,
        rule_tags=numbers("rule_tags", "rule", "tag"),
        busy=numbers("busy", "learner", "cell"),
        had=numbers("had", "rule", "cell"),
        known=numbers("known", "learner", "teacher", "lessons"),
        slots=numbers("open_slots", "teacher", "cell", "product", "learner", "rating"),
        skills=skills,
        teaches=numbers("teachers_with", "teacher", "skill"),
        tagged=numbers("teachers_tagged", "teacher", "tag"),
    )


def read_taken(work: Work, facts: WeekFacts) -> Columns:
    """Read how many half-hours teachers of each skill have booked, by cell of the week."""
    asked = {
        "market_id": facts.market_id,
        "skills": texts(facts.skills),
        "begin": facts.week.begin,
        "end": facts.week.end,
    }
    columns = ("cell", "skill", "count")
    return read_numbers(work, __package__, "taken_slots", asked, columns=columns)


def _asked(week: Week, times: Numbers, longest: int) -> list[datetime]:
    """Return the half-hours that lessons at these times can take; what is open beside is no use."""
    cells = [week.cell_of(half_hour) for half_hour in np.unique(times).tolist()]
    begins = [cell for cell in cells if cell >= 0]
    return [week.at(cell) for cell in sorted({c + step for c in begins for step in range(longest)})]


def _holidays(market_id: int, week: Week) -> frozenset[int]:
    """Return the days of the week, 0 is Monday, that lie in a holiday."""
    days = [week.monday + timedelta(days=day) for day in range(DAYS)]
    found = list(holidays.between(market_id=market_id, first_day=days[0], last_day=days[-1]))
    return frozenset(
        place
        for place, day in enumerate(days)
        if any(one.first_day <= day <= one.last_day for one in found)
    )
