"""A body that comes in pieces, read before it is passed on: WSGI takes none of unknown length."""

from typing import Any

from yueke.api.hot.http import read_body, refuse
from yueke.api.refusals import BodyTooLarge


class WholeBody:
    """An application that is told the length of every body."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on, with the length of its body among its headers."""
        if b"transfer-encoding" not in dict(scope["headers"]):
            await self._application(scope, receive, send)
            return
        try:
            body = await read_body(receive)
        except BodyTooLarge as refusal:
            await refuse(send, refusal)
            return
        headers = [one for one in scope["headers"] if one[0] != b"transfer-encoding"]
        headers.append((b"content-length", str(len(body)).encode()))
        message: dict[str, Any] | None = {"type": "http.request", "body": body}

        async def receive_whole() -> Any:
            nonlocal message
            given, message = message, None
            return await receive() if given is None else given

        await self._application({**scope, "headers": headers}, receive_whole, send)
