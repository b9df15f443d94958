"""Choose a learner's own teacher with the weekly time that Monday's run books (H5-9, SD-1)."""

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
from yueke.people.models import Teacher
from yueke.portals.access import staff_page
from yueke.portals.staff.act_fields import TeacherField, products, weekdays
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.dedicated import commands
from yueke.supply.dedicated.commands import Choice, DedicatedNow
from yueke.supply.weeks import weekly_time

PRODUCTS = {"major", "level7"}


class OwnTeacherForm(ReasonForm):
    """Whose own teacher, of what, at which weekly time."""

    field_order = ("product", "teacher", "day", "at", "reason")

    def __init__(self, data: Any, *, desk: Desk) -> None:
        super().__init__(data)
        clock = forms.TimeInput(attrs={"type": "time", "step": "1800"})
        self.fields["product"] = forms.ChoiceField(
            label=_("Lesson"), choices=products(desk, PRODUCTS)
        )
        self.fields["teacher"] = TeacherField(desk=desk, label=_("Teacher's name"))
        self.fields["day"] = forms.ChoiceField(label=_("Day of the week"), choices=weekdays())
        self.fields["at"] = forms.CharField(
            label=_("Time"),
            widget=clock,
            required=False,
            help_text=_("Booked every Monday for the week after. Empty: booked by hand."),
        )
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_teacher(request: HttpRequest, learner: str) -> HttpResponse:
    """Choose a learner's own teacher of a product."""
    desk = sit_down(request=request, see="learners")
    channels.require(desk.caller.actor, "choose", "dedicated")
    person = find(desk=desk, learner=learner)

    def run(said: Request, form: forms.Form) -> Answer[DedicatedNow]:
        given = form.cleaned_data
        times = [weekly_time(int(given["day"]), given["at"])] if given["at"] else []
        choice = Choice(person.pk, given["product"], given["teacher"].pk, times)
        return commands.choose(said, choice=choice, reason=given["reason"])

    def lines(done: DedicatedNow) -> Sequence[str]:
        name = Teacher.objects.values_list("name", flat=True).get(pk=done.teacher_id)
        words = gettext("%(teacher)s is the own teacher of %(name)s.")
        return [words % {"teacher": name, "name": person.name}]

    title = gettext("An own teacher for %(name)s") % {"name": person.name}
    act = Act(title, gettext("Choose"), run, lines, reverse("staff_learner", args=[learner]))
    form = OwnTeacherForm(data_of(request), desk=desk)
    return act_sheet(request, desk=desk, form=form, act=act)
