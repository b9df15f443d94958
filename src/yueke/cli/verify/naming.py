"""The rows of a finding by the ids that pages and the API know them by."""

import re
from typing import Final

from yueke.people import public_ids

# The words before a row's number, and the kinds of their ids.
_KINDS: Final = {
    "campaign": "cmp",
    "contract": "ctr",
    "event": "ev",
    "family": "fam",
    "learner": "lrn",
    "lesson": "lsn",
    "lot": "lot",
    # Time kept by priority is kept for the learners of a teacher.
    "priority": "tch",
    "purchase": "rpl",
    "request": "lrq",
    "seat": "st",
    "student": "lrn",
    "teacher": "tch",
}
_NUMBERED: Final = re.compile(rf"\b({'|'.join(_KINDS)}) (\d+)\b")


def with_public_ids(says: str) -> str:
    """Return what is said of rows, each number followed by the public id where there is one."""
    return _NUMBERED.sub(
        lambda found: f"{found[0]} ({public_ids.show(_KINDS[found[1]], int(found[2]))})", says
    )
