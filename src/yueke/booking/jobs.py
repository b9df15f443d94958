"""The timers of lessons: those nobody took are finished, and what waits in bulks is carried out."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.booking import bulk, commands


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="finish_vacant", pass_context=False)
def finish_vacant(timestamp: int) -> None:
    """Every five seconds: a fake-cancelled lesson without a learner is over at its start."""
    while commands.finish_vacant(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="run_bulks", pass_context=False)
def run_bulks(timestamp: int) -> None:
    """Every two seconds: go on with whatever waits, also what a killed worker left."""
    while bulk.run_next(now=datetime.now(UTC)):
        pass
