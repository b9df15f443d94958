"""Rules for the bench of auto-booking: times of an evening peak, and teachers who have some."""

import numpy as np

from yueke.cli.demo.weeks import Weeks
from yueke.kernel.arrays import Numbers, read_numbers
from yueke.kernel.columns import instants, numbers, texts
from yueke.kernel.transaction import begin, read
from yueke.supply.autobooking import reading
from yueke.supply.runs.weeks import Week

MARKET = 1
LESSONS = 2
# Acceptable times of a learner, those of the first teacher with them, and teachers listed.
TIMES, OF_TEACHER, TEACHERS = 8, 3, 2
_CHUNK = 50_000
_ROOM = reading.__name__.rpartition(".")[0]


def store(*, learners: int, week: Week, weeks: Weeks, seed: int = 1) -> int:
    """Store rules for so many learners who can pay for them; return how many there were."""
    rng = np.random.default_rng(seed)
    asked = {"market_id": MARKET, "credits": LESSONS, "count": learners}
    with read() as work:
        columns = ("learner", "level")
        found = read_numbers(work, __package__, "learners_who_can_pay", asked, columns=columns)
        opened = read_numbers(
            work,
            _ROOM,
            "open_slots",
            {
                "market_id": MARKET,
                "begin": week.begin,
                "end": week.end,
                "starts": instants(week.at(cell) for cell in range(week.cells)),
                "now": weeks.now,
            },
            columns=("teacher", "cell", "product", "learner", "rating"),
        )
        skills = [f"major:{level}" for level in range(8)]
        teaches = read_numbers(
            work,
            _ROOM,
            "teachers_with",
            {"market_id": MARKET, "skills": texts(skills)},
            columns=("teacher", "skill"),
        )
    teachers = _teachers(found["level"], teaches["teacher"], teaches["skill"], rng)
    times = _times(week, weeks, opened["teacher"], opened["cell"], teachers[:, 0], rng)
    _write(found["learner"], times, teachers)
    return len(found["learner"])


def _teachers(
    level: Numbers, teacher: Numbers, skill: Numbers, rng: np.random.Generator
) -> Numbers:
    """Return for each learner teachers of the level."""
    chosen = np.zeros((len(level), TEACHERS), np.int64)
    for one in np.unique(level):
        mine = np.flatnonzero(level == one)
        able = teacher[skill == one]
        chosen[mine] = rng.choice(able, (len(mine), TEACHERS))
    return chosen


def _times(
    week: Week,
    weeks: Weeks,
    teacher: Numbers,
    cell: Numbers,
    first: Numbers,
    rng: np.random.Generator,
) -> list[str]:
    """Return each learner's times: some of those of the first teacher, the others by demand."""
    half_hours = np.array(
        [wall.weekday() * 48 + wall.hour * 2 + wall.minute // 30 for wall in weeks.walls]
    )
    liking = np.log(weeks.demand)
    place = {week.cell_of(half_hour): half_hour for half_hour in range(336)}
    order = np.argsort(teacher, kind="stable")
    begins = np.searchsorted(teacher[order], first)
    ends = np.searchsorted(teacher[order], first, side="right")
    found = []
    for begins_at in range(0, len(first), _CHUNK):
        some = range(begins_at, min(begins_at + _CHUNK, len(first)))
        scores = liking + rng.gumbel(size=(len(some), len(liking)))
        drawn = half_hours[np.argpartition(-scores, TIMES, axis=1)[:, :TIMES]]
        for row, learner in zip(drawn.tolist(), some, strict=True):
            open_ = cell[order[begins[learner] : ends[learner]]]
            own = rng.permutation(open_)[:OF_TEACHER].tolist()
            times = list(dict.fromkeys([*(place[one] for one in own), *row]))[:TIMES]
            found.append("{" + ",".join(map(str, times)) + "}")
    return found


def _write(learner: Numbers, times: list[str], teachers: Numbers) -> None:
    with begin() as work:
        for first in range(0, len(learner), _CHUNK):
            rows = slice(first, first + _CHUNK)
            columns = (
                numbers(learner[rows].tolist()),
                texts(times[rows]),
                texts(
                    "{" + ",".join(map(str, dict.fromkeys(row))) + "}"
                    for row in teachers[rows].tolist()
                ),
            )
            work.write(__package__, "store_rules", (LESSONS, *columns, MARKET))
    with begin() as work:
        work.run(__package__, "analyze_rules")
