"""What people were told: every message with its words and what became of it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.portals import ids, message_words, moments
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address
from yueke.reminders import queries
from yueke.reminders.models import Message
from yueke.reminders.parties import Party, addressees


@staff_page
@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """List messages, last first, perhaps in one state only."""
    desk = sit_down(request=request, see="messages")
    state = request.GET.get("state", "")
    state = state if state in message_words.STATES else ""
    before = ids.MESSAGE.read(request.GET.get("after", ""))
    rows = queries.list_messages(actor=desk.caller.actor, state=state, before=before)
    if "format" in request.GET:
        return _file(request, desk, rows[:EXPORT_MAX])
    page = list(rows[: PAGE + 1])
    last = ids.MESSAGE.show(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "rows": list(_shown(desk, page[:PAGE])),
        "choices": _choices(state),
        "more_url": address(state=state, after=last) if last else "",
        "export_url": address(state=state, format="csv"),
        "xlsx_url": address(state=state, format="xlsx"),
        "state": "" if page else "empty",
    }
    return render(request, "portals/staff/messages.html", context)


def _choices(state: str) -> list[dict[str, Any]]:
    words = {"": gettext("All"), **message_words.STATES}
    return [
        {"label": label, "url": address(state=code) or "?", "current": code == state}
        for code, label in words.items()
    ]


def _shown(desk: Desk, rows: Iterable[Message]) -> Iterable[dict[str, Any]]:
    rows = list(rows)
    people = addressees(
        market_id=desk.market_id, parties=[Party(row.party_kind, row.party_id) for row in rows]
    )
    for row in rows:
        person = people.get(Party(row.party_kind, row.party_id))
        yield {
            "row": row,
            "name": person.name if person else "",
            "about": message_words.ABOUTS[row.about],
            "way": message_words.WAYS[row.way],
            "state": message_words.STATES[row.state],
            "chip": message_words.CHIPS[row.state],
        }


def _file(request: HttpRequest, desk: Desk, rows: Iterable[Message]) -> HttpResponse:
    head = [
        gettext("When (%(zone)s)") % {"zone": desk.zone},
        gettext("To"),
        gettext("About"),
        gettext("Way"),
        gettext("Address"),
        gettext("State"),
        gettext("Text"),
        gettext("Trouble"),
    ]
    lines = (
        [
            moments.moment_words(
                instant=one["row"].sent_at or one["row"].due_at, zone=desk.zone, this_year=0
            ),
            one["name"],
            str(one["about"]),
            str(one["way"]),
            one["row"].address,
            str(one["state"]),
            one["row"].text,
            one["row"].trouble,
        ]
        for one in _shown(desk, rows)
    )
    return export(request=request, name="messages", head=head, rows=lines)
