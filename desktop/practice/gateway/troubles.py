"""How a planned trouble comes out on the wire."""

import errno
import socket
import time
from typing import Any

from werkzeug.wrappers import Request, Response

from desktop.practice.gateway.faults import Planned, Trouble

CONNECTION = "practice.connection"
"""the server's own connection in the WSGI environment, to be cut on request"""
CAPTIVE = "<!doctype html><title>Wi-Fi</title><h1>Đăng nhập mạng Wi-Fi</h1>"


def trouble_instead(request: Request, planned: Planned) -> Response | None:
    """The trouble that takes the place of an answer; None for one that spoils the answer."""
    if planned.trouble is Trouble.CUT:
        cut(request, planned.amount)
    if planned.trouble is Trouble.SLOW:
        time.sleep(planned.amount / 1000)
    if planned.trouble is Trouble.STATUS:
        return Response(status=planned.amount, headers={"Retry-After": str(planned.wait)})
    if planned.trouble is Trouble.RUBBISH:
        return Response("{]", content_type="application/json")
    if planned.trouble is Trouble.CAPTIVE:
        return Response(CAPTIVE, content_type="text/html; charset=utf-8")
    if planned.trouble is Trouble.FORGOTTEN:
        return Response(status=404)
    return None


def cut(request: Request, after: int) -> None:
    """Reads so many bytes of the body, then drops the connection without a word."""
    if after:
        request.environ["wsgi.input"].read(after)
    connection = request.environ.get(CONNECTION)
    if connection is not None:  # the server itself still has to close it
        connection.socket.shutdown(socket.SHUT_RDWR)
    raise ConnectionResetError(errno.ECONNRESET, "cut on request")


def disordered(notices: list[dict[str, Any]], planned: Planned | None) -> list[dict[str, Any]]:
    """A page of notices as a careless gateway gives it."""
    if planned is not None and planned.trouble is Trouble.DUPLICATE:
        return [notice for each in notices for notice in (each, each)]
    if planned is not None and planned.trouble is Trouble.REORDERED:
        return notices[::-1]
    return notices
