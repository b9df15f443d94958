"""The commands that the README tells a newcomer to type do work."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.S | re.M)
LINES = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
YUEKE = [line for line in LINES if line.startswith(".venv/bin/yueke ")]
# A bench of full size takes minutes; a small one goes the same way.
SMALLER = ["--rounds", "1", "--seconds", "1", "--teachers", "2000", "--learners", "4000"]
SMALLER += ["--open-slots", "60000"]


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_knows_the_target(line: str) -> None:
    command = ["make", "--dry-run", *shlex.split(line)[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a newcomer, whose demo company is loaded, with the files that are named."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copy(ROOT / "tests" / "files" / "google.ics", folder / "calendar.ics")
    polars = pytest.importorskip("polars")
    row = {"family": "王家", "phone": "13900000001", "learner": "王小明", "product": "major"}
    polars.DataFrame([row | {"level": 2, "credits": 12}]).write_csv(folder / "families.csv")
    _run(folder, ["migrate"])
    _run(folder, ["demo"])
    return folder


@pytest.mark.parametrize("line", YUEKE)
def test_the_command_works(workplace: Path, line: str) -> None:
    words = shlex.split(line.replace("families.xlsx", "families.csv"))[1:]
    done = _run(workplace, words + (SMALLER if words[0] == "bench" else []))
    assert done.returncode == 0, done.stdout + done.stderr


def _run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "yueke", *words],
        cwd=folder,
        env={**kept, "YUEKE_DATA": str(folder / ".yueke")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
