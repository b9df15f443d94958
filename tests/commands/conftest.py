"""Two markets for every test of commands, so that each could be seen from the other."""

import pytest

from tests import world
from tests.world import Company


@pytest.fixture
def cn(db: None) -> Company:
    """Return the market that a test is about."""
    return world.open_company(code="cn")


@pytest.fixture
def us(db: None) -> Company:
    """Return another market, of which the first must see nothing."""
    return world.open_company(code="us", zone="America/New_York")
