"""What the environment and the data folder say to the settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from yueke.kernel import database_url


def setting(name: str, *, folder: Path, **environment: str) -> str:
    """Return a setting as a process started in a folder reads it."""
    known = {k: v for k, v in os.environ.items() if not k.startswith("YUEKE_")}
    return subprocess.run(
        [sys.executable, "-c", f"from yueke.config import settings; print(settings.{name})"],
        env={**known, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize("said", [{}, {"YUEKE_DATA": ""}])
def test_without_a_data_folder_it_is_one_beside_where_yueke_starts(
    tmp_path: Path, said: dict[str, str]
) -> None:
    assert setting("DATA_FOLDER", folder=tmp_path, **said) == str(tmp_path / ".yueke")


@pytest.mark.parametrize(("said", "count"), [({}, "0"), ({"YUEKE_PROXIES": "2"}, "2")])
def test_logins_are_counted_by_the_address_before_so_many_proxies(
    tmp_path: Path, said: dict[str, str], count: str
) -> None:
    assert setting("ALLAUTH_TRUSTED_PROXY_COUNT", folder=tmp_path, **said) == count


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    secret = database_url.local_secret(folder)
    assert len(secret) > 60
    assert database_url.local_secret(folder) == secret
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600


def test_an_empty_secret_that_a_crash_left_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    secret = database_url.local_secret(tmp_path)
    assert len(secret) > 60
    assert (tmp_path / "secret").read_text() == secret


def test_a_disk_that_is_full_leaves_no_secret_cut_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: object, target: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        with pytest.raises(OSError, match="space"):
            database_url.local_secret(tmp_path)
    assert not (tmp_path / "secret").exists()
