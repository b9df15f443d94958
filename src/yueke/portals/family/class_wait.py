"""Wait for a seat in a full class, or wait no longer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from yueke.booking.classes import places
from yueke.booking.classes.orders import Waiting
from yueke.kernel.http_status import STATUS
from yueke.kernel.outcome import Answer
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import toasts
from yueke.portals.asked import asked
from yueke.portals.family.class_book import ways
from yueke.portals.family.classes import class_url, one_class
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.payment import read_way
from yueke.portals.shown_class import ShownClass


@child_page
def wait_page(request: HttpRequest, lesson: str, *, visit: Visit) -> HttpResponse:
    """Say how waiting goes and ask what will pay; a post joins the list."""
    channels.require(visit.caller.actor, "book", "open")
    found = one_class(visit, lesson)
    if request.method != "POST":
        return _show(request, visit, found)
    asset, _ = read_way(request.POST.get("pay", ""))
    answer = places.wait(
        asked(request=request, caller=visit.caller),
        learner_id=visit.child.pk,
        class_id=found.row.class_id,
        asset=asset,
    )
    if isinstance(refusal := answer.results[0], Refusal):
        return _show(request, visit, found, refusal)
    text = gettext("On the waiting list: %(title)s.") % {"title": found.title}
    toasts.say(request=request, text=text)
    return onward(request=request, url=class_url(visit, found.id))


@child_page
@require_POST
def unwait_page(request: HttpRequest, lesson: str, *, visit: Visit) -> HttpResponse:
    """Leave the list."""
    found = one_class(visit, lesson)
    answer: Answer[Waiting] = places.stop_waiting(
        asked(request=request, caller=visit.caller),
        learner_id=visit.child.pk,
        class_id=found.row.class_id,
    )
    answer.only()
    text = gettext("No longer on the waiting list: %(title)s.") % {"title": found.title}
    toasts.say(request=request, text=text)
    return onward(request=request, url=class_url(visit, found.id))


def _show(
    request: HttpRequest, visit: Visit, found: ShownClass, refusal: Refusal | None = None
) -> HttpResponse:
    choices = ways(request, visit, found)
    context = {
        "visit": visit,
        "one": found,
        "ways": choices,
        "can_pay": any(way.chosen for way in choices),
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/class_wait.html", context, status=status)
