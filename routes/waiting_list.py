"""The waiting list in public: the page to join, the link that confirms, the link that leaves."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import CaseworkError, Invalid, NotEnough
from casework.waiting_list import CONSENT, LINK_LIFE, WaitingRequest, request_from
from db import waiting_list, waiting_requests
from db.clock import now
from db.engine import reading, transaction
from db.settings import signing_key
from db.waiting_requests import BY_LINK
from routes.errors import refusal
from routes.origin import require_same_origin
from routes.screen import screen

TYPED = ("name", "email", "interests", "agreed")
HONEYPOT = "website"
"""People do not see this field; whoever fills it is a program, and learns nothing from us."""


async def show(request: Request) -> Response:
    """The page of an open list."""
    try:
        shown = await run_in_threadpool(_list, request.path_params["code"])
    except CaseworkError as wrong:
        return refusal(wrong)
    return _form(shown, {})


def _list(code: str) -> dict[str, str]:
    with reading() as session:
        row = waiting_list.by_code(session, code)
        return {"title": row.title, "about": row.about}


def _form(
    shown: dict[str, str], typed: dict[str, str], message: str = "", code: int = 200
) -> Response:
    blank = dict.fromkeys(TYPED, "")
    return screen(
        "waiting_list.html", code, **shown, **(blank | typed), message=message, consent=CONSENT
    )


async def ask(request: Request) -> Response:
    """Write to the address; the answer is the same whether we know it or not."""
    require_same_origin(request)
    async with request.form(max_files=0, max_fields=8) as form:
        typed = {name: str(form.get(name, "")) for name in TYPED}
        typed["agreed"] = "yes" if form.get("consent") else ""
        is_program = bool(form.get(HONEYPOT))
        wanted = _wanted(form, typed)
    code = request.path_params["code"]
    place = request.client.host if request.client else "unknown"
    try:
        shown = await run_in_threadpool(_list, code)
        if isinstance(wanted, Invalid):
            return _form(shown, typed, str(wanted), 422)
        if not is_program:
            await run_in_threadpool(_ask, code, wanted, place)
    except NotEnough as wait:
        return _form(shown, typed, str(wait), 429)
    except CaseworkError as wrong:
        return refusal(wrong)
    return screen("waiting_list_asked.html", email=typed["email"], days=str(LINK_LIFE.days))


def _wanted(form: FormData, typed: dict[str, str]) -> WaitingRequest | Invalid:
    consents = bool(form.get("consent"))
    try:
        return request_from(
            typed["name"], typed["email"], typed["interests"], consents=consents, now=now()
        )
    except Invalid as wrong:
        return wrong


def _ask(code: str, wanted: WaitingRequest, place: str) -> None:
    with transaction() as session:
        waiting_requests.ask(
            session, BY_LINK, code, wanted, place=place, secret=signing_key(), now=now()
        )


async def show_confirming(request: Request) -> Response:
    """One button; looking at it changes nothing, since mail scanners look too."""
    try:
        done = await run_in_threadpool(_is_confirmed, request.path_params["token"])
    except CaseworkError as wrong:
        return refusal(wrong)
    return await confirm(request) if done else screen("waiting_list_confirm.html")


def _is_confirmed(token: str) -> bool:
    with reading() as session:
        row = waiting_requests.to_confirm(session, token, secret=signing_key(), now=now())
        return row.confirmed_at is not None


async def confirm(request: Request) -> Response:
    """Put somebody on the list; a second press says the same."""
    try:
        leaving = await run_in_threadpool(_confirm, request.path_params["token"])
    except CaseworkError as wrong:
        return refusal(wrong)
    return screen("waiting_list_joined.html", token=leaving)


def _confirm(token: str) -> str:
    with transaction() as session:
        row = waiting_requests.to_confirm(session, token, secret=signing_key(), now=now())
        waiting_requests.confirm(session, BY_LINK, row, now=now())
        return waiting_requests.leave_token(row, secret=signing_key())


async def show_leaving(request: Request) -> Response:
    """The one button that leaves."""
    try:
        await run_in_threadpool(_require_known, request.path_params["token"])
    except CaseworkError as wrong:
        return refusal(wrong)
    return screen("waiting_list_leave.html")


def _require_known(token: str) -> None:
    with reading() as session:
        waiting_requests.to_leave(session, token, secret=signing_key())


async def leave(request: Request) -> Response:
    """Take somebody off the list; a second press says the same."""
    try:
        await run_in_threadpool(_leave, request.path_params["token"])
    except CaseworkError as wrong:
        return refusal(wrong)
    return screen("waiting_list_left.html")


def _leave(token: str) -> None:
    with transaction() as session:
        row = waiting_requests.to_leave(session, token, secret=signing_key())
        waiting_requests.leave(session, BY_LINK, row, now=now())


ROUTES = [
    Route("/w/confirm/{token}", show_confirming, methods=["GET"]),
    Route("/w/confirm/{token}", confirm, methods=["POST"]),
    Route("/w/leave/{token}", show_leaving, methods=["GET"]),
    Route("/w/leave/{token}", leave, methods=["POST"]),
    Route("/w/{code}", show, methods=["GET"]),
    Route("/w/{code}", ask, methods=["POST"]),
]
