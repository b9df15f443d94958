"""Create a class, say what it is about, and give it a cover."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import create, describe, hand_over, queries
from yueke.booking.classes.orders import ClassChanged, Texts
from yueke.booking.classes.rules.making import CAPACITY
from yueke.booking.classes.rules.picture import BYTES_MAX
from yueke.booking.classes.rules.texts import ABOUT_LENGTH_MAX, TITLE_LENGTH_MAX
from yueke.kernel.http_status import STATUS
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.days import DayField
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff import teacher as teacher_page
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.onward import onward
from yueke.portals.staff.reason import ReasonForm

TEACHERS_SHOWN = 20
_SAID = ("title_zh", "title_en", "about_zh", "about_en", "capacity")
_CLOCKS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]


class ClassForm(ReasonForm):
    """What a class is about, how many seats it has, and why."""

    title_zh = forms.CharField(label=_("Chinese title"), max_length=TITLE_LENGTH_MAX)
    title_en = forms.CharField(label=_("English title"), max_length=TITLE_LENGTH_MAX)
    about_zh = forms.CharField(
        label=_("Chinese description"),
        max_length=ABOUT_LENGTH_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-rich": ""}),
    )
    about_en = forms.CharField(
        label=_("English description"),
        max_length=ABOUT_LENGTH_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-rich": ""}),
    )
    capacity = forms.IntegerField(
        label=_("Seats"), min_value=CAPACITY[0], max_value=CAPACITY[-1], initial=30
    )
    field_order: Sequence[str] = (*_SAID, "reason")

    @property
    def texts(self) -> Texts:
        """What was written."""
        given = self.cleaned_data
        return Texts(given["title_zh"], given["title_en"], given["about_zh"], given["about_en"])


class NewClassForm(ClassForm):
    """The same, and when it is."""

    day = DayField(label=_("Day"))
    clock = forms.ChoiceField(label=_("Begins"), choices=[(c, c) for c in _CLOCKS], initial="19:00")
    field_order = ("day", "clock", "capacity", *_SAID, "reason")

    def starts_at(self, *, zone: str) -> datetime:
        """Return when it begins, by the clocks of a zone."""
        clock = time.fromisoformat(self.cleaned_data["clock"])
        return datetime.combine(self.cleaned_data["day"], clock, ZoneInfo(zone))


class CoverForm(ReasonForm):
    """A picture, and why."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, half a megabyte at most; 16:9 fits best."),
    )
    field_order = ("picture", "reason")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_new(request: HttpRequest) -> HttpResponse:
    """Choose the teacher, then say when and what; a POST creates."""
    desk = sit_down(request=request, see="classes")
    actor = desk.caller.actor
    hand_over.require(actor=actor, command="create", now=desk.caller.now)
    fields = request.POST if request.method == "POST" else request.GET
    if not fields.get("teacher"):
        name = request.GET.get("q", "").replace("\0", "").strip()
        found = people.find_teachers(actor=actor, text=name)[:TEACHERS_SHOWN]
        rows = [{"teacher": one, "id": ids.TEACHER.show(one.pk)} for one in found]
        context = {"desk": desk, "name": name, "rows": rows, "url": request.path}
        return render(request, "portals/staff/class_teacher.html", context)
    teacher = teacher_page.find(desk=desk, teacher=fields["teacher"])
    tomorrow = desk.caller.now.astimezone(ZoneInfo(desk.zone)).date() + timedelta(days=1)
    form = NewClassForm(request.POST or None, initial={"day": tomorrow}, is_asked=False)
    refusal = None
    if request.method == "POST" and form.is_valid():
        answer = create.create(
            asked(request=request, caller=desk.caller),
            teacher_id=teacher.pk,
            starts_at=form.starts_at(zone=desk.zone),
            capacity=form.cleaned_data["capacity"],
            texts=form.texts,
            reason=form.cleaned_data["reason"],
        )
        done = answer.results[0]
        if not isinstance(done, Refusal):
            return _onward(request, done, gettext("Created. Families see it once it is published."))
        refusal = done
    context = {"desk": desk, "teacher": teacher, "teacher_id": fields["teacher"]}
    return _show(request, form, refusal, context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request: HttpRequest, lesson: str) -> HttpResponse:
    """Show what is written; a POST writes it anew."""
    desk = sit_down(request=request, see="classes")
    hand_over.require(actor=desk.caller.actor, command="describe", now=desk.caller.now)
    row = queries.get_class(actor=desk.caller.actor, class_id=ids.read_class(lesson))
    initial: dict[str, Any] = {name: getattr(row, name) for name in _SAID}
    data = request.POST if request.method == "POST" else None
    form = ClassForm(data, initial=initial, is_asked=False)
    refusal = None
    if request.method == "POST" and form.is_valid():
        answer = describe.describe(
            asked(request=request, caller=desk.caller),
            class_id=row.class_id,
            texts=form.texts,
            capacity=form.cleaned_data["capacity"],
            reason=form.cleaned_data["reason"],
        )
        done = answer.results[0]
        if not isinstance(done, Refusal):
            return _onward(request, done, gettext("Saved."))
        refusal = done
    context = {"desk": desk, "one": ShownClass(row, desk.caller.now)}
    return _show(request, form, refusal, context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_cover(request: HttpRequest, lesson: str) -> HttpResponse:
    """Ask for a picture; a POST takes it."""
    desk = sit_down(request=request, see="classes")
    hand_over.require(actor=desk.caller.actor, command="describe", now=desk.caller.now)
    row = queries.get_class(actor=desk.caller.actor, class_id=ids.read_class(lesson))
    is_post = request.method == "POST"
    files = request.FILES if is_post else None
    form = CoverForm(request.POST if is_post else None, files, is_asked=False)
    refusal = None
    if is_post and form.is_valid():
        picture: UploadedFile[Any] = form.cleaned_data["picture"]
        answer: Answer[ClassChanged] = describe.set_cover(
            asked(request=request, caller=desk.caller),
            class_id=row.class_id,
            # One byte more than is taken, so that too large a picture is refused as one.
            picture=picture.read(BYTES_MAX + 1),
            reason=form.cleaned_data["reason"],
        )
        done = answer.results[0]
        if not isinstance(done, Refusal):
            return _onward(request, done, gettext("The cover was changed."))
        refusal = done
    context = {"desk": desk, "one": ShownClass(row, desk.caller.now), "is_cover": True}
    return _show(request, form, refusal, context)


def _show(
    request: HttpRequest, form: forms.Form, refusal: Refusal | None, context: dict[str, Any]
) -> HttpResponse:
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    context |= {"form": form, "refusal": refusal, "url": request.path}
    return render(request, "portals/staff/class_form.html", context, status=status)


def _onward(request: HttpRequest, done: ClassChanged, text: str) -> HttpResponse:
    url = reverse("staff_class", args=[ids.LESSON.show(done.class_id)])
    return onward(request=request, text=text, url=url)
