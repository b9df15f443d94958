"""The tables of the room, each kept with its subject."""

from yueke.supply.runs.models import WeeklyRow, WeeklyRun

__all__ = ["WeeklyRow", "WeeklyRun"]
