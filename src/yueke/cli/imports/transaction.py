"""A whole file is one transaction: all of it goes in or nothing does; a dry run is undone."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from yueke.kernel.actor import Actor
from yueke.kernel.transaction import begin
from yueke.notices.once import Request


@contextmanager
def whole(*, dry_run: bool) -> Iterator[None]:
    """Do everything in one transaction; in a dry run, to see it, and then take it back."""
    with begin():
        yield
        if dry_run:
            transaction.set_rollback(True)


def operator(market_id: int) -> Actor:
    """Return who acts: whoever may run commands on the machine itself."""
    return Actor(market_id, "job", 0, "system")


def request_for(*, market_id: int, now: datetime, what: str, content: Sequence[object]) -> Request:
    """Return a request whose key follows from its content: again is the same, in any file."""
    digest = hashlib.sha256(repr((market_id, what, *map(str, content))).encode())
    return Request(operator(market_id), f"import:{what}:{digest.hexdigest()}", digest.digest(), now)
