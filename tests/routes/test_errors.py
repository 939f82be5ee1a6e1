"""Facts about what people read when something is refused."""

import pytest

from casework.errors import CaseworkError, Closed, Invalid, NotAllowed, NotEnough, NotFound
from routes.errors import refusal


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (Invalid("Too long."), 422),
        (NotFound("No such."), 404),
        (NotAllowed("Not yours."), 403),
        (Closed("Over."), 410),
        (NotEnough("More."), 409),
        (CaseworkError("Odd."), 400),
    ],
)
def test_each_kind_has_its_status_and_keeps_its_words(wrong: CaseworkError, status: int) -> None:
    page = refusal(wrong)
    assert page.status_code == status
    assert str(wrong) in bytes(page.body).decode()


def test_an_errors_text_is_never_markup() -> None:
    assert "<b>" not in bytes(refusal(Invalid("<b>bold</b>")).body).decode()
