"""Have another teacher found for a lesson that has begun or is about to (SD-9, F-8)."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.matching.commands import Rematched, rematch


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def rematch_sheet(request: HttpRequest, seat: str) -> HttpResponse:
    """Show who would teach instead, and change to them."""
    desk = sit_down(request=request, see="lessons")
    channels.require(desk.caller.actor, "rematch", "trial")
    number = ids.read_seat(seat)

    def run(said: Request, form: forms.Form) -> Answer[Rematched]:
        return rematch(said, seat_id=number, reason=form.cleaned_data["reason"])

    def lines(done: Rematched) -> Sequence[str]:
        name = Teacher.objects.values_list("name", flat=True).get(pk=done.teacher_id)
        return [gettext("%(teacher)s teaches the lesson.") % {"teacher": name}]

    title = gettext("Find another teacher?")
    act = Act(title, gettext("Change"), run, lines, reverse("staff_lesson", args=[seat]))
    return act_sheet(request, desk=desk, form=ReasonForm(data_of(request)), act=act)
