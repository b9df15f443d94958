"""The timers of the room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.supply.autobooking import weekly
from yueke.supply.contracts import extend as contracts
from yueke.supply.requests import commands as requests


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="expire_requests", pass_context=False)
def expire_requests(timestamp: int) -> None:
    """Every two seconds: a request that nobody answered in time is over."""
    while requests.expire(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="expire_contract_lessons", pass_context=False)
def expire_contract_lessons(timestamp: int) -> None:
    """Every two seconds: time that a teacher did not agree to is given back."""
    while contracts.expire(now=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="extend_contracts", pass_context=False)
def extend_contracts(timestamp: int) -> None:
    """Every minute: the lessons of contracts are planned for the weeks to come (SD-12)."""
    contracts.extend_all(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="auto_booking", pass_context=False)
def auto_booking(timestamp: int) -> None:
    """Every minute: start what is due in any market, and go on with what a dead worker left."""
    weekly.run_due(now=lambda: datetime.now(UTC))
