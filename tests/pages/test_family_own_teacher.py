"""Parents on the phone: their own teacher, a trial for a newcomer, the classroom's door."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import household as house
from tests.household import Household
from yueke.booking.models import Lesson
from yueke.booking.overbooking.models import OverbookStep
from yueke.curriculum.models import Course, Price, Product
from yueke.people.models import Teacher
from yueke.portals import ids
from yueke.portals.asked import FIELD, new_key
from yueke.portals.family import addresses
from yueke.supply.dedicated import priority
from yueke.supply.dedicated.models import Dedicated
from yueke.supply.matching.models import Wait
from yueke.supply.weeks import monday_of

pytestmark = pytest.mark.django_db
AT = house.evening(days=7)


@pytest.fixture
def home(client: Client) -> Household:
    """Return a household on the phone, spoken to in English."""
    client.cookies["django_language"] = "en"
    market, products = house.open_market()
    made = house.add_household(market=market, products=products)
    client.force_login(made.user)
    client.get(reverse("enter_h5"))
    return made


def emma(home: Household, *opens: datetime) -> Teacher:
    """Add a teacher with time open."""
    return house.add_teacher(market=home.market, name="Emma", free=list(opens))


def chosen(client: Client, home: Household, teacher: Teacher) -> None:
    """Choose a teacher from their page."""
    fields = {
        FIELD: new_key(),
        "learner": ids.LEARNER.show(home.child.pk),
        "product": "major",
        "teacher": ids.TEACHER.show(teacher.pk),
    }
    done = client.post(reverse("family_dedicated_choose"), fields, follow=True)
    assert "This is your own teacher now." in done.content.decode()


def test_a_teacher_is_chosen_from_their_page_and_left_again(
    client: Client, home: Household
) -> None:
    teacher = emma(home, AT)
    page = client.get(reverse("family_dedicated")).content.decode()
    assert "Choose a teacher you like" in page
    of_teacher = reverse("family_teacher", args=[ids.TEACHER.show(teacher.pk)])
    assert "Make this my own teacher" in client.get(of_teacher).content.decode()
    chosen(client, home, teacher)
    assert Dedicated.objects.get().teacher_id == teacher.pk
    fields = {FIELD: new_key(), "learner": ids.LEARNER.show(home.child.pk), "product": "major"}
    client.post(reverse("family_dedicated_choose"), fields)
    assert Dedicated.objects.get().ended_at is not None


def test_time_kept_for_the_child_is_marked_and_booked_in_two_taps(
    client: Client, home: Household
) -> None:
    teacher = emma(home, AT)
    chosen(client, home, teacher)
    week = monday_of(AT, ZoneInfo(house.ZONE))
    assert priority.keep_week(market_id=home.market.pk, week=week, now=timezone.now()) == 1
    page = client.get(reverse("family_dedicated")).content.decode()
    assert "only for you yet" in page
    query = {"product": "major", "at": addresses.stamp(AT)}
    sheet = client.get(reverse("family_dedicated_book"), query).content.decode()
    assert "Emma" in sheet
    fields = {FIELD: new_key(), **query, "pay": "credit"}
    done = client.post(reverse("family_dedicated_book"), fields, follow=True)
    assert "Booked: " in done.content.decode()
    assert Lesson.objects.get().teacher_id == teacher.pk


def test_time_that_has_gone_says_so(client: Client, home: Household) -> None:
    teacher = emma(home)
    chosen(client, home, teacher)
    fields = {FIELD: new_key(), "product": "major", "at": addresses.stamp(AT), "pay": "credit"}
    gone = client.post(reverse("family_dedicated_book"), fields)
    assert gone.status_code == 409
    assert Lesson.objects.count() == 0


@pytest.fixture
def trial(home: Household) -> Product:
    """Sell trials, of which one may be overbooked at each half-hour."""
    product = Product.objects.create(
        market=home.market, code="trial", name_zh="试听课", name_en="Trial"
    )
    Course.objects.create(market=home.market, product=product, level=0, name="Trial")
    Price.objects.create(product=product, asset="credit", amount=0)
    OverbookStep.objects.create(
        market_id=home.market.pk,
        product_id=product.pk,
        from_half_hour=0,
        ratio_percent=100,
        floor=0,
        ceiling=1,
    )
    return product


def newcomer(home: Household) -> None:
    """Let the child have no course yet."""
    home.child.progress.all().delete()


def test_a_newcomer_is_led_to_a_trial_and_books_it(
    client: Client, home: Household, trial: Product
) -> None:
    newcomer(home)
    assert reverse("family_trial") in client.get(reverse("family_home")).content.decode()
    page = client.get(reverse("family_trial")).content.decode()
    at = addresses.stamp(AT - timedelta(days=2))
    assert reverse("family_trial_book") in page
    fields = {FIELD: new_key(), "at": at}
    done = client.post(reverse("family_trial_book"), fields, follow=True)
    assert "Trial booked: " in done.content.decode()
    lesson = Lesson.objects.get()
    assert lesson.teacher_id is None
    assert reverse("family_trial") not in client.get(reverse("family_home")).content.decode()


def test_a_full_time_is_refused_with_what_to_try(
    client: Client, home: Household, trial: Product
) -> None:
    newcomer(home)
    OverbookStep.objects.update(ceiling=0)
    assert "No trial can be booked" in client.get(reverse("family_trial")).content.decode()
    fields = {FIELD: new_key(), "at": addresses.stamp(AT)}
    full = client.post(reverse("family_trial_book"), fields)
    assert full.status_code == 409
    assert "Choose another time" in full.content.decode()


def test_the_door_shows_how_the_child_waits(
    client: Client, home: Household, trial: Product
) -> None:
    newcomer(home)
    client.post(reverse("family_trial_book"), {FIELD: new_key(), "at": addresses.stamp(AT)})
    lesson = Lesson.objects.get()
    seat = lesson.pk
    url = reverse("family_wait", args=[ids.SEAT.show(seat)])
    page = client.get(url).content.decode()
    assert 'data-wait="/waits/' in page
    Wait.objects.create(
        seat_id=seat,
        market_id=home.market.pk,
        lesson_id=lesson.pk,
        learner_id=home.child.pk,
        product_id=trial.pk,
        skill="trial:0",
        starts_at=AT,
        entered_at=datetime.now(UTC),
    )
    assert '<div data-when="waiting"><p' in client.get(url).content.decode()
    emma = Teacher.objects.create(market=home.market, name="Emma", zone="UTC", rating=480)
    Lesson.objects.update(teacher_id=emma.pk)
    assert '<div data-when="matched"><p' in client.get(url).content.decode()
    other = house.add_household(market=home.market, products=home.products, username="wang")
    client.force_login(other.user)
    assert client.get(url).status_code == 404
