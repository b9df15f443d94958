"""Who may not enter a family's pages, what no form of theirs can pay with, and odd addresses.

What is another family's is tried on every page in `test_others_reach`.
"""

import pytest
from django.test import Client
from django.urls import reverse

from tests import household as house
from tests import snapshot
from tests.household import Household
from yueke.people.models import User
from yueke.portals import ids
from yueke.portals.family.addresses import stamp

pytestmark = pytest.mark.django_db
PAGES = ("family_home", "family_book", "family_by_teacher", "family_lessons", "family_wallet")


@pytest.fixture
def mine(client: Client) -> Household:
    """Return a family logged in on the phone's address."""
    market, products = house.open_market()
    made = house.add_household(market=market, products=products)
    client.force_login(made.user)
    client.get(reverse("enter_h5"))
    return made


@pytest.fixture
def theirs(mine: Household) -> Household:
    """Return another family of the same market."""
    return house.add_household(
        market=mine.market, products=mine.products, username="wang", children=["豆豆"]
    )


def test_another_familys_child_is_not_booked_for_nor_their_coupon_spent(
    client: Client, mine: Household, theirs: Household
) -> None:
    at = house.evening(days=4)
    teacher = house.add_teacher(market=mine.market, name="Amy", free=[at])
    lot = house.add_lot(child=theirs.child, asset="coupon", days=30)
    form = {
        "request_key": "mine",
        "learner": ids.LEARNER.show(theirs.child.pk),
        "product": "major",
        "teacher": ids.TEACHER.show(teacher.pk),
        "at": stamp(at),
        "pay": "credit",
    }
    before = snapshot.take()
    assert client.post(reverse("family_confirm"), form).status_code == 404
    assert snapshot.changes(before) == {}
    form |= {
        "learner": ids.LEARNER.show(mine.child.pk),
        "pay": f"coupon:{ids.LOT.show(lot.pk)}",
    }
    answer = client.post(reverse("family_confirm"), form)
    assert answer.status_code == 404
    assert "lot_not_found" in answer.content.decode()
    assert set(snapshot.changes(before)) == {"request_key"}


def test_another_markets_teacher_is_not_found(client: Client, mine: Household) -> None:
    market, _products = house.open_market(code="sg")
    teacher = house.add_teacher(market=market, name="Amy", free=[house.evening(days=3)])
    answer = client.get(reverse("family_teacher", args=[ids.TEACHER.show(teacher.pk)]))
    assert answer.status_code == 404
    assert "Amy" not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_for_parents_only(client: Client, mine: Household, page: str) -> None:
    client.logout()
    assert client.get(reverse(page)).status_code == 302
    teacher = User.objects.create(market=mine.market, username="amy", kind=User.Kind.TEACHER)
    client.force_login(teacher)
    assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"day": "soon"},
        {"at": "9999-12-31T23:59Z"},
        {"at": "0001-01-01T00:00Z"},
        {"at": "2026-01-01T10:00"},
        {"after": "489.tch_0"},
        {"after": "x"},
        {"part": "night"},
        {"tag": "'; DROP TABLE slot"},
        {"q": "%"},
    ],
)
def test_an_address_made_up_does_no_harm(
    client: Client, mine: Household, query: dict[str, str]
) -> None:
    for page in PAGES:
        assert client.get(reverse(page), query).status_code == 200
