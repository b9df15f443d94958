"""Reminders: people are told before a lesson, when it changes and when it is cancelled, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from tests import asking
from tests.served import Caller, Desk, ahead, booking, done, id_of
from yueke.kernel.actor import Actor
from yueke.people import public_ids
from yueke.people.models import Learner, Teacher, User
from yueke.reminders import contacts, jobs, planning, sending
from yueke.reminders.models import Message
from yueke.reminders.parties import Party
from yueke.reminders.refusals import AddressMissing

AWAKE = {"quiet_from_hour": "0", "quiet_until_hour": "0"}


@pytest.fixture
def lp(company: Desk, settings: Any) -> Caller:
    """Return a learning partner in a market without quiet hours, whose log is read from here."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    set_policies(company, **AWAKE)
    planning.plan_from_log(now=datetime.now(UTC))
    return company.caller("lp")


def set_policies(company: Desk, **values: str) -> None:
    """Let policies have these values from now on."""
    supply = company.caller("supply")
    for name, value in values.items():
        done(supply.post("/policies", {"policy": name, "value": value, "reason": "test"}))


def login(of: Learner | Teacher, *, language: str) -> User:
    """Give a learner's family or a teacher a login with an e-mail address."""
    whose = of.family if isinstance(of, Learner) else of
    kind = User.Kind.FAMILY if isinstance(of, Learner) else User.Kind.TEACHER
    name = f"{kind}{whose.pk}"
    user = User(market=of.market, username=name, kind=kind, language=language)
    user.email = f"{name}@example.com"
    user.set_unusable_password()
    user.save()
    whose.user = user
    whose.save()
    return user


def lesson(company: Desk, lp: Caller, *, hours: int = 72) -> tuple[Learner, Teacher, str]:
    """Book a lesson of a Chinese family with an English teacher, both with logins."""
    start = ahead(hours=hours)
    learner, teacher = company.learner(name="乐乐"), company.teacher(start, name="Amy")
    login(learner, language="zh-hans")
    login(teacher, language="en")
    return learner, teacher, done(lp.post("/bookings", booking(learner, teacher, start)))["seat"]


def tell(*, after: timedelta = timedelta(0)) -> list[Any]:
    """Plan and send as the timer does, or will after a while; return the mails."""
    now, before = datetime.now(UTC) + after, len(mail.outbox)
    while planning.plan_from_log(now=now):
        pass
    planning.plan_lessons_ahead(now=now)
    while sending.send_due(now=now):
        pass
    return mail.outbox[before:]


def test_family_and_teacher_are_reminded_before_a_lesson_each_in_their_language(
    company: Desk, lp: Caller
) -> None:
    learner, teacher, _ = lesson(company, lp)
    assert tell() == []
    assert tell(after=timedelta(hours=69)) == []
    mails = {one.to[0]: one for one in tell(after=timedelta(hours=70, minutes=31))}
    assert learner.family.user is not None
    assert teacher.user is not None
    theirs, teachers = mails[learner.family.user.email], mails[teacher.user.email]
    assert theirs.subject.startswith("上课提醒：乐乐")
    assert "老师是 Amy" in theirs.body
    assert teachers.subject.startswith("You teach at")
    assert "(America/Los_Angeles)" in teachers.body
    assert len(mails) == 2
    assert tell(after=timedelta(hours=71)) == []


def test_how_long_before_is_a_setting_and_none_is_none(company: Desk, lp: Caller) -> None:
    set_policies(company, reminder_hours="6")
    lesson(company, lp)
    assert len(tell(after=timedelta(hours=66, minutes=31))) == 2
    set_policies(company, reminder_hours="0")
    lesson(company, lp, hours=74)
    assert tell(after=timedelta(hours=73)) == []


def test_a_lesson_booked_late_is_reminded_of_at_once_and_once(company: Desk, lp: Caller) -> None:
    tell()
    lesson(company, lp, hours=1)
    assert len(tell()) == 2
    assert tell() == []


