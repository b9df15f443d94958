"""Writes `docs/rules.md` from the names of the tests in `tests/spec`."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "rules.md"
_ID = re.compile(r"([A-Z]+[0-9]?)_([0-9]+)(?:_|$)")

_HEAD = """# The rules, as the tests tell them

This page is written by `make rules` from the names of the tests in `tests/spec`, which call the
HTTP API; what timers do is told to them at the moment a test is about. The ids are those of the
design: PC-1 is the first thing that parents do on a PC, I-1 the first of the things that never
break. A rule with several ids holds for each of them; one without belongs to the whole section.
"""


def page() -> str:
    """Return the page."""
    spec = ROOT / "tests" / "spec"
    parts = [_HEAD, *map(_section, sorted(spec.glob("test_*.py")))]
    for chapter in sorted(path for path in spec.iterdir() if path.is_dir()):
        files = sorted(chapter.glob("test_*.py"))
        if files:
            parts.append(f"## {chapter.name.capitalize()}\n")
            parts += [_section(file) for file in files]
    return "\n".join(parts)


def rules(file: Path) -> list[tuple[list[str], str]]:
    """Return the rules of a file: the ids of each, perhaps none, and its sentence."""
    tree = ast.parse(file.read_text("utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [_rule(name.removeprefix("test_")) for name in names if name.startswith("test_")]


def _rule(name: str) -> tuple[list[str], str]:
    ids = []
    while found := _ID.match(name):
        ids.append(f"{found[1]}-{found[2]}")
        name = name[found.end() :].removeprefix("and_")
    return ids, name.replace("_", " ")


def _section(file: Path) -> str:
    tree = ast.parse(file.read_text("utf-8"))
    title = (ast.get_docstring(tree) or file.stem).split("\n", 1)[0].rstrip(".")
    rows = "\n".join(f"| {', '.join(ids) or '—'} | {says} |" for ids, says in rules(file))
    return f"### {title}\n\n| row | rule |\n|---|---|\n{rows}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
