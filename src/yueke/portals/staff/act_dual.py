"""Book both teachers of a dual pair for a learner: a Chinese one and a foreign one (CU-1, CC-2)."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking.dual import book_dual
from yueke.booking.orders import BookLesson, Order
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.people.models import Learner
from yueke.portals.access import staff_page
from yueke.portals.payment import read_way
from yueke.portals.staff.act_fields import PayField, TeacherField, WallField, booked_lines
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm

PRODUCT: Final = "allround"


class DualForm(ReasonForm):
    """Both teachers, each with a time, and how both lessons are paid."""

    field_order = ("chinese", "chinese_at", "foreign", "foreign_at", "pay", "reason")

    def __init__(self, data: Any, *, desk: Desk, learner: Learner) -> None:
        super().__init__(data)
        for name, label in (("chinese", _("Chinese teacher")), ("foreign", _("Foreign teacher"))):
            self.fields[name] = TeacherField(desk=desk, label=label)
            self.fields[f"{name}_at"] = WallField(desk=desk, label=_("Time"))
        self.fields["pay"] = PayField(desk=desk, learner=learner, product=PRODUCT)
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def dual_sheet(request: HttpRequest, learner: str) -> HttpResponse:
    """Name both teachers with their times; seen before, both are booked or neither."""
    desk = sit_down(request=request, see="learners")
    channels.require(desk.caller.actor, "book", PRODUCT)
    person = find(desk=desk, learner=learner)

    def run(said: Request, form: forms.Form) -> Answer[Any]:
        given = form.cleaned_data
        asset, lot_id = read_way(given["pay"])
        commands = [
            BookLesson(
                person.pk, given[name].pk, given[f"{name}_at"], PRODUCT, asset, lot_id,
                given["reason"],
            )
            for name in ("chinese", "foreign")
        ]  # fmt: skip
        order = Order(said.actor, said.key, said.body_hash, commands)
        answer = book_dual(
            market_id=desk.market_id, now=said.now, order=order, dry_run=said.dry_run
        )
        if isinstance(answer, Refusal):
            raise answer
        starts = [command.starts_at for command in commands]
        return Answer([list(zip(starts, answer.results, strict=True))], answer.replayed)

    act = Act(
        gettext("Book both teachers for %(name)s") % {"name": person.name},
        gettext("Book both"),
        run,
        lambda done: booked_lines(desk, done),
        reverse("staff_learner", args=[learner]),
    )
    form = DualForm(data_of(request), desk=desk, learner=person)
    note = gettext("Both lessons are booked, or neither.")
    return act_sheet(request, desk=desk, form=form, act=act, note=note)
