"""Find the teachers whom a file names."""

from functools import cached_property

from yueke.cli.cannot_run import CannotRun
from yueke.cli.imports.offers import Whose
from yueke.cli.imports.problems import Wrong
from yueke.cli.imports.transaction import operator
from yueke.people import public_ids
from yueke.people import queries as people_queries
from yueke.people.models import Teacher


class Teachers:
    """The teachers of a market by name or public id; each is looked up once."""

    def __init__(self, *, market_id: int, default: str | None) -> None:
        self._actor = operator(market_id)
        self._default = default
        self._known: dict[str, list[Teacher]] = {}

    def find(self, named: str) -> Whose:
        """Return the teacher a row names, else the one of `--teacher`, or raise Wrong."""
        if not named:
            if self._default is None:
                raise Wrong("teacher", "The teacher is missing: name one, or say --teacher.")
            return self._one
        found = self._look_up(named)
        if len(found) != 1:
            raise Wrong("teacher", _why(named, found))
        return _whose(found[0])

    def the_one(self) -> Whose:
        """Return the teacher of `--teacher`, or raise CannotRun."""
        if self._default is None:
            raise CannotRun("Say whose calendar it is: --teacher with a name or an id (tch_…).")
        return self._one

    @cached_property
    def _one(self) -> Whose:
        assert self._default is not None
        found = self._look_up(self._default)
        if len(found) != 1:
            raise CannotRun(f"--teacher: {_why(self._default, found)}")
        return _whose(found[0])

    def _look_up(self, named: str) -> list[Teacher]:
        key = named.casefold()
        if key not in self._known:
            number = public_ids.read("tch", named)
            teachers = people_queries.find_teachers(actor=self._actor)
            if number is not None:
                self._known[key] = list(teachers.filter(id=number))
            else:
                self._known[key] = list(teachers.filter(name__iexact=named))
        return self._known[key]


def _whose(teacher: Teacher) -> Whose:
    return Whose(teacher.id, teacher.name, teacher.zone)


def _why(named: str, found: list[Teacher]) -> str:
    if not found:
        return f"There is no teacher {named}."
    ids = ", ".join(public_ids.show("tch", teacher.id) for teacher in found)
    return f"There are {len(found)} teachers named {named}: say which of {ids}."
