"""Facts about handing letters over, to a real mail server."""

import smtplib
import socket
from email.message import EmailMessage

import pytest

from casework.errors import Invalid
from casework.messages.refusals import Fate, Outcome
from db import mail
from tests.postbox import BUSY, REFUSED, UNWANTED, Postbox


def letter(email: str = "ada@example.com", subject: str = "Try") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "nora@example.org"
    made["To"] = email
    made["Subject"] = subject
    made.set_content("Hello Ada,\n\nUnser Spiel für Dich")
    return made


def hand_over(url: str, *letters: EmailMessage) -> list[Outcome]:
    parts, _ = mail.parse(url)
    with mail.connected(parts) as connection:
        return [mail.hand_over(connection, one) for one in letters]


def hang_up(connection: smtplib.SMTP) -> None:
    assert connection.sock is not None
    connection.sock.shutdown(socket.SHUT_RDWR)


def test_letters_arrive_with_sender_address_subject_and_words(
    server: str, postbox: Postbox
) -> None:
    assert hand_over(f"smtp://{server}?from=nora@example.org", letter()) == [
        Outcome(fate=Fate.TAKEN)
    ]
    (arrived,) = postbox.letters
    assert (arrived["From"], arrived["To"], arrived["Subject"]) == (
        "nora@example.org",
        "ada@example.com",
        "Try",
    )
    assert "Unser Spiel für Dich" in arrived.get_content()


def test_one_refused_address_does_not_stop_the_others(server: str, postbox: Postbox) -> None:
    found = hand_over(
        f"smtp://{server}?from=nora@example.org",
        letter(),
        letter(REFUSED),
        letter(BUSY),
        letter(subject=UNWANTED),
        letter(),
    )
    assert [one.fate for one in found] == [
        Fate.TAKEN,
        Fate.BOUNCED,
        Fate.LATER,
        Fate.NEVER,
        Fate.TAKEN,
    ]
    assert found[1].reason == "The mail server said: 550 no such mailbox"
    assert len(postbox.letters) == 2


def test_a_server_that_hangs_up_is_a_reason_to_try_later(server: str, postbox: Postbox) -> None:
    parts, _ = mail.parse(f"smtp://{server}?from=nora@example.org")
    with mail.connected(parts) as connection:
        hang_up(connection)
        outcome = mail.hand_over(connection, letter())
        assert connection.sock is None
    assert outcome.fate is Fate.LATER
    assert "connection broke" in outcome.reason


def test_the_user_of_the_address_signs_in_and_is_the_sender(server: str, postbox: Postbox) -> None:
    url = f"smtp://nora%40x.org:s3cret%2F@{server}"
    assert mail.parse(url)[1] == "nora@x.org"
    assert hand_over(url, letter())[0].fate is Fate.TAKEN


def test_a_wrong_password_is_named_before_any_letter_leaves(server: str, postbox: Postbox) -> None:
    with pytest.raises(Invalid, match="cannot be used"):
        hand_over(f"smtp://nora%40x.org:wrong@{server}", letter())
    assert postbox.letters == []


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Invalid, match=r"mail server 127.0.0.1 cannot be used"):
        hand_over(f"smtp://127.0.0.1:{port}?from=nora@example.org", letter())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "http://mail.example.org?from=a@b.c",
        "smtp://",
        "smtp://h:x",
        "smtp://[::1",
    ],
)
def test_something_else_than_a_mail_server_is_refused_with_the_right_form(url: str) -> None:
    with pytest.raises(Invalid, match=r"smtp://USER"):
        mail.parse(url)


@pytest.mark.parametrize("sender", ["user:word@mail.example.org", "h?from=nobody"])
def test_without_a_sender_the_form_of_the_address_is_explained(sender: str) -> None:
    with pytest.raises(Invalid, match="which address the letters come from"):
        mail.parse(f"smtp://{sender}")
