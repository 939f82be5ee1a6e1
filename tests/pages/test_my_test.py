"""What an invited customer meets on their one page."""

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ButtonGroup, TextArea

from casework.builds import Build, Platform
from casework.feedback import Answer
from casework.funnel import ActivityKind, Step
from casework.meetings import Idea, IdeaStatus, Meeting
from casework.replies import Promise, Reply
from casework.roles import Actor
from db import builds, feedback, participants
from db.clock import now
from db.drafts import draft_of
from db.engine import reading, transaction
from db.feedback import FeedbackRow
from db.meetings import IdeaRow, MeetingRow
from db.replies import ReplyRow
from db.table import change
from tests.betas import OWNER, STORE, Beta, a_beta, a_study, a_tester, an_activity
from tests.conftest import Page

SEND = "Send my answer"
NO, YES = False, True
MARKUP = "<b>Stop</b> *the* [Grinch](https://example.com) $x$ =1+1"


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        return a_beta(session, now())


def told(shown: AppTest) -> str:
    """Everything the screen says, in its own markup."""
    kinds = (shown.title, shown.subheader, shown.markdown, shown.caption, shown.info)
    more = (shown.success, shown.warning, shown.error)
    return "\n".join(str(one.value) for kind in (*kinds, *more) for one in kind)


def press(shown: AppTest, label: str) -> AppTest:
    (button,) = (one for one in shown.button if one.label == label)
    return button.click().run()


def labels(shown: AppTest) -> list[str]:
    return [button.label for button in shown.button]


def choice(shown: AppTest, label: str) -> ButtonGroup[object]:
    (found,) = (one for one in shown.segmented_control if one.label.startswith(label))
    return found


def words(shown: AppTest, label: str) -> TextArea:
    (found,) = (one for one in shown.text_area if one.label.startswith(label))
    return found


def sent_by(beta: Beta) -> list[FeedbackRow]:
    with reading() as session:
        return feedback.of_participant(session, beta.tester.id or 0)


def answer(beta: Beta, given: Answer) -> None:
    with transaction() as session:
        feedback.receive(session, beta.actor, beta.tester.id or 0, given, now=now())


def step(beta: Beta, reached: Step) -> None:
    with transaction() as session:
        row = participants.get(session, beta.tester.id or 0)
        participants.advance(session, row, reached, now=now())


def end(beta: Beta) -> None:
    with transaction() as session:
        row = participants.activity_of(session, participants.get(session, beta.tester.id or 0))
        change(row, closes_at=now() - timedelta(minutes=1))
        session.add(row)


def new_guest(beta: Beta) -> Actor:
    with transaction() as session:
        return a_tester(session, beta.activity, "Ben", agreed=False, now=now())[1]


def test_the_first_visit_says_who_asks_and_takes_a_yes_of_an_adult(beta: Beta, page: Page) -> None:
    guest = new_guest(beta)
    shown = page(guest, "")
    assert shown.title[0].value == "Try Santa Run before its release"
    assert "Nora asks you" in told(shown)
    shown = press(shown, "Yes, I take part")
    assert "18 or older" in shown.error[0].value
    shown.checkbox(key="is_adult").check()
    shown.checkbox(key="may_quote").check()
    shown = press(shown, "Yes, I take part")
    assert "you are in" in shown.success[0].value
    with reading() as session:
        given = participants.consent_of(session, guest.participant_id)
    assert given is not None
    assert (given.is_adult, given.may_quote) == (True, True)


def test_quoting_is_not_ticked_for_anybody(beta: Beta, page: Page) -> None:
    shown = page(new_guest(beta), "")
    assert [box.value for box in shown.checkbox] == [False, False]


def test_a_no_is_taken_as_a_no(beta: Beta, page: Page) -> None:
    shown = press(page(new_guest(beta), ""), "No, thank you")
    assert "that is fine" in shown.title[0].value
    assert labels(shown) == []


def test_a_tester_gets_the_build_first_and_says_when_they_have_played(
    beta: Beta, page: Page
) -> None:
    shown = page(beta.actor, "")
    (link,) = shown.get("link_button")
    assert link.proto.label == "Get it for Android"
    assert link.proto.url.startswith("/download/")
    assert SEND not in labels(shown)
    assert SEND in labels(press(shown, "I have played it"))


def test_who_has_opened_the_link_is_asked_at_once(beta: Beta, page: Page) -> None:
    with transaction() as session:
        row = participants.get(session, beta.tester.id or 0)
        participants.advance(
            session, row, Step.LINK_OPENED, now=now(), detail=f"build {beta.build.id}"
        )
    assert SEND in labels(page(beta.actor, ""))


