"""A run of auto-booking in a process of its own, in small steps, so that it can be killed in one.

`python -m tests.crash.weekly store` stores a rule for every learner, `… run` carries the run on.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "yueke.config.settings"
STEP = 10


def moment() -> datetime:
    """Return now, or this Monday's moment of the timer where that is still to come."""
    from yueke.supply.autobooking import weekly  # noqa: PLC0415  needs Django

    zone = ZoneInfo("Asia/Shanghai")
    today = datetime.now(zone).date()
    monday = today - timedelta(days=today.weekday())
    return max(datetime.now(UTC), datetime.combine(monday, weekly.AT, zone).astimezone(UTC))


def store() -> None:
    """Give every learner a rule: two lessons at any of the week's evening times."""
    from yueke.curriculum.models import Product  # noqa: PLC0415  needs Django
    from yueke.people.models import Learner  # noqa: PLC0415
    from yueke.supply.autobooking.models import AutoRule  # noqa: PLC0415

    product = Product.objects.get(code="major")
    times = [day * 48 + half_hour for day in range(7) for half_hour in range(36, 43)]
    AutoRule.objects.bulk_create(
        AutoRule(
            id=learner.pk,
            market_id=learner.market_id,
            learner_id=learner.pk,
            product_id=product.pk,
            lessons=2,
            times=times,
            channel="lp",
            actor_kind="user",
            actor_id=1,
            stored_at=datetime.now(UTC),
        )
        for learner in Learner.objects.all()
    )


def run() -> None:
    """Carry the week's run on, a few rows at a time."""
    from yueke.supply.autobooking import weekly  # noqa: PLC0415  needs Django
    from yueke.supply.runs import carrying  # noqa: PLC0415

    carrying.BATCH = STEP
    weekly.run_due(now=moment)


if __name__ == "__main__":
    django.setup()
    {"store": store, "run": run}[sys.argv[1]]()
