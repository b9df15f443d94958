"""Lists of things between two processes of one machine: a length, then MessagePack."""

import asyncio
from typing import Any

import msgspec

_LENGTH_BYTES = 4
_encode = msgspec.msgpack.Encoder().encode


class Frames(asyncio.Protocol):
    """One end of the stream; a subclass says what to do with a list."""

    def __init__(self) -> None:
        self._kept = b""
        self._leaving: list[Any] = []
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the stream."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take lists apart, and keep what is not yet whole."""
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

    def send_soon(self, thing: object) -> None:
        """Send a thing in one list with all others of this turn of the event loop."""
        if not self._leaving:
            asyncio.get_running_loop().call_soon(self._send)
        self._leaving.append(thing)

    def close(self) -> None:
        """End the stream."""
        self._transport.close()

    def received(self, message: bytes) -> None:
        """Do what a list says."""
        raise NotImplementedError

    def _send(self) -> None:
        message = _encode(self._leaving)
        self._leaving.clear()
        if not self._transport.is_closing():
            self._transport.write(len(message).to_bytes(_LENGTH_BYTES) + message)