def fill(shown: AppTest) -> AppTest:
    choice(shown, "How satisfied").select(2).run()
    words(shown, "What should we change").input(MARKUP).run()
    choice(shown, "Did it crash").select(NO).run()
    choice(shown, "Did anything upset").select(YES).run()
    words(shown, "What was it").input("It ruined Christmas.").run()
    choice(shown, "How likely").select(0).run()
    return shown


def test_an_answer_is_sent_once_and_shown_as_it_was_typed(beta: Beta, page: Page) -> None:
    shown = fill(press(page(beta.actor, ""), "I have played it"))
    shown = press(shown, SEND)
    assert not shown.exception
    (row,) = sent_by(beta)
    assert (row.csat, row.crashed, row.offended, row.recommend) == (2, False, True, 0)
    assert (row.change_first, row.offended_by) == (MARKUP, "It ruined Christmas.")
    assert row.offence
    assert "has arrived" in shown.success[0].value
    assert r"&lt;b&gt;Stop&lt;/b&gt; \*the\* \[Grinch\]" in told(shown)
    assert "<b>" not in told(shown)
    with reading() as session:
        assert draft_of(session, beta.tester.id or 0, beta.build.id or 0) == {}


def test_what_is_typed_survives_a_reload(beta: Beta, page: Page) -> None:
    fill(press(page(beta.actor, ""), "I have played it"))
    again = page(beta.actor, "")
    assert choice(again, "How satisfied").value == 2
    assert words(again, "What should we change").value == MARKUP
    assert choice(again, "Did it crash").value is False
    assert words(again, "What was it").value == "It ruined Christmas."
    press(again, SEND)
    assert [row.change_first for row in sent_by(beta)] == [MARKUP]


def test_two_tabs_that_send_the_same_file_it_once(beta: Beta, page: Page) -> None:
    one = fill(press(page(beta.actor, ""), "I have played it"))
    other = page(beta.actor, "")
    press(one, SEND)
    other = press(other, SEND)
    assert len(sent_by(beta)) == 1
    assert not other.exception


def test_an_empty_answer_is_not_sent(beta: Beta, page: Page) -> None:
    shown = press(press(page(beta.actor, ""), "I have played it"), SEND)
    assert "at least one question" in shown.error[0].value
    assert sent_by(beta) == []


def test_an_answer_can_be_changed_and_says_which_one_counts(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2, change_first="The end"))
    shown = page(beta.actor, "")
    assert "Your first answer is the one that is counted" in told(shown)
    shown = press(shown, "Change my answer")
    assert words(shown, "What should we change").value == "The end"
    choice(shown, "How satisfied").select(4).run()
    shown = press(shown, "Send the change")
    assert [(row.version, row.csat) for row in sent_by(beta)] == [(2, 4), (1, 2)]


def test_a_change_can_be_left(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2))
    shown = press(page(beta.actor, ""), "Change my answer")
    choice(shown, "How satisfied").select(5).run()
    shown = press(shown, "Leave it as it was")
    assert "2 of 5" in told(shown)
    assert "Change my answer" in labels(shown)
    assert len(sent_by(beta)) == 1


def release_next(beta: Beta) -> None:
    with transaction() as session:
        later = builds.add_build(
            session, OWNER, beta.study, Build(version="0.9.1", added_at=now()), now=now()
        )
        builds.attach_link(session, OWNER, later, Platform.ANDROID, STORE, now=now())
        activity = participants.activity_of(session, participants.get(session, beta.tester.id or 0))
        builds.release(session, OWNER, activity, later, now=now())


def test_words_about_a_build_that_was_replaced_meanwhile_are_not_lost(
    beta: Beta, page: Page
) -> None:
    fill(press(page(beta.actor, ""), "I have played it"))
    release_next(beta)
    shown = press(page(beta.actor, ""), "I have played it")
    assert "newer version has come out" in told(shown)
    assert words(shown, "What should we change").value == MARKUP
    assert choice(shown, "How satisfied").value is None
    press(shown, SEND)
    (row,) = sent_by(beta)
    assert (row.change_first, row.csat) == (MARKUP, None)
    assert row.build_id != beta.build.id


def test_a_newer_build_is_asked_about_anew(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2))
    release_next(beta)
    shown = page(beta.actor, "")
    assert "newer version" in told(shown)
    shown = press(shown, "I have played it")
    assert choice(shown, "How satisfied").value is None


