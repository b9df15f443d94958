"""One row a refusal of open classes: what happened, why, what to try."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from yueke.portals.sentence_row import Row

CLASSES: Final = {
    "class_not_found": Row(
        _("We can't find this open class."),
        _("It may have been cancelled, or is shown no longer."),
        _("Choose another from the list of open classes."),
    ),
    "classes_handed_over": Row(
        _("The online classroom doesn't run open classes any more."),
        _("They passed to curriculum at %(since)s."),
        _("Ask a colleague of curriculum to do it."),
    ),
    "capacity_out_of_range": Row(
        _("A class can't have that many seats."),
        _("It has from %(least)s to %(most)s of them."),
        _("Enter another number of seats."),
    ),
    "capacity_below_seats": Row(
        _("The class can't be made that small."),
        _("%(taken)s of its seats are taken."),
        _("Keep at least as many seats, or cancel some first."),
    ),
    "text_too_long": Row(
        _("The text is too long."),
        _("At most %(characters_max)s characters are kept."),
        _("Shorten it and try again."),
    ),
    "picture_too_large": Row(
        _("The picture is too large."),
        _("At most %(bytes_max)s bytes are taken."),
        _("Make it smaller and upload it again."),
    ),
    "picture_unknown": Row(
        _("We can't use this picture."),
        _("It is no JPEG, PNG or WebP."),
        _("Choose a picture of one of these kinds."),
    ),
    "class_not_described": Row(
        _("The class can't be shown to families yet."),
        _("It has no title in one of the languages."),
        _("Enter both titles first."),
    ),
    "class_already_published": Row(
        _("This class is published already."),
        _("Families see it."),
        _("Nothing more is needed."),
    ),
    "class_not_published": Row(
        _("This class isn't published."),
        _("Families neither see nor book it."),
        _("Publish it first."),
    ),
    "class_already_started": Row(
        _("This class has begun."),
        _("Seats are booked before it begins."),
        _("Choose another class, or look for its replay."),
    ),
    "class_not_started": Row(
        _("This class hasn't begun."),
        _("Who came is known once it has."),
        _("Come back when it has begun."),
    ),
    "class_full": Row(
        _("This class is full."),
        _("Somebody took the last seat."),
        _("Join the waiting list, or choose another class."),
    ),
    "class_has_room": Row(
        _("There is nothing to wait for."),
        _("This class has seats left."),
        _("Book a seat."),
    ),
    "already_in_class": Row(
        _("The learner is in this class already."),
        _("It was booked before, perhaps on another device."),
        _("Nothing more is needed."),
    ),
    "already_waiting": Row(
        _("The learner is on the waiting list already."),
        _("They joined it before."),
        _("Nothing more is needed: we book the seat when one comes free."),
    ),
    "not_waiting": Row(
        _("The learner isn't on the waiting list."),
        _("They got a seat, left the list, or were passed over because they couldn't pay."),
        _("Open the class again to see how it stands."),
    ),
    "class_not_over": Row(
        _("The class isn't over yet."),
        _("There is a replay once it is."),
        _("Come back after the class."),
    ),
    "replay_not_on_sale": Row(
        _("This replay isn't sold."),
        _("It isn't on sale yet, or any more."),
        _("Choose another replay."),
    ),
    "replay_address_invalid": Row(
        _("We can't use this address."),
        _("A recording lies at an address that begins with https://."),
        _("Copy the address of the recording again."),
    ),
    "replay_price_invalid": Row(
        _("We can't use this price."),
        _("It is at least 1, in credits, coupons or stones."),
        _("Enter another price."),
    ),
    "replay_already_bought": Row(
        _("Your family has this replay already."),
        _("It was bought before, perhaps on another device."),
        _("Watch it: it stays yours."),
    ),
    "replay_not_bought": Row(
        _("This replay isn't yours to watch."),
        _("It hasn't been bought, or was refunded."),
        _("Buy it first, on a computer or through your learning partner."),
    ),
}
