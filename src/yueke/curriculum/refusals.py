"""How products and courses are refused."""

from dataclasses import dataclass
from typing import ClassVar

from yueke.kernel.refusal import Kind, Refusal


@dataclass
class ProductUnknown(Refusal):
    """No product of the market has this code."""

    code: ClassVar[str] = "product_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    product: str


@dataclass
class CourseNotOpen(Refusal):
    """The learner has no learning progress in the product."""

    code: ClassVar[str] = "course_not_open"
    kind: ClassVar[Kind] = Kind.CONFLICT
    product: str


@dataclass
class CoursewareUnknown(Refusal):
    """The lesson's course has no lesson of this number."""

    code: ClassVar[str] = "courseware_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    number: int


@dataclass
class LevelTooLow(Refusal):
    """The learner has not reached the level of the major course that the product needs."""

    code: ClassVar[str] = "level_too_low"
    kind: ClassVar[Kind] = Kind.CONFLICT
    product: str
    level: int


@dataclass
class CourseUnknown(Refusal):
    """The product has no course of this level."""

    code: ClassVar[str] = "course_unknown"
    kind: ClassVar[Kind] = Kind.INVALID
    product: str
    level: int
