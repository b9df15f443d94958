"""Which application answers an address: hot routes first, Django for all the rest."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.routing import BaseRoute, Match, Route, Router

from yueke.api.hot.looks import LOOKS
from yueke.api.hot.routes import HotRoutes
from yueke.api.hot.writes import WRITES
from yueke.api.waits import PATH, Waits
from yueke.config.whole_body import WholeBody


class Hot:
    """An ASGI application out of one hot route's function."""

    def __init__(self, route: Any) -> None:
        self._route = route

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._route(scope, receive, send)


class HotWrite(Hot):
    """One that writes: what has a query string, as `dry_run` is, is for its slow twin."""

    def __init__(self, route: Any, twin: Any) -> None:
        super().__init__(route)
        self._twin = twin

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["query_string"]:
            await self._twin(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class PlainQuery:
    """Django behind WSGI, whose query strings are ASCII: all else in them is percent-encoded."""

    def __init__(self, django: Any) -> None:
        self._django = django

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if not scope.get("query_string", b"").isascii():
            plain = quote(scope["query_string"], safe=bytes(range(128)))
            scope = {**scope, "query_string": plain.encode()}
        await self._django(scope, receive, send)


class Rest(BaseRoute):
    """Every address, also one with a line break in it, which no pattern of Starlette's matches."""

    def __init__(self, application: Any) -> None:
        self._application = application

    def matches(self, scope: Any) -> tuple[Match, Any]:
        """Take whatever comes."""
        return Match.FULL, {}

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass it on as it is."""
        await self._application(scope, receive, send)


class Application(Router):
    """The ASGI application of Yueke: a router alone, since the hot routes do the rest.

    The connections of `yueke.api.hot.express` find the hot routes here.
    """

    def __init__(self, *, hot: HotRoutes, routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes=routes, lifespan=lambda _: hot.place.open())
        self.hot = hot


def application_of(*, hot: HotRoutes, django: Any) -> Application:
    """Return the application: the hot routes, and Django for all the rest."""
    slow = WholeBody(PlainQuery(django))
    return Application(
        hot=hot,
        routes=[
            *(
                Route(path, HotWrite(partial(hot.write, write), slow), methods=["POST"])
                for path, write in WRITES.items()
            ),
            *(
                Route(path, Hot(partial(hot.search, look)), methods=["GET"])
                for path, look in LOOKS.items()
            ),
            Route(f"{PATH}{{token}}", Waits(hot.threads).stream, methods=["GET"]),
            Rest(slow),
        ],
    )
