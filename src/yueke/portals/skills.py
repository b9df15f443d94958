"""What a teacher teaches, in words: lessons with their levels."""

from collections.abc import Iterable, Mapping, Sequence


def skill_words(*, skills: Iterable[str], names: Mapping[str, str]) -> str:
    """Return "Major course 1–5, 7 · Special course 2" of skills like `major:1`.

    `names` are those of products by code; a product without one goes by its code.
    """
    levels: dict[str, list[int]] = {}
    for skill in skills:
        code, _, level = skill.partition(":")
        levels.setdefault(code, []).append(int(level))
    return " · ".join(
        f"{names.get(code, code)} {_runs(sorted(found))}" for code, found in levels.items()
    )


def _runs(levels: Sequence[int]) -> str:
    """Return levels in order with those that follow one another joined: "1–5, 7"."""
    runs: list[list[int]] = []
    for level in levels:
        if runs and level == runs[-1][-1] + 1:
            runs[-1].append(level)
        else:
            runs.append([level])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
