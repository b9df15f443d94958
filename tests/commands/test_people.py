"""Keys of other systems, addresses of calendars, and people found within a caller's reach."""

import pytest

from tests import asking, snapshot, world
from tests.world import NOW, Company
from yueke.kernel.actor import Actor
from yueke.kernel.refusal import Refusal
from yueke.notices.models import Event
from yueke.people import calendar, commands, queries
from yueke.people.models import ApiKey
from yueke.people.refusals import (
    ChannelUnknown,
    FamilyNotFound,
    LearnerNotFound,
    MarketNotFound,
    TeacherNotFound,
)


@pytest.fixture
def boss(cn: Company) -> Actor:
    """Return who makes keys."""
    return Actor(cn.market_id, "job", 0, "system")


def test_a_key_is_shown_once_and_kept_as_its_hash(cn: Company, boss: Actor) -> None:
    before = snapshot.take()
    key, secret = commands.create_api_key(actor=boss, now=NOW, channel="lp", name="CRM")
    assert snapshot.changes(before) == {"api_key": (1, 0), "event": (1, 0)}
    assert bytes(key.hash) == commands.hash_of(secret)
    assert secret.startswith("yk_")
    assert len(secret) > 40
    row = ApiKey.objects.values().get()
    assert secret not in {str(value) for value in row.values()}
    assert row["hint"] == secret[:8]
    assert (row["market_id"], row["channel"], row["created_at"]) == (cn.market_id, "lp", NOW)
    event = Event.objects.get()
    assert (event.kind, event.data) == ("key.created", {"key": key.id, "channel": "lp"})
    found = queries.find_api_key(hash_=commands.hash_of(secret))
    assert found == key


def test_a_revoked_key_is_not_found_and_is_revoked_once(cn: Company, boss: Actor) -> None:
    key, secret = commands.create_api_key(actor=boss, now=NOW, channel="lp")
    before = snapshot.take()
    assert commands.revoke_api_key(actor=boss, now=NOW, key_id=key.id)
    assert snapshot.changes(before) == {"api_key": (1, 1), "event": (1, 0)}
    assert queries.find_api_key(hash_=commands.hash_of(secret)) is None
    before = snapshot.take()
    assert not commands.revoke_api_key(actor=boss, now=NOW, key_id=key.id)
    assert snapshot.changes(before) == {}


def test_a_key_of_another_market_cannot_be_revoked(us: Company, boss: Actor) -> None:
    abroad = Actor(us.market_id, "job", 0, "system")
    key, _ = commands.create_api_key(actor=abroad, now=NOW, channel="lp")
    before = snapshot.take()
    assert not commands.revoke_api_key(actor=boss, now=NOW, key_id=key.id)
    assert snapshot.changes(before) == {}


def test_a_key_is_made_only_for_channels_and_people_that_are_there(
    cn: Company, us: Company, boss: Actor
) -> None:
    family, teacher = world.add_family(company=us), world.add_teacher(company=us)
    before = snapshot.take()
    with pytest.raises(ChannelUnknown):
        commands.create_api_key(actor=boss, now=NOW, channel="nobody")
    with pytest.raises(FamilyNotFound):
        commands.create_api_key(actor=boss, now=NOW, channel="parents-h5", family_id=family.id)
    with pytest.raises(TeacherNotFound):
        commands.create_api_key(actor=boss, now=NOW, channel="teachers", teacher_id=teacher.id)
    assert snapshot.changes(before) == {}


def test_a_key_for_one_family_or_teacher_carries_them(cn: Company, boss: Actor) -> None:
    family, teacher = world.add_family(company=cn), world.add_teacher(company=cn)
    one, _ = commands.create_api_key(actor=boss, now=NOW, channel="parents-h5", family_id=family.id)
    other, _ = commands.create_api_key(
        actor=boss, now=NOW, channel="teachers", teacher_id=teacher.id
    )
    assert (one.family_id, one.teacher_id) == (family.id, None)
    assert (other.family_id, other.teacher_id) == (None, teacher.id)


def test_a_calendar_s_new_address_ends_the_one_before(cn: Company) -> None:
    teacher = world.add_teacher(company=cn)
    herself = asking.teacher_of(teacher=teacher)
    tokens = []
    for first in (True, False):
        before = snapshot.take()
        asked = asking.request(actor=herself, now=NOW)
        [address] = asking.done(calendar.renew_calendar_address(asked, teacher_id=teacher.id))
        expected = {"teacher": (1, 1), "event": (1, 0), "request_key": (1, 0)}
        assert snapshot.changes(before) == expected
        assert Event.objects.latest("id").data == {"first": first}
        tokens.append(address.token)
    assert calendar.find_teacher_of_calendar(token=tokens[0]) is None
    assert calendar.find_teacher_of_calendar(token=tokens[1]) == teacher


def test_another_teacher_s_address_cannot_be_renewed(cn: Company) -> None:
    one, other = world.add_teacher(company=cn), world.add_teacher(company=cn)
    before = snapshot.take()
    asked = asking.request(actor=asking.teacher_of(teacher=one), now=NOW)
    answer = calendar.renew_calendar_address(asked, teacher_id=other.id)
    assert asking.codes(answer.results) == ["teacher_not_found"]
    assert snapshot.changes(before) == {"request_key": (1, 0)}


def missing(refusal: type[Refusal], query: object, **asked: object) -> None:
    """Assert that a query refuses."""
    with pytest.raises(refusal):
        query(**asked)  # type: ignore[operator]


def test_people_of_another_market_are_not_found(cn: Company, us: Company, boss: Actor) -> None:
    learner = world.add_learner(company=us)
    teacher = world.add_teacher(company=us)
    missing(LearnerNotFound, queries.get_learner, actor=boss, learner_id=learner.id)
    missing(FamilyNotFound, queries.get_family, actor=boss, family_id=learner.family_id)
    missing(TeacherNotFound, queries.get_teacher, actor=boss, teacher_id=teacher.id)
    assert not queries.find_learners(actor=boss).exists()
    assert not queries.find_teachers(actor=boss).exists()


def test_a_family_finds_its_own_learners_and_nobody_s_else(cn: Company) -> None:
    mine, other = world.add_learner(company=cn, name="陈一"), world.add_learner(company=cn)
    parent = asking.parent_of(family=mine.family)
    assert list(queries.find_learners(actor=parent)) == [mine]
    assert list(queries.find_learners(actor=parent, text="陈")) == [mine]
    assert queries.get_learner(actor=parent, learner_id=mine.id) == mine
    missing(LearnerNotFound, queries.get_learner, actor=parent, learner_id=other.id)
    missing(FamilyNotFound, queries.get_family, actor=parent, family_id=other.family_id)
    staff = asking.staff_of(market_id=cn.market_id)
    assert set(queries.find_learners(actor=staff)) == {mine, other}


def test_the_only_market_needs_no_name_and_of_several_one_must_be_named(
    cn: Company, us: Company
) -> None:
    assert queries.get_market(code="us") == us.market
    missing(MarketNotFound, queries.get_market, code=None)
    missing(MarketNotFound, queries.get_market, code="mars")


def test_the_only_market_is_found_without_a_name(cn: Company) -> None:
    assert queries.get_market(code=None) == cn.market
