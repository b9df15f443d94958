"""As it was at: lessons, half-hours, teachers, learners and wallets, rebuilt from the log."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, workplace
from tests import household as house
from tests.workplace import Workplace
from yueke.booking import lessons
from yueke.booking.queries import then as log
from yueke.inventory.models import Slot
from yueke.notices.models import Event
from yueke.people import channels
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.moments import moment_words
from yueke.portals.stamps import show_stamp
from yueke.portals.wall import show_wall
from yueke.wallet import commands as wallet
from yueke.wallet import queries as wallet_queries
from yueke.wallet.models import Account, Transfer

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Story:
    """A lesson: offered, booked an hour later, given to Ben, cancelled by a learning partner."""

    def __init__(self, work: Workplace) -> None:
        self.work, self.at = work, house.evening(days=3)
        self.began = timezone.now() - 10 * HOUR
        self.ben: Teacher = house.add_teacher(market=work.market, name="Ben")
        for teacher in (work.teacher, self.ben):
            house.release(teacher=teacher, starts=[self.at], now=self.began)
        market = work.market.pk
        self.partner = asking.staff_of(market_id=market)
        self.seat_id = asking.book_one(
            actor=self.partner,
            command=asking.to_book(learner=work.learner, teacher=work.teacher, starts_at=self.at),
            now=self.after(1),
        ).seat_id
        fireman = asking.staff_of(market_id=market, channel="fireman")
        given = lessons.change_teacher(
            asking.request(actor=fireman, now=self.after(2)),
            seat_id=self.seat_id,
            teacher_id=self.ben.pk,
            reason="Amy is ill",
        )
        asking.done(given)
        asking.cancel(actor=self.partner, seats=[self.seat_id], now=self.after(3))

    def after(self, hours: float) -> datetime:
        """Return the moment so many hours after it began."""
        return self.began + hours * HOUR

    @property
    def seat(self) -> str:
        """The seat's id."""
        return ids.SEAT.show(self.seat_id)


@pytest.fixture
def story(client: Client) -> Story:
    """Return the story, told to a learning partner in English."""
    work = workplace.open_workplace()
    for rows in (Event.objects, Transfer.objects):
        rows.update(at=timezone.now() - 20 * HOUR)
    told = Story(work)
    client.force_login(workplace.add_staff(workplace=work, channel="lp"))
    client.cookies["django_language"] = "en"
    return told


def wall(at: datetime) -> str:
    """Return a moment as the field of the page carries it."""
    return show_wall(instant=at, zone=house.ZONE)


def seen(client: Client, url: str, at: datetime) -> str:
    """Return the state that a page shows at a moment, without what had happened by then."""
    answer = client.get(url, {"at": f"{wall(at)}:59"})
    assert answer.status_code == 200
    return answer.content.decode().split('id="then-title"')[1].split('id="told-title"')[0]


def test_a_lesson_stands_as_it_was(client: Client, story: Story) -> None:
    url = reverse("staff_lesson_then", args=[story.seat])
    assert url in client.get(reverse("staff_lesson", args=[story.seat])).content.decode()
    assert "not booked yet" in seen(client, url, story.after(0.5))
    booked = seen(client, url, story.after(1.5))
    assert ("chip-booked" in booked, "Amy" in booked, "乐乐" in booked) == (True, True, True)
    given = seen(client, url, story.after(2.5))
    assert ("Ben" in given, "Amy" in given) == (True, False)
    gone = seen(client, url, story.after(3.5))
    assert ("chip-cancelled" in gone, "乐乐" in gone) == (True, False)


def test_what_had_happened_by_then_says_who_what_channel_and_why(
    client: Client, story: Story
) -> None:
    url = reverse("staff_lesson_then", args=[story.seat])
    page = client.get(url, {"at": wall(story.after(2.5))}).content.decode()
    told = page.split('id="told-title"')[1]
    for words in ("Given to another teacher", "Live-class support", "Amy is ill", "Booked"):
        assert words in told
    assert "Cancelled" not in told


def test_a_half_hour_stands_as_it_was_for_both_teachers(client: Client, story: Story) -> None:
    amy, ben = story.work.teacher, story.ben
    urls = [
        reverse("staff_slot_then", args=[ids.TEACHER.show(one.pk), show_stamp(story.at)])
        for one in (amy, ben)
    ]
    for hours, states in (
        (-1, (None, None)),
        (0.5, ("open", "open")),
        (1.5, ("booked", "open")),
        (2.5, ("open", "booked")),
        (3.5, ("open", "open")),
    ):
        for url, state in zip(urls, states, strict=True):
            page = seen(client, url, story.after(hours))
            assert f"chip-{state}" in page if state else "not offered" in page, (hours, url)


