"""Book several times of one teacher in one act: all or none, or each that can be (LP-8)."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking import queries as booking_queries
from yueke.booking.commands import book_lessons
from yueke.booking.orders import Booked, BookLesson, Order
from yueke.curriculum import queries as curriculum
from yueke.curriculum.models import LearningProgress
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.people import channels
from yueke.portals.access import staff_page
from yueke.portals.days import read_day
from yueke.portals.lesson_search import lesson_search
from yueke.portals.payment import read_way
from yueke.portals.staff import teacher as teacher_page
from yueke.portals.staff.act_fields import Choices, PayField, booked_lines, when
from yueke.portals.staff.acting import Act, act_sheet, data_of
from yueke.portals.staff.book import chosen_course, courses_to_book
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.reason import ReasonForm
from yueke.portals.stamps import read_stamp, show_stamp

DAYS: Final = 7
ALL, EACH = "all", "each"


class SeveralForm(ReasonForm):
    """Which times, paid how, and what if one of them cannot be."""

    field_order = ("times", "mode", "pay", "reason")

    def __init__(self, data: Any, *, times: Choices, pay: PayField) -> None:
        super().__init__(data)
        self.fields["times"] = forms.MultipleChoiceField(
            label=_("Times"), choices=times, widget=forms.CheckboxSelectMultiple
        )
        self.fields["mode"] = forms.ChoiceField(
            label=_("If one can't be booked"),
            choices=[(ALL, _("Book none")), (EACH, _("Book the others"))],
        )
        self.fields["pay"] = pay
        self.order_fields(self.field_order)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def book_several(request: HttpRequest, learner: str) -> HttpResponse:
    """Choose times of a teacher in the week from a day on; seen before, booked in one act."""
    desk = sit_down(request=request, see="learners")
    code = request.GET.get("product", "")
    channels.require(desk.caller.actor, "book", code)
    person = find(desk=desk, learner=learner)
    progress = list(curriculum.progress_of(learner_ids=[person.pk]))
    course = chosen_course(courses=courses_to_book(desk=desk, progress=progress), code=code)
    teacher = teacher_page.find(desk=desk, teacher=request.GET.get("teacher", ""))

    def run(said: Request, form: forms.Form) -> Answer[Any]:
        given = form.cleaned_data
        asset, lot_id = read_way(given["pay"])
        starts = [at for text in given["times"] if (at := read_stamp(text))]
        commands = [
            BookLesson(person.pk, teacher.pk, at, code, asset, lot_id, given["reason"])
            for at in starts
        ]
        answer = _booked(said, commands, is_whole=given["mode"] == ALL)
        # One result, so that what cannot be is told beside what can.
        return Answer([list(zip(starts, answer.results, strict=True))], answer.replayed)

    title = gettext("Book several times of %(teacher)s for %(name)s")
    words = {"teacher": teacher.name, "name": person.name}
    act = Act(
        title % words,
        gettext("Book"),
        run,
        lambda done: booked_lines(desk, done),
        reverse("staff_learner", args=[learner]),
    )
    form = SeveralForm(
        data_of(request),
        times=_times(request, desk, course, teacher.pk),
        pay=PayField(desk=desk, learner=person, product=code),
    )
    return act_sheet(request, desk=desk, form=form, act=act)


def _booked(said: Request, commands: list[BookLesson], *, is_whole: bool) -> Answer[Booked]:
    actor = said.actor
    order = Order(actor, said.key, said.body_hash, commands, all_or_none=is_whole)
    [answer] = book_lessons(
        market_id=actor.market_id, now=said.now, orders=[order], dry_run=said.dry_run
    )
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _times(request: HttpRequest, desk: Desk, course: LearningProgress, teacher_id: int) -> Choices:
    """Return the teacher's free times, with those that were ticked: one may have gone since."""
    zone, now = ZoneInfo(desk.zone), desk.caller.now
    day = max(now.astimezone(zone).date(), read_day(request.GET.get("day", "")) or now.date())
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    search = lesson_search(
        learner_id=course.learner_id,
        product=course.product,
        begin=begin,
        end=begin + timedelta(days=DAYS),
    )
    actor = desk.caller.actor
    free = booking_queries.get_free_times(
        actor=actor, now=now, search=search, teacher_id=teacher_id
    )
    ticked = [at for text in request.POST.getlist("times") if (at := read_stamp(text))]
    return [(show_stamp(at), when(desk, at)) for at in sorted({*free.starts, *ticked})]
