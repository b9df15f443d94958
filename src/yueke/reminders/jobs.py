"""The timer that tells people."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.kernel.alone import alone
from yueke.notices.reader import BATCH
from yueke.reminders import planning, sending


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="tell_people", pass_context=False)
def tell_people(timestamp: int) -> None:
    """Every five seconds, one worker at a time: plan what is to be told, then tell what is due."""
    with alone("reminders") as is_mine:
        while is_mine and planning.plan_from_log(now=datetime.now(UTC)) == BATCH:
            pass
        if is_mine:
            planning.plan_lessons_ahead(now=datetime.now(UTC))
        while is_mine and sending.send_due(now=datetime.now(UTC)):
            pass
