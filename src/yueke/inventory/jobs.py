"""The timer that removes slots whose reservation is over."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.inventory import commands


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="expire_reservations", pass_context=False)
def expire_reservations(timestamp: int) -> None:
    """Every two seconds: an expired reservation is gone within five (I-8)."""
    while commands.expire_reservations(now=datetime.fromtimestamp(timestamp, UTC)):
        pass
