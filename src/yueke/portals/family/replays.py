"""Replays: those bought and those for sale, and the sheet that buys one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from yueke.booking.classes import replays, watching
from yueke.booking.classes.refusals import ClassNotFound
from yueke.booking.classes.watching import ReplayRow
from yueke.curriculum import queries as curriculum
from yueke.curriculum.rules import ProductFacts
from yueke.kernel.http_status import STATUS
from yueke.kernel.refusal import Refusal
from yueke.people import channels
from yueke.portals import ids, toasts
from yueke.portals.asked import asked
from yueke.portals.family.addresses import with_query
from yueke.portals.family.look import show
from yueke.portals.family.onward import onward
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.payment import read_way, ways_to_pay


@dataclass(frozen=True, slots=True)
class ShownReplay:
    """One replay in the reader's language."""

    row: ReplayRow

    @property
    def id(self) -> str:
        """Its id as addresses carry it."""
        return ids.LESSON.show(self.row.class_id)

    @property
    def title(self) -> str:
        """What its class was called."""
        is_chinese = (get_language() or "").startswith("zh")
        return self.row.title_zh if is_chinese else self.row.title_en

    @property
    def cover_url(self) -> str:
        """Where its picture is; '' where it has none."""
        return reverse("class_cover", args=[self.id, self.row.cover]) if self.row.cover else ""

    @property
    def prices(self) -> list[tuple[int, str]]:
        """What it costs: amount and asset."""
        return [(amount, asset) for asset, amount in sorted(self.row.prices.items())]


@child_page
def replays_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """List what the family may watch, then what is for sale."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    actor = visit.caller.actor
    rows = watching.list_replays(actor=actor, text=text)
    shown = [ShownReplay(row) for row in sorted(rows, key=lambda row: not row.is_bought)]
    context = {
        "visit": visit,
        "replays": shown,
        "text": text,
        "may_buy": channels.may(actor.channel, "buy", "replay"),
        "url": reverse("family_replays"),
    }
    return show(request=request, template="portals/family/replays.html", context=context)


@child_page
def replay_buy_page(request: HttpRequest, lesson: str, *, visit: Visit) -> HttpResponse:
    """Show the sheet; a post buys."""
    caller = visit.caller
    channels.require(caller.actor, "buy", "replay")
    class_id = ids.read_class(lesson)
    found = watching.list_replays(actor=caller.actor, class_id=class_id)
    if not found:
        raise ClassNotFound(class_id)
    one = ShownReplay(found[0])
    if request.method != "POST":
        return _show(request, visit, one)
    asset, lot_id = read_way(request.POST.get("pay", ""))
    answer = replays.buy(
        asked(request=request, caller=caller),
        learner_id=visit.child.pk,
        class_id=class_id,
        asset=asset,
        lot_id=lot_id,
    )
    if isinstance(refusal := answer.results[0], Refusal):
        return _show(request, visit, one, refusal)
    toasts.say(request=request, text=gettext("Bought: %(title)s.") % {"title": one.title})
    url = with_query(reverse("family_replays"), learner=visit.child_id)
    return onward(request=request, url=url)


def _show(
    request: HttpRequest, visit: Visit, one: ShownReplay, refusal: Refusal | None = None
) -> HttpResponse:
    caller = visit.caller
    facts = curriculum.facts(market_id=caller.actor.market_id, now=caller.now)
    product = ProductFacts(facts["open"].id, "open", 0, 0, 0, prices=one.row.prices)
    ways = ways_to_pay(
        actor=caller.actor,
        now=caller.now,
        learner_id=visit.child.pk,
        product=product,
        wanted=request.POST.get("pay", ""),
    )
    context = {
        "visit": visit,
        "one": one,
        "ways": ways,
        "can_pay": any(way.chosen for way in ways),
        "refusal": refusal,
    }
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "portals/family/replay_buy.html", context, status=status)
