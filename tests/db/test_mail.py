"""Facts about sending letters, against a real mail server."""

import socket
from collections.abc import Iterator

import pytest

from casework.errors import Invalid
from casework.invitations import Letter
from db import invitations, mail
from tests.betas import OWNER
from tests.postbox import REFUSED, Postbox, listening


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def server(postbox: Postbox) -> Iterator[str]:
    with listening(postbox) as address:
        yield address


def letter(participant_id: int = 1, email: str = "ada@example.com", subject: str = "Try") -> Letter:
    return Letter(
        participant_id=participant_id,
        name="Ada",
        email=email,
        link="https://example.org/i/x",
        subject=subject,
        body="Hello Ada,\n\nUnser Spiel für Dich: https://example.org/i/x",
    )


def test_letters_arrive_with_sender_address_subject_and_words(
    server: str, postbox: Postbox
) -> None:
    url = f"smtp://{server}?from=nora@example.org"
    delivery = invitations.send_by_mail(
        OWNER, [letter()], smtp_url=url, base_url="https://example.org"
    )
    assert delivery == mail.Delivery(sent=(1,), failed={})
    (arrived,) = postbox.letters
    assert (arrived["From"], arrived["To"], arrived["Subject"]) == (
        "nora@example.org",
        "ada@example.com",
        "Try",
    )
    assert "Unser Spiel für Dich" in arrived.get_content()


def test_one_refused_address_does_not_stop_the_others(server: str, postbox: Postbox) -> None:
    letters = [letter(1), letter(2, REFUSED), letter(3)]
    delivery = mail.deliver(f"smtp://{server}?from=nora@example.org", letters)
    assert delivery.sent == (1, 3)
    assert delivery.failed == {2: "the server refused the address"}
    assert len(postbox.letters) == 2


def test_a_line_break_in_an_address_adds_no_header(server: str, postbox: Postbox) -> None:
    sneaky = letter(1, "ada@example.com\nBcc: all@example.com")
    delivery = mail.deliver(f"smtp://{server}?from=nora@example.org", [sneaky, letter(2)])
    assert delivery.sent == (2,)
    assert list(delivery.failed) == [1]


def test_the_user_of_the_address_signs_in_and_is_the_sender(server: str, postbox: Postbox) -> None:
    delivery = mail.deliver(f"smtp://nora%40x.org:s3cret%2F@{server}", [letter()])
    assert delivery.sent == (1,)
    assert postbox.letters[0]["From"] == "nora@x.org"


def test_a_wrong_password_is_named_before_any_letter_leaves(server: str, postbox: Postbox) -> None:
    with pytest.raises(Invalid, match="cannot be used"):
        mail.deliver(f"smtp://nora%40x.org:wrong@{server}", [letter()])
    assert postbox.letters == []


def test_a_server_that_is_not_there_is_named(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Invalid, match=r"mail server 127.0.0.1 cannot be used"):
        mail.deliver(f"smtp://127.0.0.1:{port}?from=nora@example.org", [letter()])


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://mail.example.org?from=a@b.c", "smtp://", "smtp://h:x"]
)
def test_something_else_than_a_mail_server_is_refused_with_the_right_form(url: str) -> None:
    with pytest.raises(Invalid, match=r"smtp://USER"):
        mail.parse(url)


def test_without_a_sender_the_form_of_the_address_is_explained() -> None:
    with pytest.raises(Invalid, match="which address the letters come from"):
        mail.parse("smtp://user:word@mail.example.org")
