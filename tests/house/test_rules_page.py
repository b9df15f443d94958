"""The page of rules is what the tests say now."""

from tests.house import rules_page


def test_the_page_of_rules_is_up_to_date() -> None:
    assert rules_page.PAGE.read_text("utf-8") == rules_page.page(), "run `make rules`"
