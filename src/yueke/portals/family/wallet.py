"""The wallet: what the child owns, until when, and every entry that made it so."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from yueke.curriculum import queries as curriculum_queries
from yueke.people import channels
from yueke.portals import amounts, exports, moments
from yueke.portals.family.addresses import with_query
from yueke.portals.family.entries import ShownEntry, list_entries, next_cursor, show_entries
from yueke.portals.family.look import show
from yueke.portals.family.visit import Visit, child_page
from yueke.portals.product_names import product_name
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account

PAGE: Final = 30
EXPORTED_AT_MOST: Final = 5000


@child_page
def wallet_page(request: HttpRequest, *, visit: Visit) -> HttpResponse:
    """Show what the child owns and its entries, or the entries as a file."""
    channels.require(visit.caller.actor, "see", "wallet")
    asset = request.GET.get("asset", "")
    asset = asset if asset in Account.Asset.values else ""
    text = request.GET.get("q", "").strip()
    if "format" in request.GET:
        entries = list_entries(visit=visit, asset=asset, text=text, size=EXPORTED_AT_MOST)
        return _export(request, visit, show_entries(visit=visit, entries=entries))
    after = request.GET.get("after", "")
    found = list_entries(visit=visit, asset=asset, text=text, after=after, size=PAGE + 1)
    more = next_cursor(found[PAGE - 1]) if len(found) > PAGE else ""
    lots = _lots(visit)
    context = {
        "visit": visit,
        "asset": asset,
        "text": text,
        "url": reverse("family_wallet"),
        "lots": lots,
        "may_redeem": channels.may(visit.caller.actor.channel, "redeem", "coupon"),
        "balances": [
            (one, sum(lot["balance"] for lot in lots if lot["asset"] == one))
            for one in Account.Asset.values
        ],
        "entries": show_entries(visit=visit, entries=found[:PAGE]),
        "choices": _choices(visit, asset, text),
        "after_url": _url(visit, asset=asset, q=text, after=more) if more else "",
        "csv_url": _url(visit, asset=asset, q=text, format="csv"),
        "xlsx_url": _url(visit, asset=asset, q=text, format="xlsx"),
    }
    return show(request=request, template="portals/family/wallet.html", context=context)


def _url(visit: Visit, **values: str) -> str:
    return with_query(reverse("family_wallet"), learner=visit.child_id, **values)


def _choices(visit: Visit, asset: str, text: str) -> list[dict[str, Any]]:
    labels = {"": gettext("All")}
    labels |= {one: capfirst(str(name)) for one, name in amounts.NAMES.items()}
    return [
        {"label": label, "url": _url(visit, asset=one, q=text), "current": one == asset}
        for one, label in labels.items()
    ]


def _lots(visit: Visit) -> list[dict[str, Any]]:
    """Return what can still be spent, lot by lot, with what each may be spent on."""
    market_id, now = visit.caller.actor.market_id, visit.caller.now
    products = curriculum_queries.list_products(market_id=market_id)
    names = {product.pk: product_name(thing=product) for product in products}
    return [
        {
            "asset": lot.asset,
            "balance": lot.balance,
            "expires_at": lot.expires_at,
            "product": names.get(lot.product_id) if lot.product_id else None,
        }
        for lot in wallet_queries.lots_of_learner(market_id=market_id, learner_id=visit.child.pk)
        if lot.expires_at is None or lot.expires_at > now
    ]


def _export(request: HttpRequest, visit: Visit, entries: Iterable[ShownEntry]) -> HttpResponse:
    head = [
        pgettext("of a family", "Learner"),
        gettext("When"),
        gettext("What"),
        gettext("How much"),
        gettext("Unit"),
        gettext("Lesson"),
        gettext("Teacher"),
    ]
    rows = ([visit.child.name, *_cells(visit, entry)] for entry in entries)
    return exports.export(request=request, name="wallet", head=head, rows=rows)


def _cells(visit: Visit, entry: ShownEntry) -> list[str | int]:
    def words(instant: datetime) -> str:
        return moments.moment_words(instant=instant, zone=visit.zone, this_year=0)

    lesson = words(entry.lesson_at) if entry.lesson_at else ""
    unit = amounts.UNITS[entry.asset](abs(entry.change))
    return [words(entry.at), entry.words, entry.change, unit, lesson, entry.teacher]
