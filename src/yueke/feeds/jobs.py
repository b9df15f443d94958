"""The timers that deliver webhooks, and feed the broker."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.feeds import delivering, publishing
from yueke.kernel.alone import alone
from yueke.notices.reader import BATCH


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="deliver_webhooks", pass_context=False)
def deliver_webhooks(timestamp: int) -> None:
    """Every two seconds, one worker at a time: read the log on, then send what is due."""
    with alone("webhooks") as is_mine:
        while is_mine and _step():
            pass


def _step() -> bool:
    """Tell whether there may be more to do."""
    now = datetime.now(UTC)
    return delivering.fan_out(now=now) == BATCH or delivering.deliver_due(now=now) > 0


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="publish_events", pass_context=False)
def publish_events(timestamp: int) -> None:
    """Every two seconds, one worker at a time, where there is a broker: read the log on to it."""
    with alone("broker") as is_mine:
        while is_mine and publishing.publish_next():
            pass


@app.periodic(cron="15 4 * * *")
@app.task(queueing_lock="prune_webhooks", pass_context=False)
def prune_webhooks(timestamp: int) -> None:
    """Every night: deliveries that ended long ago are forgotten."""
    delivering.prune(now=datetime.fromtimestamp(timestamp, UTC))
