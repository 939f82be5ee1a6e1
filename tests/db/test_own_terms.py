"""Facts about an installation's own words: versions, in force at once, taken back, refused."""

import pytest
from sqlmodel import Session

from casework.corrections import OwnTerm
from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.roles import Actor, Role
from casework.sentiment import SCORER_VERSION, Label, read
from db import feedback, own_terms
from tests.betas import NOW, OWNER, a_beta

YULEISH = OwnTerm(term="yuleish", weight=1.2, because="4 of 4 labelled texts")
FROST = OwnTerm(term="frost troll", weight=-1.5, because="entered by hand")


def test_without_own_terms_texts_are_read_as_by_the_committed_table(session: Session) -> None:
    present = own_terms.reader(session)
    assert present.read_by == SCORER_VERSION
    assert present.read("Lovely, but it crashed.") == read("Lovely, but it crashed.")


def test_each_change_is_a_version_and_the_same_again_is_none(session: Session) -> None:
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    own_terms.accept(session, OWNER, FROST, now=NOW)
    own_terms.revoke(session, OWNER, "yuleish", now=NOW)
    kept = own_terms.versions(session)
    assert [(one.version, one.said) for one in kept] == [
        (1, "accept “yuleish”"),
        (2, "accept “frost troll”"),
        (3, "revoke “yuleish”"),
    ]
    assert [one.term for one in kept[1].terms] == ["frost troll", "yuleish"]
    assert own_terms.in_force(session) == (FROST,)
    assert own_terms.reader(session).read_by == f"{SCORER_VERSION}+3"


def test_new_answers_are_read_with_the_own_words_at_once(session: Session) -> None:
    beta = a_beta(session)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    told = Answer(change_first="How yuleish.")
    row = feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=NOW)
    assert row.reading is not None
    assert row.reading.label is Label.positive
    assert row.read_by == f"{SCORER_VERSION}+1"
    assert read("How yuleish.").label is Label.abstain


def test_two_who_change_the_terms_at_once_do_not_both_make_a_version(session: Session) -> None:
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    again = own_terms.OwnTermsRow.model_validate(
        own_terms.versions(session)[0].model_dump(exclude={"id"})
    )
    session.add(again)
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        session.flush()


def test_a_term_that_is_gone_cannot_be_revoked(session: Session) -> None:
    with pytest.raises(Invalid, match="not among the own terms"):
        own_terms.revoke(session, OWNER, "yuleish", now=NOW)


def test_what_is_refused_is_remembered(session: Session) -> None:
    own_terms.refuse(session, OWNER, "sledge", now=NOW)
    own_terms.refuse(session, OWNER, "sledge", now=NOW)
    assert own_terms.refused(session) == {"sledge"}
    assert own_terms.versions(session) == []


def test_only_owners_keep_own_terms(session: Session) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        own_terms.accept(session, student, YULEISH, now=NOW)
    with pytest.raises(NotAllowed):
        own_terms.revoke(session, student, "yuleish", now=NOW)
    with pytest.raises(NotAllowed):
        own_terms.refuse(session, student, "yuleish", now=NOW)
