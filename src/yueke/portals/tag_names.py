"""Teachers' tags in the reader's language; a tag without a name of ours stands as it is."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

NAMES: Final[Mapping[str, str | Promise]] = {
    "chinese": pgettext_lazy("a teacher's tag", "Chinese teacher"),
    "exam": pgettext_lazy("a teacher's tag", "exams"),
    "gentle": pgettext_lazy("a teacher's tag", "gentle"),
    "kids": pgettext_lazy("a teacher's tag", "young children"),
    "native": pgettext_lazy("a teacher's tag", "native speaker"),
    "phonics": pgettext_lazy("a teacher's tag", "phonics"),
    "science": pgettext_lazy("a teacher's tag", "science"),
}


def tag_name(*, tag: str) -> str:
    """Return what a tag is called."""
    return str(NAMES.get(tag, tag))
