"""One row a refusal of lesson requests: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

REQUESTS: Final = {
    "request_not_found": Row(
        _("We can't find this lesson request."),
        _("It may be made to another teacher, or be of another market."),
        _("Choose from the list of requests."),
    ),
    "request_not_waiting": Row(
        _("This request can't be answered any more."),
        _("It was answered, taken back, or not answered in time."),
        _("Look at how it ended; a new request can be made."),
    ),
    "request_not_accepted": Row(
        _("This time can't be kept or let go."),
        _("Only time that was opened for an accepted request can."),
        _("Accept the request first. Time that was open before stays as it is."),
    ),
    "request_waits_already": Row(
        _("The teacher wasn't asked again."),
        _("A request for this time waits for the teacher's answer."),
        _("Wait for the answer, or ask for another time."),
    ),
    "time_is_open": Row(
        _("The teacher wasn't asked."),
        _("The teacher offers this time already."),
        _("Book it: no request is needed."),
    ),
}
