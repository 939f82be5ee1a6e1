import pytest

from casework.world import World, world


@pytest.fixture(scope="session")
def people() -> World:
    return world(7)
