"""A worker killed while it delivers: nothing is lost, and no order is broken."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from tests.feeds.subscriber import Subscriber, Taken
from tests.served import Caller, Desk, ahead, booking, done
from yueke.feeds import delivering

WORKER = """
import django
django.setup()
from yueke.feeds import jobs
jobs.deliver_webhooks(0)
"""


def worker() -> "subprocess.Popen[bytes]":
    """Start a process of its own that delivers from the test's database."""
    params = connection.get_connection_params()
    url = f"postgresql://postgres@/{params['dbname']}?host={params['host']}&port={params['port']}"
    settings = {"DATABASE_URL": url, "YUEKE_WEBHOOKS_MAY_BE_PRIVATE": "1"}
    return subprocess.Popen([sys.executable, "-c", WORKER], env={**os.environ, **settings})


def deliver(*, after: timedelta) -> None:
    """Deliver as the next worker does after a while."""
    now = datetime.now(UTC) + after
    while delivering.fan_out(now=now) or delivering.deliver_due(now=now):
        pass


def test_a_worker_killed_in_the_middle_loses_nothing(company: Desk, subscriber: Subscriber) -> None:
    system: Caller = company.caller("system")
    body: dict[str, Any] = {"url": subscriber.url, "event_kinds": ["lesson.*"]}
    subscriber.secret = done(system.post("/webhooks", body))["secret"]
    delivering.fan_out(now=datetime.now(UTC))
    lp, seats = company.caller("lp"), []
    for hours in range(72, 84):
        start = ahead(hours=hours)
        asked = booking(company.learner(), company.teacher(start), start)
        seats.append(done(lp.post("/bookings", asked))["seat"])
    for seat in seats:
        done(lp.post("/cancellations", {"seat": seat}))
    dying = worker()

    def kill_at_the_tenth(taken: Taken) -> int:
        if len(subscriber.taken) == 10:
            dying.send_signal(signal.SIGKILL)
            dying.wait()
        return 200

    subscriber.answers = kill_at_the_tenth
    assert dying.wait() == -signal.SIGKILL
    before = len(subscriber.taken)
    assert before < 24
    subscriber.answers = lambda taken: 200
    deliver(after=delivering.CLAIM)
    subscriber.verify()
    by_lesson: dict[str | None, list[str]] = {}
    for taken in subscriber.taken:
        kinds = by_lesson.setdefault(taken.lesson, [])
        if taken.kind not in kinds[-1:]:
            kinds.append(taken.kind)
    assert list(by_lesson.values()) == [["lesson.booked", "lesson.cancelled"]] * 12
    # What the dead one had sent without saying so came twice, under one id.
    assert len(subscriber.taken) > len({taken.id for taken in subscriber.taken}) == 24
