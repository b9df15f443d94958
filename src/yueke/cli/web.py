"""`yueke web`: serve the pages and the API from one process."""

import os
import socket
from typing import Annotated

import typer
import uvicorn

from yueke.cli import ports

app = typer.Typer()

APPLICATION = "yueke.config.asgi:application"
GRACEFUL_SECONDS = 10
# Longer than the idle time of the usual proxies, so that it is they who close.
KEEP_ALIVE_SECONDS = 75
SOCKET_VARIABLE = "YUEKE_WEB_SOCKET"


@app.command()
def web(
    host: Annotated[str, typer.Option(envvar="HOST", help="0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535)] = 8000,
) -> None:
    """Serve the pages and the API."""
    handed_down = os.environ.get(SOCKET_VARIABLE)
    listener = ports.adopt(int(handed_down)) if handed_down else ports.listen(host=host, port=port)
    if not handed_down:
        typer.echo(f"Serving {ports.url_of(listener)}")
    with listener:
        serve(listener)


def serve(listener: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT, and finish those that are under way."""
    config = uvicorn.Config(
        APPLICATION,
        proxy_headers=False,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        ws="none",
    )
    uvicorn.Server(config).run(sockets=[listener])
