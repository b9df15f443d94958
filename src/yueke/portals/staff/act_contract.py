"""Schedule a dual learner (LP-9), and end one of their contracts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people.models import Teacher
from yueke.portals import ids, sentences
from yueke.portals.access import staff_page
from yueke.portals.days import DayField
from yueke.portals.staff.act_fields import TeacherField, products, weekdays, when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.contracts import answer
from yueke.supply.contracts.orders import ContractNow, Part, Proposal
from yueke.supply.contracts.propose import propose
from yueke.supply.contracts.refusals import ContractNotFound
from yueke.supply.weeks import WEEK, monday_of, weekly_time

PRODUCTS = {"allround", "major", "level7"}


class ContractForm(ReasonForm):
    """Both teachers of a dual pair with their weekly times, and the first week."""

    field_order = (
        "product", "first_week", "chinese", "chinese_day", "chinese_at",
        "foreign", "foreign_day", "foreign_at", "reason",
    )  # fmt: skip

    def __init__(self, data: Any, *, desk: Desk) -> None:
        super().__init__(data)
        clock = forms.TimeInput(attrs={"type": "time", "step": "1800"})
        self.fields["product"] = forms.ChoiceField(
            label=_("Lesson"), choices=products(desk, PRODUCTS)
        )
        self.fields["first_week"] = DayField(label=_("Monday of the first week"))
        monday = monday_of(desk.caller.now, ZoneInfo(desk.zone)) + WEEK
        self.fields["first_week"].initial = monday
        for name, label in (("chinese", _("Chinese teacher")), ("foreign", _("Foreign teacher"))):
            self.fields[name] = TeacherField(desk=desk, label=label)
            self.fields[f"{name}_day"] = forms.ChoiceField(label=_("Day"), choices=weekdays())
            self.fields[f"{name}_at"] = forms.CharField(label=_("Time"), widget=clock)
        self.order_fields(self.field_order)

    def part(self, name: str) -> Part:
        """Return one teacher's part, or refuse (weekly_time_invalid)."""
        given = self.cleaned_data
        teacher: Teacher = given[name]
        time = weekly_time(int(given[f"{name}_day"]), given[f"{name}_at"])
        return Part(teacher.pk, time)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, learner: str) -> HttpResponse:
    """Propose the contracts of a dual pair for a learner; weeks 1 and 2 are booked at once."""
    desk = sit_down(request=request, see="learners")
    channels.require(desk.caller.actor, "propose", "contract")
    person = find(desk=desk, learner=learner)

    def run(said: Request, form: forms.Form) -> Answer[ContractNow]:
        assert isinstance(form, ContractForm)
        given = form.cleaned_data
        proposal = Proposal(
            person.pk,
            given["product"],
            given["first_week"],
            form.part("chinese"),
            form.part("foreign"),
        )
        return propose(said, proposal=proposal, reason=given["reason"])

    title = gettext("Schedule %(name)s with two teachers") % {"name": person.name}
    act = Act(
        title,
        gettext("Propose and book"),
        run,
        lambda done: _lines(desk, done),
        reverse("staff_contracts"),
    )
    form = ContractForm(data_of(request), desk=desk)
    note = gettext("Both teachers are asked. The first two weeks are booked without waiting.")
    return act_sheet(request, desk=desk, form=form, act=act, note=note)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def end_contract(request: HttpRequest, contract: str) -> HttpResponse:
    """End a contract; its lessons to come are cancelled and refunded."""
    desk = sit_down(request=request, see="contracts")
    channels.require(desk.caller.actor, "end", "contract")
    number = ids.CONTRACT.read(contract)
    if number is None:
        raise ContractNotFound(contract[:64])

    def run(said: Request, form: forms.Form) -> Answer[ContractNow]:
        return answer.end(said, contract_id=number, reason=form.cleaned_data["reason"])

    def lines(done: ContractNow) -> Sequence[str]:
        count = len(done.lessons)
        words = ngettext("%(count)s lesson is freed.", "%(count)s lessons are freed.", count)
        return [gettext("The contract ends."), words % {"count": count}]

    title = gettext("End this contract?")
    act = Act(title, gettext("End it"), run, lines, reverse("staff_contracts"))
    return act_sheet(request, desk=desk, form=ReasonForm(data_of(request)), act=act)


def _lines(desk: Desk, done: ContractNow) -> list[str]:
    """Return what becomes of each week of a contract, in words."""
    names = {"booked": gettext("booked"), "missed": gettext("can't be booked")}
    name = Teacher.objects.values_list("name", flat=True).get(pk=done.teacher_id)
    found = []
    for one in done.lessons:
        at = one.starts_at
        moment = one.week if at is None else when(desk, at + timedelta(0))
        why = f" ({sentences.words_of_code(code=one.why)})" if one.why else ""
        found.append(f"{name} · {moment}: {names.get(one.state, one.state)}{why}")
    return found
