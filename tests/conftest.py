"""What every test stands on: the database first, then Django, whose settings look for it."""

import os
from collections.abc import Iterator

import django
import pytest
from hypothesis import settings

from tests import database

# Not in pyproject.toml: pytest-django would read the settings before this file is.
os.environ["DJANGO_SETTINGS_MODULE"] = "yueke.config.settings"
database.start_for_the_run()
django.setup()

# No deadline: on a busy machine an example may take long, and that is no failure.
settings.register_profile("yueke", deadline=None, max_examples=40)
settings.load_profile("yueke")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let the test database be dropped, whoever still has it open."""
    yield
    database.end_other_sessions()
