"""Coupon codes on pages: marketing makes and exports them, a parent redeems one."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import workplace
from tests.workplace import Workplace
from yueke.portals import ids
from yueke.wallet.coupons.codes import shown
from yueke.wallet.coupons.models import CouponBatch, CouponCode

pytestmark = pytest.mark.django_db
FORM = {
    "name_zh": "迎新券",
    "name_en": "Welcome",
    "product": "",
    "codes": "3",
    "valid_days": "30",
    "last_day": "2099-11-11",
    "limit_per_family": "1",
    "reason": "plan",
    "request_key": "once",
}


@pytest.fixture
def work(client: Client) -> Workplace:
    """Return a workplace, spoken to in English."""
    client.cookies["django_language"] = "en"
    return workplace.open_workplace()


def enter(client: Client, work: Workplace, channel: str) -> None:
    """Log in somebody behind a channel."""
    client.force_login(workplace.add_staff(workplace=work, channel=channel))


def test_marketing_makes_codes_once_and_takes_them_away(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    assert "No codes yet" in client.get(reverse("staff_coupons")).content.decode()
    for _ in range(2):
        assert client.post(reverse("staff_coupons_new"), FORM).status_code == 302
    batch = CouponBatch.objects.get()
    codes = set(CouponCode.objects.values_list("code", flat=True))
    assert len(codes) == 3
    url = reverse("staff_coupon_batch", args=[ids.COUPON_BATCH.show(batch.pk)])
    file = client.get(url, {"format": "csv"}).content.decode("utf-8-sig")
    assert {line.split(",")[0] for line in file.splitlines()[1:]} == {shown(c) for c in codes}
    assert "Welcome" in client.get(reverse("staff_coupons")).content.decode()
    assert client.get(reverse("staff_coupons"), {"format": "xlsx"}).status_code == 200


def test_a_parent_redeems_a_code_on_the_wallets_page(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    client.post(reverse("staff_coupons_new"), FORM)
    code = shown(CouponCode.objects.all()[0].code)
    client.force_login(work.home.user)
    # Codes are for the phone.
    wallet = client.get(reverse("family_wallet")).content.decode()
    assert reverse("family_redeem") not in wallet
    client.defaults["HTTP_USER_AGENT"] = "iPhone MicroMessenger"
    wallet = client.get(reverse("family_wallet")).content.decode()
    assert f'action="{reverse("family_redeem")}"' in wallet
    learner = ids.LEARNER.show(work.learner.pk)
    form = {"learner": learner, "code": code.lower(), "request_key": "mine"}
    for _ in range(2):
        answer = client.post(reverse("family_redeem"), form, follow=True)
        assert "A coupon is in 乐乐&#x27;s wallet." in answer.content.decode()
    assert CouponCode.objects.filter(redeemed_at__isnull=False).count() == 1
    again = client.post(reverse("family_redeem"), {**form, "request_key": "again"})
    assert again.status_code == 409
    assert "This code was used before." in again.content.decode()


def test_codes_are_shown_to_marketing_alone(client: Client, work: Workplace) -> None:
    enter(client, work, "marketing")
    client.post(reverse("staff_coupons_new"), FORM)
    batch = ids.COUPON_BATCH.show(CouponBatch.objects.get().pk)
    enter(client, work, "lp")
    for url in (
        reverse("staff_coupons"),
        reverse("staff_coupons_new"),
        reverse("staff_coupon_batch", args=[batch]),
    ):
        assert client.get(url).status_code == 403, url
