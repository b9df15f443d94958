"""Who lost a seat because somebody did not come, by the last thing told of them in the lesson."""

from dataclasses import dataclass

from yueke.booking.models import Seat
from yueke.booking.queries.seats import LessonRow
from yueke.kernel.transaction import Question, read


@dataclass(slots=True)
class Absence:
    """What was told of a learner who lost their seat, and what came back then."""

    learner_id: int
    kind: str
    asset: str
    refunded: int


def last_absences(*, market_id: int, lesson_id: int) -> Question:
    """Ask which learners lost their seats in a lesson by an absence; rows are Absence."""
    return Question("yueke.booking", "last_absences", (market_id, lesson_id), Absence)


def anybody_came(*, market_id: int, lesson_id: int) -> bool:
    """Tell whether a learner of a lesson is not marked as absent."""
    seats = Seat.objects.filter(market_id=market_id, lesson_id=lesson_id, state=Seat.State.LIVE)
    return seats.filter(absent=False).exists()


def lost_by_absence(*, market_id: int, row: LessonRow) -> bool:
    """Tell whether a seat was lost because its teacher or its learner did not come (F-9).

    The seat of a learner who did not come and got nothing back is not lost: it is `absent`.
    """
    if row.absent or row.state == "live":
        return False
    with read() as work:
        [rows] = work.ask(last_absences(market_id=market_id, lesson_id=row.lesson_id)).fetch()
    return any(one.learner_id == row.learner_id for one in rows)
