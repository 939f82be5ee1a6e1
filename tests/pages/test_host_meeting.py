"""The meeting page as a note-taker uses it."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from casework.funnel import ActivityKind, Step
from casework.meetings import Meeting, Remark, Tag
from casework.roles import Role
from casework.sentiment import Label
from db import activities, meetings, participants
from db.activities import ActivityRow
from db.clock import now
from db.engine import reading, transaction
from db.meetings import MeetingRow
from db.participants import ParticipantRow
from tests.betas import OWNER
from tests.conftest import Page
from tests.pages.recruit.stage import press, said
from tests.pages.test_study import a_study
from tests.recruits import as_guest, drafted_activity, say_yes, seat, some_customers

PAGE = "owner/host_meeting.py"
COMPLAINT = "Seeing the Grinch catch Santa was offensive. It ruined our Christmas."


@pytest.fixture
def group(installation: object) -> ActivityRow:
    study = a_study()
    with transaction() as session:
        draft = drafted_activity(ActivityKind.FOCUS_GROUP, now(), now() + timedelta(days=7))
        return activities.open_activity(session, OWNER, study, draft, now=now())


@pytest.fixture
def people(group: ActivityRow) -> list[ParticipantRow]:
    with transaction() as session:
        rows = seat(session, group, *some_customers(session, 6), now=now())
        for one in rows:
            say_yes(session, one, now=now())
        return rows


@pytest.fixture
def meeting(group: ActivityRow, people: list[ParticipantRow]) -> MeetingRow:
    with transaction() as session:
        plan = Meeting(title="First evening", held_at=now() + timedelta(days=1), place="Room 4")
        return meetings.hold(session, OWNER, group, plan, now=now())


def field(page: AppTest, label: str) -> TextInput | TextArea:
    typed: list[TextInput | TextArea] = [*page.text_input, *page.text_area]
    return next(one for one in typed if one.label == label)


def note(meeting: MeetingRow, person: ParticipantRow, text: str, tag: Tag) -> None:
    with transaction() as session:
        row = participants.get(session, person.id or 0)
        remark = Remark(text=text, tag=tag, made_at=now())
        meetings.note(session, OWNER, meeting, row, remark)


def remarks(meeting: MeetingRow) -> list[tuple[int, Tag, str]]:
    with reading() as session:
        rows = meetings.remarks_of(session, meeting.id or 0)
        return [(row.participant_id, row.tag, row.text) for row in rows]


def test_without_a_focus_group_the_page_leads_to_recruiting(page: Page) -> None:
    a_study()
    shown = page(Role.OWNER, PAGE)
    assert "Plan one first" in said(shown.info)
    press(shown, "Go to recruiting")
    assert [one.value for one in shown.title] == ["Recruit"]


def test_a_meeting_is_planned_and_expects_whoever_accepted(
    page: Page, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    field(shown, "Title").input("First evening")
    field(shown, "Place").input("Room 4")
    press(shown, "Plan the meeting")
    assert not shown.exception
    assert [one.value for one in shown.header] == ["First evening"]
    assert "0 of 6 who accepted." in said(shown.caption)


def test_a_meeting_without_a_title_says_what_to_mend(
    page: Page, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    field(shown, "Place").input("Room 4")
    press(shown, "Plan the meeting")
    assert "a title and a place" in said(shown.error)
    assert field(shown, "Place").value == "Room 4"


def test_fewer_than_five_present_are_warned_about_and_noted_all_the_same(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    pills = next(one for one in shown.button_group if one.label == "Tick whoever came")
    pills.set_value([one.id for one in people[:4]]).run()
    assert "it takes 5 to 10" in said(shown.warning)
    press(shown, "Save attendance")
    assert not shown.exception
    with reading() as session:
        steps = [participants.get(session, one.id or 0).step for one in people]
    assert steps == [Step.ATTENDED] * 4 + [Step.NO_SHOW] * 2


def test_a_remark_is_noted_in_the_speakers_words_and_shows_how_it_reads(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    next(one for one in shown.button_group if one.label == "Who").set_value(people[1].id).run()
    next(one for one in shown.button_group if one.label == "How").set_value(Tag.DISLIKE).run()
    field(shown, "In their words").input(COMPLAINT)
    press(shown, "Note the remark")
    assert not shown.exception
    assert remarks(meeting) == [(people[1].id, Tag.DISLIKE, COMPLAINT)]
    assert COMPLAINT in said(shown.text)
    assert "Reads negative" in said(shown.caption)
    assert field(shown, "In their words").value == ""


def test_a_remark_of_nobody_or_without_words_is_not_lost_silently(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    field(shown, "In their words").input("Hello")
    press(shown, "Note the remark")
    assert "Choose who said it" in said(shown.error)
    assert field(shown, "In their words").value == "Hello"
    next(one for one in shown.button_group if one.label == "Who").set_value(people[1].id).run()
    field(shown, "In their words").input("   ")
    press(shown, "Note the remark")
    assert "Type what was said" in said(shown.error)
    assert remarks(meeting) == []


def test_vetoes_stand_first_with_what_they_mean_and_without_names(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    note(meeting, people[0], COMPLAINT, Tag.VETO)
    shown = page(Role.OWNER, PAGE)
    assert "nothing ships until a named person has reviewed it" in said(shown.error)
    assert f"“{COMPLAINT}”" in said(shown.text)
    assert f"Participant {people[0].id} · fan, android" in said(shown.caption)
    assert "Person 0" not in said([*shown.text, *shown.caption, *shown.markdown, *shown.error])


def test_words_typed_as_markup_stay_text(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    note(meeting, people[0], "<b>awful</b> **awful**", Tag.DISLIKE)
    shown = page(Role.OWNER, PAGE)
    assert "<b>awful</b> **awful**" in [one.value for one in shown.text]


def test_what_somebody_said_who_withdrew_is_gone_from_the_page(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    note(meeting, people[0], COMPLAINT, Tag.VETO)
    with transaction() as session:
        row = participants.get(session, people[0].id or 0)
        participants.withdraw(session, as_guest(row), row, now=now())
    shown = page(Role.OWNER, PAGE)
    assert COMPLAINT not in said(shown.text)
    assert not shown.error


def test_an_idea_is_credited_to_whoever_had_it(
    page: Page, meeting: MeetingRow, people: list[ParticipantRow]
) -> None:
    shown = page(Role.OWNER, PAGE)
    press(shown, "Note the idea")
    assert "Give the idea a title" in said(shown.error)
    field(shown, "The idea in one line").input("A snowball fight")
    press(shown, "Note the idea")
    assert not shown.exception
    assert ":material/lightbulb: **A snowball fight**" in said(shown.markdown)
    assert f"Participant {people[0].id} · fan, android · new" in said(shown.caption)


def test_a_remark_that_is_read_wrongly_is_corrected_on_the_spot(
    page: Page, people: list[ParticipantRow], meeting: MeetingRow
) -> None:
    note(meeting, people[0], "Oh great, another advert.", Tag.DISLIKE)
    shown = page(Role.OWNER, PAGE)
    with reading() as session:
        (row,) = meetings.remarks_of(session, meeting.id or 0)
    shown.segmented_control(key=f"label-remark-{row.id}").select("negative")
    field(shown, "Why it is wrong").input("Irony.")
    press(shown, "Keep the correction")
    assert not shown.exception
    with reading() as session:
        (row,) = meetings.remarks_of(session, meeting.id or 0)
    assert row.human_label is Label.negative
    told = "\n".join(str(one.value) for one in shown.markdown)
    assert "A person reads it as negative, and that counts" in told
    assert "read by a person" in told
    assert "“Irony.”" in told
