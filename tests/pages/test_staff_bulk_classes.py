"""Many classes at once: ticked, seen class by class, done by a worker, taken away."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import asking, classroom, snapshot, workplace
from tests import household as house
from tests.pages.test_staff_bulk import fields_in, work_off
from tests.workplace import Workplace
from yueke.booking.classes import cancel
from yueke.booking.classes.models import OpenClass
from yueke.booking.models import Bulk, Lesson, Seat
from yueke.people import channels
from yueke.portals import ids
from yueke.portals.staff.class_do import CLASS_DEEDS

pytestmark = pytest.mark.django_db
STAFF = [code for code, channel in channels.channels().items() if channel.side == "staff"]
URL = "staff_class_bulk"


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody of a channel of staff."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def drafts(work: Workplace) -> list[str]:
    """Draft two classes."""
    return [classroom.drafted(workplace=work, at=house.evening(days=n)) for n in (3, 4)]


def call_off(work: Workplace, lesson: str) -> None:
    """Cancel a class, as somebody else may meanwhile."""
    request = asking.request(actor=classroom.curriculum(workplace=work), now=timezone.now())
    asking.done(cancel.cancel(request, class_id=ids.read_class(lesson)))


@pytest.mark.parametrize("channel", ["curriculum", "classroom"])
def test_cu_3_cl_1_classes_are_published_together_and_one_cancelled_meanwhile_is_told(
    client: Client, work: Workplace, channel: str
) -> None:
    lessons = drafts(work)
    enter(client, work, channel)
    listed = client.get(reverse("staff_classes")).content.decode()
    assert listed.count('form="bulk-form" name="row"') == 2
    out_of_date = classroom.published(workplace=work, at=house.evening(days=5))
    before = snapshot.take()
    rows = [*lessons, out_of_date]
    page = client.get(reverse(URL), {"do": "publish", "row": rows}).content.decode()
    assert fields_in(page)["row"] == lessons
    assert "published already" in page
    assert snapshot.changes(before) == {}
    form = {**fields_in(page), "reason": ""}
    started = client.post(reverse(URL), form)
    assert started.status_code == 302
    # Asked for twice, it is one.
    assert client.post(reverse(URL), form).headers["Location"] == started.headers["Location"]
    call_off(work, lessons[0])
    url = started.headers["Location"]
    assert 'value="0" max="2"' in client.get(url).content.decode()
    work_off()
    done = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'value="2" max="2"' in done
    assert done.count("Phonics for all") == 1
    published = OpenClass.objects.filter(published_at__isnull=False)
    assert published.filter(lesson_id=ids.read_class(lessons[1])).exists()
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert file[0].startswith("Id,Begins")
    assert file[-1].startswith(lessons[1])
    assert file[-1].endswith("Phonics for all,Ms Open,done")
    assert "2 of 2" in client.get(reverse("staff_bulks")).content.decode()


def test_cu_3_classes_are_cancelled_together_and_everybody_refunded(
    client: Client, work: Workplace
) -> None:
    lessons = [classroom.published(workplace=work, at=house.evening(days=n)) for n in (3, 4)]
    for lesson in lessons:
        classroom.seated(workplace=work, lesson=lesson, learner=work.learner)
    enter(client, work, "curriculum")
    page = client.get(reverse(URL), {"do": "cancel", "row": lessons}).content.decode()
    form = fields_in(page)
    assert client.post(reverse(URL), {**form, "reason": ""}).status_code == 422
    client.post(reverse(URL), {**form, "reason": "the teacher moves"})
    work_off()
    assert set(Lesson.objects.values_list("state", flat=True)) == {"cancelled"}
    assert list(Seat.objects.values_list("refunded", flat=True)) == [1, 1]


def test_none_or_too_many_classes_are_refused(client: Client, work: Workplace) -> None:
    enter(client, work, "curriculum")
    assert client.get(reverse(URL), {"do": "publish"}).status_code == 422
    many = [ids.LESSON.show(number) for number in range(1, 202)]
    assert client.get(reverse(URL), {"do": "publish", "row": many}).status_code == 413
    assert client.get(reverse(URL), {"do": "dance"}).status_code == 404


@pytest.mark.parametrize("channel", STAFF)
def test_only_channels_of_the_table_do_each_with_many_classes(
    client: Client, work: Workplace, channel: str
) -> None:
    lessons = drafts(work)
    enter(client, work, channel)
    before = snapshot.take()
    for code in CLASS_DEEDS:
        may = channels.may(channel, "see", "classes") and channels.may(channel, code, "class")
        form = {"do": code, "row": lessons, "reason": "x", "request_key": code}
        assert (client.post(reverse(URL), form).status_code == 403) is not may, code
        assert Bulk.objects.filter(deed=f"class-{code}").exists() is may, code
    # Nothing is done before a worker does it.
    assert snapshot.changes(before).keys() <= {"request_key"}
