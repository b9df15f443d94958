"""What a deed would come to for each of many: seen before a worker is asked to do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yueke.booking import bulk
from yueke.booking.bulk_foresight import rehearse_rows
from yueke.kernel.refusal import Refusal
from yueke.notices.once import Request
from yueke.portals import asked, ids
from yueke.portals.sentences import sentence
from yueke.portals.staff.bulk_kinds import BULKS, Subject
from yueke.portals.staff.desk import Desk


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One of the many, and why it would be refused, if it would."""

    subject: Subject
    number: int
    why_not: str = ""


def foresee(
    desk: Desk, *, deed: str, numbers: Sequence[int], terms: Mapping[str, Any]
) -> list[Foreseen]:
    """Return what would become of each, done one after another; refuses bulk_too_long, _empty."""
    bulk.check_rows(len(numbers))
    _, kind = BULKS[deed]
    subjects = kind.find(desk, numbers)
    rehearsal = Request(desk.caller.actor, asked.new_key(), b"", desk.caller.now)
    known = [number for number in numbers if number in subjects]
    refusals = rehearse_rows(rehearsal, deed=deed, ids=known, terms=terms)
    return [
        Foreseen(subjects[number], number, said(refusal, desk))
        for number, refusal in zip(known, refusals, strict=True)
    ]


def start(
    request: HttpRequest,
    desk: Desk,
    *,
    deed: str,
    need: bulk.Need,
    numbers: Sequence[int],
    reason: str,
    terms: Mapping[str, Any],
) -> HttpResponse:
    """Have a worker do it, and lead to how far it is."""
    answer = bulk.start_bulk(
        asked.asked(request=request, caller=desk.caller),
        deed=deed,
        need=need,
        rows=[(number, None) for number in numbers],
        reason=reason,
        terms=terms,
    )
    url = reverse("staff_bulk", args=[ids.BULK.show(answer.only().bulk_id)])
    return redirect(url)


def said(refusal: Refusal | None, desk: Desk) -> str:
    """Return why something is refused, in words."""
    if refusal is None:
        return ""
    told = sentence(refusal=refusal, zone=desk.zone)
    return " ".join(part for part in (told.happened, told.why) if part)
