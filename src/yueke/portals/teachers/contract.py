"""One contract: the lessons that wait for the teacher, agreed to or declined."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from yueke.people import queries as people
from yueke.portals import ids, toasts
from yueke.portals.access import teacher_page
from yueke.portals.asked import asked
from yueke.portals.caller import Caller, who_calls
from yueke.portals.family.onward import onward
from yueke.supply.contracts import answer, queries
from yueke.supply.contracts.models import Contract, ContractLesson
from yueke.supply.contracts.refusals import ContractNotFound

REASON_MAX = 200


@teacher_page
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest, contract: str) -> HttpResponse:
    """Show a contract of the teacher's with its lessons, and answer it (T-6)."""
    caller = who_calls(request=request)
    number = ids.CONTRACT.read(contract)
    if number is None:
        raise ContractNotFound(contract[:64])
    row = queries.get_contract(actor=caller.actor, contract_id=number)
    if request.method == "POST":
        return _answer(request, caller, row)
    lessons = queries.lessons_of(contract_ids=[row.pk])[row.pk]
    context = {
        "caller": caller,
        "row": row,
        "id": contract,
        "learner": people.names_of_learners(ids=[row.learner_id])[row.learner_id],
        "lessons": [one for one in lessons if one.starts_at and one.starts_at > caller.now],
        "waits": any(one.state == ContractLesson.State.PROPOSED for one in lessons)
        or row.state == Contract.State.PROPOSED,
        "reason_max": REASON_MAX,
    }
    return render(request, "portals/teachers/contract.html", context)


def _answer(request: HttpRequest, caller: Caller, row: Contract) -> HttpResponse:
    said = asked(request=request, caller=caller)
    reason = request.POST.get("reason", "")[:REASON_MAX]
    act = answer.accept if request.POST.get("answer") == "accept" else answer.decline
    result = act(said, contract_id=row.pk, reason=reason).only()
    booked = sum(one.state == ContractLesson.State.BOOKED for one in result.lessons)
    missed = sum(one.state == ContractLesson.State.MISSED for one in result.lessons)
    if result.state == Contract.State.DECLINED:
        words = gettext("Declined. What was booked before stays until staff change it.")
    else:
        words = ngettext("%(count)s lesson booked.", "%(count)s lessons booked.", booked)
        words %= {"count": booked}
    if missed:
        more = ngettext(
            "%(count)s lesson could not be booked any more.",
            "%(count)s lessons could not be booked any more.",
            missed,
        )
        words += " " + more % {"count": missed}
    toasts.say(request=request, text=words)
    return onward(request=request, url=reverse("teacher_inbox"))
