"""`yueke web`: serve the pages and the API on one port."""

import os
import socket
from typing import Annotated, Any

import typer
import uvicorn

from yueke.cli import ports, web_family

app = typer.Typer()

APPLICATION = "yueke.config.asgi:application"
PROTOCOL = "yueke.api.hot.express:Express"
GRACEFUL_SECONDS = 10
# Longer than the idle time of the usual proxies, so that it is they who close.
KEEP_ALIVE_SECONDS = 75


@app.command()
def web(
    host: Annotated[str, typer.Option(envvar="HOST", help="0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535)] = 8000,
    processes: web_family.Processes = None,
) -> None:
    """Serve the pages and the API."""
    handed_down = os.environ.get(web_family.SOCKET_VARIABLE)
    if handed_down:
        with ports.adopt(int(handed_down)) as listener:
            serve(listener)
        return
    size = processes or web_family.default_size()
    with ports.listen(host=host, port=port) as listener:
        typer.echo(f"Serving {ports.url_of(listener)}")
        if size == 1:
            serve(listener)
        else:
            web_family.keep(listener=listener, size=size)


def serve(listener: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT, and finish those that are under way."""
    uvicorn.Server(config_of(APPLICATION)).run(sockets=[listener])


def config_of(application: Any) -> uvicorn.Config:
    """Return how an application, or the one at a path, is served.

    Nothing is put around it: the express way looks for its hot routes.
    """
    return uvicorn.Config(
        application,
        http=PROTOCOL,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        ws="none",
    )
