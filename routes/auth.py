"""Coming in and going out: the sign-in form, the demo doors, signing out."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import NotEnough, NotFound
from casework.roles import Role
from db import accounts, sessions
from db.clock import now
from db.engine import transaction
from db.settings import settings
from routes.cookies import (
    FORM_FIELD,
    come_in,
    go_out,
    keep_form_token,
    new_form_token,
    require_form_token,
)
from routes.origin import require_same_origin, require_this_machine
from routes.screen import screen

WRONG = "This e-mail and password do not belong together. Check both and try again."


async def show_sign_in(_request: Request) -> Response:
    """The sign-in form, with its half of the form token."""
    return _form()


def _form(message: str = "", email: str = "", status: int = 200) -> Response:
    token = new_form_token()
    demo = "yes" if settings().demo else ""
    page = screen("sign_in.html", status, form_token=token, message=message, email=email, demo=demo)
    keep_form_token(page, token)
    return page


async def sign_in(request: Request) -> Response:
    """Open a session for the right password; say the same for every wrong one."""
    require_same_origin(request)
    async with request.form(max_files=0, max_fields=5) as form:
        email, password = str(form.get("email", "")), str(form.get("password", ""))
        require_form_token(request, str(form.get(FORM_FIELD, "")))
    address = request.client.host if request.client else "unknown"
    try:
        token = await run_in_threadpool(_try, email, password, address)
    except NotEnough as wait:
        return _form(str(wait), email, 429)
    return come_in(token, "/") if token else _form(WRONG, email, 401)


def _try(email: str, password: str, address: str) -> str | None:
    with transaction() as session:
        actor = accounts.sign_in(session, email, password, address=address, now=now())
        return sessions.begin(session, actor, now=now()) if actor else None


async def open_demo_door(request: Request) -> Response:
    """One click and you are in, in demo mode and on this machine only."""
    if not settings().demo:
        raise NotFound("This installation has no demo doors. Sign in instead.")
    require_same_origin(request)
    require_this_machine(request)
    role = _demo_role(request.path_params["role"])
    token = await run_in_threadpool(_begin_demo, role)
    return come_in(token, "/")


def _demo_role(name: str) -> Role:
    doors = {role.value: role for role in (Role.OWNER, Role.CUSTOMER, Role.STUDENT)}
    if name not in doors:
        raise NotFound("There is no such door. The welcome page shows those there are.")
    return doors[name]


def _begin_demo(role: Role) -> str:
    with transaction() as session:
        if role is Role.CUSTOMER:
            actor = sessions.demo_guest(session)
        else:
            actor = accounts.demo_actor(session, role, now=now())
        return sessions.begin(session, actor, now=now())


async def sign_out(request: Request) -> Response:
    """End the session for good; a kept copy of the cookie opens nothing."""
    require_same_origin(request)
    token = request.cookies.get(sessions.COOKIE, "")
    await run_in_threadpool(_end, token)
    return go_out()


def _end(token: str) -> None:
    with transaction() as session:
        sessions.end(session, token, now=now())


ROUTES = [
    Route("/auth/sign-in", show_sign_in, methods=["GET"]),
    Route("/auth/sign-in", sign_in, methods=["POST"]),
    Route("/auth/sign-out", sign_out, methods=["POST"]),
    Route("/auth/demo/{role}", open_demo_door, methods=["POST"]),
]
