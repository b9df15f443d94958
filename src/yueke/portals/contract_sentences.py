"""One row a refusal of contracts and weekly times: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

CONTRACTS: Final = {
    "contract_not_found": Row(
        _("We can't find this contract."),
        _("It may be with another teacher, or be of another market."),
        _("Choose from the list of contracts."),
    ),
    "contract_over": Row(
        _("This contract can't be changed any more."),
        _("It was declined or has ended."),
        _("Propose a new contract."),
    ),
    "nothing_to_answer": Row(
        _("There is nothing to answer."),
        _("No lesson of this contract waits for you now."),
        _("New lessons come here some weeks ahead."),
    ),
    "contract_time_taken": Row(
        _("The contract wasn't proposed."),
        _("Another contract has this weekly time of the teacher or the learner."),
        _("Choose another time, or end that contract first."),
    ),
    "holiday": Row(
        _("This day is a holiday."),
        _("Lessons of contracts aren't booked on %(name)s."),
        _("Book it on another day."),
    ),
    "weekly_time_invalid": Row(
        _("This weekly time can't be read."),
        _("It is a weekday and a half-hour such as 19:30."),
        _("Choose a day and a time on the half-hour."),
    ),
    "week_invalid": Row(
        _("This week can't be chosen."),
        _("It is over, too far ahead, or doesn't begin on a Monday."),
        _("Choose the Monday of this week or a later one."),
    ),
}
