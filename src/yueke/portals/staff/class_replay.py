"""Put the replay of a class on sale, change its price, or sell it no longer (CU-4)."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from yueke.booking.classes import queries, replays, watching
from yueke.booking.classes.watching import ReplayRow
from yueke.kernel.actor import Actor
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.amounts import NAMES
from yueke.portals.asked import asked
from yueke.portals.shown_class import ShownClass
from yueke.portals.staff.desk import sit_down
from yueke.portals.staff.onward import onward


class ReplayForm(forms.Form):
    """Where the recording lies, and what it costs; no price in an asset: not paid with it."""

    address = forms.URLField(label=_("Address of the recording"), assume_scheme="https")

    def __init__(self, data: Any, *, row: ReplayRow | None, address: str) -> None:
        super().__init__(data, initial={"address": address})
        for asset, name in NAMES.items():
            self.fields[asset] = forms.IntegerField(
                label=capfirst(str(name)),
                min_value=1,
                max_value=1_000_000,
                required=False,
                initial=row.prices.get(asset) if row else None,
            )

    @property
    def prices(self) -> dict[str, int]:
        """What was asked for."""
        given = self.cleaned_data
        return {asset: given[asset] for asset in NAMES if given.get(asset)}


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def class_replay(request: HttpRequest, lesson: str) -> HttpResponse:
    """Show address and price; a POST puts on sale, or, with `stop`, takes off it."""
    desk = sit_down(request=request, see="classes")
    actor = desk.caller.actor
    channels.require(actor, "sell", "replay")
    row = queries.get_class(actor=actor, class_id=ids.read_class(lesson))
    found = watching.list_replays(actor=actor, class_id=row.class_id)
    replay = found[0] if found else None
    address = watching.address_to_watch(actor=actor, class_id=row.class_id) if replay else ""
    is_post = request.method == "POST"
    form = ReplayForm(request.POST if is_post else None, row=replay, address=address)
    url, refusal = reverse("staff_class", args=[lesson]), None
    if is_post and "stop" in request.POST:
        answer = replays.stop_selling(
            asked(request=request, caller=desk.caller), class_id=row.class_id
        )
        answer.only()
        return onward(request=request, text=gettext("Sold no longer."), url=url)
    if is_post and form.is_valid():
        answer = replays.offer(
            asked(request=request, caller=desk.caller),
            class_id=row.class_id,
            address=form.cleaned_data["address"],
            prices=form.prices,
        )
        if not isinstance(result := answer.results[0], Refusal):
            return onward(request=request, text=gettext("The replay is on sale."), url=url)
        refusal = result
    context = {
        "desk": desk,
        "one": ShownClass(row, desk.caller.now),
        "replay": replay,
        "buyers": _buyers(actor, row.class_id) if replay else [],
        "may_buy": replay and replay.on_sale and channels.may(actor.channel, "buy", "replay"),
        "may_refund": channels.may(actor.channel, "refund", "replay"),
        "form": form,
        "refusal": refusal,
        "url": request.path,
    }
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "portals/staff/class_replay.html", context, status=status)


def _buyers(actor: Actor, class_id: int) -> list[dict[str, Any]]:
    """Return which families have it, by the learner who paid."""
    found = watching.list_buyers(actor=actor, class_id=class_id)
    return [{"row": row, "id": ids.LEARNER.show(row.learner_id)} for row in found]
