"""Messages to people in the words of a person: what about, by which way, what became of it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ABOUTS: Final[dict[str, Promise]] = {
    "soon": pgettext_lazy("message", "Before the lesson"),
    "soon_teacher": pgettext_lazy("message", "Before the lesson"),
    "cancelled": pgettext_lazy("message", "Lesson cancelled"),
    "cancelled_teacher": pgettext_lazy("message", "Lesson cancelled"),
    "teacher_changed": pgettext_lazy("message", "Another teacher"),
    "lesson_given": pgettext_lazy("message", "Lesson given to them"),
    "lesson_taken": pgettext_lazy("message", "Lesson went to another teacher"),
    "arranged": pgettext_lazy("message", "Lesson arranged"),
    "learner_changed": pgettext_lazy("message", "Another learner"),
    "teacher_absent": pgettext_lazy("message", "The teacher didn't come"),
    "place_came": pgettext_lazy("message", "Seat from the waiting list"),
    "place_missed": pgettext_lazy("message", "No seat from the waiting list"),
    "class_cancelled": pgettext_lazy("message", "Class cancelled"),
    "teacher_found": pgettext_lazy("message", "Teacher found"),
    "no_teacher": pgettext_lazy("message", "No teacher found"),
    "time_kept": pgettext_lazy("message", "Time kept for them"),
    "request_asked": pgettext_lazy("message", "Asked for a lesson"),
    "request_accepted": pgettext_lazy("message", "Request accepted"),
    "request_rejected": pgettext_lazy("message", "Request declined"),
    "contract_lesson": pgettext_lazy("message", "Contract's lesson to agree to"),
}
WAYS: Final[dict[str, Promise]] = {
    "email": pgettext_lazy("way of a message", "E-mail"),
    "sms": pgettext_lazy("way of a message", "SMS"),
    "wechat": pgettext_lazy("way of a message", "WeChat"),
}
STATES: Final[dict[str, Promise]] = {
    "waiting": pgettext_lazy("message", "Waiting"),
    "sent": pgettext_lazy("message", "Sent"),
    "dropped": pgettext_lazy("message", "Not needed any more"),
    "failed": pgettext_lazy("message", "Could not be sent"),
}
# Which shape and colour each state has.
CHIPS: Final = {"waiting": "held", "sent": "finished", "dropped": "cancelled", "failed": "trouble"}
