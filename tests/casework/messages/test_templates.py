"""Facts about the words of letters: checked, filled in one pass, always with a way out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.activities import Activity
from casework.errors import Invalid
from casework.funnel import ActivityKind, Step
from casework.meetings import Meeting
from casework.messages import wording
from casework.messages.first_texts import FIRST
from casework.messages.links import OPT_OUT, PERSONAL, fill
from casework.messages.templates import Template, TemplateName, check, render
from casework.replies import Promise, Reply

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
INVITE = TemplateName.INVITE_BETA


def text(body: str, name: TemplateName = INVITE, subject: str = "Try it") -> Template:
    return Template(name=name, subject=subject, body=body)


def activity(incentive: str = "500 gems") -> Activity:
    return Activity(
        kind=ActivityKind.BETA,
        name="First beta",
        seats=8,
        starts_at=NOW,
        closes_at=NOW + timedelta(days=14),
        incentive=incentive,
    )


@pytest.mark.parametrize("name", list(TemplateName))
def test_every_text_that_comes_with_casework_passes_its_own_check(name: TemplateName) -> None:
    check(FIRST[name])
    assert FIRST[name].version == 0
    assert FIRST[name].reference == f"{name.value} v0"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Hello {nmae}: {link}", r"“\{nmae\}” is no placeholder of “Invitation to a beta”"),
        ("Hello {name}", r"The text needs \{link\}"),
        ("Hello {name: {link}", "A brace stands alone"),
        ("Hello name}: {link}", "A brace stands alone"),
        ("{}: {link}", "is no placeholder"),
        ("{meeting_time} {link}", "is no placeholder"),
        ("{name.__class__} {link}", "is no placeholder"),
        ("", r"The text needs \{link\}"),
    ],
)
def test_a_wrong_text_is_refused_with_what_to_mend(body: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        check(text(body))


def test_the_refusal_lists_the_placeholders_there_are() -> None:
    with pytest.raises(Invalid, match=r"\{name\}, \{owner\}.*\{closes_on\}.*\{link\}"):
        check(text("{nobody} {link}"))


def test_a_link_in_the_subject_does_not_do_for_one_in_the_text() -> None:
    with pytest.raises(Invalid, match="needs"):
        check(text("Hello", subject="{link}"))


def test_an_invitation_says_who_asks_why_how_long_where_and_how_to_be_left_alone() -> None:
    values = wording.of_activity(activity()) | {
        "name": "Ada",
        "owner": "Nora Ng",
        "product": "Santa Run",
    }
    body = render(FIRST[INVITE], values).body
    for part in (
        "Hello Ada,",
        "I am Nora Ng",
        "Santa Run",
        "before we decide",
        PERSONAL,
        "15 October 2026",
        "As a thank-you: 500 gems.",
        "a minute",
        OPT_OUT,
    ):
        assert part in body


def test_a_letter_promises_nothing_where_nothing_is_promised() -> None:
    body = render(FIRST[INVITE], wording.of_activity(activity(incentive=""))).body
    assert "thank-you" not in body
    assert "\n\n\n" not in body


def test_the_two_activities_are_asked_into_with_different_words() -> None:
    group, beta = FIRST[TemplateName.INVITE_GROUP], FIRST[TemplateName.INVITE_BETA]
    assert group.subject != beta.subject
    assert "group of {seats}" in group.body


def test_the_way_to_be_left_alone_is_added_where_the_text_has_none_and_only_once() -> None:
    added = render(text("{link}"), {"product": "Santa Run"}).body
    assert added.endswith(f"If you want no more letters like this one: {OPT_OUT}")
    own = render(text("{link}\n\nStop here: {opt_out}"), {}).body
    assert own == f"{PERSONAL}\n\nStop here: {OPT_OUT}"


def test_an_alert_to_the_owner_has_no_way_out_of_it() -> None:
    written = render(FIRST[TemplateName.ALERT], {"what": "stop", "alert": "Stop.", "study": "S"})
    assert (written.subject, OPT_OUT in written.body) == ("S: stop", False)


@pytest.mark.parametrize("name", ["{link}", PERSONAL, OPT_OUT, "{opt_out}", "{name}"])
def test_no_name_becomes_a_link_or_a_placeholder(name: str) -> None:
    written = render(text("Hello {name}: {link}"), {"name": name})
    filled = fill(written.body, {PERSONAL: "LINK", OPT_OUT: "OUT"})
    assert filled.count("LINK") == 1
    assert filled.count("OUT") == 1


@given(st.text(max_size=60))
def test_a_subject_is_one_line_whatever_the_name(name: str) -> None:
    written = render(text("{link}", subject="For {name}: x"), {"name": name})
    assert "\n" not in written.subject
    assert "\r" not in written.subject
    assert len(written.subject) <= 200


def test_reminders_ask_for_the_next_step() -> None:
    assert "yes or no" in wording.next_step(Step.OPENED)["next_step"]
    assert "how it was" in wording.next_step(Step.DOWNLOADED)["next_step"]


def test_meetings_and_replies_are_told_in_plain_words() -> None:
    meeting = Meeting(title="Round one", held_at=NOW, place="Room 4")
    assert wording.of_meeting(meeting)["meeting_time"] == "1 October 2026, 12:00 UTC"
    told = [
        Reply(said="too hard", promise=Promise.DID, answer="It is easier.", published_at=NOW),
        Reply(
            said="no Santa", promise=Promise.WILL_NOT, answer="It is his game.", published_at=NOW
        ),
    ]
    assert wording.of_replies(told)["replies"] == (
        "You said: too hard\nWe did: It is easier.\n\n"
        "You said: no Santa\nWe will not, because: It is his game."
    )
