"""The names in a query string: each known, each given once, none missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from yueke.api.refusals import BodyInvalid

COUNT_MAX = 1000  # as Django counts them
TOO_MANY = f"there are more than {COUNT_MAX} parameters"


def check(
    query: Mapping[str, Sequence[str]], *, known: Collection[str], lists: Collection[str]
) -> None:
    """Refuse (body_invalid) a name that is not known, or is given twice and is no list."""
    for name, values in query.items():
        if name not in known:
            raise BodyInvalid(f"`{name[:64]}` is not a parameter")
        if len(values) > 1 and name not in lists:
            raise BodyInvalid(f"`{name}` is given more than once")


def check_all_there(query: Mapping[str, object], names: Iterable[str]) -> None:
    """Refuse (body_invalid) a query without one of these."""
    for name in names:
        if name not in query:
            raise missing(name)


def missing(name: str) -> BodyInvalid:
    """Return the refusal of a query without a parameter."""
    return BodyInvalid(f"`{name}` is missing")
