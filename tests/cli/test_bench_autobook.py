"""`yueke bench autobook` books a week and tells how near to the optimum it came."""

import json
import os
import subprocess
import sys
from pathlib import Path


def test_a_week_is_booked_and_held_against_the_optimum(tmp_path: Path) -> None:
    environment = {**os.environ, "YUEKE_DATA": str(tmp_path / "data")}
    for name in ("DATABASE_URL", "SECRET_KEY"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "yueke", "bench", "autobook", "--learners", "300", "--json"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert found["learners"] <= 300
    # What the demo's parent booked for next week counts against two lessons a week.
    assert 2 * found["learners"] - 5 <= found["lessons"] + found["missed"] <= 2 * found["learners"]
    assert found["share_of_optimum"] >= 0.999
    assert found["continuity_of_optimum"] >= 0.8
    assert found["seconds"] > found["plan_seconds"] > 0
    assert found["peak_mb"] > 0
