"""A mail server that keeps what it is handed, and units of work as a door gives them."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from db.engine import Database
from tests.letters import database_of
from tests.postbox import Postbox, listening


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[str]:
    with listening(postbox) as address:
        yield address


@pytest.fixture
def database(engine: Engine) -> Database:
    return database_of(engine)
