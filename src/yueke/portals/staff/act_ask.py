"""Ask a teacher for a time they have not opened (LP-6), and take the request back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.staff.act_fields import TeacherField, WallField, products, when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.requests import commands
from yueke.supply.requests.operations import Wish
from yueke.supply.requests.orders import RequestNow
from yueke.supply.requests.refusals import RequestNotFound

PRODUCTS = {"major", "level7", "special"}


class AskForm(ReasonForm):
    """Whom to ask for which time."""

    field_order = ("product", "teacher", "at", "reason")

    def __init__(self, data: Any, *, desk: Desk) -> None:
        super().__init__(data)
        self.fields["product"] = forms.ChoiceField(
            label=_("Lesson"), choices=products(desk, PRODUCTS)
        )
        self.fields["teacher"] = TeacherField(desk=desk, label=_("Teacher's name"))
        self.fields["at"] = WallField(desk=desk, label=_("Time"))
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, learner: str) -> HttpResponse:
    """Ask one teacher for a time for a learner."""
    desk = sit_down(request=request, see="learners")
    channels.require(desk.caller.actor, "request", "major")
    person = find(desk=desk, learner=learner)

    def run(said: Request, form: forms.Form) -> Answer[RequestNow]:
        given = form.cleaned_data
        wish = Wish(person.pk, given["teacher"].pk, given["at"], given["product"])
        return commands.ask(said, wish=wish, reason=given["reason"])

    def lines(done: RequestNow) -> Sequence[str]:
        words = gettext("The teacher is asked for %(when)s, and answers until %(until)s.")
        facts = {"when": when(desk, done.starts_at), "until": when(desk, done.expires_at)}
        return [words % facts]

    title = gettext("Ask a teacher for a time for %(name)s") % {"name": person.name}
    act = Act(title, gettext("Ask"), run, lines, reverse("staff_learner", args=[learner]))
    return act_sheet(request, desk=desk, form=AskForm(data_of(request), desk=desk), act=act)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, wish: str) -> HttpResponse:
    """Take a request back that its teacher has not answered."""
    desk = sit_down(request=request, see="requests")
    channels.require(desk.caller.actor, "take-back", "request")
    number = ids.REQUEST.read(wish)
    if number is None:
        raise RequestNotFound(wish[:64])

    def run(said: Request, form: forms.Form) -> Answer[RequestNow]:
        return commands.withdraw(said, request_id=number, reason=form.cleaned_data["reason"])

    def lines(done: RequestNow) -> Sequence[str]:
        words = gettext("The request for %(when)s is taken back.")
        return [words % {"when": when(desk, done.starts_at)}]

    title = gettext("Take the request back?")
    act = Act(title, gettext("Take it back"), run, lines, reverse("staff_requests"))
    return act_sheet(request, desk=desk, form=ReasonForm(data_of(request)), act=act)
