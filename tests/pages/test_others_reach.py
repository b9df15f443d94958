"""One family's login, or teacher's, tried on everything of another's, on every page there is.

Nothing is seen and nothing is changed, and what is another's is answered like what is nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from string import Formatter

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from tests import asking, snapshot
from tests import household as house
from tests.pages import sides
from tests.pages.sides import Side
from yueke.portals import ids, urls
from yueke.portals.family import urls as family
from yueke.portals.teachers import urls as teachers

pytestmark = pytest.mark.django_db
DAY = f"{house.evening(days=7):%Y-%m-%d}"
DAY_AFTER = f"{house.evening(days=8):%Y-%m-%d}"
STRETCH = {"begins": f"{DAY}T10:00", "ends": f"{DAY}T11:00"}
PATTERN = {
    "lines": "1",
    "first": DAY,
    "weeks": "4",
    "line0-days": "1",
    "line0-begins": "18:00",
    "line0-ends": "20:00",
}
NOBODYS = {
    "learner": ids.LEARNER.show(999_999_999),
    "seat": ids.SEAT.show(999_999_999),
    "coupon": ids.LOT.show(999_999_999),
    "credits": ids.LOT.show(999_999_999),
    "wish": ids.REQUEST.show(999_999_999),
    "contract": ids.CONTRACT.show(999_999_999),
}
CHILD = {"learner": "{learner}"}
LOOK = {**CHILD, "product": "major"}


@dataclass(frozen=True)
class Asked:
    """How a page is asked: its fields, the parts of its address, and the door one entered by.

    Names in braces are ids. With one's own, GET and POST are answered with these statuses.
    """

    get: int
    post: int
    fields: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    enter: str = "enter_h5"

    @property
    def named(self) -> list[str]:
        """The ids of somebody's own that a request carries."""
        texts = [*self.fields.values(), *self.parts.values()]
        names = {name for text in texts for _, name, _, _ in Formatter().parse(text)}
        return [name for name in NOBODYS if name in names]


SEAT = {"seat": "{seat}"}
CLASS = {"lesson": "{lesson}"}
ADDRESSES: dict[str, Asked] = {
    "replay_watch": Asked(409, 405, parts={"lesson": "{replay}"}),
    "enter_pc": Asked(302, 302),
    "enter_h5": Asked(302, 302),
    "family_home": Asked(200, 200, CHILD),
    "family_children": Asked(200, 200),
    "family_book": Asked(200, 200, LOOK),
    "family_by_teacher": Asked(200, 200, LOOK),
    "family_teacher": Asked(200, 200, LOOK, {"teacher": "{teacher}"}),
    "family_confirm": Asked(
        200, 302, {**LOOK, "teacher": "{teacher}", "at": "{at}", "pay": "coupon:{coupon}"}
    ),
    "family_open_course": Asked(200, 302, {**CHILD, "course": "special:3"}),
    "family_dedicated": Asked(200, 200, LOOK),
    "family_dedicated_choose": Asked(405, 302, {**LOOK, "teacher": "{teacher}"}),
    "family_dedicated_book": Asked(200, 302, {**LOOK, "at": "{at}", "pay": "coupon:{coupon}"}),
    "family_trial": Asked(200, 200, CHILD),
    "family_trial_book": Asked(200, 302, {**CHILD, "at": "{trial_at}"}),
    "family_start_now": Asked(
        200, 302, {**LOOK, "teacher": "{teacher}", "at": "{now}", "pay": "coupon:{coupon}"}
    ),
    "family_lessons": Asked(200, 200, CHILD),
    "family_lesson": Asked(200, 200, parts=SEAT),
    "family_wait": Asked(200, 405, parts=SEAT),
    "family_cancel": Asked(200, 302, {"refund": "1"}, SEAT),
    "family_undo": Asked(405, 302, parts=SEAT),
    "family_classes": Asked(200, 200, {**CHILD, "tab": "mine"}),
    "family_class": Asked(200, 200, CHILD, CLASS),
    "family_class_book": Asked(200, 302, {**CHILD, "pay": "credit:{credits}"}, CLASS),
    "family_class_wait": Asked(200, 302, {**CHILD, "pay": "credit"}, {"lesson": "{full}"}),
    "family_class_unwait": Asked(405, 302, CHILD, {"lesson": "{waited}"}),
    "family_replays": Asked(200, 200, CHILD),
    "family_replay_buy": Asked(
        200, 302, {**CHILD, "pay": "credit:{credits}"}, {"lesson": "{replay}"}, "enter_pc"
    ),
    "family_wallet": Asked(200, 200, CHILD),
    "family_redeem": Asked(405, 302, {**CHILD, "code": "{code}"}),
    "family_calendar": Asked(200, 405),
    "family_calendar_renew": Asked(405, 302),
    "family_contact": Asked(200, 302, {"email_on": "on", "email": "a@example.com"}),
    "teacher_week": Asked(200, 200),
    "teacher_week_feed": Asked(200, 400, {"start": DAY, "end": DAY_AFTER}),
    "teacher_time": Asked(200, 405, STRETCH),
    "teacher_release": Asked(405, 302, STRETCH),
    # Time is named by when it is, whose it is by the login: there is none of one's own.
    "teacher_withdraw": Asked(405, 409, STRETCH),
    "teacher_undo": Asked(405, 400, parts={"action": "release"}),
    "teacher_pattern": Asked(200, 302, PATTERN),
    "teacher_lessons": Asked(200, 405, {"after": "{seat}"}),
    "teacher_lesson": Asked(200, 405, parts=SEAT),
    "teacher_cancel": Asked(200, 302, parts=SEAT),
    "teacher_inbox": Asked(200, 405),
    "teacher_request": Asked(200, 302, {"answer": "accept"}, {"wish": "{wish}"}),
    "teacher_contract": Asked(200, 302, {"answer": "decline"}, {"contract": "{contract}"}),
    "teacher_calendar": Asked(200, 405),
    "teacher_calendar_renew": Asked(405, 302),
    "calendar_feed": Asked(200, 405, parts={"token": "{token}"}),
    "teacher_contact": Asked(200, 302, {"email_on": "on", "email": "a@example.com"}),
}


