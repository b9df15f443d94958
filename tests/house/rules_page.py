"""Writes `docs/rules.md` from the names of the tests in `tests/spec`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "rules.md"
_NAME = re.compile(r"test_([A-Z]+[0-9]*(?:_[0-9]+)+)_(.+)")

_HEAD = """# The rules, as the tests tell them

This page is written by `make rules` from the names of the tests in `tests/spec`; each passes
through the HTTP API. The ids are those of the design: PC-1 is the first thing that parents do on
a PC, I-1 the first of the things that never break.
"""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for chapter in sorted(path for path in (ROOT / "tests" / "spec").iterdir() if path.is_dir()):
        files = sorted(chapter.glob("test_*.py"))
        if files:
            parts.append(f"## {chapter.name.capitalize()}\n")
            parts += [_section(file) for file in files]
    return "\n".join(parts)


def _section(file: Path) -> str:
    tree = ast.parse(file.read_text("utf-8"))
    title = (ast.get_docstring(tree) or file.stem).split("\n", 1)[0].rstrip(".")
    rows = "\n".join(f"| {row} | {sentence} |" for row, sentence in _rules(tree))
    return f"### {title}\n\n| row | rule |\n|---|---|\n{rows}\n"


def _rules(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found = _NAME.fullmatch(node.name)
            if found:
                yield found.group(1).replace("_", "-", 1), found.group(2).replace("_", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
