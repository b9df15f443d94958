"""How time zones are called in plain words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NAMES = {
    "Asia/Shanghai": _("Beijing time"),
    "Asia/Hong_Kong": _("Hong Kong time"),
    "Asia/Taipei": _("Taipei time"),
    "Asia/Singapore": _("Singapore time"),
    "Asia/Tokyo": _("Tokyo time"),
    "Asia/Seoul": _("Seoul time"),
    "Asia/Manila": _("Manila time"),
    "Asia/Kolkata": _("India time"),
    "Asia/Dubai": _("Dubai time"),
    "Europe/London": _("London time"),
    "Europe/Paris": _("Paris time"),
    "Europe/Berlin": _("Berlin time"),
    "Africa/Johannesburg": _("Johannesburg time"),
    "Australia/Sydney": _("Sydney time"),
    "Pacific/Auckland": _("Auckland time"),
    "America/St_Johns": _("Newfoundland time"),
    "America/Halifax": _("Halifax time"),
    "America/New_York": _("New York time"),
    "America/Toronto": _("Toronto time"),
    "America/Chicago": _("Chicago time"),
    "America/Winnipeg": _("Winnipeg time"),
    "America/Denver": _("Denver time"),
    "America/Edmonton": _("Edmonton time"),
    "America/Phoenix": _("Phoenix time"),
    "America/Los_Angeles": _("Los Angeles time"),
    "America/Vancouver": _("Vancouver time"),
    "UTC": _("universal time"),
}


def zone_name(*, zone: str) -> str:
    """Return the zone's name for people; one without a name of ours goes by its city."""
    if zone in NAMES:
        return str(NAMES[zone])
    city = zone.rpartition("/")[2].replace("_", " ")
    return gettext("%(city)s time") % {"city": city}
