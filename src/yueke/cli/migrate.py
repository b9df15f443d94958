"""`yueke migrate`: bring the database's tables up to date."""

import typer
from django.core.management import call_command
from django.db import connection

app = typer.Typer()

LOCK_NUMBER = 0x79756B65  # "yuke": two machines that start at once migrate one after the other


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    finally:
        connection.close()
    typer.echo("The tables are up to date.")
