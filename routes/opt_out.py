"""Being left alone by one click: the link in every letter, and what mail programs press for you."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import NotFound
from db import opt_outs
from db.clock import now
from db.engine import reading, transaction
from db.settings import signing_key
from routes.errors import refusal
from routes.screen import screen


async def ask(request: Request) -> Response:
    """A page with one button; looking at it changes nothing, since mail scanners look too."""
    try:
        await run_in_threadpool(_known, request.path_params["token"])
    except NotFound as unknown:
        return refusal(unknown)
    return screen("opt_out.html", token=request.path_params["token"])


async def leave_alone(request: Request) -> Response:
    """Opt out. It takes no login and asks for no origin: RFC 8058 lets mail providers post it."""
    try:
        await run_in_threadpool(_opt_out, request.path_params["token"])
    except NotFound as unknown:
        return refusal(unknown)
    return screen("opted_out.html")


def _known(token: str) -> None:
    with reading() as session:
        opt_outs.customer_of(session, token, secret=signing_key())


def _opt_out(token: str) -> None:
    with transaction() as session:
        customer = opt_outs.customer_of(session, token, secret=signing_key())
        opt_outs.opt_out(session, opt_outs.BY_LINK, customer, now=now())


ROUTES = [
    Route("/o/{token}", ask, methods=["GET"]),
    Route("/o/{token}", leave_alone, methods=["POST"]),
]
