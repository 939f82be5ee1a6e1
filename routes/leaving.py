"""Stopping from any letter: the page behind its opt-out link that takes somebody's answers out."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import NotFound
from db import leaving, opt_outs
from db.clock import now
from db.engine import reading, transaction
from db.settings import signing_key
from routes.errors import refusal
from routes.screen import screen


async def ask(request: Request) -> Response:
    """What stopping means, and the one button that does it; looking changes nothing."""
    try:
        taking_part = await run_in_threadpool(_takes_part, request.path_params["token"])
    except NotFound as unknown:
        return refusal(unknown)
    return screen("stop.html" if taking_part else "stopped.html")


async def stop(request: Request) -> Response:
    """Withdraw from everything this customer takes part in."""
    try:
        await run_in_threadpool(_stop, request.path_params["token"])
    except NotFound as unknown:
        return refusal(unknown)
    return screen("stopped.html")


def _takes_part(token: str) -> bool:
    with reading() as session:
        customer = opt_outs.customer_of(session, token, secret=signing_key())
        return bool(leaving.taken_part_in(session, customer))


def _stop(token: str) -> None:
    with transaction() as session:
        customer = opt_outs.customer_of(session, token, secret=signing_key())
        leaving.withdraw_everywhere(session, customer, now=now())


ROUTES = [
    Route("/o/{token}/stop", ask, methods=["GET"]),
    Route("/o/{token}/stop", stop, methods=["POST"]),
]
