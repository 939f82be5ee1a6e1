"""Where build files live: a folder or any store fsspec knows, behind `STORAGE_URL`."""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from typing import BinaryIO, Protocol
from uuid import uuid4

import fsspec
from pydantic import Field

from casework.builds import safe_file_name
from casework.errors import Invalid, NotFound
from casework.record import Line, Record
from db.settings import settings

CHUNK_BYTES = 1 << 20
LIMIT_BYTES = 2 << 30
"""The largest build taken: 2 GB. Source: the largest Android bundle with its assets in a store."""


class Stored(Record):
    """A file as it was stored; `sha256` in hex is of the bytes that arrived."""

    file_name: Line
    storage_key: str
    size_bytes: int = Field(ge=1)
    sha256: str


class Store(Protocol):
    """The part of an fsspec file system that is used here."""

    def open(self, path: str, mode: str) -> BinaryIO:
        """Open a file for reading or writing bytes."""

    def makedirs(self, path: str, *, exist_ok: bool) -> None:
        """Make a folder and those above it."""

    def mv(self, old: str, new: str) -> None:
        """Move a file."""

    def rm(self, path: str, *, recursive: bool = False) -> None:
        """Remove a file or a folder."""


def store(stream: BinaryIO, *, name: str, limit_bytes: int = LIMIT_BYTES) -> Stored:
    """Keep a file under a key of its own; nothing can be read under it until all has arrived.

    Raises:
        Invalid: for an empty file, one above the limit, or a name of nothing but signs.
    """
    file_name = safe_file_name(name)
    fs, root = _store()
    folder = f"builds/{uuid4().hex}"
    fs.makedirs(f"{root}/{folder}", exist_ok=True)
    try:
        size, digest = _copy(stream, fs, f"{root}/{folder}/arriving", limit_bytes)
        fs.mv(f"{root}/{folder}/arriving", f"{root}/{folder}/{file_name}")
    except BaseException:
        with suppress(FileNotFoundError):
            fs.rm(f"{root}/{folder}", recursive=True)
        raise
    key = f"{folder}/{file_name}"
    return Stored(file_name=file_name, storage_key=key, size_bytes=size, sha256=digest)


def _store() -> tuple[Store, str]:
    """The file system of `STORAGE_URL` and the folder in it."""
    fs, root = fsspec.core.url_to_fs(settings().storage_url)
    return fs, str(root).rstrip("/")


def _copy(stream: BinaryIO, fs: Store, path: str, limit_bytes: int) -> tuple[int, str]:
    size, digest = 0, sha256()
    with fs.open(path, "wb") as file:
        while chunk := stream.read(CHUNK_BYTES):
            size += len(chunk)
            if size > limit_bytes:
                raise Invalid(f"{_human(limit_bytes)} is the limit for a file: give a link.")
            digest.update(chunk)
            file.write(chunk)
    if size == 0:
        raise Invalid("This file is empty. Choose the build again, or give a link.")
    return size, digest.hexdigest()


def _human(size_bytes: int) -> str:
    gigabyte = 1 << 30
    if size_bytes >= gigabyte:
        return f"{size_bytes / gigabyte:.0f} GB"
    return f"{size_bytes:,} bytes"


def open_stored(storage_key: str) -> BinaryIO:
    """A stored file, to read. Raises: NotFound when it is gone."""
    fs, root = _store()
    try:
        return fs.open(f"{root}/{storage_key}", "rb")
    except FileNotFoundError:
        raise NotFound("The file of this build is gone. Write to whoever invited you.") from None


def read_chunks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces of 1 MiB; closed at the end, also when the reader goes away."""
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
