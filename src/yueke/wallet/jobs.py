"""The timers that expire lots, and give what campaigns owe."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.wallet import commands
from yueke.wallet.campaigns import earning


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="expire_lots", pass_context=False)
def expire_lots(timestamp: int) -> None:
    """Every five minutes. What is past its time cannot be spent even before that."""
    while commands.expire_lots(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="give_earned", pass_context=False)
def give_earned(timestamp: int) -> None:
    """Every minute: what the log says learners have earned in campaigns."""
    now = datetime.fromtimestamp(timestamp, UTC)
    while earning.note_earned(now=now):
        pass
    while earning.give_due(now=now):
        pass
