"""What the machine did meanwhile: CPU used, and CPU that the host took away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_SECOND = 100


@dataclass
class Spent:
    """CPU seconds of all processes, and the share of time that was stolen, in percent."""

    cpu_seconds: float = 0.0
    steal_percent: float = 0.0


@contextmanager
def watched() -> Iterator[Spent]:
    """Measure what the machine did during the block."""
    spent = Spent()
    before = _ticks()
    yield spent
    user, nice, system, idle, iowait, irq, soft, steal = (
        after - begin for begin, after in zip(before, _ticks(), strict=True)
    )
    busy = user + nice + system + irq + soft
    spent.cpu_seconds = busy / _TICKS_PER_SECOND
    spent.steal_percent = 100 * steal / max(1, busy + idle + iowait + steal)


def _ticks() -> list[int]:
    first = Path("/proc/stat").read_text().split("\n", 1)[0]
    return [int(ticks) for ticks in first.split()[1:9]]
