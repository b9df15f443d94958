"""`yueke bench autobook`: from stored rules to durable lessons, against the optimum of the flow."""

import time
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from yueke.cli.bench import bookers, ground, machine, show
from yueke.cli.bench.sizes import Size

MARKET = 1
# Not everyone can pay for two lessons; those who can't are left out.
SPARE = 1.12
Json = Annotated[bool, typer.Option("--json", help="One JSON object as the last line.")]


def bench(
    learners: Annotated[int, typer.Option(min=100, help="Two lessons a week each.")] = 500_000,
    optimum: Annotated[bool, typer.Option(help="Work out the optimum as well.")] = True,
    json: Json = False,
) -> None:
    """Book next week for so many learners: a fifth as many teachers, four slots a learner."""
    size = Size(teachers=learners // 5, learners=round(learners * SPARE), open_slots=learners * 4)
    with ground.prepared(size, anew_for="autobook"):
        found = _measure(learners, optimum)
        ok = ground.verify()
    show.figures("autobook", found, as_json=json, ok=ok)


def _measure(learners: int, optimum: bool) -> dict[str, float | int]:
    from yueke.cli.bench import wishes  # noqa: PLC0415  these need Django
    from yueke.cli.demo.weeks import Weeks  # noqa: PLC0415
    from yueke.supply.autobooking import weekly  # noqa: PLC0415
    from yueke.supply.autobooking.solver.plan import make_plan  # noqa: PLC0415
    from yueke.supply.runs import queries  # noqa: PLC0415
    from yueke.supply.runs.weeks import next_week  # noqa: PLC0415

    now = datetime.now(UTC)
    week = next_week(now=now, zone="Asia/Shanghai")
    ground.console.print(f"Storing rules for {learners:,} learners…")
    stored = wishes.store(learners=learners, week=week, weeks=Weeks(now))
    problem = _problem(week, now)
    # As in a worker that has planned before: its loops are compiled.
    make_plan(problem.wants, problem.offers)
    ground.console.print(f"Planning and booking {week.monday}…")
    with machine.watched() as spent:
        began = time.perf_counter()
        run = weekly.start(market_id=MARKET, week=week, now=now)
        weekly.plan(run, now=now)
        planned = time.perf_counter()
        peak = max(bookers.run(run_id=run.pk), bookers.peak_mb())
        ended = time.perf_counter()
    counts = queries.counts_of(run_ids=[run.pk])[run.pk]
    figures: dict[str, float | int] = {
        "learners": stored,
        "lessons": counts["booked"],
        "missed": counts["missed"],
        "seconds": ended - began,
        "plan_seconds": planned - began,
        "peak_mb": peak,
        "steal_percent": spent.steal_percent,
    }
    return figures | (_against(problem, run, counts["booked"]) if optimum else {})


def _problem(week: Any, now: datetime) -> Any:
    """Return what the planner will be asked, read before anything is booked."""
    import numpy as np  # noqa: PLC0415

    from yueke.kernel.transaction import snapshot  # noqa: PLC0415  needs Django
    from yueke.supply.autobooking import planning, reading, supply, wanted  # noqa: PLC0415

    with snapshot() as work:
        facts = reading.read_week(work, market_id=MARKET, week=week, now=now)
    asked = wanted.read_wanted(facts)
    rules = np.flatnonzero(asked.lessons > 0)
    return planning.pose(facts, asked, supply.read_board(facts), rules, 1)


def _against(problem: Any, run: Any, booked: int) -> dict[str, float]:
    from yueke.cli.bench import optimum  # noqa: PLC0415  takes seconds to load
    from yueke.supply.runs.models import WeeklyRow  # noqa: PLC0415  needs Django

    ground.console.print("Working out the optimum…")
    lessons, liked = optimum.best(problem.wants, problem.offers)
    listed = WeeklyRow.objects.filter(run_id=run.pk, state="booked", why__contains='"listed"')
    return {
        "share_of_optimum": booked / lessons,
        "continuity_of_optimum": listed.count() / max(1, liked),
    }
