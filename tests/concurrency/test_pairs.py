"""Two commands on one lesson at once: the outcome is that of one order or the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest

from tests import asking, world
from tests.concurrency.meeting import at_once
from tests.world import NOW, Company, half_hours_ahead
from yueke.booking import absence, courseware, exchange, lessons, places
from yueke.booking import commands as booking
from yueke.booking.call_off import call_off
from yueke.booking.models import Lesson, Seat
from yueke.booking.orders import CancelSeat
from yueke.cli.verify import laws
from yueke.curriculum.models import Course, CourseLesson, LearningProgress
from yueke.inventory.models import Slot
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.people.models import Learner, Teacher
from yueke.wallet import queries as wallet

START = half_hours_ahead(count=100)
LATER = START + timedelta(minutes=1)
SPARE = START + timedelta(hours=2)


@dataclass
class Scene:
    """One lesson of a learner with Emma; Tom and Ann have its time open, and Zoe wants it.

    Fay has a lesson with Gus at the same time.
    """

    company: Company
    learners: dict[str, Learner]
    teachers: dict[str, Teacher]
    seat_id: int
    fays_seat_id: int

    @property
    def learner(self) -> Learner:
        """The learner of the lesson."""
        return self.learners["Eva"]

    @property
    def other(self) -> Learner:
        """The learner who wants it."""
        return self.learners["Zoe"]

    def staff(self, channel: str) -> Actor:
        """Return a member of staff."""
        return asking.staff_of(market_id=self.company.market_id, channel=channel)

    def cancel(self) -> Any:
        """Cancel before the lesson."""
        commands = [CancelSeat(self.seat_id)]
        order = asking.order_of(actor=self.staff("lp"), commands=commands)
        [answer] = asking.cancel_orders(orders=[order], now=NOW)
        return asking.codes_of(answer)

    def finish(self) -> Any:
        """Finish once it has begun."""
        request = asking.request(actor=self.staff("fireman"), now=LATER)
        return code(lambda: lessons.finish(request, seat_id=self.seat_id))

    def undo_finish(self) -> Any:
        """Take the finish back."""
        request = asking.request(actor=self.staff("fireman"), now=LATER)
        return code(lambda: lessons.undo_finish(request, seat_id=self.seat_id))

    def teach_fifth(self) -> Any:
        """Teach the fifth lesson of the course."""
        request = asking.request(actor=self.staff("fireman"), now=NOW)
        return code(lambda: courseware.change_courseware(request, seat_id=self.seat_id, number=5))

    def fake_cancel(self) -> Any:
        """Let the learner leave and keep the time."""
        request = asking.request(actor=self.staff("tmk"), now=NOW)
        return code(lambda: places.fake_cancel(request, seat_id=self.seat_id))

    def swap_in_other(self) -> Any:
        """Let the other learner take the place."""
        request = asking.request(actor=self.staff("tmk"), now=NOW)
        return code(
            lambda: places.swap_student(request, seat_id=self.seat_id, learner_id=self.other.id)
        )

    def exchange_learners(self) -> Any:
        """Exchange the learner with Fay."""
        request = asking.request(actor=self.staff("tmk"), now=NOW)
        return code(
            lambda: exchange.exchange_learners(
                request, seat_id=self.seat_id, other_seat_id=self.fays_seat_id
            )
        )

    def exchange_teachers(self) -> Any:
        """Exchange the teacher with Gus."""
        request = asking.request(actor=self.staff("fireman"), now=NOW)
        return code(
            lambda: exchange.exchange_teachers(
                request, seat_id=self.fays_seat_id, other_seat_id=self.seat_id
            )
        )

    def call_off(self) -> Any:
        """Call it off as its teacher."""
        emma = asking.teacher_of(teacher=self.teachers["Emma"])
        request = asking.request(actor=emma, now=NOW)
        return code(lambda: call_off(request, seat_id=self.seat_id, reserve_at=SPARE))

    def teacher_absent(self) -> Any:
        """Say that the teacher did not come."""
        return self._absent("teacher")

    def learner_absent(self) -> Any:
        """Say that the learner did not come."""
        return self._absent("learner")

    def _absent(self, who: absence.Who) -> Any:
        request = asking.request(actor=self.staff("fireman"), now=LATER)
        return code(lambda: absence.mark_absent(request, seat_id=self.seat_id, who=who))

    def nobody_came(self) -> None:
        """Finish it at its start if it is kept without a learner, and others with it."""
        booking.finish_vacant(now=START)

    def to_tom(self) -> Any:
        """Give it to Tom."""
        return self._change("Tom")

    def to_ann(self) -> Any:
        """Give it to Ann."""
        return self._change("Ann")

    def book_emma(self) -> Any:
        """Book the other learner with Emma at that time."""
        return self._book("Emma")

    def book_tom(self) -> Any:
        """Book the other learner with Tom at that time."""
        return self._book("Tom")

    def _change(self, name: str) -> Any:
        request = asking.request(actor=self.staff("fireman"), now=NOW)
        teacher_id = self.teachers[name].id
        return code(
            lambda: lessons.change_teacher(request, seat_id=self.seat_id, teacher_id=teacher_id)
        )

    def _book(self, name: str) -> Any:
        teacher = self.teachers[name]
        command = asking.to_book(learner=self.other, teacher=teacher, starts_at=START)
        order = asking.order_of(actor=self.staff("lp"), commands=[command])
        [answer] = asking.book_orders(orders=[order], now=NOW)
        return asking.codes_of(answer)

    def outcome(self) -> dict[str, Any]:
        """Return everything the commands could have changed, without the names of rows."""
        seat = Seat.objects.get(id=self.seat_id)
        lesson = Lesson.objects.get(id=seat.lesson_id)
        names = {teacher.id: name for name, teacher in self.teachers.items()}
        slots = Slot.objects.filter(teacher_id__in=names)
        who = {learner.id: name for name, learner in self.learners.items()}
        return {
            "lesson": (lesson.state, names.get(lesson.teacher_id or 0), lesson.course_number),
            "seat": (seat.state, seat.refunded),
            "seats": sorted(
                (who[one.learner_id], one.state, one.lesson_id == lesson.id)
                for one in Seat.objects.filter(learner_id__in=who)
            ),
            "slots": sorted((names[slot.teacher_id], slot.state) for slot in slots),
            "next": LearningProgress.objects.get(
                learner=self.learner, product__code="major"
            ).next_number,
            "wallets": [
                wallet.balances(market_id=self.company.market_id, learner_id=one.id, now=NOW)
                for one in self.learners.values()
            ],
        }


def code(act: Callable[[], Any]) -> Any:
    """Carry a command out and return the code of its refusal, or None."""
    try:
        result = act().results[0]
    except Refusal as refusal:
        return refusal.code
    return result.code if isinstance(result, Refusal) else None


def scene(company: Company) -> Scene:
    """Lay out a lesson with people of its own."""
    learners = {
        name: world.add_learner(company=company, name=name, credit=2)
        for name in ("Eva", "Zoe", "Fay")
    }
    teachers = {
        name: world.add_teacher(company=company, name=name, opens=[START])
        for name in ("Emma", "Tom", "Ann", "Gus")
    }
    course = Course.objects.get(product=company.products["major"], level=world.LEVEL)
    CourseLesson.objects.get_or_create(course=course, number=5, title="Lesson 5")
    actor = asking.staff_of(market_id=company.market_id)
    seats = [
        asking.book_one(
            actor=actor,
            command=asking.to_book(
                learner=learners[learner], teacher=teachers[teacher], starts_at=START
            ),
            now=NOW,
        ).seat_id
        for learner, teacher in (("Eva", "Emma"), ("Fay", "Gus"))
    ]
    return Scene(company, learners, teachers, *seats)


COMMANDS = (
    "cancel",
    "finish",
    "undo_finish",
    "teach_fifth",
    "fake_cancel",
    "swap_in_other",
    "nobody_came",
    "exchange_learners",
    "exchange_teachers",
    "call_off",
    "teacher_absent",
    "learner_absent",
    "to_tom",
    "to_ann",
    "book_emma",
    "book_tom",
)


@pytest.mark.parametrize("pair", list(combinations_with_replacement(COMMANDS, 2)), ids="+".join)
def test_two_commands_on_one_lesson_come_out_as_one_after_the_other(
    company: Company, pair: tuple[str, str]
) -> None:
    possible = []
    for turns in ((0, 1), (1, 0)):
        ordered = scene(company)
        answers = {place: getattr(ordered, pair[place])() for place in turns}
        possible.append(([answers[0], answers[1]], ordered.outcome()))
    for _ in range(3):
        together = scene(company)
        said = at_once(*(getattr(together, name) for name in pair))
        assert (said, together.outcome()) in possible
    assert [finding.law.id for finding in laws.check(now=NOW) if finding.broken] == []
