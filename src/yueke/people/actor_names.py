"""The names of those who act, for pages that say who did what."""

from collections.abc import Iterable

from yueke.people.models import ApiKey, Family, Staff, Teacher

Who = tuple[str, int]


def names_of_actors(*, market_id: int, actors: Iterable[Who]) -> dict[Who, str]:
    """Return the names of callers given as (kind, id); those who have none are left out."""
    wanted = set(actors)
    users = [id_ for kind, id_ in wanted if kind == "user"]
    keys = [id_ for kind, id_ in wanted if kind == "key"]
    names: dict[Who, str] = {}
    if users:
        for people in (Family, Teacher, Staff):
            rows = people._default_manager.filter(market_id=market_id, user_id__in=users)
            names |= {("user", user): name for user, name in rows.values_list("user_id", "name")}
    if keys:
        found = ApiKey.objects.filter(market_id=market_id, id__in=keys)
        names |= {("key", id_): name for id_, name in found.values_list("id", "name") if name}
    return names
