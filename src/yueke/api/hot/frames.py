"""Whole messages over a stream between two processes of one machine: a length, then its bytes."""

import asyncio
from typing import Any

_LENGTH_BYTES = 4


class Frames(asyncio.Protocol):
    """One end of the stream; a subclass says what to do with a message."""

    def __init__(self) -> None:
        self._kept = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the stream."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take messages apart, and keep what is not yet whole."""
        kept = self._kept + data if self._kept else data
        begin = 0
        while len(kept) >= begin + _LENGTH_BYTES:
            body = begin + _LENGTH_BYTES
            end = body + int.from_bytes(kept[begin:body])
            if end > len(kept):
                break
            self.received(kept[body:end])
            begin = end
        self._kept = kept[begin:]

    def send(self, message: bytes) -> None:
        """Send a message, unless the other end has gone."""
        if not self._transport.is_closing():
            self._transport.write(len(message).to_bytes(_LENGTH_BYTES) + message)

    def close(self) -> None:
        """End the stream."""
        self._transport.close()

    def received(self, message: bytes) -> None:
        """Do what a message says."""
        raise NotImplementedError
