"""How dedicated teachers and their time are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class NoDedicatedTeacher(Refusal):
    """The learner has no dedicated teacher of this product."""

    code: ClassVar[str] = "no_dedicated_teacher"
    kind: ClassVar[Kind] = Kind.CONFLICT
    learner_id: int
    product: str


@dataclass
class NoFinishedLesson(Refusal):
    """The learner has finished no lesson this week, which assured priority asks for (SD-4)."""

    code: ClassVar[str] = "no_finished_lesson"
    kind: ClassVar[Kind] = Kind.CONFLICT
    learner_id: int


@dataclass
class TooManyTimes(Refusal):
    """A dedicated teacher has no more weekly times than this."""

    code: ClassVar[str] = "too_many_times"
    kind: ClassVar[Kind] = Kind.INVALID
    limit: int
