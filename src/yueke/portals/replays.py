"""Watching a replay: an address of ours that looks who asks, each time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from yueke.booking.classes import watching
from yueke.portals import ids
from yueke.portals.caller import who_calls


@login_required
@require_safe
def watch(request: HttpRequest, lesson: str) -> HttpResponse:
    """Lead to the recording whoever may watch it; where it lies stands in no page."""
    caller = who_calls(request=request)
    address = watching.address_to_watch(actor=caller.actor, class_id=ids.read_class(lesson))
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})
