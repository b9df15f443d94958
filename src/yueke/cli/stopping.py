"""Ctrl-C and its relatives, as an exception that ends a command in order."""

import signal
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody pressed Ctrl-C, or asked for the end in another way."""


def raise_on_signals() -> None:
    """From now on, a signal to stop raises Stopped in the main thread, once."""
    for number in STOP_SIGNALS:
        signal.signal(number, _on_signal)


def ignore_signals() -> None:
    """Let no signal to stop disturb the end, which is under way."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _on_signal(number: int, frame: FrameType | None) -> None:
    ignore_signals()  # each step of the end has a limit of its own
    raise Stopped
