"""Every test here calls the served application, and leaves no law broken."""

import pytest

from tests.api.scene import Scene, set_scene
from tests.api.test_keys import bench
from tests.served import Desk, company, every_law_holds, other_company, served_url, transactional_db

__all__ = ["bench", "company", "every_law_holds", "other_company", "served_url", "transactional_db"]


@pytest.fixture(autouse=True)
def laws(every_law_holds: None) -> None:
    """Check every law after every test."""


@pytest.fixture
def scene(company: Desk) -> Scene:
    """Return a company in which a certain lesson could be booked."""
    return set_scene(company)
