"""Why each row of a run is as it is: codes and facts, as JSON."""

from collections import Counter
from typing import Any

import numpy as np

from yueke.kernel.grid import show_instant
from yueke.kernel.outcome import json_text
from yueke.supply.autobooking.planned import LISTED, TAGGED, TEACHER_CODES, Planned
from yueke.supply.autobooking.planning import WeekPlan
from yueke.supply.autobooking.reading import ASSETS, Columns, WeekFacts
from yueke.supply.autobooking.wanted import CODES, NOT_OPEN, TAKEN

# Which of the reasons of a rule's times says most: those that somebody can change.
_TELLING = (
    *("all_taken", "no_open_time", "learner_busy", "one_a_day", "holiday", "past", "no_such_time"),
)


def why_planned(planned: Planned) -> list[str]:
    """Return why each lesson has its teacher and time (SD-10).

    `place` counts from 1 in the rule's teachers or tags, `time` in its times; `choices` is how many
    teachers were free then.
    """
    known: dict[tuple[int, int, int, int], str] = {}
    columns = (planned.why, planned.place, planned.time, planned.choices)
    found = []
    for key in zip(*(column.tolist() for column in columns), strict=True):
        text = known.get(key)
        if text is None:
            text = known[key] = json_text(_teacher_facts(*key))
        found.append(text)
    return found


def why_missed(facts: WeekFacts, plan: WeekPlan, rule: int) -> str:
    """Return why a rule's missing lessons found no time: the reason, and what was at each time."""
    wanted = plan.wanted
    edges = range(int(wanted.first[rule]), int(wanted.first[rule + 1]))
    times = [
        [_time(facts, int(facts.times[edge]), int(wanted.cell[edge])), CODES[wanted.state[edge]]]
        for edge in edges
    ]
    counts = Counter(code for _, code in times)
    reason = next((code for code in _TELLING if counts[code]), "too_few_times")
    return json_text({"reason": reason, "times": times})


def why_unpaid(facts: WeekFacts, rule: int) -> str:
    """Return why what a learner owns is not enough for all that is wanted."""
    product = facts.products[int(facts.rules["product"][rule])]
    asset = ASSETS[int(facts.rules["asset"][rule])]
    told: dict[str, Any] = {"reason": "no_credits", "asset": asset}
    told["needed"] = product.prices.get(asset, 0)
    told["available"] = int(facts.rules["funds"][rule])
    return json_text(told)


def why_nothing(facts: WeekFacts, plan: WeekPlan, rule: int) -> str:
    """Return why a rule can have no lesson at all, whatever is open."""
    reason = plan.wanted.why_none[rule]
    product = facts.products[int(facts.rules["product"][rule])]
    told: dict[str, Any] = {"reason": reason}
    if reason == "level_too_low":
        told["level"] = product.major_level_needed
    if reason == "asset_not_accepted":
        told["asset"] = ASSETS[int(facts.rules["asset"][rule])]
    return json_text(told)


def note_taken(facts: WeekFacts, plan: WeekPlan, taken: Columns) -> None:
    """Tell times that nobody offers from those that were booked before the run."""
    wanted = plan.wanted
    counts = np.zeros((facts.week.cells + 1, len(facts.skills)), np.int64)
    counts[taken["cell"], taken["skill"]] = taken["count"]
    rule = wanted.rule
    was_booked = counts[wanted.cell, wanted.skill[rule]] > 0
    wanted.state[(wanted.state == NOT_OPEN) & was_booked] = TAKEN


def _teacher_facts(why: int, place: int, time: int, choices: int) -> dict[str, Any]:
    told: dict[str, Any] = {"teacher": TEACHER_CODES[why]}
    if why in (LISTED, TAGGED):
        told["place"] = place + 1
    return told | {"time": time + 1, "choices": choices}


def _time(facts: WeekFacts, half_hour: int, cell: int) -> str | int:
    """Return the instant of a time, or its half-hour of the week where the clock leaves it out."""
    return half_hour if cell < 0 else show_instant(facts.week.at(cell))


assert set(_TELLING) == set(CODES) - {"possible", "own"}
