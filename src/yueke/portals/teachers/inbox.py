"""The teacher's inbox: lesson requests and contracts that wait for an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yueke.kernel.actor import Actor
from yueke.people import queries as people
from yueke.portals import ids
from yueke.portals.access import teacher_page
from yueke.portals.caller import Caller, who_calls
from yueke.supply.contracts import queries as contracts
from yueke.supply.contracts.models import ContractLesson
from yueke.supply.requests import queries as requests
from yueke.supply.requests.models import LessonRequest

SHOWN = 100


@teacher_page
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """List what waits for the teacher's answer, what is due first on top (T-3, T-4, T-6)."""
    caller = who_calls(request=request)
    asked = waiting_requests(caller)
    lessons = contracts.waiting_lessons(actor=caller.actor, now=caller.now)
    learners = people.names_of_learners(
        ids={one.learner_id for one in asked} | {c.learner_id for c, _ in lessons}
    )
    context = {
        "caller": caller,
        "requests": [
            {"row": one, "id": ids.REQUEST.show(one.pk), "learner": learners[one.learner_id]}
            for one in asked
        ],
        "contracts": [
            {
                "row": contract,
                "id": ids.CONTRACT.show(contract.pk),
                "learner": learners[contract.learner_id],
                "lessons": waiting,
            }
            for contract, waiting in lessons
        ],
    }
    return render(request, "portals/teachers/inbox.html", context)


def waiting_requests(caller: Caller) -> list[LessonRequest]:
    """Return the requests that can still be answered, the first to end first."""
    found = requests.list_requests(actor=caller.actor, state=LessonRequest.State.WAITING)
    live = found.filter(expires_at__gt=caller.now).order_by("expires_at")
    return list(live[:SHOWN])


def waiting_count(*, actor: Actor) -> int:
    """Return how many requests and contracts wait for a teacher's answer now."""
    now = timezone.now()
    asked = requests.list_requests(actor=actor, state=LessonRequest.State.WAITING)
    due = ContractLesson.objects.filter(
        state=ContractLesson.State.PROPOSED,
        answer_by__gt=now,
        contract_id__in=contracts.list_contracts(actor=actor).values("id"),
    )
    contracts_due = due.values("contract_id").distinct().count()
    return asked.filter(expires_at__gt=now).count() + contracts_due
