"""Every word of the pages is said in Chinese, and what is served is what was translated."""

import ast
import gettext
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation.template import templatize

from tests.house import catalogue
from yueke.kernel.refusal import Refusal, all_refusals
from yueke.portals import sentence_table

PORTALS = Path(sentence_table.__file__).parent
CATALOGUE = PORTALS / "locale" / "zh_Hans" / "LC_MESSAGES"
CALL = re.compile(
    r"\b(?P<name>n?p?gettext(?:_lazy)?|_)\(\s*"
    r"(?P<first>u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")"
    r"(?:,\s*(?P<second>u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"))?"
)


def words_of(source: str) -> Iterator[tuple[str, str]]:
    """Yield context and words of each call for a translation."""
    for call in CALL.finditer(source):
        first = ast.literal_eval(call["first"])
        if "pgettext" in call["name"]:
            yield first, ast.literal_eval(call["second"])
        else:
            yield "", first


def all_words() -> set[tuple[str, str]]:
    """Return every context and words of the pages' templates and modules."""
    found: set[tuple[str, str]] = set()
    for path in PORTALS.rglob("*.py"):
        found.update(words_of(path.read_text()))
    for path in (PORTALS / "templates").rglob("*.html"):
        found.update(words_of(templatize(path.read_text(), origin=str(path))))
    return found


def test_every_word_of_the_pages_is_in_the_catalogue() -> None:
    known = {(entry.context, entry.words) for entry in catalogue.entries(CATALOGUE / "django.po")}
    assert sorted(all_words() - known) == []


def test_no_entry_is_without_a_translation_or_only_guessed() -> None:
    entries = catalogue.entries(CATALOGUE / "django.po")
    assert len(entries) > 200
    assert [entry.words for entry in entries if not entry.translation or entry.fuzzy] == []


def test_a_translation_keeps_every_fact_of_its_words() -> None:
    fact = re.compile(r"%\((\w+)\)s")
    wrong = [
        entry.words
        for entry in catalogue.entries(CATALOGUE / "django.po")
        if set(fact.findall(entry.words)) != set(fact.findall(entry.translation))
    ]
    assert wrong == []


def test_what_is_served_is_what_was_translated() -> None:
    with (CATALOGUE / "django.mo").open("rb") as file:
        served = gettext.GNUTranslations(file)
    for entry in catalogue.entries(CATALOGUE / "django.po"):
        if entry.plural:
            assert served.ngettext(entry.words, entry.plural, 2) == entry.translation
        elif entry.context:
            assert served.pgettext(entry.context, entry.words) == entry.translation
        else:
            assert served.gettext(entry.words) == entry.translation


def known_refusals() -> list[type[Refusal]]:
    """Return every refusal of every room."""
    package = PORTALS.parent
    for path in sorted(package.rglob("refusals.py")):
        import_module(".".join(("yueke", *path.relative_to(package).with_suffix("").parts)))
    return all_refusals()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("refusal", known_refusals(), ids=lambda refusal: refusal.code)
def test_every_refusal_says_what_happened_why_and_what_to_try(
    refusal: type[Refusal], language: str
) -> None:
    row = sentence_table.SENTENCES[refusal.code]
    facts = dict.fromkeys(refusal.__dataclass_fields__, "fact")
    with translation.override(language):
        for part in (row.happened, row.why, row.suggestion):
            assert str(part) % facts
            assert language == "en" or re.search(r"[\u4e00-\u9fff]", str(part))
