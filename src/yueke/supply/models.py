"""The tables of the room, each kept with its subject."""

from yueke.supply.autobooking.models import AutoRule
from yueke.supply.catchups.models import CatchUp
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.holidays.models import Holiday
from yueke.supply.matching.models import Wait
from yueke.supply.requests.models import LessonRequest
from yueke.supply.runs.models import WeeklyRow, WeeklyRun

__all__ = [
    "AutoRule",
    "CatchUp",
    "Contract",
    "ContractLesson",
    "Dedicated",
    "Holiday",
    "LessonRequest",
    "Wait",
    "WeeklyRow",
    "WeeklyRun",
]
