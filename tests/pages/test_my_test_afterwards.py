"""What a customer's page shows while they wait, when they leave, and when all is over."""

from datetime import timedelta
from pathlib import Path

import pytest

from casework.feedback import Answer
from casework.funnel import ActivityKind, Step
from casework.meetings import Idea, IdeaStatus, Meeting
from casework.replies import Promise, Reply
from db import participants
from db.clock import now
from db.drafts import draft_of
from db.engine import reading, transaction
from db.meetings import IdeaRow, MeetingRow
from db.replies import ReplyRow
from db.table import change
from tests.betas import Beta, a_beta, a_study, a_tester, an_activity
from tests.conftest import Page
from tests.pages.tester import (
    SEND,
    answer,
    fill,
    labels,
    press,
    told,
)


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        return a_beta(session, now())


def step(beta: Beta, reached: Step) -> None:
    with transaction() as session:
        row = participants.get(session, beta.tester.id or 0)
        participants.advance(session, row, reached, now=now())


def end(beta: Beta) -> None:
    with transaction() as session:
        row = participants.activity_of(session, participants.get(session, beta.tester.id or 0))
        change(row, closes_at=now() - timedelta(minutes=1))
        session.add(row)


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
