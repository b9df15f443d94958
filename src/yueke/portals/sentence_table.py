"""One row a refusal code: what happened, why, what to try. Facts stand as %(name)s."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from yueke.people import channels
from yueke.portals.auto_sentences import AUTO
from yueke.portals.campaign_sentences import CAMPAIGNS
from yueke.portals.class_sentences import CLASSES
from yueke.portals.contract_sentences import CONTRACTS
from yueke.portals.coupon_sentences import COUPONS
from yueke.portals.dedicated_sentences import DEDICATED
from yueke.portals.overbooking_sentences import OVERBOOKING, STRATEGY
from yueke.portals.request_sentences import REQUESTS
from yueke.portals.sentence_row import Row

Facts = Mapping[str, Any]

BOOKING: Final = {
    "learner_busy": Row(
        _("That time isn't free for the learner."),
        _("There is already a lesson at %(starts_at)s."),
        _("Choose another time, or cancel that lesson first."),
    ),
    "trial_limit_reached": Row(
        _("The trial wasn't booked."),
        _("This learner has had a trial, or has one to come."),
        _("Cancel the trial to come first, or book a lesson of a course."),
    ),
    "dual_pair_invalid": Row(
        _("The two lessons weren't booked."),
        _("One is to be with a Chinese teacher, the other with a foreign one."),
        _("Choose a teacher of each kind."),
    ),
    "nobody_free_now": Row(
        _("No lesson can start now."),
        _("No teacher is free in this half-hour or the next, or it is too late for them."),
        _("Try again at the next half-hour, or book another time."),
    ),
    "list_refused": Row(
        _("None of these lessons was booked."),
        _("One of them could not be booked, and you asked for all or none."),
        _("Change the one that was refused, or book those that are possible."),
    ),
    "lesson_not_found": Row(
        _("We can't find this lesson."),
        _("It may belong to another account."),
        _("Open it again from the list of lessons."),
    ),
    "lesson_already_cancelled": Row(
        _("This lesson is already cancelled."),
        _("It was cancelled before, perhaps on another device."),
        _("Nothing more is needed. You can book another time."),
    ),
    "lesson_already_started": Row(
        _("This lesson can't be cancelled any more."),
        _("It has already begun."),
        _("Enter the lesson, or ask your learning partner for help."),
    ),
    "lesson_not_started": Row(
        _("This lesson can't be finished yet."),
        _("It has not begun."),
        _("Finish it once it has begun, or cancel it."),
    ),
    "lesson_already_finished": Row(
        _("This lesson is finished."),
        _("It was finished before, perhaps by somebody else."),
        _("If that was wrong, take the finish back first."),
    ),
    "lesson_not_finished": Row(
        _("There is nothing to take back."),
        _("This lesson is not finished."),
        _("Nothing more is needed."),
    ),
    "lesson_over": Row(
        _("This lesson can't be changed any more."),
        _("It ended too long ago."),
        _("Give the learner what is due as a new lesson or as credits."),
    ),
    "absence_not_marked": Row(
        _("There is no absence to take back."),
        _("Nobody lost this seat by not having come."),
        _("If the lesson was finished, take the finish back."),
    ),
    "learner_already_absent": Row(
        _("Nothing would change."),
        _("It is noted already that the learner didn't come."),
        _("Nothing more is needed."),
    ),
    "course_differs": Row(
        _("This learner can't come into this lesson."),
        _("The others in it are at another level of the course."),
        _("Choose a learner of that level, or another lesson."),
    ),
    "lesson_has_no_teacher": Row(
        _("This lesson has no teacher yet."),
        _("It was overbooked, and nobody has been found to teach it."),
        _("Give it a teacher first, or cancel it."),
    ),
    "lessons_differ": Row(
        _("These lessons can't exchange their times."),
        _("They are of two kinds, or others are in one of them."),
        _("Exchange the learners or the teachers, or cancel one and book it anew."),
    ),
    "nothing_to_exchange": Row(
        _("Nothing would change."),
        _("Both are one lesson or at one time, or have the same learner or teacher."),
        _("Choose another lesson."),
    ),
    "courseware_unchanged": Row(
        _("Nothing would change."),
        _("The lesson has this courseware already."),
        _("Choose another lesson of the course."),
    ),
    "courseware_unknown": Row(
        _("There is no such courseware."),
        _("The course has no lesson %(number)s."),
        _("Choose one of the lessons of the course."),
    ),
    "bulk_empty": Row(
        _("Nothing was ticked."),
        _("There is no lesson to do this with."),
        _("Tick lessons in the list, then choose again."),
    ),
    "bulk_too_long": Row(
        _("Those are too many lessons at once."),
        _("At most %(most)s are done together."),
        _("Tick fewer, and do the rest afterwards."),
    ),
    "deed_broken": Row(
        _("This lesson was left as it is."),
        _("Something went wrong on our side, and we have noted it."),
        _("Try it on the lesson's own page."),
    ),
    "bulk_not_found": Row(
        _("We can't find this."),
        _("It may have been asked for by another team."),
        _("Open it again from the list of what was done to many lessons."),
    ),
    "teacher_unchanged": Row(
        _("Nothing would change."),
        _("This teacher has the lesson already."),
        _("Choose another teacher."),
    ),
    "product_unknown": Row(
        _("We don't know this kind of lesson."),
        _("It may have been taken off the list."),
        _("Go back and choose from the lessons shown."),
    ),
    "level_too_low": Row(
        _("The lesson wasn't booked."),
        _("It is for learners who have reached level %(level)s of the major course."),
        _("Book a lesson of the major course."),
    ),
    "course_unknown": Row(
        _("There is no such course."),
        _("This kind of lesson has no level %(level)s."),
        _("Choose one of the levels shown."),
    ),
    "course_not_open": Row(
        _("This course isn't open for the learner yet."),
        _("A course is opened before its first lesson is booked."),
        _("Ask your learning partner to open it, or choose another course."),
    ),
}

INVENTORY: Final = {
    "time_off_grid": Row(
        _("That time can't be used."),
        _("Lessons start on the hour or the half-hour."),
        _("Choose a time that ends in :00 or :30."),
    ),
    "time_in_past": Row(
        _("That time has passed."),
        _("%(starts_at)s is over or has begun."),
        _("Choose a later time."),
    ),
    "time_too_far": Row(
        _("That time is too far ahead."),
        _("%(starts_at)s isn't open for planning yet."),
        _("Choose an earlier date."),
    ),
    "reservation_without_target": Row(
        _("This time can't be kept like that."),
        _("A time is kept for a while for one learner or one kind of lesson only."),
        _("Say for whom it is kept, or leave out until when."),
    ),
    "slot_not_open": Row(
        _("The teacher isn't free at %(starts_at)s."),
        _("The teacher hasn't offered this time, or took it back."),
        _("Choose another time, or another teacher."),
    ),
    "slot_already_taken": Row(
        _("This time has just been taken."),
        _("Somebody else booked %(starts_at)s a moment before."),
        _("Choose another time with the same teacher, or another teacher at this time."),
    ),
    "slot_targeted": Row(
        _("This time can't be booked here."),
        _("The teacher keeps %(starts_at)s for somebody else."),
        _("Choose another time, or another teacher."),
    ),
    "teacher_does_not_teach": Row(
        _("This teacher doesn't give this lesson."),
        _("The lesson is at level %(level)s, which this teacher doesn't teach."),
        _("Choose another teacher."),
    ),
    "pattern_empty": Row(
        _("Nothing would change."),
        _("The weekly pattern has no time between these dates."),
        _("Choose at least one weekday and time, or more weeks."),
    ),
    "zone_unknown": Row(
        _("We don't know the time zone “%(zone)s”."),
        _("A zone is named by continent and city, like Asia/Shanghai."),
        _("Choose one from the list."),
    ),
    "too_many_slots": Row(
        _("That is too much at once."),
        _("At most %(limit)s half-hours are taken in one go."),
        _("Do it in several steps."),
    ),
}

WALLET: Final = {
    "asset_not_accepted": Row(
        _("This lesson can't be paid this way."),
        _("It doesn't take %(asset)s."),
        _("Choose another way to pay."),
    ),
    "balance_too_low": Row(
        _("There isn't enough to pay for this."),
        _("It costs %(needed)s, and you have %(available)s."),
        _("Choose another way to pay, or ask your learning partner to top up."),
    ),
    "lot_not_found": Row(
        _("We can't find this coupon."),
        _("It may be used already, or belong to another learner."),
        _("Choose another way to pay."),
    ),
    "lot_expired": Row(
        _("This coupon is out of date."),
        _("It was valid for a limited time only."),
        _("Choose another way to pay."),
    ),
    "lot_for_another_product": Row(
        _("This coupon is for another kind of lesson."),
        _("Each coupon says which lessons it pays for."),
        _("Choose another way to pay."),
    ),
    "amount_not_positive": Row(
        _("The amount isn't possible."),
        _("It is %(amount)s, and must be at least 1."),
        _("Enter a whole number from 1."),
    ),
    "expiry_in_past": Row(
        _("Nothing was given."),
        _("%(expires_at)s has passed: it would be gone at once."),
        _("Choose a later day, or none."),
    ),
    "asset_unknown": Row(
        _("We don't know “%(asset)s”."),
        _("Wallets hold credits, coupons and energy stones."),
        _("Choose one of these."),
    ),
}

# Families have no colleagues to ask.
ON_PHONE: Final = "on_phone"
NOT_YOURSELF: Final = Row(
    _("You can't do this yourself."),
    _("It is something we do for you."),
    _("Ask your learning partner."),
)
FAMILIES: Final = {
    ON_PHONE: Row(
        _("This isn't done on the computer."),
        _("Yueke on your phone does it; here you book lessons and cancel them."),
        _("Open Yueke on your phone, or ask your learning partner."),
    ),
    "parents-pc": NOT_YOURSELF,
    "parents-h5": NOT_YOURSELF,
}

PEOPLE: Final = {
    "channel_may_not": Row(
        _("You can't do this here."),
        _("“%(channel)s” isn't allowed to do “%(command)s”."),
        _("Ask a colleague whose role allows it."),
    ),
    "channel_unknown": Row(
        _("We don't know the channel “%(channel)s”."),
        _("It isn't in the table of channels."),
        _("Use one of the codes of the table."),
    ),
    "key_missing": Row(
        _("We don't know who is asking."),
        _("The request carries no key."),
        _("Send the key with the request."),
    ),
    "key_unknown": Row(
        _("This key doesn't open anything."),
        _("It is unknown, or was revoked."),
        _("Ask for a new key."),
    ),
    "learner_not_found": Row(
        _("We can't find this learner."),
        _("The learner may belong to another account."),
        _("Go back and choose from the learners shown."),
    ),
    "teacher_not_found": Row(
        _("We can't find this teacher."),
        _("The teacher may have left."),
        _("Go back and choose from the teachers shown."),
    ),
    "family_not_found": Row(
        _("We can't find this family."),
        _("It may belong to another market."),
        _("Search for it by name or phone."),
    ),
    "market_not_found": Row(
        _("We don't know the market “%(market)s”."),
        _("It has no entry, or none was named where there are several."),
        _("Name one of the markets."),
    ),
}

POLICIES: Final = {
    "policy_unknown": Row(
        _("We don't know this policy."),
        _("No policy is called %(policy)s."),
        _("Choose one from the list of policies."),
    ),
    "policy_value_invalid": Row(
        _("The policy wasn't changed."),
        _("It can't be “%(value)s”."),
        _("It may be: %(allowed)s."),
    ),
    "policy_not_by_product": Row(
        _("The policy wasn't changed."),
        _("It is one for all kinds of lessons."),
        _("Change it without naming a kind of lesson."),
    ),
    "policy_unchanged": Row(
        _("Nothing would change."),
        _("The policy is “%(value)s” then already."),
        _("Give another value, or another day."),
    ),
    "policy_in_past": Row(
        _("The policy wasn't changed."),
        _("What happened before now stays judged as it was."),
        _("Choose a moment to come, or none: then it holds from now."),
    ),
}

NOTICES: Final = {
    "request_key_reused": Row(
        _("This request was sent before with other contents."),
        _("A request is carried out once, so that nothing is booked twice."),
        _("Load the page again and repeat what you wanted to do."),
    ),
    "request_key_missing": Row(
        _("This request can't be carried out safely."),
        _("It carries no mark by which a repetition could be told."),
        _("Load the page again and repeat what you wanted to do."),
    ),
}

FEEDS: Final = {
    "endpoint_not_found": Row(
        _("We can't find this webhook."),
        _("It may belong to another market."),
        _("Choose one of those shown."),
    ),
    "delivery_not_found": Row(
        _("We can't find this delivery."),
        _("It may belong to another market, or ended more than a month ago."),
        _("Choose one of those shown."),
    ),
    "endpoint_address_refused": Row(
        _("Events can't be sent to this address."),
        _("It must begin with https, name a public host, and hold no login."),
        _("Correct the address, or ask whoever runs Yueke to allow private ones."),
    ),
    "event_kind_unreadable": Row(
        _("We don't know the kind of event “%(event_kind)s”."),
        _("A kind is written like lesson.booked, a whole group like lesson.*."),
        _("Correct it, or leave out all kinds to get every event."),
    ),
}

REMINDERS: Final = {
    "address_missing": Row(
        _("You can't be told this way yet."),
        _("There is no address for it."),
        _("Enter the address, or untick that way."),
    ),
}

API: Final = {
    "body_not_json": Row(
        _("The request can't be read."),
        _("Its body isn't JSON."),
        _("Send a JSON object."),
    ),
    "body_invalid": Row(
        _("The request can't be carried out as it is."),
        _("A field is missing, unknown or of the wrong type: %(where)s."),
        _("Compare it with the description of the API."),
    ),
    "body_too_large": Row(
        _("The request is too large."),
        _("At most %(limit_bytes)s bytes are taken."),
        _("Send it in several parts."),
    ),
    "time_unreadable": Row(
        _("We can't read the time “%(time)s”."),
        _("A time needs its date and its offset from universal time."),
        _("Write it like 2030-03-12T19:00+08:00."),
    ),
    "window_invalid": Row(
        _("These dates can't be searched."),
        _("They end before they begin, or span more than %(days_max)s days."),
        _("Choose a shorter stretch of days."),
    ),
    "cursor_invalid": Row(
        _("This list can't be continued from there."),
        _("The mark of the page isn't one that this list has given."),
        _("Start again from its first page."),
    ),
    "rate_exceeded": Row(
        _("That was too many requests."),
        _("The key has used up what it may ask in a minute."),
        _("Wait %(retry_after_seconds)s seconds, then go on."),
    ),
    "nothing_here": Row(
        _("There is nothing at this address."),
        _("It is wrong, or what it named isn't there any more."),
        _("Check the address."),
    ),
    "method_not_allowed": Row(
        _("This can't be done at this address."),
        _("It doesn't take this method."),
        _("Look up the method in the description of the API."),
    ),
    "list_too_long": Row(
        _("The list can't be carried out."),
        _("A list has from 1 to %(limit)s entries."),
        _("Send it in several parts."),
    ),
    "unavailable": Row(
        _("We can't answer just now."),
        _("The database doesn't answer, so we don't know whether it was carried out."),
        _("Repeat it in a moment; it will not be done twice."),
    ),
    "internal_error": Row(
        _("Something went wrong on our side."),
        _("We have noted it, and don't know yet whether it was carried out."),
        _("Repeat it in a moment; it will not be done twice."),
    ),
}

SENTENCES: Final[dict[str, Row]] = {
    **AUTO,
    **CAMPAIGNS,
    **CONTRACTS,
    **DEDICATED,
    **CLASSES,
    **COUPONS,
    **OVERBOOKING,
    **REQUESTS,
    **BOOKING,
    **INVENTORY,
    **WALLET,
    **PEOPLE,
    **POLICIES,
    **NOTICES,
    **FEEDS,
    **REMINDERS,
    **API,
}


def _who_may_not(facts: Facts) -> str:
    """Return whose channel it is, or that what is asked is done on the phone."""
    channel, asked = str(facts["channel"]), (str(facts["command"]), str(facts["of"]))
    is_on_phone = channel == "parents-pc" and channels.may("parents-h5", *asked)
    return ON_PHONE if is_on_phone else channel


# Of some refusals the facts tell cases apart, of which each has its own sentence.
CASES: Final[dict[str, tuple[Callable[[Facts], str], dict[str, Row]]]] = {
    "channel_may_not": (_who_may_not, FAMILIES),
    "strategy_invalid": (lambda facts: str(facts["field"]), STRATEGY),
}
