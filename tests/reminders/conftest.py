"""Every test here calls the served application, and leaves no law broken."""

import pytest

from tests.served import company, every_law_holds, other_company, served_url, transactional_db

__all__ = ["company", "every_law_holds", "other_company", "served_url", "transactional_db"]


@pytest.fixture(autouse=True)
def laws(every_law_holds: None) -> None:
    """Check every law after every test."""
