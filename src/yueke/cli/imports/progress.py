"""Show how far an import is, where somebody watches."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


def tracked(items: Sequence[Item], *, about: str) -> Iterator[Item]:
    """Yield items with a progress bar on the standard error, gone when it is done."""
    console = Console(stderr=True)
    yield from track(
        items, description=about, console=console, transient=True, disable=not console.is_terminal
    )
