"""After something was done: the sheet closes, a toast says it, and what is open is fetched anew."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yueke.portals import toasts


def changed(*, request: HttpRequest, text: str, url: str, undo_url: str = "") -> HttpResponse:
    """Return a toast for htmx, and lead a plain form to `url`."""
    toasts.say(request=request, text=text, undo_url=undo_url)
    if request.headers.get("HX-Request") != "true":
        return redirect(url)
    answer = render(request, "portals/components/toasts.html", {"oob": True})
    answer.headers["HX-Trigger"] = json.dumps({"staff:changed": "", "sheet:close": ""})
    return answer


def onward(*, request: HttpRequest, text: str, url: str) -> HttpResponse:
    """Lead on to `url`, where the toast is shown."""
    toasts.say(request=request, text=text)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
