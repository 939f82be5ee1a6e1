"""What every response carries, how large a request may be, and what no log may keep."""

import base64
import logging
import re
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

UPLOADS = "/_stcore/upload_file/"
LIMIT_BYTES = 2 * 1024 * 1024
SECRET_PATH = re.compile(r"(/(?:i|o|w|download)/)[^\s\"'?#]+")


def _inline_scripts() -> str:
    """Hashes of the scripts inside Streamlit's own page, so that no others may run inline."""
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = [base64.b64encode(sha256(text.encode()).digest()).decode() for text in scripts]
    return " ".join(f"'sha256-{digest}'" for digest in digests)


POLICY = "; ".join(
    [
        "default-src 'self'",
        # Charts compile their expressions; without unsafe-eval no Vega chart is drawn.
        f"script-src 'self' 'unsafe-eval' {_inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self' blob: data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers that keep other sites' scripts and frames out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the head of its response."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, complete if scope["type"] == "http" else send)


class TooLarge(Exception):
    """A request went on beyond the limit."""


class RequestLimit:
    """Stops reading a request after 2 MB; Streamlit's upload path keeps its own, larger limit."""

    def __init__(self, app: ASGIApp, limit_bytes: int = LIMIT_BYTES) -> None:
        self.app = app
        self.limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 to what declares or turns out to be too large."""
        if scope["type"] != "http" or scope["path"].startswith(UPLOADS):
            await self.app(scope, receive, send)
            return
        refusal = PlainTextResponse("This request is larger than 2 MB.", status_code=413)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdigit() or int(declared) > self.limit_bytes:
            await refusal(scope, receive, send)
            return
        try:
            await self.app(scope, self._counted(receive), send)
        except TooLarge:
            await refusal(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        got = 0

        async def count() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > self.limit_bytes:
                raise TooLarge
            return message

        return count


class RedactLinks(logging.Filter):
    """Keeps personal and download links out of the log; who holds one is let in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with what opens a door cut from it."""
        record.msg = _redacted(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_redacted(value) for value in record.args)
        return True


def _redacted(value: object) -> object:
    return SECRET_PATH.sub(r"\1…", value) if isinstance(value, str) else value


def redact_logs() -> None:
    """Put the filter where records leave the process: on every handler there is."""
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    for logger in [logging.root, *known]:
        for handler in logger.handlers:
            if not any(isinstance(kept, RedactLinks) for kept in handler.filters):
                handler.addFilter(RedactLinks())


MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(RequestLimit)]
