"""Which user of the system the embedded PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yueke.cli.cannot_run import CannotRun

NAME = "pgserver"
OTHERS_PASS = stat.S_IXOTH
OTHERS_READ = stat.S_IROTH


@dataclass(frozen=True, kw_only=True)
class ServerUser:
    """The owner of the data and of the server's processes."""

    uid: int
    gid: int

    @property
    def is_another(self) -> bool:
        """Tell whether the server runs as somebody else than this process."""
        return self.uid != os.geteuid()


def choose_server_user(*, postgres_folder: Path) -> ServerUser:
    """Return the owner of the existing data, or who shall own the new."""
    owner = postgres_folder.stat() if postgres_folder.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise CannotRun(
                f"{postgres_folder} belongs to another user of this machine (uid {owner.st_uid}): "
                "start Yueke as the user who started it first (root, if that was root), "
                "or set YUEKE_DATA to a folder of your own."
            )
        return ServerUser(uid=os.geteuid(), gid=os.getegid())
    if owner and owner.st_uid != 0:
        return ServerUser(uid=owner.st_uid, gid=owner.st_gid)
    entry = _find_or_make_user()
    return ServerUser(uid=entry.pw_uid, gid=entry.pw_gid)


def _find_or_make_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    for command in (
        ["useradd", "--system", "--shell", "/bin/sh", NAME],
        ["adduser", "-S", "-D", "-H", NAME],
    ):
        if shutil.which(command[0]):
            subprocess.run(command, check=False, capture_output=True)
            break
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        raise CannotRun(
            f"PostgreSQL does not run as root, and the user `{NAME}` could not be made: add a user "
            "of this name, or start Yueke as an ordinary user."
        ) from None


def make_private_folder(*, path: Path, user: ServerUser) -> None:
    """Make a folder that only the server's user enters; refuse one that somebody else put there."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        if user.is_another:
            os.chown(path, user.uid, user.gid)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid:
        raise CannotRun(
            f"{path}, where the database's socket belongs, is another user's: remove it, or set "
            "YUEKE_DATA to a folder with a shorter path."
        )


def let_pass(*, path: Path, user: ServerUser) -> None:
    """Let the server's user through every folder on the way to `path`, and no further."""
    if not user.is_another:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if folder.stat().st_uid != user.uid and not mode & OTHERS_PASS:
            folder.chmod(stat.S_IMODE(mode) | OTHERS_PASS)


def let_read(*, folder: Path, user: ServerUser) -> None:
    """Let the server's user read all of `folder`: a strict umask may have closed it."""
    let_pass(path=folder, user=user)
    if not user.is_another or _open_to_others(folder / "bin" / "postgres"):
        return
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        passing = OTHERS_PASS if path.is_dir() or mode & stat.S_IXUSR else 0
        path.chmod(mode | OTHERS_READ | passing)


def _open_to_others(program: Path) -> bool:
    needed = OTHERS_READ | OTHERS_PASS
    return all(path.stat().st_mode & needed == needed for path in (program, *program.parents[:2]))
