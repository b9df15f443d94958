"""Trials for the benches of overbooking and matching: a strategy, learners, teachers held."""

from datetime import UTC, datetime, timedelta
from typing import Any

from yueke.kernel import sql
from yueke.kernel.grid import HALF_HOUR, floor

_HERE = "yueke.cli.bench"


def allow(*, ceiling: int) -> None:
    """Let so many trials be overbooked at every half-hour, and rooms be open an hour before."""
    from yueke.booking.overbooking.models import OverbookStep  # noqa: PLC0415
    from yueke.curriculum.models import Product  # noqa: PLC0415
    from yueke.people.models import PolicyValue  # noqa: PLC0415

    product = Product.objects.get(code="trial")
    OverbookStep.objects.filter(product_id=product.pk).delete()
    OverbookStep.objects.create(
        market_id=product.market_id,
        product_id=product.pk,
        from_half_hour=0,
        ratio_percent=100,
        floor=0,
        ceiling=ceiling,
    )
    PolicyValue.objects.update_or_create(
        id=1,
        defaults={
            "market_id": product.market_id,
            "name": "room_opens_minutes",
            "value": "60",
            "from_at": datetime.now(UTC) - timedelta(days=1),
        },
    )


def newcomers(link: Any, *, count: int) -> list[int]:
    """Open the course of the trial for learners, and return so many who have had none."""
    link.execute(sql.load(_HERE, "open_trials"))
    return [row[0] for row in link.execute(sql.load(_HERE, "without_trial"), (count,))]


def next_half_hour() -> datetime:
    """Return the half-hour that begins next."""
    return floor(datetime.now(UTC)) + HALF_HOUR


def hold(link: Any, *, count: int, at: datetime) -> None:
    """Hold so many teachers of trials at a half-hour."""
    link.execute(sql.load(_HERE, "teach_trials"))
    link.execute(sql.load(_HERE, "hold_trials"), {"count": count, "at": at})
