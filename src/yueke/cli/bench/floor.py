"""The floor: pgbench, one booking as one PL/pgSQL call a transaction, on the same tables."""

import re
import subprocess
import tempfile
from pathlib import Path

from yueke.cli import embedded
from yueke.cli.bench import ground
from yueke.cli.bench.pairs import Pair
from yueke.cli.cannot_run import CannotRun
from yueke.kernel import database_url, sql

CLIENTS = (8, 16)


def prepare(pairs: list[Pair]) -> None:
    """Lay out what the floor is to book."""
    with ground.connect() as link:
        link.execute(sql.load(__package__, "floor_tables"))
        link.execute(sql.load(__package__, "floor_function"))
        with link.cursor().copy("COPY bench.work FROM STDIN") as copy:
            for turn, pair in enumerate(pairs, start=1):
                copy.write_row((turn, *pair))
        link.execute("ANALYZE bench.work")


def run(*, clients: int, seconds: int) -> float:
    """Return bookings a second with so many clients."""
    program = embedded.programs_folder() / "pgbench"
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "book.sql"
        script.write_text("SELECT bench.book_next();\n")
        address = database_url.conninfo(database_url.data_folder())
        done = subprocess.run(
            [
                *(str(program), "--no-vacuum", "--protocol", "prepared", "--file", str(script)),
                *("--client", str(clients), "--jobs", "2", "--time", str(seconds), address),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    found = re.search(r"tps = ([0-9.]+) \(without", done.stdout)
    if found is None:
        raise CannotRun(f"pgbench failed:\n{done.stderr}")
    return float(found.group(1))


def clear() -> None:
    """Remove what only the floor needs."""
    with ground.connect() as link:
        link.execute("DROP SCHEMA IF EXISTS bench CASCADE")
