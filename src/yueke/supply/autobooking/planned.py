"""What a plan gives: lessons as columns, and what each rule falls short of."""

from dataclasses import dataclass

import numpy as np

from yueke.kernel.arrays import Numbers

# Why a lesson has its teacher.
KEPT, LISTED, KNOWN, TAGGED, ONLY_ONE, ANY_ONE = range(6)
TEACHER_CODES = ("kept", "listed", "known", "tag", "only_free", "free")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One row a lesson. `time` is the place of its time in the rule, `cell` that in the week.

    `why` is one of the codes above; `place` that of the teacher (or tag) in the rule, `choices` how
    many teachers were free then.
    """

    rule: Numbers
    time: Numbers
    cell: Numbers
    teacher: Numbers
    why: Numbers
    place: Numbers
    choices: Numbers

    @property
    def count(self) -> int:
        """How many lessons."""
        return len(self.rule)


def joined(parts: list[Planned]) -> Planned:
    """Return several plans as one, by rule and time."""
    names = ("rule", "time", "cell", "teacher", "why", "place", "choices")
    nothing = np.zeros(0, np.int64)
    columns = {n: np.concatenate([nothing, *(getattr(p, n) for p in parts)]) for n in names}
    order = np.lexsort((columns["time"], columns["rule"]))
    return Planned(**{name: column[order] for name, column in columns.items()})
