"""The TCP port that the pages are served on."""

import errno
import socket

import psutil

from yueke.cli.cannot_run import CannotRun

BACKLOG = 2048


def listen(*, host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes any that is free."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CannotRun(f"There is no address {host} on this machine: correct HOST.") from error
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Connections that the last run closed do not keep the port from the next.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotRun(_explain(error, host=host, port=port)) from error
    return listener


def adopt(handle: int) -> socket.socket:
    """Return the listening socket that a parent process has handed down."""
    return socket.socket(fileno=handle)


def url_of(listener: socket.socket) -> str:
    """Return the address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _explain(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken{_by_whom(port)}: end that program, or choose another port, "
            f"as in PORT={port + 1 if port < 65535 else 8000} make up."
        )
    if error.errno == errno.EACCES:
        return f"This user may not open port {port}: choose one above 1023, as in PORT=8000."
    return f"Nothing can listen on {host}, port {port} ({error.strerror}): correct HOST and PORT."


def _by_whom(port: int) -> str:
    try:
        connections = psutil.net_connections(kind="tcp")
        pid = next(
            found.pid
            for found in connections
            if found.status == psutil.CONN_LISTEN and found.laddr.port == port and found.pid
        )
        return f" by process {pid} ({psutil.Process(pid).name()})"
    except (psutil.Error, OSError, StopIteration):
        return ""
