"""A learner's wallet: its lots, and every entry with who made it and why."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from yueke.notices import queries as notices_queries
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.learner import find
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address, before_row, mark
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account, Transfer


@staff_page
@require_safe
def wallet(request: HttpRequest, learner: str) -> HttpResponse:
    """Show lots and entries of one asset, or of all."""
    desk = sit_down(request=request, see="wallet")
    person = find(desk=desk, learner=learner)
    asset = request.GET.get("asset", "")
    transfers = wallet_queries.entries_of_learner(market_id=desk.market_id, learner_id=person.pk)
    if asset in Account.Asset.values:
        transfers = transfers.filter(asset=asset)
    if "format" in request.GET:
        return _file(request, desk, entries(desk=desk, transfers=list(transfers[:EXPORT_MAX])))
    before = request.GET.get("before", "")
    transfers = before_row(rows=transfers, before=before, number="event_id")
    page, more = cut_page(list(transfers[: PAGE + 1]))
    lots = wallet_queries.lots_of_learner(market_id=desk.market_id, learner_id=person.pk)
    context = {
        "desk": desk,
        "learner": person,
        "id": learner,
        "asset": asset,
        "lots": list(lots),
        "entries": entries(desk=desk, transfers=page),
        "more_url": address(asset=asset, before=more) if more else "",
        "export_url": address(asset=asset, format="csv"),
        "xlsx_url": address(asset=asset, format="xlsx"),
    }
    return render(request, "portals/staff/wallet.html", context)


def cut_page(rows: list[Transfer]) -> tuple[list[Transfer], str]:
    """Return a page that ends with a whole event, and the mark of its last row if more follow."""
    if len(rows) <= PAGE:
        return rows, ""
    page = [row for row in rows[:PAGE] if row.event_id != rows[PAGE].event_id]
    return page, mark(at=page[-1].at, number=page[-1].event_id)


def entries(*, desk: Desk, transfers: Sequence[Transfer]) -> list[dict[str, object]]:
    """Return transfers with the event behind each, and the seat they paid for."""
    told = _told(desk, transfers) if desk.allowed.sees_audit else {}
    return [
        {
            "transfer": transfer,
            "change": change_of(transfer),
            "told": told.get(transfer.event_id),
            "seat": ids.SEAT.show(transfer.seat_id) if transfer.seat_id else "",
        }
        for transfer in transfers
    ]


def change_of(transfer: Transfer) -> int:
    """Return what came in, or as a negative number what went out."""
    return transfer.amount if transfer.kind in ("grant", "refund") else -transfer.amount


def _told(desk: Desk, transfers: Sequence[Transfer]) -> dict[int, timeline.Entry]:
    numbers = {transfer.event_id for transfer in transfers}
    events = list(notices_queries.events_by_id(market_id=desk.market_id, ids=numbers))
    entries = timeline.entries(desk=desk, events=events)
    return {event.pk: entry for event, entry in zip(events, entries, strict=True)}


def _file(request: HttpRequest, desk: Desk, rows: list[dict[str, object]]) -> HttpResponse:
    zone = ZoneInfo(desk.zone)
    head = [
        gettext("When (%(zone)s)") % {"zone": desk.zone},
        pgettext("wallet", "Change"),
        gettext("Of"),
        gettext("What"),
        gettext("Who"),
        gettext("Channel"),
        gettext("Why"),
    ]

    def line(row: dict[str, object]) -> list[str | int]:
        transfer, told, change = row["transfer"], row["told"], row["change"]
        assert isinstance(transfer, Transfer)
        assert isinstance(change, int)
        who = (
            [told.text, told.actor, told.channel, told.detail]
            if isinstance(told, timeline.Entry)
            else ["", "", "", ""]
        )
        return [f"{transfer.at.astimezone(zone):%Y-%m-%d %H:%M}", change, transfer.asset, *who]

    return export(request=request, name="wallet", head=head, rows=map(line, rows))
