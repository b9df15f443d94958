"""How a learner waits for a teacher, as a stream of server-sent events.

The address carries a signed seat for an hour: a page that may show the wait hands it out. One
question a second answers for all who listen in a process.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from yueke.api.hot.reconnect import read
from yueke.people import queries as people
from yueke.supply.matching import queries
from yueke.supply.matching.models import Wait
from yueke.supply.matching.sealed import unseal

PATH = "/waits/"
_EVERY_SECONDS = 1.0
_OVER = (Wait.State.MATCHED, Wait.State.GIVEN_UP, Wait.State.LEFT)
Told = dict[str, Any]


class Waits:
    """Those of one process who listen, and what they were last told."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._listening: dict[int, int] = {}
        self._now: dict[int, Told] = {}
        self._asked: asyncio.Task[None] | None = None

    async def stream(self, request: Request) -> Response:
        """Answer the address of a seat that was sealed for it, or 404."""
        seat_id = unseal(token=request.path_params["token"])
        if seat_id is None:
            return PlainTextResponse("Not found", status_code=404)
        return StreamingResponse(
            self._events(seat_id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _events(self, seat_id: int) -> AsyncIterator[str]:
        self._listening[seat_id] = self._listening.get(seat_id, 0) + 1
        said: Told | None = None
        try:
            while True:
                await self._ask()
                told = self._now.get(seat_id, {"state": "outside", "teacher": ""})
                # A comment keeps the connection, and proxies on its way, awake.
                yield f"data: {json.dumps(told)}\n\n" if told != said else ": still\n\n"
                said = told
                if told["state"] in _OVER:
                    return
                await asyncio.sleep(_EVERY_SECONDS)
        finally:
            self._listening[seat_id] -= 1
            if not self._listening[seat_id]:
                del self._listening[seat_id]
                self._now.pop(seat_id, None)

    async def _ask(self) -> None:
        """Read once for all who listen just now."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(self._read())
        await asyncio.shield(self._asked)

    async def _read(self) -> None:
        seats = list(self._listening)
        loop = asyncio.get_running_loop()
        self._now.update(await loop.run_in_executor(self._threads, read, _how_they_wait, seats))


def _how_they_wait(seats: list[int]) -> dict[int, Told]:
    found = queries.standings(seat_ids=seats)
    names = people.names_of_teachers(
        ids={one.teacher_id for one in found.values() if one.teacher_id}
    )
    return {
        seat: {"state": one.state, "teacher": names.get(one.teacher_id or 0, "")}
        for seat, one in found.items()
    }
