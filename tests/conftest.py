"""What every test stands on: the database first, then Django, whose settings look for it."""

import os

import django

from tests import database

# Not in pyproject.toml: pytest-django would read the settings before this file is.
os.environ["DJANGO_SETTINGS_MODULE"] = "yueke.config.settings"
database.start_for_the_run()
django.setup()
