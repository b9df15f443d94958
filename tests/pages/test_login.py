"""Who gets in, and where the first page is."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from yueke.people.models import Market, User

PASSWORD = "a short sentence of ours"

pytestmark = pytest.mark.django_db


def make_user(*, kind: str, language: str = "zh-hans") -> User:
    """Make a login of one kind."""
    market = Market.objects.create(code="cn", name_zh="中国", name_en="China")
    user = User(market=market, username="somebody", kind=kind, language=language)
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, *, password: str = PASSWORD) -> int:
    """Send the login form and return the status of the answer."""
    form = {"login": "somebody", "password": password}
    return client.post("/accounts/login/", form).status_code


def test_a_stranger_is_led_to_the_login(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/accounts/login/"


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    answer = client.post(
        "/accounts/signup/", {"username": "me", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert "账号由我们为您开通" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(("language", "tongue"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_each_is_greeted_in_their_own_language(client: Client, language: str, tongue: str) -> None:
    make_user(kind="teacher", language=language)
    assert log_in(client) == 302
    assert f'<html lang="{tongue}"' in client.get("/accounts/2fa/").content.decode()


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client) -> None:
    make_user(kind="family")
    for _attempt in range(5):
        assert log_in(client, password="wrong") == 200
    assert log_in(client) != 302


def test_staff_set_up_a_second_factor_before_they_work(client: Client, settings: Settings) -> None:
    settings.YUEKE_STAFF_MFA = "required"
    client.force_login(make_user(kind="staff"))
    assert client.get("/").headers["Location"] == "/accounts/2fa/totp/activate/"


def test_the_demo_may_do_without_it(client: Client, settings: Settings) -> None:
    settings.YUEKE_STAFF_MFA = "optional"
    client.force_login(make_user(kind="staff"))
    assert "2fa" not in client.get("/").headers["Location"]


def test_another_kind_of_account_is_told_so(client: Client, settings: Settings) -> None:
    settings.YUEKE_STAFF_MFA = "optional"
    client.force_login(make_user(kind="family"))
    answer = client.get(reverse("staff_console"))
    assert answer.status_code == 403
    assert "您不能看这个页面" in answer.content.decode()