def test_a_build_for_another_device_only_says_so(beta: Beta, page: Page) -> None:
    with transaction() as session:
        _, apple = a_tester(session, beta.activity, "Eve", "ios", now=now())
    shown = page(apple, "")
    assert "nothing for your device yet" in told(shown)
    assert len(shown.get("link_button")) == 0


def test_before_a_build_is_out_one_waits(installation: Path, page: Page) -> None:
    with transaction() as session:
        activity = an_activity(session, a_study(session), now=now())
        _, early = a_tester(session, activity, now=now())
    assert "not ready for you yet" in told(page(early, ""))


def test_stopping_takes_a_second_click(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2))
    shown = press(page(beta.actor, ""), "Stop taking part")
    shown = press(shown, "No, I stay")
    assert "What you sent" in told(shown)
    shown = press(press(shown, "Stop taking part"), "Yes, stop and take my answers out")
    assert shown.title[0].value == "You have stopped taking part"
    with reading() as session:
        assert participants.get(session, beta.tester.id or 0).step is Step.WITHDRAWN
        assert participants.consent_of(session, beta.tester.id) is None


@pytest.mark.parametrize(
    ("left", "title"),
    [
        (Step.DECLINED, "You said no, and that is fine"),
        (Step.WITHDRAWN, "You have stopped taking part"),
        (Step.EXPIRED, "This invitation has expired"),
    ],
)
def test_who_left_meets_a_kind_word_and_no_choice(
    beta: Beta, page: Page, left: Step, title: str
) -> None:
    step(beta, left)
    shown = page(beta.actor, "")
    assert shown.title[0].value == title
    assert labels(shown) == []


def test_after_the_end_one_sees_what_was_sent_and_what_came_of_it(beta: Beta, page: Page) -> None:
    answer(beta, Answer(csat=2, change_first="The Grinch"))
    with transaction() as session:
        reply = Reply(
            said="The Grinch spoils it",
            promise=Promise.DID,
            answer="Santa escapes now.",
            published_at=now(),
        )
        session.add(ReplyRow.model_validate(reply, update={"study_id": beta.study.id}))
        row = participants.get(session, beta.tester.id or 0)
        change(row, incentive_sent_at=now())
        session.add(row)
    end(beta)
    text = told(page(beta.actor, ""))
    for part in ("has ended", "2 of 5", "We did:", "Santa escapes now", "500 gems, was sent on"):
        assert part in text


def test_who_missed_the_end_is_not_asked_any_more(beta: Beta, page: Page) -> None:
    end(beta)
    shown = page(beta.actor, "")
    assert shown.title[0].value == "This test has ended"
    assert labels(shown) == []


def test_a_test_that_ends_while_one_types_says_so_and_keeps_the_draft(
    beta: Beta, page: Page
) -> None:
    shown = fill(press(page(beta.actor, ""), "I have played it"))
    end(beta)
    shown = press(shown, SEND)
    assert shown.title[0].value == "This test has ended"
    with reading() as session:
        assert draft_of(session, beta.tester.id or 0, beta.build.id or 0)["csat"] == 2


def test_a_focus_group_shows_when_and_where_and_the_members_own_ideas(
    installation: Path, page: Page
) -> None:
    with transaction() as session:
        study = a_study(session)
        group = an_activity(session, study, ActivityKind.FOCUS_GROUP, now=now())
        tester, member = a_tester(session, group, now=now())
        meeting = Meeting(title="First evening", held_at=now(), place="Room 4, *upstairs*")
        call = Meeting(title="Second evening", held_at=now(), place="https://example.com/call")
        for one in (meeting, call):
            session.add(MeetingRow.model_validate(one, update={"activity_id": group.id}))
        idea = Idea(title="Let Santa sing", status=IdeaStatus.PLANNED, made_at=now())
        ids = {"study_id": study.id, "participant_id": tester.id}
        mine = IdeaRow.model_validate(idea, update=ids)
        session.add(mine)
        session.flush()
        reply = Reply(said="Singing", promise=Promise.WILL, answer="In spring.", published_at=now())
        ids = {"study_id": study.id, "idea_id": mine.id}
        session.add(ReplyRow.model_validate(reply, update=ids))
    shown = page(member, "")
    text = told(shown)
    for part in ("First evening", r"\*upstairs\*", "Let Santa sing", "Planned", "In spring"):
        assert part in text
    (link,) = shown.get("link_button")
    assert link.proto.url == "https://example.com/call"


def test_an_owners_page_is_not_among_a_customers_pages(beta: Beta, page: Page) -> None:
    with pytest.raises(ValueError, match="release_build"):
        page(beta.actor, "owner/release_build.py")
