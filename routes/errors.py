"""What goes wrong in a route, as a status and a page a person can read."""

from starlette.requests import Request
from starlette.responses import Response

from casework.errors import CaseworkError, Closed, Invalid, NotAllowed, NotEnough, NotFound
from routes.screen import screen

STATUS: dict[type[CaseworkError], tuple[int, str]] = {
    Invalid: (422, "That cannot be used"),
    NotFound: (404, "Nothing here"),
    NotAllowed: (403, "Not for you"),
    Closed: (410, "No longer open"),
    NotEnough: (409, "Not enough yet"),
}


def refusal(wrong: CaseworkError, status: int | None = None) -> Response:
    """The page for an error; the kind decides the status unless a route knows better."""
    usual, title = STATUS.get(type(wrong), (400, "That did not work"))
    return screen("refusal.html", status or usual, title=title, message=str(wrong))


async def show_error(_request: Request, wrong: Exception) -> Response:
    """Turn whatever the business refused into a page; a fault of ours stays one."""
    if not isinstance(wrong, CaseworkError):
        raise wrong
    return refusal(wrong)


HANDLERS = {CaseworkError: show_error}
