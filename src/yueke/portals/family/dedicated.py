"""The child's own teacher: chosen, their time seen, booked before others (H5-9, H5-10)."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.people import channels
from yueke.people import queries as people
from yueke.portals import ids, toasts
from yueke.portals.asked import asked
from yueke.portals.family import addresses
from yueke.portals.family.look import Look, look_page
from yueke.portals.family.onward import onward
from yueke.portals.family.week import local_day
from yueke.supply.dedicated import commands, queries
from yueke.supply.dedicated.commands import Choice
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.dedicated.times import own_times

AHEAD = timedelta(days=14)


@look_page
def dedicated_page(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Show the child's own teacher of the course, with the times that can be booked."""
    channels.require(look.visit.caller.actor, "see", "dedicated")
    mine = own_teacher(look)
    context: dict[str, Any] = look.frame("family_dedicated") | {"mine": mine}
    if mine is not None:
        teacher = people.get_teacher_of_market(market_id=mine.market_id, teacher_id=mine.teacher_id)
        context |= {"teacher": teacher, "days": _days(look, mine)}
    return render(request, "portals/family/dedicated.html", context)


@look_page
@require_POST
def choose(request: HttpRequest, *, look: Look) -> HttpResponse:
    """Choose the child's own teacher of the course, or leave the one there is."""
    caller = look.visit.caller
    said, learner_id = asked(request=request, caller=caller), look.visit.child.pk
    if request.POST.get("teacher"):
        teacher_id = ids.read_teacher(request.POST["teacher"])
        choice = Choice(learner_id, look.product, teacher_id)
        answer = commands.choose(said, choice=choice)
        words = gettext("This is your own teacher now.")
    else:
        answer = commands.leave(said, learner_id=learner_id, product=look.product)
        words = gettext("You have no own teacher any more.")
    answer.only()
    toasts.say(request=request, text=words)
    return onward(request=request, url=look.url("family_dedicated"))


def own_teacher(look: Look) -> Dedicated | None:
    """Return the child's own teacher of the course, if they have one."""
    child = look.visit.child
    return queries.dedicated_of(
        market_id=child.market_id, learner_ids=[child.pk], product=look.product
    ).get(child.pk)


def _days(look: Look, mine: Dedicated) -> list[list[dict[str, Any]]]:
    now, zone = look.visit.caller.now, look.visit.zone
    times = own_times(
        mine=mine, cells=look.course.product.cells, begin=now + timedelta(0, 1), end=now + AHEAD
    )
    shown: list[dict[str, Any]] = [
        {
            "at": one.starts_at,
            "first": one.first,
            "url": addresses.with_query(
                reverse("family_dedicated_book"),
                learner=look.visit.child_id,
                product=look.product,
                at=addresses.stamp(one.starts_at),
            ),
        }
        for one in times
    ]
    by_day = groupby(shown, lambda one: local_day(instant=one["at"], zone=zone))
    return [list(group) for _, group in by_day]
