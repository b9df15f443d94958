"""One row a kind of event: what happened, in a person's words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy

from yueke.notices.models import Event
from yueke.people import policies
from yueke.portals import moments
from yueke.portals.amounts import amount_words
from yueke.portals.channel_names import channel_name
from yueke.portals.policy_words import value_words

# What stands in an event, and `through` which channel it came.
Data = Mapping[str, Any]
Words = Mapping[str, Callable[[Data], str]]


def _paid(data: Data) -> str:
    return amount_words(value=data["paid"], asset=data["asset"])


def _refunded(data: Data) -> str:
    return amount_words(value=data["refunded"], asset=data["asset"])


def _booked(data: Data) -> str:
    if not data["paid"]:
        return gettext("Booked")
    return gettext("Booked, paid with %(amount)s") % {"amount": _paid(data)}


def _cancelled(data: Data) -> str:
    if not data["paid"]:
        return gettext("Cancelled")
    if not data["refunded"]:
        return gettext("Cancelled, %(amount)s stays spent") % {"amount": _paid(data)}
    return gettext("Cancelled, %(amount)s came back") % {"amount": _refunded(data)}


def _fake_cancelled(data: Data) -> str:
    words = gettext("The learner left, %(amount)s came back; the teacher's time is kept")
    return words % {"amount": _refunded(data)}


def _swapped_out(data: Data) -> str:
    words = gettext("Gave the place to another learner, %(amount)s came back")
    return words % {"amount": _refunded(data)}


def _swapped_in(data: Data) -> str:
    words = gettext("Took the place of another learner, paid with %(amount)s")
    return words % {"amount": _paid(data)}


def _exchanged(data: Data) -> str:
    words = gettext(
        "Exchanged places with another learner: %(back)s came back, paid with %(amount)s"
    )
    return words % {"back": _refunded(data), "amount": _paid(data)}


def _finished_without_learner(data: Data) -> str:
    if data["teacher_paid"]:
        return gettext("Finished: nobody took the place, the teacher is paid")
    return gettext("Finished: nobody took the place, the teacher is not paid")


def _moved(data: Data) -> str:
    words = gettext("Exchanged times with another lesson: %(back)s came back, paid with %(amount)s")
    return words % {"back": _refunded(data), "amount": _paid(data)}


def _teacher_absent(data: Data) -> str:
    if not data["refunded"]:
        return gettext("The teacher didn't come, %(amount)s stays spent") % {"amount": _paid(data)}
    return gettext("The teacher didn't come, %(amount)s came back") % {"amount": _refunded(data)}


def _learner_absent(data: Data) -> str:
    if not data["refunded"]:
        return gettext("The learner didn't come, %(amount)s stays spent") % {"amount": _paid(data)}
    return gettext("The learner didn't come, %(amount)s came back") % {"amount": _refunded(data)}


def _unmatched(data: Data) -> str:
    if not data["paid"]:
        return gettext("No teacher was found in time")
    words = gettext("No teacher was found in time, %(amount)s came back")
    return words % {"amount": _refunded(data)}


def _granted(data: Data) -> str:
    amount = amount_words(value=data["amount"], asset=data["asset"])
    return gettext("%(amount)s given") % {"amount": amount}


def _expired(data: Data) -> str:
    amount = amount_words(value=data["amount"], asset=data["asset"])
    return gettext("%(amount)s expired") % {"amount": amount}


def _revived(data: Data) -> str:
    amount = amount_words(value=data["amount"], asset=data["asset"])
    until = datetime.fromisoformat(data["until"])
    day = moments.moment_words(instant=until, zone="UTC", this_year=0, part="day")
    return gettext("%(amount)s that had expired came back, good until %(day)s") % {
        "amount": amount,
        "day": day,
    }


def _opened(data: Data) -> str:
    return gettext("Course opened at level %(level)s") % {"level": data["level"]}


def _courseware(data: Data) -> str:
    if data["number"] is None:
        return gettext("Courseware: the learner's next lesson")
    return gettext("Courseware: lesson %(number)s of the course") % {"number": data["number"]}


_OF_CLASS: Final = {
    "title_zh": gettext_lazy("Chinese title"),
    "title_en": gettext_lazy("English title"),
    "about_zh": gettext_lazy("Chinese description"),
    "about_en": gettext_lazy("English description"),
    "capacity": gettext_lazy("Seats"),
}


def _described(data: Data) -> str:
    if "is" not in data:
        return gettext("Description changed")
    was, now = data["was"], data["is"]
    words = gettext("%(what)s: %(was)s → %(now)s")
    changed = [
        words % {"what": label, "was": was[name] or "–", "now": now[name] or "–"}
        for name, label in _OF_CLASS.items()
        if name in now
    ]
    return " · ".join(changed) or gettext("Saved without a change")


def _cover(data: Data) -> str:
    if "is" not in data:
        return gettext("Cover changed")
    pictures = [_picture(data[name]) for name in ("was", "is") if data[name]]
    return gettext("Cover: %(pictures)s") % {"pictures": " → ".join(pictures)}


def _picture(picture: Data) -> str:
    kind = picture["media_type"].removeprefix("image/").upper()
    return f"{kind}, {filesizeformat(picture['bytes'])}"


def _attended(data: Data) -> str:
    return gettext("%(came)s came, %(absent)s did not") % {
        "came": data["came"],
        "absent": data["absent"],
    }


def _released(data: Data) -> str:
    channel = data["through"]
    if channel == "teachers":
        return gettext("Offered by the teacher")
    return gettext("Opened by %(channel)s") % {"channel": channel_name(code=channel)}


_KEPT_FOR: Final = {
    "contract": gettext_lazy("Kept for a contract"),
    "priority": gettext_lazy("Kept for the learners whose dedicated teacher this is"),
}


def _targeted(data: Data) -> str:
    if data.get("target") == "student":
        return gettext("Kept for one learner")
    if data.get("target") == "product":
        return gettext("Kept for one kind of lesson")
    if data.get("target") in _KEPT_FOR:
        return str(_KEPT_FOR[data["target"]])
    return gettext("Free for everyone again")


def _request_kept(data: Data) -> str:
    if data["keep"]:
        return gettext("The time stays when the learner cancels")
    return gettext("The time goes when the learner cancels")


def _auto_rule(data: Data) -> str:
    words = gettext("Auto-booking: %(lessons)s lessons a week")
    return words % {"lessons": data["lessons"]}


def _run_started(data: Data) -> str:
    return gettext("Weekly booking begun, week from %(week)s") % {"week": data["week"]}


def _run_finished(data: Data) -> str:
    words = gettext("Weekly booking done, week from %(week)s: %(booked)s booked, %(missed)s missed")
    return words % {name: data[name] for name in ("week", "booked", "missed")}


def _policy(data: Data) -> str:
    policy = policies.get(data["policy"])
    was, value = (value_words(policy=policy, value=data[name]) for name in ("was", "value"))
    return f"{was} → {value}"


WORDS: Final[Words] = {
    "lesson.booked": _booked,
    "lesson.cancelled": _cancelled,
    "lesson.fake_cancelled": _fake_cancelled,
    "lesson.swapped_out": _swapped_out,
    "lesson.swapped_in": _swapped_in,
    "lesson.exchanged": _exchanged,
    "lesson.moved": _moved,
    "lesson.absence_undone": lambda data: gettext("Taken back: they came after all"),
    "lesson.teacher_absent": _teacher_absent,
    "lesson.learner_absent": _learner_absent,
    "lesson.finished_without_learner": _finished_without_learner,
    "lesson.finished": lambda data: gettext("Finished"),
    "lesson.finish_undone": lambda data: gettext("The finish was taken back"),
    "lesson.courseware_changed": _courseware,
    "lesson.teacher_changed": lambda data: gettext("Given to another teacher"),
    "lesson.entered": lambda data: gettext("The learner entered and waits for a teacher"),
    "lesson.matched": lambda data: gettext("A teacher was found"),
    "lesson.waits_long": lambda data: gettext("Support was told: no teacher yet"),
    "lesson.unmatched": _unmatched,
    "slot.held": lambda data: gettext("Held for lessons without a teacher"),
    "slot.let_go": lambda data: gettext("Held no longer"),
    "strategy.changed": lambda data: gettext("Strategy of overbooking changed"),
    "slot.released": _released,
    "slot.withdrawn": lambda data: gettext("Taken back"),
    "slot.targeted": _targeted,
    "slot.kept": lambda data: gettext("Kept for the learner for a while"),
    "slot.reservation_expired": lambda data: gettext("Removed: nobody booked it in time"),
    "request.asked": lambda data: gettext("The teacher was asked for this time"),
    "request.accepted": lambda data: gettext("The teacher accepted the request"),
    "request.rejected": lambda data: gettext("The teacher rejected the request"),
    "request.withdrawn": lambda data: gettext("The request was taken back"),
    "request.expired": lambda data: gettext("The request was not answered in time"),
    "request.kept": _request_kept,
    "contract.proposed": lambda data: gettext("Contract proposed"),
    "contract.accepted": lambda data: gettext("The teacher accepted the contract"),
    "contract.declined": lambda data: gettext("The teacher declined the contract"),
    "contract.ended": lambda data: gettext("Contract ended"),
    "contract.lesson_proposed": lambda data: gettext("The contract's lesson waits for the teacher"),
    "contract.lesson_booked": lambda data: gettext("The contract's lesson was booked"),
    "contract.lesson_missed": lambda data: gettext("The contract's lesson could not be booked"),
    "contract.lesson_declined": lambda data: gettext("The teacher declined the contract's lesson"),
    "contract.lesson_unanswered": lambda data: gettext("The teacher did not answer in time"),
    "contract.lesson_freed": lambda data: gettext("Freed: the contract ended"),
    "lesson.caught_up": lambda data: gettext("Booked in the place of a lost lesson"),
    "dedicated.chosen": lambda data: gettext("Dedicated teacher chosen"),
    "dedicated.left": lambda data: gettext("Dedicated teacher left"),
    "wallet.granted": _granted,
    "wallet.expired": _expired,
    "auto_rule.stored": _auto_rule,
    "auto_rule.paused": lambda data: gettext("Auto-booking paused"),
    "auto_rule.resumed": lambda data: gettext("Auto-booking goes on"),
    "auto_rule.deleted": lambda data: gettext("Rule of auto-booking deleted"),
    "auto_run.started": _run_started,
    "auto_run.finished": _run_finished,
    "dedicated_run.started": _run_started,
    "dedicated_run.finished": _run_finished,
    "holiday.added": lambda data: gettext("Holiday added: %(name)s") % {"name": data["name"]},
    "holiday.removed": lambda data: gettext("Holiday removed: %(name)s") % {"name": data["name"]},
    "class.created": lambda data: gettext("Open class created"),
    "class.described": _described,
    "class.cover_set": _cover,
    "class.published": lambda data: gettext("Published"),
    "class.cancelled": lambda data: gettext("Class cancelled"),
    "class.unpublished": lambda data: gettext("Taken out of sight"),
    "class.wait_joined": lambda data: gettext("Joined the waiting list"),
    "class.wait_left": lambda data: gettext("Left the waiting list"),
    "class.wait_skipped": lambda data: gettext("Passed over on the waiting list"),
    "class.attended": _attended,
    "replay.offered": lambda data: gettext("Replay put on sale"),
    "replay.withdrawn": lambda data: gettext("Replay sold no longer"),
    "replay.bought": lambda data: gettext("Replay bought"),
    "replay.refunded": lambda data: gettext("Replay refunded"),
    "wallet.revived": _revived,
    "family.registered": lambda data: gettext("Family taken in"),
    "learner.registered": lambda data: gettext("Learner taken in"),
    "course.opened": _opened,
    "calendar.renewed": lambda data: gettext("New calendar address"),
    "policy.changed": _policy,
    "contact.changed": lambda data: gettext("Chose how to be told"),
    "contact.noted": lambda data: gettext("Addresses noted"),
    "coupons.created": lambda data: gettext("Coupon codes made"),
    "campaign.created": lambda data: gettext("Campaign made"),
    "campaign.changed": lambda data: gettext("Campaign changed"),
    "webhook.added": lambda data: gettext("Webhook added"),
    "webhook.changed": lambda data: gettext("Webhook changed"),
    "webhook.replayed": lambda data: gettext("Webhook delivered once more"),
    "webhook.turned_off": lambda data: gettext("Webhook turned off: it failed for too long"),
    "key.created": lambda data: gettext("Key made"),
    "key.revoked": lambda data: gettext("Key revoked"),
}

# The same for whoever may not see wallets.
WITHOUT_AMOUNTS: Final[Words] = {
    **WORDS,
    "lesson.booked": lambda data: gettext("Booked"),
    "lesson.cancelled": lambda data: gettext("Cancelled"),
    "lesson.fake_cancelled": lambda data: gettext("The learner left, the teacher's time is kept"),
    "lesson.swapped_out": lambda data: gettext("Gave the place to another learner"),
    "lesson.swapped_in": lambda data: gettext("Took the place of another learner"),
    "lesson.exchanged": lambda data: gettext("Exchanged places with another learner"),
    "lesson.moved": lambda data: gettext("Exchanged times with another lesson"),
    "lesson.teacher_absent": lambda data: gettext("The teacher didn't come"),
    "lesson.learner_absent": lambda data: gettext("The learner didn't come"),
    "lesson.unmatched": lambda data: gettext("No teacher was found in time"),
    "wallet.granted": lambda data: gettext("Added to the wallet"),
    "wallet.expired": lambda data: gettext("Expired in the wallet"),
    "wallet.revived": lambda data: gettext("Good again in the wallet"),
}


def event_words(*, event: Event, words: Words) -> str:
    """Return what an event says; a kind that has no row in the table stands by its own name."""
    row = words.get(event.kind)
    return row({**event.data, "through": event.channel}) if row else event.kind
