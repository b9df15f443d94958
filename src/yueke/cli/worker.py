"""`yueke worker`: run the jobs that commands have deferred, and the timers."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector

from yueke.feeds.listening import listening

app = typer.Typer()

GRACEFUL_SECONDS = 10


@app.command()
def worker(
    at_once: Annotated[int, typer.Option(min=1, help="Jobs that run at the same time.")] = 6,
) -> None:
    """Run the jobs and timers, and take what the classroom sends by broker, where one is set.

    Each kind of job that waits for other systems runs once at a time: the timers have places left.
    """
    # Django's connection serves only to defer jobs; running them takes a real pool.
    assert isinstance(jobs.connector, DjangoConnector)
    with (
        listening(clock=lambda: datetime.now(UTC)),
        jobs.replace_connector(jobs.connector.get_worker_connector()) as app_of_worker,
    ):
        app_of_worker.run_worker(
            concurrency=at_once,
            shutdown_graceful_timeout=GRACEFUL_SECONDS,
            # The timers run every few seconds: only what failed is worth keeping.
            delete_jobs="successful",
        )
