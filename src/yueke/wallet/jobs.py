"""The timer that expires lots."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.wallet import commands


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="expire_lots", pass_context=False)
def expire_lots(timestamp: int) -> None:
    """Every five minutes. What is past its time cannot be spent even before that."""
    while commands.expire_lots(now=datetime.fromtimestamp(timestamp, UTC)):
        pass
