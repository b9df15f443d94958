"""Book by time: the week, how many teachers are free at each time, and who they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from yueke.booking import queries as booking_queries
from yueke.inventory.queries import FreeTeacher
from yueke.kernel.grid import HALF_HOUR
from yueke.portals import moments
from yueke.portals.family.addresses import stamp
from yueke.portals.family.choice import COUNT_UP_TO, Choice, read_choice
from yueke.portals.family.look import Look, look_page, show
from yueke.portals.family.teachers import PAGE, next_cursor, read_cursor, show_teachers, tag_links
from yueke.portals.family.week import PARTS, part_of
from yueke.portals.family.week_links import day_links, week_links

HERE = "family_book"


@look_page
def by_time_page(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show the week's free times and the teachers at one of them."""
    choice, tag = read_choice(look=look, asked=request.GET), request.GET.get("tag", "")
    found = _teachers(look, choice, tag, request.GET.get("after", ""))
    at = stamp(choice.at) if choice.at else ""
    after = next_cursor(found)
    context = look.frame(HERE) | {
        "choice": choice,
        "has_more": choice.count >= COUNT_UP_TO,
        "days": day_links(
            look=look,
            page=HERE,
            week=choice.week,
            current=choice.day,
            free=choice.free_days,
            tag=tag,
        ),
        "week": week_links(look=look, page=HERE, week=choice.week, tag=tag),
        "parts": _part_links(look, choice, tag),
        "times": _time_links(look, choice, tag),
        "teachers": show_teachers(look=look, found=found, day=choice.day.isoformat()),
        "tags": tag_links(look=look, page=HERE, found=found, tag=tag, at=at),
        "after_url": look.url(HERE, at=at, tag=tag, after=after) if after else "",
    }
    return show(request=request, template="portals/family/by_time.html", context=context)


def _teachers(look: Look, choice: Choice, tag: str, after: str) -> list[FreeTeacher]:
    if choice.at is None:
        return []
    caller = look.visit.caller
    search = look.search(begin=choice.at, end=choice.at + HALF_HOUR, tag=tag)
    return booking_queries.find_teachers(
        actor=caller.actor, now=caller.now, search=search, size=PAGE, after=read_cursor(after)
    )


def _part_links(look: Look, choice: Choice, tag: str) -> list[dict[str, Any]]:
    filled = {part_of(instant=at, zone=choice.week.zone) for at, _ in choice.times}
    day = choice.day.isoformat()
    return [
        {
            "label": label,
            "url": look.url(HERE, day=day, part=part, tag=tag),
            "current": part == choice.part,
        }
        for part, _, label in PARTS
        if part in filled
    ]


def _time_links(look: Look, choice: Choice, tag: str) -> list[dict[str, Any]]:
    zone = choice.week.zone
    return [
        {
            "label": moments.moment_words(instant=at, zone=zone, this_year=at.year, part="time"),
            "count": count,
            "url": look.url(HERE, at=stamp(at), tag=tag),
            "current": at == choice.at,
        }
        for at, count in choice.times
        if part_of(instant=at, zone=zone) == choice.part
    ]
