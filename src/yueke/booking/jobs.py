"""The timers of lessons: what nobody took is finished, waits end, and bulks are carried out."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.booking import bulk, commands
from yueke.booking.classes import lapse


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="finish_vacant", pass_context=False)
def finish_vacant(timestamp: int) -> None:
    """Every five seconds: a fake-cancelled lesson without a learner is over at its start."""
    while commands.finish_vacant(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="end_class_waits", pass_context=False)
def end_class_waits(timestamp: int) -> None:
    """Every five seconds: nobody waits for a seat in a class that has begun."""
    while lapse.end_waits(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="run_bulks", pass_context=False)
def run_bulks(timestamp: int) -> None:
    """Every two seconds: go on with whatever waits, also what a killed worker left."""
    while bulk.run_next(now=datetime.now(UTC)):
        pass
