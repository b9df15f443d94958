"""Auto-booking in words: why a lesson has its teacher, why another found none, and times."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yueke.portals import sentences
from yueke.portals.moments import moment_words, weekly_words

Why = Mapping[str, Any]
STATES: Final[dict[str, tuple[str, str | Promise]]] = {
    "waiting": ("held", _("to be booked")),
    "booked": ("booked", _("booked")),
    "missed": ("trouble", _("missed")),
}
RUN_STATES: Final[dict[str, tuple[str, str | Promise]]] = {
    "planning": ("held", _("being planned")),
    "booking": ("live", _("being booked")),
    "finished": ("finished", _("done")),
}
REASONS: Final[dict[str, str | Promise]] = {
    "all_taken": _("every teacher of the level is taken at the acceptable times"),
    "no_open_time": _("no teacher of the level offers any of the acceptable times"),
    "learner_busy": _("the learner has another lesson then"),
    "one_a_day": _("the learner has a lesson on that day, and lessons are to be spread"),
    "holiday": _("the times lie in a school holiday"),
    "past": _("the times have passed"),
    "no_such_time": _("the clock is changed, and leaves these times out"),
    "too_few_times": _("more lessons are wanted than times are named"),
    "no_credits": _("there isn't enough to pay for it"),
    "course_not_open": _("the course isn't open for the learner"),
    "level_too_low": _("the learner hasn't reached the level it needs"),
    "asset_not_accepted": _("it can't be paid this way"),
    "has_enough": _("the learner has all the lessons that the rule asks for"),
    "run_row_broken": _("something went wrong on our side"),
}
TEACHERS: Final[dict[str, str | Promise]] = {
    "kept": _("the teacher keeps this time for the learner"),
    "listed": _("the teacher listed in place %(place)s"),
    "known": _("a teacher the learner has met lately"),
    "tag": _("a teacher with the tag listed in place %(place)s"),
    "only_free": _("the only teacher of the level free then"),
    "instead": _("what was planned had just been taken, so the next best was booked"),
    "chosen": _("chosen by hand after the run had missed it"),
}
TIMES: Final[dict[str, str | Promise]] = {
    "all_taken": _("all taken"),
    "no_open_time": _("nobody offers it"),
    "learner_busy": _("another lesson"),
    "one_a_day": _("a lesson that day"),
    "holiday": _("holiday"),
    "past": _("passed"),
    "no_such_time": _("left out by the clock"),
    "own": _("booked for the learner"),
    "possible": _("possible"),
}


def why_words(*, why: Why) -> str:
    """Return in a few words why a row is as it is."""
    if "reason" in why:
        return _missed(why)
    if why.get("teacher") == "free":
        count = int(why["choices"])
        return ngettext(
            "one of %(count)s teacher free then", "one of %(count)s teachers free then", count
        ) % {"count": count}
    return str(TEACHERS[str(why["teacher"])]) % why


def times_of(*, why: Why, zone: str) -> list[tuple[str, str]]:
    """Return what stood against each acceptable time of a missed lesson: (time, words)."""
    found = []
    for at, code in why.get("times", ()):
        if isinstance(at, int):
            told = weekly_words(half_hour=at)
        else:
            instant = datetime.fromisoformat(at)
            told = moment_words(instant=instant, zone=zone, this_year=instant.year)
        found.append((told, str(TIMES[code])))
    return found


def _missed(why: Why) -> str:
    reason = str(why["reason"])
    if reason == "refused":
        return sentences.words_of_code(code=str(why["refused"]))
    return str(REASONS[reason])
