"""One row a refusal of campaigns: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

CAMPAIGNS: Final = {
    "campaign_not_found": Row(
        _("We can't find this campaign."),
        _("It may be one of another market."),
        _("Choose one from the list of campaigns."),
    ),
    "campaign_invalid": Row(
        _("The campaign can't be so."),
        _("What is wrong with it: %(field)s."),
        _("It has names, ends after it begins, and its budget covers what it gives."),
    ),
    "campaign_not_running": Row(
        _("Nothing was given."),
        _("The campaign has not begun, or is over."),
        _("Look up its dates, or move its end."),
    ),
    "campaign_budget_spent": Row(
        _("Nothing was given."),
        _("Only %(left)s are left of the campaign's budget."),
        _("Raise the budget first."),
    ),
    "campaign_earned_before": Row(
        _("Nothing was given."),
        _("The learner has earned for this already."),
        _("Nothing more is needed."),
    ),
    "campaign_limit_reached": Row(
        _("Nothing was given."),
        _("A learner earns at most %(limit)s times in this campaign."),
        _("Choose another campaign, or another learner."),
    ),
}
