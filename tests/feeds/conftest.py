"""Every test here calls the served application, and leaves no law broken."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.feeds.subscriber import Subscriber, subscribing
from tests.served import Desk, company, every_law_holds, other_company, served_url, transactional_db

__all__ = ["company", "every_law_holds", "other_company", "served_url", "transactional_db"]


@pytest.fixture(autouse=True)
def laws(every_law_holds: None) -> None:
    """Check every law after every test."""


@pytest.fixture
def subscriber(company: Desk, settings: Any) -> Iterator[Subscriber]:
    """Return another system that takes webhooks on this machine, which a setting allows."""
    settings.YUEKE_WEBHOOKS_MAY_BE_PRIVATE = True
    with subscribing() as one:
        yield one
