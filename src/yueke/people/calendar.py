"""The secret addresses under which other programs read the calendars of teachers and families."""

import secrets
from dataclasses import dataclass

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import queries
from yueke.people.models import Family, Teacher


@dataclass(slots=True)
class NewAddress:
    """The secret part of the address that holds from now on."""

    token: str


def renew_calendar_address(request: Request, *, teacher_id: int) -> Answer[NewAddress]:
    """Give a teacher a new secret address; the one before stops answering at once.

    Refuses: teacher_not_found.
    """

    def act(work: Work) -> list[NewAddress]:
        teacher = queries.get_teacher(actor=request.actor, teacher_id=teacher_id)
        told = Happened(0, "calendar.renewed", request.actor, teacher_id=teacher.id)
        return [_renew(work, request, teacher, told)]

    return once(request, NewAddress, act)


def renew_family_address(request: Request, *, family_id: int) -> Answer[NewAddress]:
    """Give a family a new secret address; the one before stops answering at once.

    Refuses: family_not_found.
    """

    def act(work: Work) -> list[NewAddress]:
        family = queries.get_family(actor=request.actor, family_id=family_id)
        told = Happened(0, "calendar.renewed", request.actor, data={"family": family.id})
        return [_renew(work, request, family, told)]

    return once(request, NewAddress, act)


def find_teacher_of_calendar(*, token: str) -> Teacher | None:
    """Return the teacher whose calendar has this secret address, with the login and market."""
    teachers = Teacher.objects.select_related("user", "market")
    return teachers.filter(calendar_token=token).first()


def find_family_of_calendar(*, token: str) -> Family | None:
    """Return the family whose calendar has this secret address, with the login and market."""
    families = Family.objects.select_related("user", "market")
    return families.filter(calendar_token=token).first()


def _renew(work: Work, request: Request, whose: Teacher | Family, told: Happened) -> NewAddress:
    told.data["first"] = whose.calendar_token is None
    token = secrets.token_urlsafe(24)
    type(whose)._default_manager.filter(pk=whose.pk).update(calendar_token=token)
    notices.append_one(work, at=request.now, event=told)
    return NewAddress(token)
