"""Book by teacher: who is free this week, and all the free times of one teacher."""

from datetime import datetime
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yueke.booking import queries as booking_queries
from yueke.inventory.queries import FreeTeacher
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.family.choice import week_of_day
from yueke.portals.family.look import Look, look_page, show
from yueke.portals.family.teachers import (
    PAGE,
    SHOWN_AT_ONCE,
    next_cursor,
    read_cursor,
    show_teachers,
    tag_links,
)
from yueke.portals.family.week import Week, local_day, read_near_day, week_of
from yueke.portals.family.week_links import week_links

HERE = "family_by_teacher"


@look_page
def by_teacher_page(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show the teachers with free times in a week, best rating first."""
    name, tag = request.GET.get("q", "").strip(), request.GET.get("tag", "")
    week, found = _teachers(request, look, name, tag)
    kept = {"q": name, "day": week.monday.isoformat()}
    after = next_cursor(found)
    context = look.frame(HERE) | {
        "name": name,
        "tag": tag,
        "day": week.monday.isoformat(),
        "url": look.url(HERE),
        "week": week_links(look=look, page=HERE, week=week, q=name, tag=tag),
        "teachers": show_teachers(
            look=look, found=found, most=SHOWN_AT_ONCE, day=week.monday.isoformat()
        ),
        "tags": tag_links(look=look, page=HERE, found=found, tag=tag, **kept),
        "after_url": look.url(HERE, **kept, tag=tag, after=after) if after else "",
    }
    return show(request=request, template="portals/family/by_teacher.html", context=context)


@look_page
def teacher_page(request: HttpRequest, *, look: Look, teacher: str) -> HttpResponse:
    """Show one teacher's free times in a week, day by day."""
    week, caller = _week(request, look), look.visit.caller
    found = booking_queries.get_free_times(
        actor=caller.actor,
        now=caller.now,
        search=look.search(begin=week.begin, end=week.end),
        teacher_id=ids.read_teacher(teacher),
    )
    [shown] = show_teachers(look=look, found=[found])
    days = groupby(shown.times, key=lambda time: local_day(instant=time.at, zone=week.zone))
    context = {
        "visit": look.visit,
        "look": look,
        "teacher": shown,
        "days": [list(times) for _, times in days],
        "week": week_links(look=look, page="family_teacher", week=week, args=[teacher]),
        "back_url": look.url(HERE, day=week.monday.isoformat()),
        "teacher_id": teacher,
        "choose_url": reverse("family_dedicated_choose")
        if channels.may(caller.actor.channel, "priority", look.product)
        else "",
    }
    return show(request=request, template="portals/family/teacher.html", context=context)


def _teachers(
    request: HttpRequest, look: Look, name: str, tag: str
) -> tuple[Week, list[FreeTeacher]]:
    """Return a page of teachers; an address that names no week gets the next when this is over."""
    week, caller = _week(request, look), look.visit.caller
    weeks = [week] if request.GET.get("day") else [week, week.shifted(1)]
    for one in weeks:
        found = booking_queries.find_teachers(
            actor=caller.actor,
            now=caller.now,
            search=look.search(begin=one.begin, end=one.end, tag=tag),
            name=name,
            size=PAGE,
            after=read_cursor(request.GET.get("after", "")),
        )
        if found:
            return one, found
    return week, []


def _week(request: HttpRequest, look: Look) -> Week:
    now: datetime = look.visit.caller.now
    day = read_near_day(request.GET.get("day", ""), now=now)
    zone = look.visit.zone
    return week_of_day(day, zone) if day else week_of(instant=now, zone=zone)