def test_a_teachers_week_stands_as_it_was(client: Client, story: Story) -> None:
    url = reverse("staff_teacher_then", args=[ids.TEACHER.show(story.work.teacher.pk)])
    week = f"{url}?week={story.at:%Y-%m-%d}"
    for hours, cell in ((0.5, "cell-open"), (1.5, "cell-booked"), (2.5, "cell-open")):
        page = client.get(week, {"at": wall(story.after(hours)), "week": f"{story.at:%Y-%m-%d}"})
        assert cell in page.content.decode(), hours
    page = client.get(url, {"at": wall(story.after(-1)), "week": f"{story.at:%Y-%m-%d}"})
    assert "Nothing was offered" in page.content.decode()


def test_a_wallet_and_a_learner_stand_as_they_were(client: Client, story: Story) -> None:
    learner = ids.LEARNER.show(story.work.learner.pk)
    held = {}
    for hours in (0.5, 1.5, 3.5):
        lots = wallet_queries.lots_then(
            market_id=story.work.market.pk,
            learner_id=story.work.learner.pk,
            at=story.after(hours),
        )
        held[hours] = sum(lot.balance for lot in lots)
    assert held == {0.5: 10, 1.5: 9, 3.5: 10}
    page = seen(client, reverse("staff_learner_then", args=[learner]), story.after(1.5))
    assert "chip-booked" in page
    assert "Amy" in page
    later = seen(client, reverse("staff_learner_then", args=[learner]), story.after(3.5))
    assert "No lesson was booked" in later
    assert "Wallet" in seen(client, reverse("staff_wallet_then", args=[learner]), story.after(1))


def test_the_log_rebuilds_what_the_tables_hold(story: Story) -> None:
    now, market = timezone.now(), story.work.market.pk
    for teacher in (story.work.teacher, story.ben):
        cells = log.list_cells_then(
            market_id=market, teacher_id=teacher.pk, begin=now, end=now + 200 * HOUR, at=now
        )
        slots = Slot.objects.filter(teacher_id=teacher.pk)
        assert {at: cell.state for at, cell in cells.items()} == {
            slot.starts_at: slot.state for slot in slots
        }
    learner = story.work.learner.pk
    lots = wallet_queries.lots_then(market_id=market, learner_id=learner, at=now)
    kept = Account.objects.filter(learner_id=learner, balance__gt=0)
    assert {lot.lot_id: lot.balance for lot in lots} == dict(kept.values_list("id", "balance"))


def test_a_lot_that_was_revived_since_is_good_until_when_it_was(
    client: Client, story: Story
) -> None:
    learner, market_id = story.work.learner, story.work.market.pk
    Account.objects.filter(learner_id=learner.pk).update(expires_at=story.after(9))
    end, starts_at = story.after(9), house.evening(days=4)
    house.release(teacher=story.ben, starts=[starts_at], now=story.began)
    seat_id = asking.book_one(
        actor=story.partner,
        command=asking.to_book(learner=learner, teacher=story.ben, starts_at=starts_at),
        now=story.after(5),
    ).seat_id
    wallet.expire_lots(now=story.after(9.5))
    asking.cancel(actor=story.partner, seats=[seat_id], now=story.after(9.8))

    def then(hours: float) -> list[tuple[int, datetime | None]]:
        at = story.after(hours)
        lots = wallet_queries.lots_then(market_id=market_id, learner_id=learner.pk, at=at)
        return [(lot.balance, lot.expires_at) for lot in lots]

    assert then(4) == [(10, end)]
    assert then(6) == [(9, end)]
    assert then(9.6) == []
    revived_until = story.after(9.8) + timedelta(days=7)
    assert then(9.9) == [(1, revived_until)]
    url = reverse("staff_wallet_then", args=[ids.LEARNER.show(learner.pk)])
    year = timezone.now().year
    for hours, until in ((6.0, end), (9.9, revived_until)):
        day = moment_words(instant=until, zone=house.ZONE, this_year=year, part="day")
        assert day in seen(client, url, story.after(hours))


@pytest.mark.parametrize(
    "channel", [c.code for c in channels.channels().values() if c.side == "staff"]
)
def test_the_past_is_for_those_who_see_the_log(client: Client, story: Story, channel: str) -> None:
    if channel != "lp":
        client.force_login(workplace.add_staff(workplace=story.work, channel=channel))
    learner = ids.LEARNER.show(story.work.learner.pk)
    teacher = ids.TEACHER.show(story.work.teacher.pk)
    for name, arguments, what in (
        ("staff_lesson_then", [story.seat], "lessons"),
        ("staff_slot_then", [teacher, show_stamp(story.at)], "teachers"),
        ("staff_teacher_then", [teacher], "teachers"),
        ("staff_learner_then", [learner], "learners"),
        ("staff_wallet_then", [learner], "wallet"),
    ):
        may = channels.may(channel, "see", "audit") and channels.may(channel, "see", what)
        status = client.get(reverse(name, args=arguments)).status_code
        assert status == (200 if may else 403), name
