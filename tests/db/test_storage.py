"""Facts about keeping build files: whole, under a key of their own, or not at all."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from casework.errors import Invalid, NotFound
from db import storage
from db.settings import settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    elsewhere = settings().model_copy(update={"storage_url": f"file://{tmp_path}/kept"})
    monkeypatch.setattr(storage, "settings", lambda: elsewhere)
    return tmp_path / "kept"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_went_in(folder: Path) -> None:
    content = bytes(range(256)) * 9_000
    stored = storage.store(BytesIO(content), name="Santa Run.apk")
    assert stored.file_name == "Santa-Run.apk"
    assert (stored.size_bytes, stored.sha256) == (len(content), sha256(content).hexdigest())
    read = list(storage.read_chunks(storage.open_stored(stored.storage_key)))
    assert [len(chunk) for chunk in read] == [storage.CHUNK_BYTES, storage.CHUNK_BYTES, 206_848]
    assert b"".join(read) == content
    assert [path.name for path in files(folder)] == ["Santa-Run.apk"]


def test_the_same_name_twice_overwrites_nothing() -> None:
    keys = {storage.store(BytesIO(b"x"), name="run.apk").storage_key for _ in range(2)}
    assert len(keys) == 2


def test_an_empty_file_is_refused_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(Invalid, match="empty"):
        storage.store(BytesIO(b""), name="run.apk")
    assert files(folder) == []


def test_a_file_above_the_limit_is_refused_and_leaves_nothing(folder: Path) -> None:
    with pytest.raises(Invalid, match="10 bytes is the limit"):
        storage.store(BytesIO(b"x" * 11), name="run.apk", limit_bytes=10)
    assert files(folder) == []
    assert storage.store(BytesIO(b"x" * 10), name="run.apk", limit_bytes=10).size_bytes == 10


class Torn(BytesIO):
    """An upload that breaks off after its first piece."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError("torn")
        return super().read(size)


def test_an_upload_that_breaks_off_leaves_nothing(folder: Path) -> None:
    with pytest.raises(ConnectionError):
        storage.store(Torn(b"x" * (storage.CHUNK_BYTES + 1)), name="run.apk")
    assert files(folder) == []


@pytest.mark.parametrize(
    "name", ["../../etc/run.apk", "..\\..\\run.apk", "C:\\games\\run.apk", "/run.apk", ".run.apk"]
)
def test_a_name_leads_nowhere_but_to_its_own_folder(folder: Path, name: str) -> None:
    stored = storage.store(BytesIO(b"x"), name=name)
    assert stored.file_name == "run.apk"
    (path,) = files(folder)
    assert path.parent.parent == folder / "builds"


def test_a_file_that_is_gone_says_so() -> None:
    with pytest.raises(NotFound, match="is gone"):
        storage.open_stored("builds/none/run.apk")
