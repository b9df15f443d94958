"""Publish a class, take it out of sight, cancel it: what it means is said before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import cancel, describe, hand_over, queries
from yueke.booking.classes.orders import ClassCancelled
from yueke.booking.effects import Effects, rehearsed
from yueke.kernel.outcome import Answer
from yueke.notices.once import Request
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.asked import asked, new_key
from yueke.portals.foreseen import effect_lines
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.onward import onward
from yueke.portals.staff.reason import ReasonForm


@dataclass(frozen=True, slots=True)
class ClassDeed:
    """One row: its code is its command, `fits` when it is offered, `effect` what it comes to.

    `counted` says so of what a rehearsal answers; `onto` is the page that follows, which is that of
    the class unless nothing is left of it.
    """

    code: str
    act: Callable[..., Answer[Any]]
    fits: Callable[[ShownClass], bool]
    label: Promise
    title: Promise
    effect: Promise
    told: Promise
    asks_why: bool
    is_danger: bool = False
    counted: Callable[[Any], str] | None = None
    onto: str = ""


def _counted(done: ClassCancelled) -> str:
    refunded = ngettext(
        "%(count)s learner has a seat and gets everything back.",
        "%(count)s learners have seats and get everything back.",
        done.seats,
    )
    waited = ngettext(
        "%(count)s learner waits no longer.", "%(count)s learners wait no longer.", done.waits
    )
    return f"{refunded % {'count': done.seats}} {waited % {'count': done.waits}}"


CLASS_DEEDS: Final = {
    deed.code: deed
    for deed in (
        ClassDeed(
            "publish", describe.publish, lambda one: not one.row.is_published and not one.has_begun,
            _("Publish"), _("Publish this class?"),
            _("Families see it at once and can book seats."), _("Published."), asks_why=False,
        ),
        ClassDeed(
            "unpublish", describe.unpublish, lambda one: one.row.is_published,
            _("Take out of sight"), _("Take this class out of sight?"),
            _("Families don't find it any more. Whoever has a seat keeps it; nobody is refunded."),
            _("Taken out of sight."), asks_why=True, is_danger=True,
        ),
        ClassDeed(
            "cancel", cancel.cancel, lambda one: not one.has_begun,
            _("Cancel the class"), _("Cancel this class?"),
            _("It won't take place, and the teacher's time is free again."),
            _("The class was cancelled."), asks_why=True, is_danger=True,
            counted=_counted, onto="staff_classes",
        ),
    )
}  # fmt: skip


def deeds_for(*, one: ShownClass) -> list[ClassDeed]:
    """Return what can be done with a class as it stands."""
    return [deed for deed in CLASS_DEEDS.values() if deed.fits(one)]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_do(request: HttpRequest, lesson: str, deed: str) -> HttpResponse:
    """Show the sheet; a POST does it."""
    desk = sit_down(request=request, see="classes")
    found = CLASS_DEEDS.get(deed)
    if found is None:
        raise Http404
    hand_over.require(actor=desk.caller.actor, command=deed, now=desk.caller.now)
    row = queries.get_class(actor=desk.caller.actor, class_id=ids.read_class(lesson))
    one = ShownClass(row, desk.caller.now)
    form = ReasonForm(request.POST if request.method == "POST" else None, is_asked=found.asks_why)
    if request.method == "POST" and form.is_valid():
        answer = found.act(
            asked(request=request, caller=desk.caller),
            class_id=row.class_id,
            reason=form.cleaned_data["reason"],
        )
        answer.only()
        url = reverse(found.onto) if found.onto else reverse("staff_class", args=[lesson])
        return onward(request=request, text=str(found.told), url=url)
    context = {"desk": desk, "one": one, "deed": found, "form": form, "url": request.path}
    if found.counted:
        done, effects = _rehearsed(desk, found, row.class_id)
        context["counted"] = found.counted(done)
        context["lines"] = effect_lines(
            market_id=desk.market_id, effects=effects, now=desk.caller.now
        )
    status = 422 if form.errors else 200
    return render(request, "portals/staff/class_do.html", context, status=status)


def _rehearsed(desk: Desk, deed: ClassDeed, class_id: int) -> tuple[Any, Effects]:
    """Return what the deed would answer and do to others; refuses as it would."""
    rehearsal = Request(desk.caller.actor, new_key(), b"", desk.caller.now)
    return rehearsed(
        market_id=desk.market_id, act=lambda: deed.act(rehearsal, class_id=class_id).only()
    )
