"""Facts about trying again, giving up, and how many letters one person may get."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.messages import LetterCap, free_again, is_last, pause
from casework.messages.backoff import FIRST, LONGEST, MOST_ATTEMPTS
from casework.messages.refusals import Fate, judge

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


@given(st.text(max_size=20), st.integers(1, 40))
def test_pauses_double_up_to_six_hours_within_a_quarter_either_way(key: str, tried: int) -> None:
    doubled = min(FIRST * 2 ** (tried - 1), LONGEST) if tried < 30 else LONGEST
    assert 0.75 * doubled <= pause(key, tried) <= 1.25 * doubled
    assert pause(key, tried) == pause(key, tried)


def test_letters_that_failed_together_come_back_apart() -> None:
    assert len({pause(f"invitation {number}", 1) for number in range(50)}) == 50


def test_a_nights_outage_of_a_mail_server_loses_no_letter() -> None:
    """2+4+8+16+32+64+128+256+360 minutes are 14.5 hours; with the least jitter 10.9."""
    least = sum((pause("k", tried) for tried in range(1, MOST_ATTEMPTS)), timedelta())
    assert least >= timedelta(minutes=870) * 0.75
    assert not is_last(MOST_ATTEMPTS - 1)
    assert is_last(MOST_ATTEMPTS)


@pytest.mark.parametrize(
    ("code", "said", "of_recipient", "fate"),
    [
        (550, "5.1.1 no such user", True, Fate.BOUNCED),
        (550, "no such mailbox", True, Fate.BOUNCED),
        (552, "5.2.2 mailbox full", True, Fate.BOUNCED),
        (550, "5.1.1 user unknown", False, Fate.BOUNCED),
        (550, "5.7.1 relaying denied", True, Fate.NEVER),
        (554, "looks like spam", False, Fate.NEVER),
        (553, "5.7.1 sender not allowed", False, Fate.NEVER),
        (450, "4.2.1 try again", True, Fate.LATER),
        (451, "greylisted", False, Fate.LATER),
        (421, "5.1.1 odd, but passing", True, Fate.LATER),
    ],
)
def test_only_a_lasting_refusal_of_the_address_marks_the_address(
    code: int, said: str, fate: Fate, *, of_recipient: bool
) -> None:
    outcome = judge(code, said, of_recipient=of_recipient)
    assert outcome.fate is fate
    assert outcome.reason == f"The mail server said: {code} {said}"


def test_one_more_letter_may_follow_when_the_oldest_that_counts_is_a_week_old() -> None:
    sent = [NOW - timedelta(days=days) for days in (1, 6, 3)]
    assert free_again(sent[:2], 3, WEEK) is None
    assert free_again(sent, 3, WEEK) == NOW + timedelta(days=1)
    assert free_again([*sent, NOW], 3, WEEK) == NOW + timedelta(days=4)
    assert free_again(sent, 1, WEEK) == NOW + timedelta(days=6)


def test_the_limit_is_said_in_a_sentence() -> None:
    assert LetterCap().sentence == (
        "At most 3 invitations and reminders per person in 7 days, "
        "of which at most 2 are reminders."
    )
