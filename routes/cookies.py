"""The two cookies: who is here, and the one that proves a form is ours."""

import hmac
import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.accounts import SESSION_LIFE
from casework.errors import Invalid
from db.sessions import COOKIE
from db.settings import settings, signing_key

FORM_COOKIE = "casework_form"
FORM_FIELD = "form_token"
FORM_SECONDS = 3600


def come_in(token: str, to: str) -> RedirectResponse:
    """Go to a page as the holder of this session."""
    response = RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})
    _set(response, COOKIE, token, int(SESSION_LIFE.total_seconds()))
    return response


def go_out() -> RedirectResponse:
    """Go to the welcome page as nobody."""
    response = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    response.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=settings().behind_tls)
    return response


def _set(response: Response, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=settings().behind_tls,
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(signing_key(), salt="form")


def new_form_token() -> str:
    """A signed value that goes into the form and into a cookie alike."""
    return _signer().dumps(secrets.token_urlsafe(16))


def keep_form_token(response: Response, token: str) -> None:
    """The cookie half of the pair."""
    _set(response, FORM_COOKIE, token, FORM_SECONDS)


def require_form_token(request: Request, given: str) -> None:
    """Refuse a form whose hidden value is not the one in this browser's cookie.

    Raises:
        Invalid: when the two differ, are not ours, or are older than an hour.
    """
    kept = request.cookies.get(FORM_COOKIE, "")
    try:
        _signer().loads(given, max_age=FORM_SECONDS)
    except BadSignature as wrong:
        raise Invalid("This form is too old. Load the page again and repeat.") from wrong
    if not hmac.compare_digest(kept.encode(), given.encode()):
        raise Invalid("This form belongs to another visit. Load the page again and repeat.")
