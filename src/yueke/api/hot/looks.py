"""The hot routes that search: what each takes, and how it finds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from yueke.api import searches
from yueke.api.hot.http import query
from yueke.api.hot.reconnect import read
from yueke.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Look:
    """One address to search at; `more` are the numbers it may be asked with."""

    path: str
    find: Callable[[Actor, searches.Asked], dict[str, Any]]
    more: Sequence[str]

    def found(self, actor: Actor, query_string: bytes) -> dict[str, Any]:
        """Return what is found, read through the connection of this thread."""
        asked = searches.read_query(query(query_string), more=self.more)
        return read(self.find, actor, asked)


TEACHERS: Final = Look("/api/v1/teachers", searches.teachers, ("cursor", "limit"))
TIMES: Final = Look("/api/v1/times", searches.times, ("count_up_to",))
LOOKS: Final = {look.path: look for look in (TEACHERS, TIMES)}
