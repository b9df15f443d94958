"""One learner: wallet, courses, lessons, what happened, and what may be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yueke.booking.queries import Which
from yueke.curriculum import queries as curriculum_queries
from yueke.notices import queries as notices_queries
from yueke.people import channels
from yueke.people import queries as people_queries
from yueke.people.models import Learner
from yueke.portals import ids
from yueke.portals.access import staff_page
from yueke.portals.lesson_lists import list_to_come
from yueke.portals.staff import timeline
from yueke.portals.staff.desk import Desk, sit_down
from yueke.portals.staff.lesson_rows import show
from yueke.supply.catchups import queries as catchups
from yueke.wallet import queries as wallet_queries

LESSONS = 5
EVENTS = 6


@staff_page
@require_safe
def learner(request: HttpRequest, learner: str) -> HttpResponse:
    """Show the drawer of a learner; as a page of its own without htmx."""
    desk = sit_down(request=request)
    person = find(desk=desk, learner=learner)
    context: dict[str, object] = {"desk": desk, "learner": person, "id": learner}
    if desk.allowed.sees_learners:
        context["courses"] = list(curriculum_queries.progress_of(learner_ids=[person.pk]))
    if desk.allowed.sees_wallet:
        context["balances"] = wallet_queries.balances(
            market_id=desk.market_id, learner_id=person.pk, now=desk.caller.now
        )
    if desk.allowed.sees_lessons and desk.allowed.sees_learners:
        now, which = desk.caller.now, Which(learner_id=person.pk, state="live")
        rows = list_to_come(actor=desk.caller.actor, now=now, which=which, size=LESSONS)
        context["lessons"] = [show(row=row, now=now) for row in rows]
    if desk.allowed.catches_up and desk.allowed.sees_learners:
        context["lost"] = catchups.count_lost(
            actor=desk.caller.actor, learner_ids=[person.pk], now=desk.caller.now
        )[person.pk]
    if desk.allowed.sees_audit:
        events = notices_queries.events_of_learner(market_id=desk.market_id, learner_id=person.pk)
        entries = timeline.entries(desk=desk, events=list(events[:EVENTS]), of=person)
        context["entries"] = entries
    return render(request, "portals/staff/learner.html", context)


def find(*, desk: Desk, learner: str) -> Learner:
    """Return the learner with this id of the desk's market.

    Whoever gives credits must reach a learner's wallet without seeing learners at large.
    Refuses: channel_may_not, learner_not_found.
    """
    if not desk.allowed.sees_wallet:
        channels.require(desk.caller.actor, "see", "learners")
    number = ids.read_learner(learner)
    return people_queries.get_learner(actor=desk.caller.actor, learner_id=number)
