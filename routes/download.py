"""A tester's personal download: the file streamed from storage, or the way to a store."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from casework.errors import NotAllowed
from casework.roles import Actor
from db import downloads, sessions
from db.clock import now
from db.downloads import Redeemed
from db.engine import transaction
from db.settings import signing_key
from db.storage import open_stored, read_chunks

PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


async def download(request: Request) -> Response:
    """Send what this link is for to the tester it was made for; a HEAD counts nowhere."""
    if request.method == "HEAD":
        return Response(status_code=405, headers={"Allow": "GET"})
    token = request.cookies.get(sessions.COOKIE, "")
    redeemed = await run_in_threadpool(_redeem, token, request.path_params["signed"])
    if redeemed.url is not None:
        await run_in_threadpool(_complete, redeemed)
        return RedirectResponse(redeemed.url, status_code=303, headers=PRIVATE)
    file = await run_in_threadpool(open_stored, redeemed.storage_key or "")
    return StreamingResponse(
        _send(file, redeemed), media_type="application/octet-stream", headers=_headers(redeemed)
    )


def _redeem(token: str, signed: str) -> Redeemed:
    with transaction() as session:
        actor = _require_known(sessions.who(session, token, now=now()))
        return downloads.redeem(session, actor, signed, now=now(), secret=signing_key())


def _require_known(actor: Actor | None) -> Actor:
    if actor is None:
        raise NotAllowed("Open your invitation link first, in this browser; then download.")
    return actor


def _complete(redeemed: Redeemed) -> None:
    with transaction() as session:
        downloads.complete(session, redeemed, now=now())


def _send(file: BinaryIO, redeemed: Redeemed) -> Iterator[bytes]:
    """The file; only who got the last byte has downloaded it."""
    yield from read_chunks(file)
    _complete(redeemed)


def _headers(redeemed: Redeemed) -> dict[str, str]:
    name = redeemed.file_name or "build"
    plain = name.encode("ascii", "replace").decode().replace("?", "-")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return PRIVATE | {
        "Content-Disposition": disposition,
        "Content-Length": str(redeemed.size_bytes),
    }


ROUTES = [Route("/download/{signed}", download, methods=["GET"])]
