"""One row a refusal of dedicated teachers: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

DEDICATED: Final = {
    "nothing_lost": Row(
        _("There is nothing to catch up on here."),
        _("The lesson took place, is still to come, or can't be found."),
        _("Choose from the list of lost lessons."),
    ),
    "caught_up_already": Row(
        _("This lesson was caught up on before."),
        _("What is lost is made good once."),
        _("Look at the learner's lessons."),
    ),
    "no_dedicated_teacher": Row(
        _("Nothing was booked."),
        _("The learner has no dedicated teacher for these lessons."),
        _("Choose a dedicated teacher first, or book another teacher."),
    ),
    "no_finished_lesson": Row(
        _("This learner can't be booked before others."),
        _("They have finished no lesson this week."),
        _("Book an ordinary lesson, or try again after their next one."),
    ),
    "too_many_times": Row(
        _("The weekly times weren't kept."),
        _("There can be %(limit)s of them at most."),
        _("Choose fewer times."),
    ),
}
