"""What every deed of the simulation draws from: people, times, seats."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from tests import asking
from tests.simulation.cast import DAYS, Cast, evening, midnight
from tests.simulation.hand import Hand
from yueke.booking.models import Seat
from yueke.kernel.actor import Actor
from yueke.people.models import Learner, Teacher
from yueke.supply.weeks import WeeklyTime


@dataclass
class Drawing:
    """Draws by lot; remembers every seat that somebody was told of."""

    cast: Cast
    hand: Hand
    told: set[int] = field(default_factory=set)

    def soon(self, *, days: int = 4) -> datetime:
        """Draw a half-hour of the evenings of the next days that has not begun."""
        now = self.hand.now
        today = (now - midnight(0)).days
        cells = [cell for day in range(today, today + days) for cell in evening(day) if cell > now]
        return self.hand.rng.choice([cell for cell in cells if cell < midnight(DAYS)] or cells)

    def learner(self) -> Learner:
        """Draw a learner who has courses and credits."""
        return self.hand.rng.choice(self.cast.learners)

    def weekly_time(self) -> WeeklyTime:
        """Draw a weekly time of the evenings, by the company's clock."""
        half_hour = self.hand.rng.randrange(6)
        clock = time(18 + half_hour // 2, half_hour % 2 * 30)
        return WeeklyTime(self.hand.rng.randrange(7), clock)

    def one_of(self, rows: "QuerySet[Any]") -> Any:
        """Draw a row, or none where there is none."""
        found = list(rows.order_by("pk"))
        return self.hand.rng.choice(found) if found else None

    def seat(self, *, begins_after: datetime | None = None, **of: Any) -> Seat | None:
        """Draw a seat that begins later than now."""
        after = begins_after or self.hand.now
        found: Seat | None = self.one_of(
            Seat.objects.filter(starts_at__gt=after, starts_at__lt=after + timedelta(days=4), **of)
        )
        return found

    def teacher_of(self, teacher_id: int | None) -> Actor:
        """Return a teacher's own login."""
        assert teacher_id is not None
        return asking.teacher_of(teacher=Teacher.objects.get(pk=teacher_id))

    def note(self, results: list[Any]) -> None:
        """Remember the seats that results tell of."""
        self.told |= {one.seat_id for one in results if getattr(one, "seat_id", None)}
