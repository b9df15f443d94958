"""The secret address under which a teacher's calendar is read by other programs."""

import secrets
from dataclasses import dataclass

from yueke.kernel.outcome import Answer
from yueke.kernel.transaction import Work
from yueke.notices import operations as notices
from yueke.notices.once import Request, once
from yueke.notices.operations import Happened
from yueke.people import queries
from yueke.people.models import Teacher


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
        token = secrets.token_urlsafe(24)
        data = {"first": teacher.calendar_token is None}
        Teacher.objects.filter(id=teacher.id).update(calendar_token=token)
        told = Happened(0, "calendar.renewed", request.actor, teacher_id=teacher.id, data=data)
        notices.append_one(work, at=request.now, event=told)
        return [NewAddress(token)]

    return once(request, NewAddress, act)


def find_teacher_of_calendar(*, token: str) -> Teacher | None:
    """Return the teacher whose calendar has this secret address, with the login and market."""
    teachers = Teacher.objects.select_related("user", "market")
    return teachers.filter(calendar_token=token).first()
