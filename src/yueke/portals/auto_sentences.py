"""One row a refusal of auto-booking: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

AUTO: Final = {
    "auto_rule_not_found": Row(
        _("We can't find this rule of auto-booking."),
        _("It may have been deleted, or belong to another market."),
        _("Open it again from the learner's page."),
    ),
    "auto_rule_invalid": Row(
        _("The rule wasn't stored."),
        _("“%(field)s” is missing, or can't be so."),
        _("Correct it: 1 to 14 lessons a week, at least one time, nothing named twice."),
    ),
    "auto_rule_unchanged": Row(
        _("Nothing would change."),
        _("The rule is so already."),
        _("Look at it again: somebody else may have changed it."),
    ),
    "run_not_found": Row(
        _("We can't find this run."),
        _("It may belong to another market."),
        _("Choose one from the list of runs."),
    ),
    "run_row_not_found": Row(
        _("We can't find this row."),
        _("The run has none of this number."),
        _("Choose one from the rows of the run."),
    ),
    "run_row_not_missed": Row(
        _("Nothing was booked."),
        _("This lesson is booked, or is about to be."),
        _("Look at the row again."),
    ),
    "run_row_broken": Row(
        _("This lesson wasn't booked."),
        _("Something went wrong on our side, and we have noted it."),
        _("Book it by hand."),
    ),
    "holiday_not_found": Row(
        _("We can't find this holiday."),
        _("It may have been removed, or belong to another market."),
        _("Choose one from the list of holidays."),
    ),
    "holiday_invalid": Row(
        _("The holiday wasn't added."),
        _("It needs a name, and lasts from 1 to %(days_max)s days."),
        _("Check its first and its last day."),
    ),
}
