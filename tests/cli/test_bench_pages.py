"""`yueke bench pages` shows every page's time and queries."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_each_page_is_measured_with_its_queries(tmp_path: Path) -> None:
    environment = {**os.environ, "YUEKE_DATA": str(tmp_path / "data"), "YUEKE_STAFF_MFA": ""}
    for name in ("DATABASE_URL", "SECRET_KEY"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "yueke", "bench", "pages", "--rounds", "1", "--scale", "0.1"]
    done = subprocess.run(
        [*command, "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    seen = {(row["page"], row["who"]) for row in found}
    assert {
        ("staff_console", "fireman"),
        ("family_home", "parent"),
        ("teacher_week", "teacher"),
    } <= seen
    assert all(row["queries"] >= 3 and row["median_ms"] > 0 for row in found)
