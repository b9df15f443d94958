"""What a rule asks for, and whether it can be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from yueke.supply.autobooking.refusals import AutoRuleInvalid

LESSONS_MAX: Final = 14
DAYS: Final = 7
DAY_CELLS: Final = 48
TIMES_MAX: Final = 100
TEACHERS_MAX: Final = 20
TAGS_MAX: Final = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What one learner is to have each week; times are half-hours of the week from Monday 00:00.

    Times, teachers and tags come in the order in which they are liked, teachers before tags.
    """

    learner_id: int
    product: str
    lessons: int
    times: Sequence[int]
    teachers: Sequence[int] = ()
    tags: Sequence[str] = field(default=())
    is_spread: bool = True
    skips_holidays: bool = False
    asset: str = "credit"


def check(wish: Wish) -> None:
    """Refuse (auto_rule_invalid) numbers and lists that no rule can have (LP-1)."""
    if not 1 <= wish.lessons <= LESSONS_MAX:
        raise AutoRuleInvalid("lessons")
    _check_list("times", wish.times, least=1, most=TIMES_MAX)
    if not all(0 <= time < DAYS * DAY_CELLS for time in wish.times):
        raise AutoRuleInvalid("times")
    _check_list("teachers", wish.teachers, least=0, most=TEACHERS_MAX)
    _check_list("tags", wish.tags, least=0, most=TAGS_MAX)


def a_day(*, lessons: int, is_spread: bool) -> int:
    """Return how many of so many lessons a week may lie on one day."""
    return -(-lessons // DAYS) if is_spread else lessons


def _check_list(name: str, values: Sequence[object], *, least: int, most: int) -> None:
    if not least <= len(values) <= most or len(set(values)) != len(values):
        raise AutoRuleInvalid(name)
