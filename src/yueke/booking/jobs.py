"""The timer that finishes lessons which nobody took."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.booking import commands


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="finish_vacant", pass_context=False)
def finish_vacant(timestamp: int) -> None:
    """Every five seconds: a fake-cancelled lesson without a learner is over at its start."""
    while commands.finish_vacant(now=datetime.fromtimestamp(timestamp, UTC)):
        pass
