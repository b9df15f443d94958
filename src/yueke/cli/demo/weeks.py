"""The weeks around today: half-hours of a Beijing week, who wants them, and DST elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from yueke.cli.demo.columns import Flags, Floats, Instants
from yueke.cli.demo.tables import rows

BEIJING = ZoneInfo("Asia/Shanghai")
# Weeks from this one → how full they are, next to it.
FULLNESS = {-1: 1.0, 0: 1.0, 1: 0.6, 2: 0.3, 3: 0.12, 4: 0.03}
COMING = 1
_DAYS = 7
_TEACHING_HOURS = range(6, 23)


@dataclass(frozen=True)
class Weeks:
    """Half-hours of a week by number: from Monday's first to Sunday's last, by day only."""

    now: datetime

    @property
    def monday(self) -> datetime:
        """The start of this week in Beijing."""
        today = self.now.astimezone(BEIJING).date()
        first = today - timedelta(days=today.weekday())
        return datetime(first.year, first.month, first.day, tzinfo=BEIJING)

    @cached_property
    def walls(self) -> list[datetime]:
        """This week's half-hours, on Beijing's clock."""
        hours = [row["from"].split(":") for row in rows("demand")]
        return [
            self.monday + timedelta(days=day, hours=int(hour), minutes=int(minute))
            for day in range(_DAYS)
            for hour, minute in hours
        ]

    @property
    def demand(self) -> Floats:
        """How much learners want each half-hour: evenings most, mornings at weekends."""
        names = ["weekday"] * 5 + ["weekend"] * 2
        return np.array([float(row[name]) for name in names for row in rows("demand")])

    def teachable(self) -> Flags:
        """Tell which half-hours are by day in each zone: zones × half-hours."""
        found = [
            [wall.astimezone(ZoneInfo(row["zone"])).hour in _TEACHING_HOURS for wall in self.walls]
            for row in rows("zones")
        ]
        return np.array(found)

    def starts(self, week: int) -> Instants:
        """Return when the half-hours start in UTC, so many weeks from now: zones × half-hours.

        A teacher keeps to the clock on the wall: where DST begins or ends, UTC moves.
        """
        return np.array([self._starts_in(ZoneInfo(row["zone"]), week) for row in rows("zones")])

    def _starts_in(self, zone: ZoneInfo, week: int) -> Instants:
        ahead = timedelta(weeks=week)
        local = (wall.astimezone(zone).replace(tzinfo=None) + ahead for wall in self.walls)
        found = [wall.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None) for wall in local]
        return np.array(found, "datetime64[us]")


def instant(moment: datetime) -> np.datetime64:
    """Return an aware moment as numpy keeps it."""
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "us")
