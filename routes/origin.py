"""Where a request comes from: our own pages, another site, this machine."""

from urllib.parse import urlsplit

from starlette.requests import Request

from casework.errors import NotAllowed
from db.settings import is_loopback, settings


def require_same_origin(request: Request) -> None:
    """Refuse a form that another site sent; programs that state no origin pass.

    Raises:
        NotAllowed: when the browser says that the form came from elsewhere.
    """
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site != "same-origin" or (origin is not None and not _is_ours(request, origin)):
        raise NotAllowed("This form was sent from another site. Open Casework and try again.")


def _is_ours(request: Request, origin: str) -> bool:
    ours = {request.headers.get("host"), urlsplit(settings().base_url).netloc}
    try:
        return urlsplit(origin).netloc in ours
    except ValueError:
        return False


def require_this_machine(request: Request) -> None:
    """Refuse anybody who does not sit at this machine, whatever name they used for it.

    Raises:
        NotAllowed: for a foreign address, or a foreign name that points here.
    """
    client = request.client.host if request.client else ""
    if not (is_loopback(client) and is_loopback(request.url.hostname or "")):
        raise NotAllowed("The demo doors open on this machine only.")
