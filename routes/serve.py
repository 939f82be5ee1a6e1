"""Serving: refuse to start half configured, then let uvicorn answer without delay."""

import sys

import uvicorn
from starlette.types import ASGIApp

from casework.errors import CaseworkError
from db.settings import settings, signing_key


def require_readiness() -> None:
    """Stop with one line that says what to set, before anything is served."""
    try:
        signing_key()
    except CaseworkError as missing:
        sys.exit(f"Casework did not start. {missing}")


def serve(app: ASGIApp) -> None:
    """Serve until stopped, on HOST and PORT.

    Uvicorn itself, since the socket of `streamlit run` adds 40 ms to each kept-alive response.
    """
    found = settings()
    sys.stdout.write(f"Casework is at {found.base_url}\n")
    sys.stdout.flush()
    uvicorn.run(app, host=found.host, port=found.port, access_log=False, log_level="warning")