def addresses() -> Iterator[str]:
    """Yield every page of families and teachers, and where replays are watched."""
    watched = [page for page in urls.urlpatterns if getattr(page, "name", "") == "replay_watch"]
    for page in (*family.urlpatterns, *teachers.urlpatterns, *watched):
        assert isinstance(page, URLPattern)
        yield str(page.name)


def test_every_address_stands_here() -> None:
    assert set(addresses()) == set(ADDRESSES)


def ask(client: Client, method: str, name: str, known: dict[str, str]) -> tuple[HttpResponse, str]:
    """Ask for a page with these ids, and return its answer and what was asked."""
    asked = ADDRESSES[name]
    url = reverse(name, kwargs={part: text.format(**known) for part, text in asked.parts.items()})
    fields = {label: text.format(**known) for label, text in asked.fields.items()}
    if method == "post":
        fields["request_key"] = asking.new_key()
    answer: HttpResponse = getattr(client, method)(url, fields)
    return answer, f"{url} {fields}"


def tries(asked: Asked, mine: Side, theirs: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield my ids with each of theirs in the place of mine, then with all."""
    for name in asked.named:
        yield {**mine.ids, name: theirs[name]}
    if len(asked.named) > 1:
        yield {**mine.ids, **{name: theirs[name] for name in asked.named}}


def assert_says_nothing(answer: HttpResponse, asked: str, theirs: Side) -> None:
    """Check that an answer holds no word and no id of theirs but what it was asked with."""
    said = answer.content.decode() + answer.headers.get("Location", "")
    assert sides.RECORDING not in said
    assert not [word for word in theirs.secrets if word in said and word not in asked], asked


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_of_anothers_is_seen_or_changed(client: Client, name: str) -> None:
    mine, theirs = sides.two_sides()
    is_teachers = name.startswith("teacher_")
    client.force_login(mine.work.teacher_user if is_teachers else mine.work.home.user)
    client.get(reverse(ADDRESSES[name].enter))
    tables = set(snapshot.every_table()) - {"django_session"}
    for method in ("get", "post"):
        of_nobody = tries(ADDRESSES[name], mine, NOBODYS)
        for known, twin in zip(tries(ADDRESSES[name], mine, theirs.ids), of_nobody, strict=True):
            before = snapshot.take(tables)
            answer, asked = ask(client, method, name, known)
            assert_says_nothing(answer, asked, theirs)
            assert answer.status_code == ask(client, method, name, twin)[0].status_code, asked
            assert set(snapshot.changes(before)) <= {"request_key"}, asked

    before_rows = theirs.rows()
    for method in ("get", "post"):
        answer, asked = ask(client, method, name, mine.ids)
        assert answer.status_code == getattr(ADDRESSES[name], method), (method, asked)
        assert_says_nothing(answer, asked, theirs)
    assert theirs.rows() == before_rows
