"""The list of learners: searched, paged, taken away."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from yueke.people import queries as people_queries
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.exports import export
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.paging import EXPORT_MAX, PAGE, address, after_row
from yueke.wallet import queries as wallet_queries


@staff_page
@require_safe
def learners(request: HttpRequest) -> HttpResponse:
    """List learners of a name, pinyin or phone."""
    desk = sit_down(request=request, see="learners")
    text = request.GET.get("q", "").strip()
    rows = people_queries.find_learners(actor=desk.caller.actor, text=text)
    if "format" in request.GET:
        return _file(request, desk, list(rows[:EXPORT_MAX]))
    after = ids.LEARNER.read(request.GET.get("after", ""))
    page = list(after_row(rows=rows, market_id=desk.market_id, after=after)[: PAGE + 1])
    shown = page[:PAGE]
    last = ids.LEARNER.show(shown[-1].pk) if len(page) > PAGE else ""
    context = {
        "desk": desk,
        "text": text,
        "rows": [
            {"learner": learner, "id": ids.LEARNER.show(learner.pk), "credits": credits}
            for learner, credits in _with_credits(desk, shown)
        ],
        "more_url": address(q=text, after=last) if last else "",
        "export_url": address(q=text, format="csv"),
        "xlsx_url": address(q=text, format="xlsx"),
        "state": "" if shown else "empty",
    }
    return render(request, "portals/staff/learners.html", context)


def _with_credits(desk: Desk, learners: list[Learner]) -> Iterator[tuple[Learner, int | None]]:
    """Yield learners with their credits, or None for whoever may not see wallets."""
    credits: dict[int, int] = {}
    if desk.allowed.sees_wallet:
        credits = wallet_queries.total_balance(
            market_id=desk.market_id,
            learner_ids=[learner.pk for learner in learners],
            asset="credit",
        )
    for learner in learners:
        yield learner, credits.get(learner.pk, 0) if desk.allowed.sees_wallet else None


def _file(request: HttpRequest, desk: Desk, rows: list[Learner]) -> HttpResponse:
    head = [
        gettext("Id"),
        gettext("Name"),
        gettext("English name"),
        gettext("Family"),
        gettext("Phone"),
        gettext("Credits left"),
    ]
    lines = (
        [
            ids.LEARNER.show(learner.pk),
            learner.name,
            learner.english_name,
            learner.family.name,
            learner.family.phone,
            "" if credits is None else credits,
        ]
        for learner, credits in _with_credits(desk, rows)
    )
    return export(request=request, name="learners", head=head, rows=lines)
