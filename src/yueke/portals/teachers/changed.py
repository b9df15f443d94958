"""Says what changed in a teacher's week, and lets the calendar on the page fetch it anew."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yueke.portals import toasts


def changed(*, request: HttpRequest, text: str, undo_url: str = "") -> HttpResponse:
    """Return a toast for htmx; otherwise lead back to the week, which shows it."""
    toasts.say(request=request, text=text, undo_url=undo_url)
    if request.headers.get("HX-Request") != "true":
        return redirect("teacher_week")
    answer = render(request, "portals/components/toasts.html", {"oob": True})
    answer.headers["HX-Trigger"] = json.dumps({"calendar:changed": "", "sheet:close": ""})
    return answer
