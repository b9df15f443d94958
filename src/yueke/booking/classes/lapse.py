"""Who still waits for a seat when the class begins waits no longer (H5-4)."""

from datetime import datetime

from yueke.booking.classes.operations import read
from yueke.booking.classes.operations.read import ROOM
from yueke.booking.classes.operations.waits import end_all
from yueke.kernel.actor import Actor
from yueke.kernel.transaction import begin


def end_waits(*, now: datetime) -> bool:
    """End the waits for one class of any market whose start has come; tell whether there was one.

    Each who waited is skipped, with an event of the timer's. Locks the class.
    """
    with begin() as work:
        row = work.run(ROOM, "pick_begun", (now,)).fetchone()
        if row is None:
            return False
        market_id, class_id = row
        classes = read.lock_classes(market_id=market_id, class_ids=[class_id])
        [[found]] = work.ask(classes).fetch()
        actor = Actor(market_id, "job", 0, "system")
        end_all(work, actor=actor, now=now, found=found, why="class_already_started")
        return True
