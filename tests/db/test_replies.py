"""Telling participants what came of their words, once and for good."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.errors import Invalid, NotAllowed
from casework.replies import Promise, Reply
from casework.roles import Actor, Role
from db import audit, replies
from db.studies import StudyRow
from tests.betas import NOW, OWNER, a_study


def tell(session: Session, study: StudyRow, said: str, answer: str = "He escapes now.") -> None:
    reply = Reply(said=said, promise=Promise.DID, answer=answer, published_at=NOW)
    replies.publish(session, OWNER, study, reply, now=NOW + timedelta(hours=1))


def test_replies_are_read_in_the_order_they_were_published_with_their_moment(
    session: Session,
) -> None:
    study, other = a_study(session), a_study(session, "other")
    tell(session, study, "Santa is caught.")
    tell(session, study, "More levels.")
    tell(session, other, "Santa is caught.")
    found = replies.of_study(session, study.id)
    assert [row.said for row in found] == ["Santa is caught.", "More levels."]
    assert {row.published_at for row in found} == {NOW + timedelta(hours=1)}
    assert [row.act for row in audit.of_study(session, study.id or 0)] == ["publish reply"] * 2


def test_the_same_is_told_back_once_however_it_is_spelled(session: Session) -> None:
    study = a_study(session)
    tell(session, study, "Santa is caught.")
    with pytest.raises(Invalid, match="a reply to this already"):
        tell(session, study, "  SANTA is caught. ")
    assert len(replies.of_study(session, study.id)) == 1


def test_a_reply_without_an_answer_is_not_published(session: Session) -> None:
    study = a_study(session)
    with pytest.raises(Invalid, match="Finish the sentence: We did:"):
        tell(session, study, "Santa is caught.", answer="   ")
    assert replies.of_study(session, study.id) == []


def test_only_an_owner_tells_back(session: Session) -> None:
    study = a_study(session)
    reply = Reply(said="a", promise=Promise.WILL, answer="b", published_at=NOW)
    for role in (Role.STUDENT, Role.INSTRUCTOR, Role.CUSTOMER):
        with pytest.raises(NotAllowed):
            replies.publish(session, Actor(role=role, name="x"), study, reply, now=NOW)
    assert replies.of_study(session, study.id) == []


def test_each_promise_opens_its_own_sentence() -> None:
    openings = [promise.opening for promise in Promise]
    assert openings == ["We did:", "We will:", "We will not, because:"]
