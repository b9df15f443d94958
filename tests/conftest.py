"""What every test stands on: the database first, then Django, whose settings look for it."""

import os

import django
from hypothesis import settings

from tests import database

# Not in pyproject.toml: pytest-django would read the settings before this file is.
os.environ["DJANGO_SETTINGS_MODULE"] = "yueke.config.settings"
database.start_for_the_run()
django.setup()

# No deadline: on a busy machine an example may take long, and that is no failure.
settings.register_profile("yueke", deadline=None, max_examples=40)
settings.load_profile("yueke")
