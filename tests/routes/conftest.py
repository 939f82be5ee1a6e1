"""A browser's half of the conversation with our routes, at an installation of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from routes import auth, download, favicon, health, invitation, leaving, opt_out, waiting_list
from routes.errors import HANDLERS
from routes.middleware import MIDDLEWARE

HERE = "http://127.0.0.1:8501"


def routes_alone() -> Starlette:
    """Our routes without Streamlit, which starts once per process."""
    rooms = (auth, download, favicon, health, invitation, leaving, opt_out, waiting_list)
    return Starlette(
        routes=[route for room in rooms for route in room.ROUTES],
        middleware=MIDDLEWARE,
        exception_handlers=HANDLERS,
    )


@pytest.fixture
def client(installation: Path) -> Iterator[TestClient]:
    """Somebody at this machine, who follows no redirect."""
    with TestClient(
        routes_alone(), base_url=HERE, client=("127.0.0.1", 50_000), follow_redirects=False
    ) as opened:
        yield opened
