"""`yueke apikey`: a secret is shown once, and a key is stopped at once."""

import pytest
import typer

from yueke.cli import apikey, running
from yueke.people import public_ids
from yueke.people import queries as people_queries
from yueke.people.commands import hash_of
from yueke.people.models import ApiKey, Family, Market, Teacher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def market() -> Market:
    """Return the only market."""
    return Market.objects.create(
        code="cn",
        name_zh="中国",
        name_en="China",
        zone="Asia/Shanghai",
        currency="CNY",
    )


def call(*arguments: str) -> int:
    """Run the command as `yueke apikey …` does and return its exit code."""
    command = running.prepared(typer.main.get_command(apikey.app), needs_database=False)
    with pytest.raises(SystemExit) as ended:
        command.main(args=list(arguments), prog_name="yueke apikey")
    return int(ended.value.code or 0)


def test_it_works(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("create", "--channel", "lp", "--name", "LP desk", "--per-minute", "60") == 0
    said = capsys.readouterr()
    secret = said.out.strip()
    key = people_queries.find_api_key(hash_=hash_of(secret))
    assert key
    assert (key.channel, key.name, key.requests_per_minute) == ("lp", "LP desk", 60)

    public_id = next(word for word in said.err.split() if word.startswith("key_"))
    assert call("list") == 0
    listed = capsys.readouterr().out
    assert public_id in listed
    assert secret not in listed

    assert call("revoke", public_id) == 0
    assert people_queries.find_api_key(hash_=hash_of(secret)) is None
    assert call("revoke", public_id) == 1
    assert f"No key {public_id} is in use" in capsys.readouterr().err


def test_a_key_may_reach_one_family_or_one_teacher_only(
    market: Market, capsys: pytest.CaptureFixture[str]
) -> None:
    family = Family.objects.create(market=market, name="陈家")
    teacher = Teacher.objects.create(market=market, name="Emma")
    mine = public_ids.show("fam", family.id)
    hers = public_ids.show("tch", teacher.id)
    assert call("create", "--channel", "parents-h5", "--family", mine) == 0
    assert call("create", "--channel", "teachers", "--teacher", hers) == 0
    reaches = ApiKey.objects.order_by("id").values_list("family_id", "teacher_id")
    assert list(reaches) == [(family.id, None), (None, teacher.id)]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--channel", "nobody"], "channel_unknown"),
        (["--channel", "lp", "--family", "fam_0"], "family_not_found"),
        (["--channel", "teachers", "--teacher", "tch_0"], "teacher_not_found"),
        (["--channel", "lp", "--market", "mars"], "market_not_found"),
    ],
)
def test_what_is_refused_makes_no_key(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("create", *arguments) == 1
    assert capsys.readouterr().err.startswith(f"{code}: ")
    assert not ApiKey.objects.exists()


def test_wrong_arguments_are_told() -> None:
    assert call("create") == 2
    assert call("create", "--channel", "lp", "--per-minute", "0") == 2
