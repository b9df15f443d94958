"""Release what files offer, a request for each teacher and week."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from yueke.cli.imports.offers import Offer, Span, Whose
from yueke.cli.imports.progress import tracked
from yueke.cli.imports.transaction import done, request_for
from yueke.inventory import commands as inventory
from yueke.kernel.grid import WEEK


def release(offers: Sequence[Offer], *, market_id: int, span: Span) -> list[str]:
    """Release the half-hours ahead and return a line for each teacher."""
    wanted: dict[Whose, set[datetime]] = {}
    for offer in offers:
        wanted.setdefault(offer.whose, set()).update(offer.cells)
    lines = []
    for whose, cells in tracked(sorted(wanted.items(), key=_by_name), about="Teachers"):
        told: Counter[str] = Counter()
        for week in _weeks(cells, span):
            told += _release_week(whose, week, market_id, span.now)
        lines.append(
            f"{whose.name}: {told['new']} half-hours released, {told['there']} there already"
        )
    return lines


def _release_week(
    whose: Whose, week: list[datetime], market_id: int, now: datetime
) -> Counter[str]:
    ahead = [cell for cell in week if cell > now]
    if not ahead:
        return Counter()
    # The key is that of the whole week, so that it stays while the week goes by.
    content = [whose.id, *(cell.isoformat() for cell in week)]
    request = request_for(market_id=market_id, now=now, what="availability", content=content)
    answer = inventory.release_slots(request, teacher_id=whose.id, starts=ahead)
    if answer.replayed:
        return Counter(there=len(ahead))
    new = sum(released.is_new for released in done(answer))
    return Counter(new=new, there=len(ahead) - new)


def _weeks(cells: set[datetime], span: Span) -> list[list[datetime]]:
    weeks: dict[int, list[datetime]] = {}
    for cell in sorted(cells):
        weeks.setdefault((cell - span.begin) // WEEK, []).append(cell)
    return list(weeks.values())


def _by_name(item: tuple[Whose, set[datetime]]) -> tuple[str, int]:
    return item[0].name, item[0].id