def test_a_cancelled_lesson_is_told_and_not_reminded_of(company: Desk, lp: Caller) -> None:
    _, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    subjects = sorted(one.subject.split("：")[0].split(":")[0] for one in tell())
    assert subjects == ["Lesson cancelled", "课程已取消"]
    assert tell(after=timedelta(hours=71)) == []
    assert Message.objects.filter(about="soon").count() == 0


def test_a_reminder_already_planned_is_dropped_when_the_lesson_is_cancelled(
    company: Desk, lp: Caller
) -> None:
    _, _, seat = lesson(company, lp, hours=20)
    assert tell() == []
    assert Message.objects.filter(about="soon", state="waiting").exists()
    done(lp.post("/cancellations", {"seat": seat}))
    tell()
    assert tell(after=timedelta(hours=19)) == []
    assert set(Message.objects.filter(about="soon").values_list("state", flat=True)) == {"dropped"}


def test_who_cancels_is_not_told_what_they_did(company: Desk, lp: Caller) -> None:
    learner, teacher, seat = lesson(company, lp)
    user = learner.family.user
    assert user is not None
    assert teacher.user is not None
    own = Actor(company.company.market_id, "user", user.pk, "parents-h5", learner.family_id)

    seat_id = public_ids.read("st", seat)
    assert seat_id is not None
    asking.cancel(actor=own, seats=[seat_id], now=datetime.now(UTC))
    assert [one.to[0] for one in tell()] == [teacher.user.email]


def test_a_change_of_teacher_is_told_to_all_three(company: Desk, lp: Caller) -> None:
    learner, teacher, seat = lesson(company, lp)
    other = company.teacher(ahead(hours=72), name="Bob")
    login(other, language="en")
    change = {"seat": seat, "teacher": id_of(other)}
    done(company.caller("fireman").post("/teacher-changes", change))
    told = {one.to[0]: one.subject.split(":")[0].split("：")[0] for one in tell()}
    emails = [one.user.email for one in (learner.family, other, teacher) if one.user]
    assert [told[email] for email in emails] == [
        "换了老师",
        "A lesson was given to you",
        "A lesson went to another teacher",
    ]
    reminded = {one.to[0] for one in tell(after=timedelta(hours=71))}
    assert reminded == set(emails[:2])


def test_nothing_is_sent_in_quiet_hours_that_can_wait(company: Desk, lp: Caller) -> None:
    zone_hour = datetime.now(UTC) + timedelta(hours=8)
    quiet_from, quiet_until = zone_hour.hour, (zone_hour.hour + 4) % 24
    set_policies(company, quiet_from_hour=str(quiet_from), quiet_until_hour=str(quiet_until))
    learner, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    user = learner.family.user
    assert user is not None
    assert user.email not in [one.to[0] for one in tell()]
    assert user.email in [one.to[0] for one in tell(after=timedelta(hours=4, minutes=1))]


def quiet_in(company: Desk, *, hours: int) -> None:
    """Let five quiet hours of families' clock begin so many hours from now."""
    begin = (datetime.now(UTC) + timedelta(hours=8 + hours)).hour
    set_policies(company, quiet_from_hour=str(begin), quiet_until_hour=str((begin + 5) % 24))


def test_what_was_due_while_the_worker_was_away_waits_for_the_end_of_quiet_hours(
    company: Desk, lp: Caller
) -> None:
    learner, _, seat = lesson(company, lp)
    quiet_in(company, hours=3)
    done(lp.post("/cancellations", {"seat": seat}))
    planning.plan_from_log(now=datetime.now(UTC))
    user = learner.family.user
    assert user is not None
    assert user.email not in [one.to[0] for one in tell(after=timedelta(hours=4))]
    assert user.email in [one.to[0] for one in tell(after=timedelta(hours=8))]


