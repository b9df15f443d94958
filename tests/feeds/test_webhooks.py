"""Events out: other systems are told of every change, in order, at least once, and signed."""

import base64
import hashlib
import hmac
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests import asking, snapshot
from tests.concurrency import meeting
from tests.feeds.subscriber import Subscriber, Taken, trickling
from tests.served import Caller, Desk, ahead, begun, booked_before, booking, done, refused
from yueke.feeds import delivering, jobs, outgoing
from yueke.feeds.models import WebhookDelivery, WebhookEndpoint
from yueke.feeds.outgoing import Sent
from yueke.kernel.alone import alone
from yueke.notices.models import Event
from yueke.people import channels

OTHERS = [code for code in channels.channels() if code != "system"]


@pytest.fixture
def system(company: Desk) -> Caller:
    """Return the channel of the company's own systems."""
    return company.caller("system")


def subscribe(system: Caller, subscriber: Subscriber, *kinds: str) -> str:
    """Add the subscriber's endpoint and return its id; the log is read from here."""
    body = {"url": subscriber.url, "event_kinds": list(kinds)}
    made = done(system.post("/webhooks", body))
    subscriber.secret = made["secret"]
    deliver()
    subscriber.taken.clear()
    return str(made["endpoint"])


def deliver(*, after: timedelta = timedelta(0)) -> None:
    """Read the log on and send what is due, as the timer does, or as it will after a while."""
    now = datetime.now(UTC) + after
    while delivering.fan_out(now=now) or delivering.deliver_due(now=now):
        pass


def book_and_cancel(company: Desk, *, hours: int = 72) -> str:
    """Book a lesson and cancel it; return its id."""
    start = ahead(hours=hours)
    learner, lp = company.learner(), company.caller("lp")
    lesson = done(lp.post("/bookings", booking(learner, company.teacher(start), start)))
    done(lp.post("/cancellations", {"seat": lesson["seat"]}))
    return str(lesson["lesson"])


def deliveries(system: Caller, endpoint: str, **query: Any) -> list[dict[str, Any]]:
    """Return an endpoint's deliveries, last first."""
    found = done(system.get(f"/webhooks/{endpoint}/deliveries", **query))["deliveries"]
    return list(found)


