"""Whether this installation works, for whoever watches over it."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import answers

log = logging.getLogger("casework.health")


async def healthz(_request: Request) -> Response:
    """200 when the database answers, 503 when it does not."""
    works = await run_in_threadpool(answers)
    if not works:
        log.error("The database does not answer.")
    said = {"status": "ok" if works else "unwell", "database": "ok" if works else "no answer"}
    return JSONResponse(
        said, status_code=200 if works else 503, headers={"Cache-Control": "no-store"}
    )


ROUTES = [Route("/healthz", healthz, methods=["GET"])]
