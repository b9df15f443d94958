"""Who gets which teacher: as many learners as can be, those who wait longest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yueke.booking.rules.lesson import LockedLesson
from yueke.supply.matching.flow import Flow

# One more learner with a teacher outweighs everything, then waiting, knowing, rating.
_UNMATCHED = 10_000_000
_KNOWN = 1_000
_SECONDS_MAX = 3_600


@dataclass(frozen=True, slots=True)
class Entrant:
    """A learner who waits: what they need to be taught, since when, and whom they know."""

    seat_id: int
    skill: str
    entered_at: datetime
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher who could be given; `held` before those who are only free."""

    teacher_id: int
    skills: frozenset[str]
    rating: int
    held: bool = True


def skill_of(lesson: LockedLesson) -> str:
    """Return what a teacher of the lesson must teach."""
    return f"{lesson.product}:{lesson.level or 0}"


def pair(
    entrants: Sequence[Entrant], candidates: Sequence[Candidate], *, now: datetime
) -> dict[int, int]:
    """Return the teacher of each seat that gets one (SD-8).

    As many learners as can be are matched; when teachers are scarce, those who wait longest; then
    with teachers they know, then with those held and of the best rating.
    """
    if len(entrants) == 1:
        return _best(entrants[0], candidates)
    return _flow(entrants, candidates, now) if entrants and candidates else {}


def _best(one: Entrant, candidates: Sequence[Candidate]) -> dict[int, int]:
    fit = [other for other in candidates if one.skill in other.skills]
    if not fit:
        return {}
    best = min(fit, key=lambda other: (_teacher_cost(other, one), other.teacher_id))
    return {one.seat_id: best.teacher_id}


def _teacher_cost(candidate: Candidate, one: Entrant | None = None) -> int:
    known = one is not None and candidate.teacher_id in one.known
    return (500 - candidate.rating) + (0 if candidate.held else 10_000) - (_KNOWN if known else 0)


def _flow(
    entrants: Sequence[Entrant], candidates: Sequence[Candidate], now: datetime
) -> dict[int, int]:
    """Solve it exactly as a flow of least cost, through skills and teachers alike in them."""
    flow = Flow()
    nodes = _Nodes(entrants, candidates)
    for place, one in enumerate(entrants):
        flow.add(nodes.source, nodes.entrant(place))
        waited = min(_SECONDS_MAX, max(0, int((now - one.entered_at).total_seconds())))
        flow.add(nodes.entrant(place), nodes.sink, cost=_UNMATCHED + waited * 2_000)
        flow.add(nodes.entrant(place), nodes.skills[one.skill])
    arcs = _teacher_arcs(flow, nodes, candidates)
    known = _known_arcs(flow, nodes, entrants, candidates)
    flow.solve(source=nodes.source, sink=nodes.sink, units=len(entrants))
    return _read(flow, nodes, entrants, candidates, arcs, known)


class _Nodes:
    """The numbers of the nodes: source, sink, learners, skills, kinds of teachers, teachers."""

    def __init__(self, entrants: Sequence[Entrant], candidates: Sequence[Candidate]) -> None:
        self.source, self.sink = 0, 1
        self._first = 2
        begin = self._first + len(entrants)
        skills = sorted({one.skill for one in entrants})
        self.skills = {skill: begin + place for place, skill in enumerate(skills)}
        begin += len(skills)
        wanted = frozenset(skills)
        self.kind_of = [other.skills & wanted for other in candidates]
        kinds = sorted(set(self.kind_of), key=sorted)
        self.kinds = {kind: begin + place for place, kind in enumerate(kinds)}
        self._teachers = begin + len(kinds)

    def entrant(self, place: int) -> int:
        """Return the node of a learner."""
        return self._first + place

    def teacher(self, place: int) -> int:
        """Return the node of a teacher."""
        return self._teachers + place


def _teacher_arcs(
    flow: Flow, nodes: _Nodes, candidates: Sequence[Candidate]
) -> dict[tuple[str, frozenset[str]], int]:
    """Lead skills to the kinds of teachers who have them, and those to each teacher once."""
    between = {
        (skill, kind): flow.add(node, nodes.kinds[kind], units=len(candidates))
        for skill, node in nodes.skills.items()
        for kind in nodes.kinds
        if skill in kind
    }
    for place, other in enumerate(candidates):
        kind = nodes.kinds[nodes.kind_of[place]]
        flow.add(kind, nodes.teacher(place), cost=20_000 + _teacher_cost(other))
        flow.add(nodes.teacher(place), nodes.sink)
    return between


def _known_arcs(
    flow: Flow, nodes: _Nodes, entrants: Sequence[Entrant], candidates: Sequence[Candidate]
) -> dict[tuple[int, int], int]:
    """Lead learners to the teachers they know, at less cost."""
    place_of = {other.teacher_id: place for place, other in enumerate(candidates)}
    return {
        (at, place_of[teacher]): flow.add(
            nodes.entrant(at),
            nodes.teacher(place_of[teacher]),
            cost=20_000 + _teacher_cost(candidates[place_of[teacher]], one),
        )
        for at, one in enumerate(entrants)
        for teacher in one.known
        if teacher in place_of and one.skill in candidates[place_of[teacher]].skills
    }


def _read(
    flow: Flow,
    nodes: _Nodes,
    entrants: Sequence[Entrant],
    candidates: Sequence[Candidate],
    between: dict[tuple[str, frozenset[str]], int],
    known: dict[tuple[int, int], int],
) -> dict[int, int]:
    """Turn flows into pairs: known ones as they are, the others in the order they came."""
    paired = {at: place for (at, place), arc in known.items() if flow.through(arc)}
    used = set(paired.values())
    free: dict[frozenset[str], list[int]] = defaultdict(list)
    order = sorted(range(len(candidates)), key=lambda place: _teacher_cost(candidates[place]))
    for place in order:
        if place not in used:
            free[nodes.kind_of[place]].append(place)
    quota = {key: flow.through(arc) for key, arc in between.items() if flow.through(arc)}
    by_wait = sorted(range(len(entrants)), key=lambda at: entrants[at].entered_at)
    for at in by_wait:
        if at in paired:
            continue
        skill = entrants[at].skill
        kind = next((k for s, k in quota if s == skill and quota[s, k]), None)
        if kind is not None:
            quota[skill, kind] -= 1
            paired[at] = free[kind].pop(0)
    return {entrants[at].seat_id: candidates[place].teacher_id for at, place in paired.items()}
