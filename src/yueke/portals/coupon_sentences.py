"""One row a refusal of coupons by code: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

COUPONS: Final = {
    "coupon_batch_not_found": Row(
        _("We can't find these coupons."),
        _("They may be of another market."),
        _("Choose from the list of coupons."),
    ),
    "coupon_batch_invalid": Row(
        _("These coupons can't be made."),
        _("What is wrong with them: %(field)s."),
        _("They have names, a number up to 10,000, and a last day to come."),
    ),
    "coupon_unknown": Row(
        _("No coupon was added."),
        _("We don't know this code."),
        _("Look at the code again: it has twelve letters and digits."),
    ),
    "coupon_redeemed": Row(
        _("No coupon was added."),
        _("This code was used before."),
        _("Look in your wallet, or use another code."),
    ),
    "coupon_over": Row(
        _("No coupon was added."),
        _("The code could be used until %(until)s."),
        _("Ask your learning partner about other offers."),
    ),
    "coupon_limit_reached": Row(
        _("No coupon was added."),
        _("A family can use %(limit)s of these codes."),
        _("Give the code to friends."),
    ),
}
