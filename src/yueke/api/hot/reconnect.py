"""Read through a thread's own connection, and through another one when that has died meanwhile.

Django looks after connections at the start of its requests; the hot routes have none.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connection

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def read(read_: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
    """Call what changes nothing; where it finds the connection dead, call it on a new one."""
    try:
        return read_(*args, **kwargs)
    except Exception:
        dead = connection.connection
        if dead is None or not dead.closed:
            raise
        connection.close()
    return read_(*args, **kwargs)
