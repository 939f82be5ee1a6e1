"""A customer's personal link: it lets them in and leaves the address bar at once."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casework.errors import NotFound
from casework.roles import Actor, Role
from db import invitations, sessions
from db.clock import now
from db.engine import transaction
from routes.cookies import come_in
from routes.errors import refusal

GUEST = "Invited customer"


async def open_link(request: Request) -> Response:
    """Let the holder of a link in; a link nobody issued is gone, not merely missing.

    Only a GET counts as opened: mail scanners that ask for the head alone are turned away.
    """
    if request.method == "HEAD":
        return Response(status_code=405, headers={"Allow": "GET"})
    try:
        token = await run_in_threadpool(_begin, request.path_params["token"])
    except NotFound as unknown:
        return refusal(unknown, 410)
    return come_in(token, "/")


def _begin(invitation: str) -> str:
    with transaction() as session:
        participant = invitations.open_invitation(session, invitation, now=now())
        guest = Actor(role=Role.CUSTOMER, name=GUEST, participant_id=participant.id)
        return sessions.begin(session, guest, now=now())


ROUTES = [Route("/i/{token}", open_link, methods=["GET"])]
