"""Which application answers an address: hot routes first, Django for all the rest."""

from typing import Any

from starlette.routing import Mount, Route, Router

from yueke.api.hot.routes import HotRoutes


class Hot:
    """An ASGI application out of one hot route's function."""

    def __init__(self, route: Any) -> None:
        self._route = route

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._route(scope, receive, send)


def application_of(*, hot: HotRoutes, django: Any) -> Router:
    """Return the ASGI application of Yueke: a router alone, since the hot routes do the rest."""
    return Router(
        routes=[
            Route("/api/v1/bookings", Hot(hot.book), methods=["POST"]),
            Route("/api/v1/cancellations", Hot(hot.cancel), methods=["POST"]),
            Route("/api/v1/teachers", Hot(hot.teachers), methods=["GET"]),
            Route("/api/v1/times", Hot(hot.times), methods=["GET"]),
            Mount("/", django),
        ]
    )
