"""Release what files offer, a request for each teacher and week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.cli.imports.offers import Offer, Span, Whose
from yueke.cli.imports.progress import tracked
from yueke.cli.imports.transaction import request_for
from yueke.inventory import commands as inventory
from yueke.inventory import queries
from yueke.kernel.grid import HALF_HOUR, WEEK


def release(offers: Sequence[Offer], *, market_id: int, span: Span) -> list[str]:
    """Release the half-hours ahead and return a line for each teacher."""
    wanted: dict[Whose, set[datetime]] = {}
    for offer in offers:
        wanted.setdefault(offer.whose, set()).update(offer.cells)
    lines = []
    for whose, cells in tracked(sorted(wanted.items(), key=_by_name), about="Teachers"):
        known = _known(whose, cells, market_id)
        told: Counter[str] = Counter()
        for week in _weeks(cells, span):
            told += _release_week(whose, week, known, market_id, span.now)
        gone = f", {told['gone']} taken back before" if told["gone"] else ""
        lines.append(
            f"{whose.name}: {told['new']} half-hours released, {told['there']} there already{gone}"
        )
    return lines


@dataclass(frozen=True)
class Known:
    """What is known of a teacher's half-hours before: those offered, and those taken back."""

    there: set[datetime]
    taken_back: set[datetime]


def _known(whose: Whose, cells: set[datetime], market_id: int) -> Known:
    if not cells:
        return Known(set(), set())
    slots = queries.slots_of_teacher(
        market_id=market_id,
        teacher_id=whose.id,
        begin=min(cells),
        end=max(cells) + HALF_HOUR,
    )
    there = cells.intersection(slots.values_list("starts_at", flat=True))
    withdrawn = queries.starts_withdrawn(market_id=market_id, teacher_id=whose.id, starts=cells)
    return Known(there, withdrawn - there)


def _release_week(
    whose: Whose, week: list[datetime], known: Known, market_id: int, now: datetime
) -> Counter[str]:
    ahead = [cell for cell in week if cell > now]
    if not ahead:
        return Counter()
    # The key is that of the whole week, so that it stays while the week goes by.
    content = [whose.id, *(cell.isoformat() for cell in week)]
    request = request_for(market_id=market_id, now=now, what="availability", content=content)
    offered = [cell for cell in ahead if cell not in known.taken_back]
    answer = inventory.release_slots(request, teacher_id=whose.id, starts=offered)
    new = 0 if answer.replayed else sum(released.is_new for released in answer.all())
    there = len(known.there.intersection(ahead))
    return Counter(new=new, there=there, gone=len(ahead) - new - there)


def _weeks(cells: set[datetime], span: Span) -> list[list[datetime]]:
    weeks: dict[int, list[datetime]] = {}
    for cell in sorted(cells):
        weeks.setdefault((cell - span.begin) // WEEK, []).append(cell)
    return list(weeks.values())


def _by_name(item: tuple[Whose, set[datetime]]) -> tuple[str, int]:
    return item[0].name, item[0].id
