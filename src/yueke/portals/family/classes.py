"""Open classes: those to come, those of this child, and the page of one."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from yueke.booking.classes import queries
from yueke.booking.classes.queries import WhichClasses
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.family.addresses import with_query
from yueke.portals.family.look import show
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.shown_class import ShownClass

PAGE: Final = 12
# A class that runs still stands among those to come.
_RUNNING: Final = timedelta(hours=4)
_TABS: Final = (
    ("next", pgettext_lazy("open classes", "To come")),
    ("mine", pgettext_lazy("open classes", "Mine")),
)


@child_page
def classes_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """List classes: all that can be booked, or where this child has or awaits a seat."""
    codes = [code for code, _ in _TABS]
    tab = request.GET.get("tab", "") if request.GET.get("tab") in codes else codes[0]
    text = request.GET.get("q", "").replace("\0", "").strip()
    caller = visit.caller
    mine = queries.list_mine(
        actor=caller.actor, learner_id=visit.child.pk, begin=caller.now - _RUNNING
    )
    which = WhichClasses(
        begin=caller.now if tab == "next" else caller.now - _RUNNING,
        text=text,
        after=_read_cursor(request.GET.get("after", "")),
        ids=list(mine) if tab == "mine" else None,
    )
    rows = queries.list_classes(actor=caller.actor, which=which, size=PAGE + 1)
    shown = [ShownClass(row, caller.now, mine.get(row.class_id)) for row in rows[:PAGE]]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    after = f"{int(last.starts_at.timestamp())}.{ids.LESSON.show(last.class_id)}" if last else ""
    tabs = [
        {"label": label, "url": _url(visit, tab=code), "current": code == tab}
        for code, label in _TABS
    ]
    context = {
        "visit": visit,
        "classes": shown,
        "tab": tab,
        "text": text,
        "tabs": tabs,
        "url": reverse("family_classes"),
        "after_url": _url(visit, tab=tab, q=text, after=after) if after else "",
    }
    return show(request=request, template="portals/family/classes.html", context=context)


@child_page
def class_page(request: HttpRequest, lesson: str, *, visit: Visit) -> HttpResponse:
    """Show one class, and the one thing to do about it."""
    found = one_class(visit, lesson)
    channel = visit.caller.actor.channel
    may_cancel = channels.may_for(channel, "cancel", "lesson", "open")
    context = {
        "visit": visit,
        "one": found,
        "may_book": channels.may(channel, "book", "open"),
        "may_cancel": may_cancel,
    }
    return render(request, "portals/family/class.html", context)


def one_class(visit: Visit, lesson: str) -> ShownClass:
    """Return a class as it stands with this child, or refuse (class_not_found)."""
    actor = visit.caller.actor
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson))
    mine = queries.list_mine(actor=actor, learner_id=visit.child.pk, begin=row.starts_at)
    return ShownClass(row, visit.caller.now, mine.get(row.class_id))


def class_url(visit: Visit, lesson: str) -> str:
    """Return the address of a class's page for this child."""
    return with_query(reverse("family_class", args=[lesson]), learner=visit.child_id)


def _url(visit: Visit, **values: str) -> str:
    return with_query(reverse("family_classes"), learner=visit.child_id, **values)


def _read_cursor(text: str) -> tuple[datetime, int] | None:
    digits, _, lesson = text.partition(".")
    number = ids.LESSON.read(lesson)
    if number is None or not digits.isascii() or not digits.isdigit() or len(digits) > 11:
        return None
    return datetime.fromtimestamp(int(digits), UTC), number
