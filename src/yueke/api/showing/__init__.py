"""Write what rooms give as the API shows it: public ids, UTC times. The twins share it."""

from yueke.api.showing.classes import (
    attended,
    cancelled_class,
    changed_class,
    class_seat,
    open_class,
    place,
    waiting,
)
from yueke.api.showing.contracts import contract, contract_now
from yueke.api.showing.dedicated import assured, dedicated, dedicated_now
from yueke.api.showing.lessons import booked, cancelled, free_teacher, lesson, results
from yueke.api.showing.overbooking import entered, rematched, room, strategy, wait
from yueke.api.showing.places import (
    absent,
    called_off,
    lesson_changed,
    place_left,
    place_taken,
)
from yueke.api.showing.requests import lesson_request, request_now
from yueke.api.showing.slots import slot, slot_results
from yueke.api.showing.wallets import entry, granted, learner, lot, product
from yueke.feeds.shown import event

__all__ = [
    "absent",
    "assured",
    "attended",
    "booked",
    "called_off",
    "cancelled",
    "cancelled_class",
    "changed_class",
    "class_seat",
    "contract",
    "contract_now",
    "dedicated",
    "dedicated_now",
    "entered",
    "entry",
    "event",
    "free_teacher",
    "granted",
    "learner",
    "lesson",
    "lesson_changed",
    "lesson_request",
    "lot",
    "open_class",
    "place",
    "place_left",
    "place_taken",
    "product",
    "rematched",
    "request_now",
    "results",
    "room",
    "slot",
    "slot_results",
    "strategy",
    "wait",
    "waiting",
]
