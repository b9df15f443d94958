"""One row a refusal of overbooking and matching: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

OVERBOOKING: Final = {
    "overbook_full": Row(
        _("This time is full."),
        _("As many lessons as we can find teachers for are booked then."),
        _("Choose another time."),
    ),
    "strategy_changed": Row(
        _("The strategy wasn't changed."),
        _("Somebody has changed it since you opened it."),
        _("Look at it again, and change it then."),
    ),
    "strategy_invalid": Row(
        _("The strategy wasn't changed."),
        _("What is wrong with it: %(field)s."),
        _("Each half-hour stands once; the floor is no higher than the ceiling."),
    ),
    "room_not_open": Row(
        _("The room isn't open yet."),
        _("It opens at %(opens_at)s."),
        _("Come back a few minutes before the lesson."),
    ),
    "nobody_to_match": Row(
        _("No other teacher was found."),
        _("Nobody who could teach this lesson is free now."),
        _("Choose a teacher yourself, or try again in a minute."),
    ),
    "wait_not_found": Row(
        _("Nobody waits here."),
        _("The learner hasn't entered the room, or belongs to another account."),
        _("Enter from the lesson's page."),
    ),
}

# By the field that is wrong.
STRATEGY: Final = {
    "ceiling": Row(
        _("The strategy wasn't changed."),
        _("More teachers are to be held than lessons may be booked."),
        _("Hold fewer teachers at least, or let more lessons be booked."),
    ),
    "from": Row(
        _("The strategy wasn't changed."),
        _("A time of the week stands twice."),
        _("Keep one row for each time."),
    ),
}
