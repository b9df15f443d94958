"""Book by hand what a weekly run missed or a lesson lost since (LP-10)."""

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
from yueke.portals.access import staff_page
from yueke.portals.staff.act_fields import TeacherField, WallField, when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.supply.catchups import queries
from yueke.supply.catchups.commands import CaughtUp, Instead, catch_up
from yueke.supply.catchups.lost import Lost, LostKey


class CatchUpForm(ReasonForm):
    """What was lost, and who teaches it when."""

    field_order = ("lost", "teacher", "at", "reason")

    def __init__(self, data: Any, *, desk: Desk, lost: Sequence[Lost]) -> None:
        super().__init__(data)
        self.fields["lost"] = forms.ChoiceField(
            label=_("Lost lesson"), choices=[(_value(one.key), _words(desk, one)) for one in lost]
        )
        self.fields["teacher"] = TeacherField(desk=desk, label=_("Teacher's name"))
        self.fields["at"] = WallField(desk=desk, label=_("Time"))
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def catch_up_sheet(request: HttpRequest, learner: str) -> HttpResponse:
    """Choose a lost lesson of a learner and book another in its place."""
    desk = sit_down(request=request, see="lost")
    channels.require(desk.caller.actor, "catch-up", "major")
    person = find(desk=desk, learner=learner)
    lost = queries.lost_lessons(actor=desk.caller.actor, learner_id=person.pk, now=desk.caller.now)

    def run(said: Request, form: forms.Form) -> Answer[CaughtUp]:
        given = form.cleaned_data
        kind, number, part = given["lost"].split("~")
        key = LostKey(kind, int(number), int(part))
        instead = Instead(given["teacher"].pk, given["at"])
        return catch_up(said, key=key, instead=instead, reason=given["reason"])

    def lines(done: CaughtUp) -> Sequence[str]:
        free = gettext("It is free.") if done.free else gettext("It is paid as usual.")
        return [gettext("Booked: %(when)s.") % {"when": when(desk, done.starts_at)}, free]

    title = gettext("Catch up for %(name)s") % {"name": person.name}
    act = Act(title, gettext("Book"), run, lines, reverse("staff_learner", args=[learner]))
    form = CatchUpForm(data_of(request), desk=desk, lost=lost)
    note = "" if lost else gettext("Nothing was lost lately, or all was caught up on.")
    return act_sheet(request, desk=desk, form=form, act=act, note=note)


def _value(key: LostKey) -> str:
    return f"{key.kind}~{key.id}~{key.part}"


def _words(desk: Desk, one: Lost) -> str:
    at = gettext("no time") if one.starts_at is None else when(desk, one.starts_at)
    free = gettext("free") if one.free else ""
    return " · ".join(part for part in (at, one.product, free) if part)
