"""How often a timer runs, in words."""

import re

from django.utils.translation import gettext


def cron_words(cron: str) -> str:
    """Return "every 2 seconds" of a cron line; of one that has no words here, the line itself."""
    if cron == "* * * * *":
        return gettext("Every minute")
    if found := re.fullmatch(r"\* \* \* \* \* \*/(\d+)", cron):
        return gettext("Every %(count)s seconds") % {"count": found[1]}
    if found := re.fullmatch(r"\*/(\d+) \* \* \* \*", cron):
        return gettext("Every %(count)s minutes") % {"count": found[1]}
    if found := re.fullmatch(r"([\d,]+) \* \* \* \*", cron):
        return gettext("Each hour, minute %(minutes)s") % {"minutes": found[1].replace(",", ", ")}
    if found := re.fullmatch(r"(\d+) (\d+) \* \* \*", cron):
        at = f"{int(found[2]):02}:{int(found[1]):02}"
        return gettext("Each day %(at)s UTC") % {"at": at}
    return cron
