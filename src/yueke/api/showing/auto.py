"""Rules of auto-booking and rows of its runs as the API shows them."""

from collections.abc import Mapping
from typing import Any

import msgspec

from yueke.kernel.grid import show_instant
from yueke.people import public_ids
from yueke.supply.autobooking.commands import RuleKept
from yueke.supply.autobooking.models import AutoRule
from yueke.supply.holidays.commands import HolidayKept
from yueke.supply.holidays.models import Holiday
from yueke.supply.runs.commands import RowBooked
from yueke.supply.runs.models import WeeklyRow, WeeklyRun
from yueke.supply.runs.rows import NewRow
from yueke.supply.weeks import of_half_hour

Names = Mapping[int, str]


def rule_kept(done: RuleKept) -> dict[str, Any]:
    """Return a rule just stored, paused or deleted."""
    return {
        "rule": public_ids.show("aru", done.rule_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "product": done.product,
        "state": "deleted" if done.is_deleted else "active" if done.is_active else "paused",
        "new": done.is_new,
    }


def auto_rule(row: AutoRule, products: Names, learners: Names) -> dict[str, Any]:
    """Return a rule as it is stored."""
    return {
        "rule": public_ids.show("aru", row.pk),
        "learner": public_ids.show("lrn", row.learner_id),
        "learner_name": learners[row.learner_id],
        "product": products[row.product_id],
        "lessons": row.lessons,
        "times": [
            {"weekday": time.weekday, "at": f"{time.clock:%H:%M}"}
            for time in map(of_half_hour, row.times)
        ],
        "teachers": [public_ids.show("tch", teacher) for teacher in row.teachers],
        "tags": row.tags,
        "spread": row.is_spread,
        "skips_holidays": row.skips_holidays,
        "pay_with": row.asset,
        "state": "active" if row.is_active else "paused",
        "channel": row.channel,
        "stored_at": show_instant(row.stored_at),
    }


def holiday(row: Holiday | HolidayKept) -> dict[str, Any]:
    """Return a holiday."""
    number = row.id if isinstance(row, Holiday) else row.holiday_id
    return {
        "holiday": public_ids.show("hol", number),
        "name": row.name,
        "first_day": row.first_day,
        "last_day": row.last_day,
    }


def auto_run(run: WeeklyRun, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return a run with its rows by state."""
    times = {name: getattr(run, name) for name in ("started_at", "planned_at", "finished_at")}
    return {
        "run": public_ids.show("arn", run.pk),
        "week": run.week.isoformat(),
        "state": run.state,
        **{name: None if at is None else show_instant(at) for name, at in times.items()},
        **counts,
    }


def auto_row(row: WeeklyRow, learners: Names, teachers: Names) -> dict[str, Any]:
    """Return a row of a run with the names of its people."""
    teacher = row.teacher_id
    return {
        "place": row.place,
        "learner": public_ids.show("lrn", row.learner_id),
        "learner_name": learners[row.learner_id],
        "product": row.product,
        "teacher": None if teacher is None else public_ids.show("tch", teacher),
        "teacher_name": None if teacher is None else teachers[teacher],
        "starts_at": None if row.starts_at is None else show_instant(row.starts_at),
        "state": row.state,
        "seat": None if row.seat_id is None else public_ids.show("st", row.seat_id),
        "why": msgspec.json.decode(row.why),
    }


def row_booked(done: RowBooked) -> dict[str, Any]:
    """Return a missed row that was booked by hand."""
    return {
        "run": public_ids.show("arn", done.run_id),
        "place": done.place,
        "seat": public_ids.show("st", done.seat_id),
        "learner": public_ids.show("lrn", done.learner_id),
        "teacher": public_ids.show("tch", done.teacher_id),
        "starts_at": show_instant(done.starts_at),
        "product": done.product,
        "paid": {"asset": done.asset, "amount": done.paid},
    }


def foreseen_row(row: NewRow) -> dict[str, Any]:
    """Return a lesson as it would be booked or missed."""
    return {
        "learner": public_ids.show("lrn", row.learner_id),
        "product": row.product,
        "teacher": None if row.teacher_id is None else public_ids.show("tch", row.teacher_id),
        "starts_at": None if row.starts_at is None else show_instant(row.starts_at),
        "why": msgspec.json.decode(row.why),
    }
