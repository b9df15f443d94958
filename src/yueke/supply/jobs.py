"""The timers of the room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.supply.requests import commands as requests


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="expire_requests", pass_context=False)
def expire_requests(timestamp: int) -> None:
    """Every two seconds: a request that nobody answered in time is over."""
    while requests.expire(now=datetime.fromtimestamp(timestamp, UTC)):
        pass
