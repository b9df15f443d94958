"""The covers of open classes, to whoever may see the class."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yueke.booking.classes import queries
from yueke.portals import ids
from yueke.portals.caller import who_calls

_YEAR_SECONDS = 365 * 24 * 3600


@login_required
@require_safe
def cover(request: HttpRequest, lesson: str, digest: str) -> HttpResponse:
    """Send a cover; its address changes with it, so that browsers may keep it."""
    caller = who_calls(request=request)
    found = queries.get_cover(actor=caller.actor, class_id=ids.read_class(lesson))
    if found.digest != digest:
        raise Http404
    headers = {"Cache-Control": f"private, max-age={_YEAR_SECONDS}, immutable"}
    return HttpResponse(found.picture, content_type=found.media_type, headers=headers)
