"""Workers of a weekly run, each in a process of its own, as `yueke worker` would be."""

import multiprocessing
import resource
from datetime import UTC, datetime

PROCESSES = 2


def run(*, run_id: int) -> float:
    """Let two workers carry a planned run out; return the most memory one of them took, in MB."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=_work, args=(run_id, queue)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    peak = max(float(queue.get(timeout=3600)) for _ in workers)
    for worker in workers:
        worker.join()
    return peak


def peak_mb() -> float:
    """Return the most memory that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _work(run_id: int, queue: object) -> None:
    import django  # noqa: PLC0415  a process of its own

    django.setup()
    from yueke.supply.autobooking import weekly  # noqa: PLC0415
    from yueke.supply.runs.models import WeeklyRun  # noqa: PLC0415

    weekly.go_on(WeeklyRun.objects.get(pk=run_id), now=lambda: datetime.now(UTC))
    queue.put(peak_mb())  # type: ignore[attr-defined]