def test_a_change_reaches_the_subscriber_signed_as_standard_webhooks_says(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.*")
    lesson = book_and_cancel(company)
    jobs.deliver_webhooks(0)
    assert subscriber.kinds == ["lesson.booked", "lesson.cancelled"]
    subscriber.verify()
    first = subscriber.taken[0]
    key = base64.b64decode(subscriber.secret.removeprefix("whsec_"))
    signed = f"{first.id}.{first.headers['webhook-timestamp']}.{first.body}"
    digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    assert first.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
    assert first.headers["content-type"] == "application/json"
    event = first.said["data"]
    assert (event["lesson"], event["id"]) == (lesson, first.id)
    assert first.said["timestamp"] == event["at"]


def test_a_body_is_the_event_as_the_api_shows_it(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.booked")
    start = ahead(hours=72)
    lp = company.caller("lp")
    asked = {**booking(company.learner(), company.teacher(start), start), "reason": "电话约"}
    lesson = done(lp.post("/bookings", asked))
    deliver()
    [taken] = subscriber.taken
    assert [taken.said["data"]] == done(lp.get("/events", seat=lesson["seat"]))["events"]


def test_only_the_kinds_that_an_endpoint_takes_are_sent(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.cancelled", "wallet.*")
    book_and_cancel(company)
    deliver()
    assert set(subscriber.kinds) == {"wallet.granted", "lesson.cancelled"}


def test_nothing_of_another_market_is_sent(
    company: Desk, other_company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber)
    book_and_cancel(other_company)
    deliver()
    assert [one for one in subscriber.taken if one.lesson] == []


def test_what_failed_is_tried_again_and_later_events_of_the_lesson_wait(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    one, two = book_and_cancel(company), book_and_cancel(company)
    subscriber.answers = lambda taken: 503 if taken.lesson == one else 200
    deliver()
    assert [taken.kind for taken in subscriber.taken if taken.lesson == one] == ["lesson.booked"]
    assert [taken.kind for taken in subscriber.taken if taken.lesson == two] == [
        "lesson.booked",
        "lesson.cancelled",
    ]
    waiting = deliveries(system, endpoint, state="waiting")
    assert [(row["attempts"], row["status"]) for row in waiting] == [(0, None), (1, 503)]
    subscriber.answers = lambda taken: 200
    subscriber.taken.clear()
    deliver()
    assert subscriber.taken == []
    deliver(after=timedelta(seconds=6))
    assert subscriber.kinds == ["lesson.booked", "lesson.cancelled"]
    assert {row["state"] for row in deliveries(system, endpoint)} == {"delivered"}


def test_each_lessons_events_come_in_order_however_often_the_subscriber_fails(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.*")
    chance = random.Random(7)
    fireman, well = company.caller("fireman"), list[Taken]()
    for _ in range(6):
        _, seat = booked_before(company, company.learner(), begun())
        for path in ("/finishes", "/finish-undos", "/finishes"):
            done(fireman.post(path, {"seat": seat}))

    failures = Counter[str]()

    def answer(taken: Taken) -> int:
        number = taken.headers["webhook-id"]
        # Nine tries would be the last.
        if chance.random() < 0.5 and failures[number] < 8:
            failures[number] += 1
            return 500
        well.append(taken)
        return 200

    subscriber.answers = answer
    for turn in range(60):
        deliver(after=timedelta(hours=turn))
    assert not WebhookDelivery.objects.filter(state="waiting").exists()
    assert len(well) == 24
    by_lesson: dict[str | None, list[str]] = {}
    for taken in well:
        by_lesson.setdefault(taken.lesson, []).append(taken.kind)
    finished = ["lesson.booked", "lesson.finished", "lesson.finish_undone", "lesson.finished"]
    assert list(by_lesson.values()) == [finished] * 6


def test_a_delivery_is_given_up_after_its_last_try_and_the_lesson_goes_on(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    subscriber.answers = lambda taken: 400 if taken.kind == "lesson.booked" else 200
    for turn in range(20):
        deliver(after=timedelta(hours=turn * 5))
    states = {row["kind"]: row["state"] for row in deliveries(system, endpoint)}
    assert states == {"lesson.booked": "given_up", "lesson.cancelled": "delivered"}
    assert subscriber.kinds.count("lesson.booked") == 9


def test_what_a_process_that_died_had_claimed_is_sent_by_the_next(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    now = datetime.now(UTC)
    delivering.fan_out(now=now)
    assert len(delivering._claim(now)) == 1
    deliver()
    assert subscriber.taken == []
    deliver(after=delivering.CLAIM)
    assert subscriber.kinds == ["lesson.booked", "lesson.cancelled"]


def test_only_one_worker_at_a_time_delivers(company: Desk, system: Caller) -> None:
    def tries() -> bool:
        with alone("webhooks") as is_mine:
            pass
        connection.close()
        return is_mine

    with alone("webhooks") as is_mine:
        assert is_mine
        with ThreadPoolExecutor(1) as threads:
            assert threads.submit(tries).result() is False
    with alone("webhooks") as is_mine:
        assert is_mine


def test_an_endpoint_that_does_not_answer_is_left_alone_for_a_while(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    change = {"endpoint": endpoint, "url": "http://127.0.0.1:9/nobody"}
    done(system.post("/webhook-changes", change))
    for _ in range(3):
        book_and_cancel(company)
    deliver()
    tried = [row for row in deliveries(system, endpoint) if row["attempts"]]
    assert {row["trouble"] for row in tried} == {"no_answer"}
    assert WebhookEndpoint.objects.get().rests_until is not None
    done(system.post("/webhook-changes", {"endpoint": endpoint, "url": subscriber.url}))
    deliver(after=timedelta(minutes=10))
    assert len(subscriber.taken) == 6


def test_an_endpoint_that_fails_for_five_days_is_turned_off_with_an_event(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    subscriber.answers = lambda taken: 500
    for day in range(7):
        book_and_cancel(company, hours=72 + day)
        deliver(after=timedelta(days=day))
    [shown] = done(system.get("/webhooks"))["endpoints"]
    assert (shown["is_on"], shown["waiting"] > 0) == (False, True)
    off = Event.objects.get(kind="webhook.turned_off")
    assert (off.actor_kind, off.channel) == ("job", "system")
    subscriber.taken.clear()
    subscriber.answers = lambda taken: 200
    deliver(after=timedelta(days=30))
    assert subscriber.taken == []
    done(system.post("/webhook-changes", {"endpoint": endpoint, "is_on": True}))
    deliver(after=timedelta(days=31))
    assert "lesson.cancelled" in subscriber.kinds


def test_an_endpoint_that_says_it_is_gone_is_turned_off_at_once(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.*")
    subscriber.answers = lambda taken: 410
    book_and_cancel(company)
    deliver()
    assert len(subscriber.taken) == 1
    assert not WebhookEndpoint.objects.get().is_on


def test_where_an_answer_points_is_not_followed(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.booked")
    subscriber.answers = lambda taken: 302
    book_and_cancel(company)
    deliver()
    assert len(subscriber.taken) == 1
    assert deliveries(system, endpoint)[0]["status"] == 302


def test_a_replay_delivers_once_more_under_the_same_id(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.booked")
    book_and_cancel(company)
    deliver()
    [delivery] = deliveries(system, endpoint)
    done(system.post("/webhook-replays", {"delivery": delivery["delivery"], "reason": "lost"}))
    deliver()
    first, again = subscriber.taken
    assert (first.id, first.body) == (again.id, again.body)
    assert Event.objects.get(kind="webhook.replayed").reason == "lost"


def test_a_replay_asked_for_during_the_last_try_holds(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.booked")
    book_and_cancel(company)

    def answer(taken: Taken) -> int:
        if len(subscriber.taken) == 9:
            [delivery] = deliveries(system, endpoint)
            done(system.post("/webhook-replays", {"delivery": delivery["delivery"]}))
        return 500

    subscriber.answers = answer
    for turn in range(20):
        if len(subscriber.taken) < 9:
            deliver(after=timedelta(hours=turn * 5))
    assert len(subscriber.taken) >= 9
    assert [row["state"] for row in deliveries(system, endpoint)] == ["waiting"]


def test_a_server_that_answers_byte_by_byte_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TRY_SECONDS", 0.5)
    with trickling() as url, ThreadPoolExecutor(1) as threads:
        sending = threads.submit(
            outgoing.send,
            by=outgoing.network(may_be_private=True),
            url=url,
            secrets=[],
            message_id="ev_1",
            body="{}",
            now=datetime.now(UTC),
        )
        assert sending.result(timeout=5) == Sent(None, "timeout")


@pytest.mark.parametrize("is_the_first", [True, False])
def test_an_endpoint_added_while_the_log_is_read_misses_nothing_after_it(
    company: Desk, system: Caller, subscriber: Subscriber, *, is_the_first: bool
) -> None:
    deliver()
    if not is_the_first:
        body = {"url": subscriber.url, "event_kinds": ["wallet.granted"]}
        done(system.post("/webhooks", body))

    def add_and_book() -> None:
        body = {"url": subscriber.url, "event_kinds": ["lesson.*"]}
        done(system.post("/webhooks", body))
        book_and_cancel(company)

    reading = f"SELECT FROM log_reader WHERE name = '{delivering.READER}' FOR UPDATE"
    meeting.behind(reading, lambda: delivering.fan_out(now=datetime.now(UTC)), add_and_book)
    deliver()
    kinds = [kind for kind in subscriber.kinds if kind != "wallet.granted"]
    assert kinds == ["lesson.booked", "lesson.cancelled"]


def test_an_endpoint_added_before_the_log_was_ever_read_misses_nothing(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    body = {"url": subscriber.url, "event_kinds": ["lesson.*"]}
    done(system.post("/webhooks", body))
    book_and_cancel(company)
    deliver()
    assert subscriber.kinds == ["lesson.booked", "lesson.cancelled"]


def test_an_endpoint_turned_off_is_sent_nothing(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber)
    done(system.post("/webhook-changes", {"endpoint": endpoint, "is_on": False}))
    book_and_cancel(company)
    deliver()
    assert subscriber.taken == []


def test_the_secret_is_shown_once(company: Desk, system: Caller, subscriber: Subscriber) -> None:
    endpoint = subscribe(system, subscriber)
    said = system.get("/webhooks").text + system.get(f"/webhooks/{endpoint}/deliveries").text
    assert endpoint in said
    assert subscriber.secret not in said
    assert not any(subscriber.secret in str(event.data) for event in Event.objects.all())


@pytest.mark.parametrize("channel", OTHERS)
def test_no_other_channel_sees_or_changes_webhooks(
    company: Desk, system: Caller, subscriber: Subscriber, channel: str
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    deliver()
    delivery = deliveries(system, endpoint)[0]["delivery"]
    caller, before = company.caller(channel), snapshot.take()
    answers = [
        caller.get("/webhooks"),
        caller.get(f"/webhooks/{endpoint}/deliveries"),
        caller.post("/webhooks", {"url": subscriber.url}),
        caller.post("/webhook-changes", {"endpoint": endpoint, "is_on": False}),
        caller.post("/webhook-replays", {"delivery": delivery}),
    ]
    assert [refused(answer) for answer in answers] == [(403, "channel_may_not")] * 5
    assert set(snapshot.changes(before)) <= {"request_key"}


def test_another_markets_webhooks_are_not_found(
    company: Desk, other_company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    deliver()
    delivery = deliveries(system, endpoint)[0]["delivery"]
    theirs = other_company.caller("system")
    assert done(theirs.get("/webhooks")) == {"endpoints": []}
    assert refused(theirs.get(f"/webhooks/{endpoint}/deliveries"))[1] == "endpoint_not_found"
    change = {"endpoint": endpoint, "is_on": False}
    assert refused(theirs.post("/webhook-changes", change))[1] == "endpoint_not_found"
    replayed = theirs.post("/webhook-replays", {"delivery": delivery})
    assert refused(replayed)[1] == "delivery_not_found"


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example.com/hooks",
        "https://127.0.0.1/hooks",
        "https://[::1]/hooks",
        "https://10.0.0.8/",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.8]/",
        "https://localhost/hooks",
        "https://user:secret@example.com/",
        "ftp://example.com/",
        "https://",
        "nowhere",
    ],
)
def test_an_address_that_events_may_not_go_to_is_refused(system: Caller, url: str) -> None:
    assert refused(system.post("/webhooks", {"url": url})) == (422, "endpoint_address_refused")
    assert not WebhookEndpoint.objects.exists()


def test_a_kind_that_is_none_is_refused(system: Caller) -> None:
    body = {"url": "https://crm.example.com/", "event_kinds": ["everything"]}
    assert refused(system.post("/webhooks", body)) == (422, "event_kind_unreadable")


def test_a_name_that_stands_for_a_private_address_is_sent_nothing(
    company: Desk, system: Caller, subscriber: Subscriber, settings: Any
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.booked")
    port = subscriber.url.split(":")[2]
    change = {"endpoint": endpoint, "url": f"http://localhost:{port}"}
    done(system.post("/webhook-changes", change))
    settings.YUEKE_WEBHOOKS_MAY_BE_PRIVATE = False
    book_and_cancel(company)
    deliver()
    assert subscriber.taken == []
    assert [row["trouble"] for row in deliveries(system, endpoint)] == ["private_address"]


def test_what_would_happen_is_told_and_does_not(company: Desk, system: Caller) -> None:
    before = snapshot.take()
    body = {"url": "https://crm.example.com/hooks"}
    told = system.http.post(
        "/api/v1/webhooks",
        params={"dry_run": "true"},
        json=body,
        headers={**system.authorization, "Idempotency-Key": asking.new_key()},
    )
    assert told.status_code == 200
    assert snapshot.changes(before) == {}


def test_deliveries_that_ended_long_ago_are_forgotten(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    deliver()
    assert delivering.prune(now=datetime.now(UTC) + timedelta(days=29)) == 0
    assert delivering.prune(now=datetime.now(UTC) + timedelta(days=31)) == 2
    assert deliveries(system, endpoint) == []


def test_a_new_secret_signs_beside_the_old_one_for_a_day(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    endpoint = subscribe(system, subscriber, "lesson.*")
    old = subscriber.secret
    changed = done(system.post("/webhook-changes", {"endpoint": endpoint, "new_secret": True}))
    assert changed["secret"] not in {"", old}
    book_and_cancel(company)
    deliver()
    for secret in (old, changed["secret"]):
        subscriber.secret = secret
        subscriber.verify()
    subscriber.taken.clear()
    book_and_cancel(company)
    deliver(after=timedelta(hours=25))
    signatures = {len(one.headers["webhook-signature"].split(" ")) for one in subscriber.taken}
    assert signatures == {1}
    again = done(system.post("/webhook-changes", {"endpoint": endpoint}))
    assert again["secret"] == ""


def test_a_delivery_whose_event_is_gone_keeps_no_other_waiting(
    company: Desk, system: Caller, subscriber: Subscriber
) -> None:
    subscribe(system, subscriber, "lesson.*")
    book_and_cancel(company)
    delivering.fan_out(now=datetime.now(UTC))
    WebhookDelivery.objects.filter(kind="lesson.booked").update(event_id=0)
    deliver()
    assert subscriber.kinds == ["lesson.cancelled"]
    assert WebhookDelivery.objects.get(event_id=0).trouble == "event_gone"
