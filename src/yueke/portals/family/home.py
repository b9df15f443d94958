"""Home: the next lesson, what the child owns, and how the week stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yueke.booking import queries as booking_queries
from yueke.booking.queries import Which
from yueke.curriculum import queries as curriculum
from yueke.people import channels
from yueke.portals.family.shown import ShownLesson, show_lesson
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.family.week import week_of
from yueke.portals.lesson_lists import list_to_come
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account


@child_page
def home_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show the first page of the child."""
    caller = visit.caller
    week = _week_lessons(visit)
    balances = wallet_queries.balances(
        market_id=caller.actor.market_id, learner_id=visit.child.pk, now=caller.now
    )
    context = {
        "visit": visit,
        "next": _next_lesson(visit),
        "balances": [(asset, balances.get(asset, 0)) for asset in Account.Asset.values],
        "booked": len(week),
        "done": sum(lesson.state == "finished" for lesson in week),
        "may_try": channels.may(caller.actor.channel, "overbook", "trial") and not _learns(visit),
        "own_teacher": channels.may(caller.actor.channel, "choose", "dedicated"),
        "may_start_now": channels.may(caller.actor.channel, "start-now", "major"),
        "may_cancel": channels.may(caller.actor.channel, "cancel", "lesson"),
    }
    return render(request, "portals/family/home.html", context)


def _learns(visit: Visit) -> bool:
    """Tell whether the child has a course, or a trial, already."""
    return curriculum.progress_of(learner_ids=[visit.child.pk]).exists()


def _next_lesson(visit: Visit) -> ShownLesson | None:
    """Return the lesson that is on, or else the first to come."""
    caller = visit.caller
    which = Which(learner_id=visit.child.pk, state="live")
    rows = list_to_come(actor=caller.actor, now=caller.now, which=which, size=1)
    return show_lesson(row=rows[0], now=caller.now) if rows else None


def _week_lessons(visit: Visit) -> list[ShownLesson]:
    week = week_of(instant=visit.caller.now, zone=visit.zone)
    which = Which(learner_id=visit.child.pk, begin=week.begin, end=week.end, state="live")
    rows = booking_queries.list_lessons(actor=visit.caller.actor, which=which, size=336)
    return [show_lesson(row=row, now=visit.caller.now) for row in rows]
