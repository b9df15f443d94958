"""Reads a catalogue of translations, so that the tests need no tool beside Python."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

FIELD = re.compile(
    r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?) (".*"(?:\n".*")*)', re.MULTILINE
)


@dataclass(frozen=True)
class Entry:
    """One entry; context and plural may be empty."""

    context: str
    words: str
    plural: str
    translation: str
    fuzzy: bool


def entries(path: Path) -> list[Entry]:
    """Return the entries of a .po file, its header left out."""
    found = []
    for block in path.read_text().split("\n\n"):
        fields = {
            name: "".join(ast.literal_eval(line) for line in text.splitlines())
            for name, text in FIELD.findall(block)
        }
        if fields.get("msgid"):
            found.append(
                Entry(
                    context=fields.get("msgctxt", ""),
                    words=fields["msgid"],
                    plural=fields.get("msgid_plural", ""),
                    translation=fields.get("msgstr", "") or fields.get("msgstr[0]", ""),
                    fuzzy=", fuzzy" in block.partition("msgid")[0],
                )
            )
    return found
