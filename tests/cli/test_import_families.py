"""`yueke import families`: checked first, written whole, and safe to repeat."""

from pathlib import Path

import pytest
from django.db import connection

from tests import snapshot, world
from tests.cli.imported import call
from tests.world import Company
from yueke.curriculum.models import LearningProgress
from yueke.notices.models import Event
from yueke.people.models import Family, Learner
from yueke.reminders.models import Contact
from yueke.wallet.models import Account

pytestmark = pytest.mark.django_db

HEADING = "family,phone,learner,english_name,product,level,credits,credits_expire"
LINES = [
    "王丽华,14000000001,王小明,Tom,major,3,20,2087-03-31",
    "王丽华,14000000001,王小明,Tom,special,4,4,",
    "王丽华,+86 140 0000 0001,王小红,Amy,major,3,,",
    "李家,14000000002,李雷,,,,5,",
]
NEW = {"family": (2, 0), "learner": (3, 0), "learning_progress": (3, 0), "account": (3, 0)}


@pytest.fixture(autouse=True)
def cn() -> Company:
    """Return the only market."""
    return world.open_company(code="cn")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a good file."""
    return write(tmp_path / "families.csv", *LINES)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join((HEADING, *lines)), encoding="utf-8")
    return path


def test_it_works(file: Path, cn: Company) -> None:
    before = snapshot.take()
    assert call("families", str(file)) == 0
    changes = snapshot.changes(before)
    assert {table: changes[table] for table in NEW} == NEW
    assert changes["transfer"] == (3, 0)
    [tom] = Learner.objects.filter(name="王小明", english_name="Tom")
    assert (tom.family.name, tom.family.phone) == ("王丽华", "14000000001")
    stands = LearningProgress.objects.filter(learner=tom).values_list(
        "product__code", "course__level"
    )
    assert sorted(stands) == [("major", 3), ("special", 4)]
    lots = Account.objects.filter(learner_id=tom.id).order_by("balance")
    assert [(lot.balance, lot.product_id) for lot in lots] == [
        (4, cn.products["special"].id),
        (20, cn.products["major"].id),
    ]
    kinds = list(Event.objects.filter(learner_id=tom.id).values_list("kind", flat=True))
    assert sorted(kinds) == ["course.opened"] * 2 + ["learner.registered"] + ["wallet.granted"] * 2
    assert set(Event.objects.filter(learner_id=tom.id).values_list("channel")) == {("system",)}


def test_a_dry_run_shows_and_changes_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot.take()
    assert call("families", str(file), "--dry-run") == 0
    assert snapshot.changes(before) == {}
    said = capsys.readouterr().out
    assert "row 2: new family 王丽华 (14000000001), new learner 王小明" in said
    assert "families new: 2, learners new: 3, courses opened: 3, credits granted: 29" in said
    assert said.endswith("New families cannot sign in yet: an import makes no logins.\n")
    assert "nothing was written" in said


def test_twice_changes_nothing_more(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("families", str(file)) == 0
    before = snapshot.take()
    assert call("families", str(file)) == 0
    # Neither does the same in another file, in another order.
    again = write(tmp_path / "again.csv", *reversed(LINES))
    assert call("families", str(again)) == 0
    assert snapshot.changes(before) == {}
    assert "families new: 0" in capsys.readouterr().out.splitlines()[-1]


def test_addresses_are_noted_once_and_stay_as_the_family_changes_them(tmp_path: Path) -> None:
    file = tmp_path / "families.csv"
    file.write_text(
        "family,phone,learner,email,wechat\n"
        "王丽华,14000000001,王小明,wang@example.com,oWx-openid_1\n"
        "王丽华,14000000001,王小红,,\n"
        "李家,14000000002,李雷,,\n",
        encoding="utf-8",
    )
    assert call("families", str(file)) == 0
    [contact] = Contact.objects.all()
    family = Family.objects.get(phone="14000000001")
    assert (contact.party_kind, contact.party_id, contact.ways) == ("family", family.pk, None)
    assert (contact.email, contact.wechat) == ("wang@example.com", "oWx-openid_1")
    Contact.objects.update(email="other@example.com")
    assert call("families", str(file)) == 0
    assert Contact.objects.get().email == "other@example.com"


def test_a_phone_of_another_family_puts_nobody_into_it(
    file: Path, cn: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    world.add_family(company=cn, name="张家", phone="14000000001")
    before = snapshot.take()
    assert call("families", str(file)) == 1
    assert snapshot.changes(before) == {}
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("row 2, family: The phone 14000000001 is that of the family 张家")
    assert "--same-families" in said[0]
    assert call("families", str(file), "--skip-bad") == 0
    assert snapshot.changes(before)["learner"] == (1, 0)


def test_a_family_that_is_here_under_another_name_keeps_it_where_it_is_said_to_be_the_same(
    file: Path, cn: Company, capsys: pytest.CaptureFixture[str]
) -> None:
    here = world.add_family(company=cn, name="王家", phone="14000000001")
    tom = world.add_learner(company=cn, family=here, name="王小明", level=4, studies=["major"])
    assert call("families", str(file), "--same-families") == 0
    assert capsys.readouterr().out.startswith("row 2: family 王家 (14000000001), learner 王小明")
    assert Family.objects.get(phone="14000000001").name == "王家"
    assert Learner.objects.filter(family=here).count() == 2
    # Where the learner stands stays as well.
    assert LearningProgress.objects.get(learner=tom, product__code="major").course.level == 4


def test_one_bad_row_keeps_all_out_unless_it_is_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "families.csv", *LINES, "赵家,14000000003,赵敏,,nothing,3,,")
    before = snapshot.take()
    assert call("families", str(file)) == 1
    assert snapshot.changes(before) == {}
    assert capsys.readouterr().err.startswith("row 6, product: There is no product nothing")
    assert call("families", str(file), "--skip-bad") == 0
    assert {table: snapshot.changes(before)[table] for table in NEW} == NEW


def test_what_is_refused_takes_back_what_went_before(
    file: Path, cn: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot.take()
    with connection.cursor() as cursor:
        # The database itself says no to the last row's credits.
        cursor.execute("ALTER TABLE account ADD CONSTRAINT few CHECK (balance <> 5)")
    with pytest.raises(Exception, match="few"):
        call("families", str(file))
    assert snapshot.changes(before) == {}


def test_a_file_of_headings_alone_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "families.csv")
    assert call("families", str(file)) == 1
    assert capsys.readouterr().err == f"{file} holds no rows: there is nothing to take in.\n"


def test_several_markets_ask_which(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    abroad = world.open_company(code="us")
    assert call("families", str(file)) == 1
    assert "market_not_found" in capsys.readouterr().err
    assert call("families", str(file), "--market", "us") == 0
    assert set(Family.objects.values_list("market_id", flat=True)) == {abroad.market_id}
