"""What an upstream system asks for under load: bookings of distinct times, and grants between."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.crash.upstream import Asked
from yueke.kernel.grid import show_instant
from yueke.people import public_ids

GRANT_EVERY = 5

# Open half-hours far enough ahead to cancel without cost, and the level of major taught there.
SLOTS = """
SELECT s.teacher_id, s.starts_at, t.skills
FROM slot s JOIN teacher t ON t.id = s.teacher_id
WHERE s.state = 'open' AND s.target_kind IS NULL AND s.starts_at > now() + interval '30 hours'
ORDER BY s.teacher_id, s.starts_at
"""
# Learners of a level who can pay.
LEARNERS = """
SELECT 'major:' || c.level, g.learner_id
FROM learning_progress g
JOIN course c ON c.id = g.course_id
JOIN product p ON p.id = g.product_id AND p.code = 'major'
WHERE EXISTS (
    SELECT FROM account a
    WHERE a.learner_id = g.learner_id AND a.asset = 'credit' AND a.product_id IS NULL
        AND a.balance >= 20 AND (a.expires_at IS NULL OR a.expires_at > now() + interval '9 days'))
ORDER BY g.learner_id
"""


def choose(link: psycopg.Connection[Any], *, bookings: int, chance: random.Random) -> list[Asked]:
    """Return so many bookings that can all be made, in random order, and grants between them."""
    learners: defaultdict[str, list[int]] = defaultdict(list)
    for skill, learner_id in link.execute(LEARNERS):
        learners[skill].append(learner_id)
    slots = link.execute(SLOTS).fetchall()
    chance.shuffle(slots)
    found: list[Asked] = []
    busy = set(link.execute("SELECT learner_id, starts_at FROM seat_cell").fetchall())
    for teacher_id, starts_at, skills in slots:
        able = [who for skill in skills for who in learners[skill] if (who, starts_at) not in busy]
        if not able:
            continue
        learner_id = chance.choice(able)
        busy.add((learner_id, starts_at))
        body = {
            "learner": public_ids.show("lrn", learner_id),
            "teacher": public_ids.show("tch", teacher_id),
            "starts_at": show_instant(starts_at),
            "product": "major",
        }
        found.append(Asked("/api/v1/bookings", body))
        if len(found) == bookings:
            return _with_grants(found)
    raise AssertionError(f"the company has room for {len(found)} bookings only")


def search(link: psycopg.Connection[Any]) -> str:
    """Return the address of a search for anyone free to teach some learner."""
    _, learner_id = link.execute(LEARNERS).fetchall()[0]
    now = datetime.now(UTC)
    query = {
        "learner": public_ids.show("lrn", learner_id),
        "product": "major",
        "from": show_instant(now),
        "to": show_instant(now + timedelta(days=2)),
    }
    return f"/api/v1/teachers?{urlencode(query)}"


def _with_grants(bookings: list[Asked]) -> list[Asked]:
    """Add a grant after every few bookings: the one request that only its key keeps single."""
    asked = []
    for number, booking in enumerate(bookings):
        asked.append(booking)
        if number % GRANT_EVERY == 0:
            body = {"learner": booking.body["learner"], "asset": "stone", "amount": 1 + number}
            asked.append(Asked("/api/v1/grants", body, "marketing"))
    return asked
