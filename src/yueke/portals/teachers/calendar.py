"""The secret address under which other calendars read the teacher's lessons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from yueke.people import calendar
from yueke.people import queries as people_queries
from yueke.portals import toasts
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked
from yueke.portals.calendar_address import show_address
from yueke.portals.caller import who_calls


@teacher_page
@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """Show the address, or offer to make the first."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    teacher = people_queries.get_teacher(actor=caller.actor, teacher_id=caller.actor.teacher_id)
    renew_url = reverse("teacher_calendar_renew")
    return show_address(request=request, token=teacher.calendar_token, renew_url=renew_url)


@teacher_page
@require_POST
def renew_address(request: HttpRequest) -> HttpResponse:
    """Make a new address; the one before stops answering."""
    caller = who_calls(request=request)
    assert caller.actor.teacher_id is not None
    calendar.renew_calendar_address(
        asked(request=request, caller=caller), teacher_id=caller.actor.teacher_id
    )
    toasts.say(request=request, text=gettext("The new address is ready."))
    return redirect("teacher_calendar")
