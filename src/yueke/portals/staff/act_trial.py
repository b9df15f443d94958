"""Overbook a trial for a learner (TM-1, CC-1): how many more there may be is shown before."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking.orders import Booked
from yueke.booking.overbooking.rooms import Room
from yueke.curriculum.rules import TRIAL
from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals.access import staff_page
from yueke.portals.staff.act_fields import when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.portals.stamps import show_stamp
from yueke.supply.overbooking import queries
from yueke.supply.overbooking.overbook import overbook

AHEAD = timedelta(days=7)


class TrialForm(ReasonForm):
    """At which half-hour."""

    field_order = ("at", "reason")

    def __init__(self, data: Any, *, desk: Desk, rooms: Sequence[tuple[Room, int]]) -> None:
        super().__init__(data)
        self.fields["at"] = forms.ChoiceField(
            label=_("Time"),
            choices=[
                (show_stamp(room.starts_at), _words(desk, room)) for room, _ in rooms if room.left
            ],
        )
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def overbook_trial(request: HttpRequest, learner: str) -> HttpResponse:
    """Book a trial at a time at which more may be overbooked."""
    desk = sit_down(request=request, see="overbooking")
    channels.require(desk.caller.actor, "overbook", TRIAL)
    person = find(desk=desk, learner=learner)
    now = desk.caller.now
    rooms = queries.rooms(actor=desk.caller.actor, product=TRIAL, begin=now, end=now + AHEAD)
    moments = {show_stamp(room.starts_at): room.starts_at for room, _ in rooms}

    def run(said: Request, form: forms.Form) -> Answer[Booked]:
        at: datetime = moments[form.cleaned_data["at"]]
        reason = form.cleaned_data["reason"]
        return overbook(said, learner_id=person.pk, starts_at=at, reason=reason)

    def lines(done: Booked) -> Sequence[str]:
        words = gettext("Trial booked: %(when)s. The teacher is found at entry.")
        return [words % {"when": when(desk, done.starts_at)}]

    title = gettext("Overbook a trial for %(name)s") % {"name": person.name}
    act = Act(title, gettext("Book"), run, lines, reverse("staff_learner", args=[learner]))
    form = TrialForm(data_of(request), desk=desk, rooms=rooms)
    note = "" if any(room.left for room, _ in rooms) else gettext("Every time of the week is full.")
    return act_sheet(request, desk=desk, form=form, act=act, note=note)


def _words(desk: Desk, room: Room) -> str:
    left = gettext("%(left)s more") % {"left": room.left}
    return f"{when(desk, room.starts_at)} · {left}"
