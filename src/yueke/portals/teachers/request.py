"""One lesson request: what accepting does to the teacher's day, accepted or rejected."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.booking.queries import LessonRow, Which
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import queries as people
from yueke.portals import ids, toasts
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked, new_key
from yueke.portals.caller import Caller, who_calls
from yueke.portals.family.onward import onward
from yueke.portals.lesson_lists import list_to_come
from yueke.portals.moments import moment_words
from yueke.supply.requests import commands, queries
from yueke.supply.requests.models import LessonRequest
from yueke.supply.requests.refusals import RequestNotFound
from yueke.supply.weeks import DAY, instant_of

REASON_MAX = 200
LESSONS = 20


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_request(request: HttpRequest, wish: str) -> HttpResponse:
    """Show a request made to the teacher, with their day around it, and answer it (T-3, T-4)."""
    caller = who_calls(request=request)
    row = _find(caller, wish)
    if request.method == "POST":
        return _answer(request, caller, row)
    context = {
        "caller": caller,
        "row": row,
        "id": wish,
        "learner": people.names_of_learners(ids=[row.learner_id])[row.learner_id],
        "lessons": _day(caller, row),
        "refusal": _why_not(caller, row),
        "reason_max": REASON_MAX,
    }
    return render(request, "portals/teachers/request.html", context)


def _find(caller: Caller, wish: str) -> LessonRequest:
    number = ids.REQUEST.read(wish)
    found = queries.list_requests(actor=caller.actor).filter(id=number or 0).first()
    if found is None:
        raise RequestNotFound(wish[:64])
    return found


def _day(caller: Caller, row: LessonRequest) -> list[LessonRow]:
    """Return the teacher's lessons of that day by their own clock."""
    zone = ZoneInfo(caller.zone)
    day = row.starts_at.astimezone(zone).date()
    begin, end = instant_of(day, zone), instant_of(day + DAY, zone)
    which = Which(teacher_id=caller.actor.teacher_id, begin=begin, end=end, state="live")
    return list_to_come(actor=caller.actor, now=begin, which=which, size=LESSONS)


def _why_not(caller: Caller, row: LessonRequest) -> Refusal | None:
    """Return why it could not be accepted now, if so; nothing is done."""
    dry = Request(caller.actor, new_key(), b"", caller.now, dry_run=True)
    try:
        [result] = commands.accept(dry, request_id=row.pk).results
    except Refusal as refusal:
        return refusal
    return result if isinstance(result, Refusal) else None


def _answer(request: HttpRequest, caller: Caller, row: LessonRequest) -> HttpResponse:
    said = asked(request=request, caller=caller)
    reason = request.POST.get("reason", "")[:REASON_MAX]
    if request.POST.get("answer") == "accept":
        keep = request.POST.get("keep") == "on"
        answer = commands.accept(said, request_id=row.pk, keep=keep, reason=reason)
        words = gettext("Booked: %(when)s.")
    else:
        answer = commands.reject(said, request_id=row.pk, reason=reason)
        words = gettext("Rejected: %(when)s.")
    answer.only()
    when = moment_words(
        instant=row.starts_at,
        zone=caller.zone,
        this_year=caller.now.year,
        until=row.starts_at + timedelta(minutes=30),
    )
    toasts.say(request=request, text=words % {"when": when})
    return onward(request=request, url=reverse("teacher_inbox"))
