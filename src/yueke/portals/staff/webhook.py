"""One webhook: its deliveries, each of which can be made once more, and turning it off and on."""

from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yueke.feeds import endpoints, queries
from yueke.feeds.models import WebhookDelivery
from yueke.people import channels
from yueke.portals import ids, toasts
from yueke.portals.access import staff_page
from yueke.portals.asked import asked
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import PAGE, address

STATES: Final[dict[str, tuple[str, Promise]]] = {
    "waiting": ("held", pgettext_lazy("delivery", "Waiting")),
    "delivered": ("finished", pgettext_lazy("delivery", "Delivered")),
    "given_up": ("trouble", pgettext_lazy("delivery", "Given up")),
}
TROUBLES: Final[dict[str, Promise]] = {
    "no_answer": pgettext_lazy("delivery", "no answer"),
    "timeout": pgettext_lazy("delivery", "no answer in time"),
    "event_gone": pgettext_lazy("delivery", "the event is gone"),
    "private_address": pgettext_lazy("delivery", "a private address"),
}


@staff_page
@require_safe
def webhook(request: HttpRequest, endpoint: str) -> HttpResponse:
    """List a webhook's deliveries, last first, perhaps in one state only."""
    desk = sit_down(request=request, see="webhooks")
    return _page(request, desk, endpoint)


@staff_page
@require_POST
def webhook_secret(request: HttpRequest, endpoint: str) -> HttpResponse:
    """Make a new secret and show it this once."""
    desk = sit_down(request=request, see="webhooks")
    channels.require(desk.caller.actor, "manage", "webhooks")
    answer = endpoints.change_endpoint(
        asked(request=request, caller=desk.caller),
        endpoint_id=ids.read_endpoint(endpoint),
        new_secret=True,
    )
    changed = answer.only()
    return _page(request, desk, endpoint, secret=changed.secret)


def _page(request: HttpRequest, desk: Desk, endpoint: str, *, secret: str = "") -> HttpResponse:
    one = queries.get_endpoint(actor=desk.caller.actor, endpoint_id=ids.read_endpoint(endpoint))
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    before = ids.DELIVERY.read(request.GET.get("after", ""))
    found = queries.list_deliveries(
        actor=desk.caller.actor, endpoint_id=one.pk, state=state, before=before
    )
    page = list(found[: PAGE + 1])
    last = ids.DELIVERY.show(page[PAGE - 1].pk) if len(page) > PAGE else ""
    words = {"": gettext("All"), **{code: word for code, (_, word) in STATES.items()}}
    context = {
        "desk": desk,
        "endpoint": one,
        "id": endpoint,
        "secret": secret,
        "host": urlsplit(one.url).hostname or "",
        "kinds": ", ".join(one.kinds),
        "rows": [_shown(row) for row in page[:PAGE]],
        "choices": [
            {"label": label, "url": address(state=code) or "?", "current": code == state}
            for code, label in words.items()
        ],
        "more_url": address(state=state, after=last) if last else "",
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/webhook.html", context)


@staff_page
@require_POST
def webhook_switch(request: HttpRequest, endpoint: str) -> HttpResponse:
    """Turn a webhook off, or on again."""
    desk = sit_down(request=request)
    channels.require(desk.caller.actor, "manage", "webhooks")
    is_on = request.POST.get("is_on") == "1"
    answer = endpoints.change_endpoint(
        asked(request=request, caller=desk.caller),
        endpoint_id=ids.read_endpoint(endpoint),
        is_on=is_on,
    )
    answer.only()
    said = gettext("Events go there again.") if is_on else gettext("Events pass it by from now on.")
    toasts.say(request=request, text=said)
    return redirect("staff_webhook", endpoint)


@staff_page
@require_POST
def webhook_replay(request: HttpRequest, endpoint: str, delivery: str) -> HttpResponse:
    """Deliver once more."""
    desk = sit_down(request=request)
    channels.require(desk.caller.actor, "manage", "webhooks")
    answer = endpoints.replay(
        asked(request=request, caller=desk.caller), delivery_id=ids.read_delivery(delivery)
    )
    answer.only()
    toasts.say(request=request, text=gettext("It is delivered once more in a moment."))
    return redirect("staff_webhook", endpoint)


def _shown(row: WebhookDelivery) -> dict[str, object]:
    chip, word = STATES[row.state]
    why = TROUBLES.get(row.trouble, "")
    return {
        "row": row,
        "id": ids.DELIVERY.show(row.pk),
        "event": ids.EVENT.show(row.event_id),
        "chip": chip,
        "word": word,
        "answer": row.status or why,
    }
