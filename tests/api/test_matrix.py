"""The whole matrix: every write of the API by every channel that the table does not name for it."""

from typing import Final

import pytest

from tests import snapshot
from tests.api.test_keys import Bench, all_writes
from tests.served import PROBLEM
from yueke.people import channels

# Which lines of the table open each address, for what the bench asks there: any of them does.
NEEDS: Final = {
    "/bookings": ["book major"],
    "/forced-bookings": ["force major"],
    "/booking-lists": ["book major"],
    "/cancellations": ["cancel lesson"],
    "/start-nows": ["start-now major"],
    "/dual-bookings": ["book allround"],
    "/finishes": ["finish lesson"],
    "/finish-undos": ["finish lesson"],
    "/teacher-changes": ["change teacher"],
    "/courseware-changes": ["change courseware"],
    "/classes": ["create class"],
    "/class-descriptions": ["describe class"],
    "/class-covers": ["describe class"],
    "/class-publications": ["publish class"],
    "/class-unpublications": ["unpublish class"],
    "/class-cancellations": ["cancel class"],
    "/class-attendances": ["attend class"],
    "/class-bookings": ["book open"],
    "/class-waits": ["book open"],
    "/class-wait-ends": ["book open"],
    "/replays": ["sell replay"],
    "/replay-withdrawals": ["sell replay"],
    "/replay-purchases": ["buy replay"],
    "/replay-refunds": ["refund replay"],
    "/courses": ["open course"],
    "/lesson-requests": ["request major"],
    "/request-acceptances": ["accept major"],
    "/request-rejections": ["answer request"],
    "/request-withdrawals": ["take-back request"],
    "/request-keeps": ["accept major", "answer request"],
    "/contracts": ["propose contract"],
    "/contract-acceptances": ["answer contract"],
    "/contract-refusals": ["answer contract"],
    "/contract-ends": ["end contract"],
    "/dedicated-teachers": ["choose dedicated"],
    "/dedicated-teacher-ends": ["choose dedicated"],
    "/priority-bookings": ["priority major"],
    "/assured-bookings": ["assure major"],
    "/catch-ups": ["catch-up major"],
    "/overbookings": ["overbook trial"],
    "/overbook-strategies": ["change strategy"],
    "/room-entries": ["enter room"],
    "/re-matches": ["rematch trial"],
    "/fake-cancellations": ["fake-cancel lesson"],
    "/student-swaps": ["swap student"],
    "/learner-exchanges": ["exchange learners"],
    "/teacher-exchanges": ["exchange teachers"],
    "/lesson-exchanges": ["exchange lessons"],
    "/absences": ["absent learner"],
    "/absence-undos": ["absent teacher"],
    "/teacher-cancellations": ["cancel taught"],
    "/slots": ["release slot"],
    "/weekly-patterns": ["release slot"],
    # What a slot is kept for is looked at one by one.
    "/withdrawals": ["withdraw slot", "withdraw student", "withdraw product"],
    "/targetings": ["target student", "target product"],
    "/grants": ["grant asset"],
    "/policies": ["change policy"],
    "/campaigns": ["manage campaign"],
    "/campaign-changes": ["manage campaign"],
    "/campaign-grants": ["grant campaign"],
    "/coupon-batches": ["manage coupon"],
    "/redemptions": ["redeem coupon"],
    "/auto-rules": ["store auto-rule"],
    "/auto-rule-pauses": ["store auto-rule"],
    "/auto-rule-deletions": ["store auto-rule"],
    "/auto-run-bookings": ["book major"],
    "/holidays": ["change holidays"],
    "/holiday-removals": ["change holidays"],
    "/webhooks": ["manage webhooks"],
    "/webhook-changes": ["manage webhooks"],
    "/webhook-replays": ["manage webhooks"],
}


def test_every_write_stands_here(bench: Bench) -> None:
    assert {one.name.split()[1] for one in all_writes(bench)} == NEEDS.keys()


@pytest.mark.parametrize("channel", channels.channels())
def test_what_the_table_does_not_allow_is_refused_and_changes_nothing(
    bench: Bench, channel: str
) -> None:
    caller = bench.company.caller(channel)
    kept_out = [one for one in all_writes(bench) if not _may(channel, one.name.split()[1])]
    assert kept_out
    for operation in kept_out:
        call = bench.asks(operation)
        before = snapshot.take(snapshot.every_table())
        answer = call.send(caller)
        if answer.status_code == 201:
            # Of a list, each is refused by itself.
            codes = {one["code"] for one in answer.json()["results"]}
        else:
            assert answer.status_code == 403, (operation.name, answer.text)
            assert answer.headers["content-type"] == PROBLEM
            codes = {answer.json()["code"]}
        assert codes == {"channel_may_not"}, operation.name
        assert snapshot.changes(before).keys() <= {"request_key"}, operation.name


def _may(channel: str, path: str) -> bool:
    return any(channels.may(channel, *line.split()) for line in NEEDS[path])
