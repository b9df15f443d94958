"""What each rule still wants in a week, at which of its times, and what stands against the rest."""

from dataclasses import dataclass, field

import numpy as np

from yueke.kernel.arrays import Numbers
from yueke.supply.autobooking.reading import ASSETS, WeekFacts
from yueke.supply.runs.weeks import DAY_CELLS, DAYS, Week

# Why a time of a rule can't be had, in the order in which they are looked for.
POSSIBLE, NO_SUCH_TIME, PAST, HOLIDAY, BUSY, ONE_A_DAY, OWN, TAKEN, NOT_OPEN = range(9)
CODES = (
    *("possible", "no_such_time", "past", "holiday", "learner_busy", "one_a_day", "own"),
    *("all_taken", "no_open_time"),
)
# Beyond so many missed weeks nobody gets more precedence.
TIERS_MAX = 8
# More than any lesson costs times any number of lessons.
PLENTY = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One row a rule, and one an acceptable time of it, cut by `first`.

    `why_none` says of whoever can have nothing why; `lessons` is what is still wanted and can be
    paid, `short_of_funds` what can't. `turn` numbers a learner's own rules: they are planned one
    after another, so that no learner is in two places.
    """

    first: Numbers
    cell: Numbers
    day: Numbers
    state: Numbers
    skill: Numbers
    length: Numbers
    turn: Numbers
    lessons: Numbers
    short_of_funds: Numbers
    a_day: Numbers
    tier: Numbers
    why_none: dict[int, str] = field(default_factory=dict)

    @property
    def rule(self) -> Numbers:
        """The rule of each time."""
        return np.repeat(np.arange(len(self.lessons)), np.diff(self.first))


def read_wanted(facts: WeekFacts) -> Wanted:
    """Work out what is wanted (SD-10): what a learner has already counts against the number."""
    rules = facts.rules
    first = np.concatenate([[0], np.cumsum(rules["times"])])
    rule = np.repeat(np.arange(len(rules["id"])), rules["times"])
    cell = _cells(facts.week, facts.times)
    day = facts.times // DAY_CELLS
    length = _by_product(facts, [product.cells for product in facts.products.values()])
    had = np.searchsorted(rules["id"], facts.had["rule"])
    left = np.maximum(rules["lessons"] - np.bincount(had, minlength=len(rules["id"])), 0)
    why_none, affordable = _reach(facts)
    lessons = np.minimum(left, affordable)
    is_out = np.zeros(len(left), bool)
    is_out[list(why_none)] = True
    a_day = np.where(rules["is_spread"] > 0, -(-rules["lessons"] // DAYS), rules["lessons"])
    found = Wanted(
        first=first,
        cell=cell,
        day=day,
        state=np.zeros(len(cell), np.int64),
        skill=_skills(facts),
        length=length,
        turn=_turns(rules["learner"]),
        lessons=np.where(is_out, 0, lessons),
        short_of_funds=np.where(is_out, 0, left - lessons),
        a_day=a_day,
        tier=np.minimum(rules["missed"], TIERS_MAX),
        why_none={place: why for place, why in why_none.items() if left[place]},
    )
    _rule_out(facts, found, rule, had)
    return found


def _rule_out(facts: WeekFacts, wanted: Wanted, rule: Numbers, had: Numbers) -> None:
    """Write what stands against times, whoever may offer them."""
    state, cell = wanted.state, wanted.cell
    state[cell < 0] = NO_SUCH_TIME
    earliest = (facts.now - facts.week.begin).total_seconds() / 1800
    state[(cell >= 0) & (cell <= earliest)] = PAST
    closed = np.isin(wanted.day, list(facts.holidays)) & (facts.rules["skips_holidays"][rule] > 0)
    state[(state == POSSIBLE) & closed] = HOLIDAY
    mark_busy(wanted, facts, facts.busy["learner"], facts.busy["cell"])
    # A day that holds as many of the rule's lessons as it may takes no more.
    days = _days(facts.week)[facts.had["cell"]]
    counts = np.bincount(had * DAYS + days, minlength=DAYS * len(wanted.lessons))
    full = counts.reshape(-1, DAYS) >= wanted.a_day[:, None]
    is_spread = facts.rules["is_spread"][rule] > 0
    state[(state == POSSIBLE) & is_spread & full[rule, wanted.day]] = ONE_A_DAY


def mark_busy(wanted: Wanted, facts: WeekFacts, learner: Numbers, cell: Numbers) -> None:
    """Rule out times at which learners are in a lesson for any of their half-hours."""
    if not len(learner):
        return
    rule = wanted.rule
    width = facts.week.cells + 64
    taken = np.unique(learner * width + cell)
    for step in range(int(wanted.length.max(initial=1))):
        asked = facts.rules["learner"][rule] * width + wanted.cell + step
        clash = np.isin(asked, taken) & (wanted.length[rule] > step)
        wanted.state[(wanted.state == POSSIBLE) & clash] = BUSY


def _reach(facts: WeekFacts) -> tuple[dict[int, str], Numbers]:
    """Return why rules can have nothing, and how many lessons the others can pay for."""
    rules = facts.rules
    price = np.full(len(rules["id"]), -1)
    needed = np.full(len(rules["id"]), -1)
    for product in facts.products.values():
        mine = rules["product"] == product.id
        needed[mine] = -1 if product.major_level_needed is None else product.major_level_needed
        for place, asset in enumerate(ASSETS):
            price[mine & (rules["asset"] == place)] = product.prices.get(asset, -1)
    affordable = np.where(price > 0, rules["funds"] // np.maximum(price, 1), PLENTY)
    _share(rules["learner"], rules["asset"], price, rules["lessons"], affordable)
    why = {int(place): "asset_not_accepted" for place in np.flatnonzero(price < 0)}
    why |= {int(r): "level_too_low" for r in np.flatnonzero(rules["major_level"] < needed)}
    why |= {int(place): "course_not_open" for place in np.flatnonzero(rules["level"] < 0)}
    return why, affordable


def _share(
    learner: Numbers, asset: Numbers, price: Numbers, lessons: Numbers, affordable: Numbers
) -> None:
    """Count what one rule of a learner may spend against the learner's next rules."""
    order = np.argsort(learner, kind="stable")
    again = np.flatnonzero(np.diff(learner[order]) == 0)
    spent: dict[tuple[int, int], int] = {}
    for place in np.unique(np.concatenate([order[again], order[again + 1]])).tolist():
        key = (int(learner[place]), int(asset[place]))
        each = max(int(price[place]), 0)
        before = spent.get(key, 0)
        if each and before:
            affordable[place] = max(int(affordable[place]) - -(-before // each), 0)
        spent[key] = before + each * min(int(lessons[place]), int(affordable[place]))


def _turns(learner: Numbers) -> Numbers:
    """Number each learner's rules from 0, in the order of the rules."""
    order = np.argsort(learner, kind="stable")
    ranked = learner[order]
    begins = np.flatnonzero(np.concatenate([[True], np.diff(ranked) != 0]))[: len(ranked)]
    turn = np.arange(len(ranked)) - np.repeat(begins, np.diff([*begins, len(ranked)]))
    found = np.empty_like(turn)
    found[order] = turn
    return found


def _by_product(facts: WeekFacts, values: list[int]) -> Numbers:
    ids = np.array(list(facts.products), np.int64)
    order = np.argsort(ids)
    places = np.searchsorted(ids[order], facts.rules["product"])
    found: Numbers = np.array(values, np.int64)[order][places]
    return found


def _skills(facts: WeekFacts) -> Numbers:
    """Return for each rule its place in `facts.skills`."""
    places = {skill: place for place, skill in enumerate(facts.skills)}
    rules = facts.rules
    width = int(rules["level"].max(initial=0)) + 2
    keys, inverse = np.unique(rules["product"] * width + rules["level"] + 1, return_inverse=True)
    pairs = [divmod(key, width) for key in keys.tolist()]
    skill = [places[f"{facts.products[product].code}:{above - 1}"] for product, above in pairs]
    found: Numbers = np.array(skill, np.int64)[inverse.reshape(-1)]
    return found


def _cells(week: Week, times: Numbers) -> Numbers:
    """Return the cell of each time, -1 where there is none; each half-hour is looked up once."""
    half_hours, place = np.unique(times, return_inverse=True)
    found = np.array([week.cell_of(half_hour) for half_hour in half_hours.tolist()], np.int64)
    return found[place.reshape(-1)]


def _days(week: Week) -> Numbers:
    """Return the market's day of each cell of the week."""
    begins = [week.cell_of(day * DAY_CELLS) for day in range(DAYS)]
    return np.searchsorted(np.array(begins), np.arange(week.cells), side="right") - 1
