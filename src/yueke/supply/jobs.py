"""The timers of the room."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yueke.supply.autobooking import weekly
from yueke.supply.contracts import extend as contracts
from yueke.supply.dedicated import weekly as dedicated
from yueke.supply.matching import timers
from yueke.supply.overbooking import holds
from yueke.supply.requests import commands as requests
from yueke.supply.runs.turns import turn


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
    with turn() as is_mine:
        if is_mine:
            weekly.run_due(now=lambda: datetime.now(UTC))


@app.periodic(cron="28,58 * * * *")
@app.task(queueing_lock="occupy_teachers", pass_context=False)
def occupy_teachers(timestamp: int) -> None:
    """Two minutes before each half-hour: teachers are held for overbooked lessons (SD-7)."""
    holds.occupy_all(now=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="match_waiting", pass_context=False)
def match_waiting(timestamp: int) -> None:
    """Every two seconds: whoever waits is matched, told of, or given up (SD-8)."""
    now = datetime.fromtimestamp(timestamp, UTC)
    timers.match_all(now=now)
    timers.look_after(now=now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dedicated_booking", pass_context=False)
def dedicated_booking(timestamp: int) -> None:
    """Every minute: Monday's runs of dedicated teachers, where they are due (SD-1, SD-2, SD-3)."""
    with turn() as is_mine:
        if is_mine:
            dedicated.run_due(now=lambda: datetime.now(UTC))