def test_a_message_that_failed_is_not_tried_again_in_quiet_hours(
    company: Desk, lp: Caller, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"
    _, _, seat = lesson(company, lp)
    quiet_in(company, hours=3)
    done(lp.post("/cancellations", {"seat": seat}))
    tell()
    for hours, attempts in ((4, 1), (7, 1), (8, 2)):
        tell(after=timedelta(hours=hours))
        assert Message.objects.get(about="cancelled").attempts == attempts


def test_a_planned_reminder_goes_by_the_policies_of_its_time(company: Desk, lp: Caller) -> None:
    lesson(company, lp, hours=20)
    assert tell() == []
    set_policies(company, reminder_hours="1")
    assert tell(after=timedelta(hours=18, minutes=29)) == []
    assert len(tell(after=timedelta(hours=19, minutes=1))) == 2
    lesson(company, lp, hours=20)
    assert tell() == []
    set_policies(company, reminder_hours="0")
    assert tell(after=timedelta(hours=19, minutes=1)) == []
    assert Message.objects.filter(state="dropped").count() == 2


def test_two_workers_at_once_tell_each_cause_once(company: Desk, lp: Caller) -> None:
    for hours in range(72, 82):
        _, _, seat = lesson(company, lp, hours=hours)
        done(lp.post("/cancellations", {"seat": seat}))
    barrier, now = Barrier(2), datetime.now(UTC)

    def work() -> int:
        barrier.wait()
        planning.plan_from_log(now=now)
        barrier.wait()
        sent = 0
        while found := sending.send_due(now=now):
            sent += found
        connection.close()
        return sent

    with ThreadPoolExecutor(2) as threads:
        both = [one.result() for one in [threads.submit(work) for _ in range(2)]]
    assert sum(both) == len(mail.outbox) == 20
    assert len({(one.to[0], one.subject) for one in mail.outbox}) == 20


def test_the_timer_tells(company: Desk, lp: Caller) -> None:
    _, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    jobs.tell_people(0)
    assert len(mail.outbox) == 2
    sent = Message.objects.filter(state="sent")
    assert {one.text for one in sent} == {one.body for one in mail.outbox}


def test_mail_that_fails_is_tried_again_and_at_last_given_up(
    company: Desk, lp: Caller, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    _, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    tell()
    first = Message.objects.filter(about="cancelled").get()
    assert (first.state, first.attempts, first.trouble != "") == ("waiting", 1, True)
    for hours in range(1, 5):
        tell(after=timedelta(hours=hours))
    states = set(Message.objects.exclude(about="soon").values_list("state", "attempts"))
    assert states == {("failed", 4)}


def test_what_nobody_foresaw_is_a_failed_try_of_each_message(
    company: Desk, lp: Caller, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"
    _, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    tell()
    tried = Message.objects.filter(about__startswith="cancelled").values_list("state", "attempts")
    assert list(tried) == [("waiting", 1)] * 2
    assert "nowhere" in Message.objects.filter(attempts=1)[0].trouble


def test_people_choose_their_ways_and_none_is_none(company: Desk, lp: Caller) -> None:
    learner, teacher, seat = lesson(company, lp)
    family, market_id = learner.family, company.company.market_id
    actor = Actor(market_id, "user", family.user_id or 0, "parents-h5", family.pk)
    request = asking.request(actor=actor, now=datetime.now(UTC))
    party = Party("family", family.pk)
    asking.done(contacts.choose_ways(request, party=party, ways=[]))
    done(lp.post("/cancellations", {"seat": seat}))
    assert teacher.user is not None
    assert [one.to[0] for one in tell()] == [teacher.user.email]
    again = asking.request(actor=actor, now=datetime.now(UTC))
    [refused] = contacts.choose_ways(again, party=party, ways=["sms"]).results
    assert refused == AddressMissing("sms")
    theirs = asking.request(actor=actor, now=datetime.now(UTC))
    other = Party("family", company.learner().family_id)
    [refused] = contacts.choose_ways(theirs, party=other, ways=[]).results
    assert getattr(refused, "code", "") == "family_not_found"


def test_nothing_is_told_across_markets(company: Desk, other_company: Desk, lp: Caller) -> None:
    _, _, seat = lesson(company, lp)
    done(lp.post("/cancellations", {"seat": seat}))
    tell()
    markets = set(Message.objects.values_list("market_id", flat=True))
    assert markets == {company.company.market_id}
