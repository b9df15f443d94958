"""The tables of the room, each kept with its subject."""

from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.requests.models import LessonRequest
from yueke.supply.runs.models import WeeklyRow, WeeklyRun

__all__ = ["Contract", "ContractLesson", "Dedicated", "LessonRequest", "WeeklyRow", "WeeklyRun"]
