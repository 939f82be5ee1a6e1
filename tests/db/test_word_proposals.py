"""Facts about words proposed from people's labels and tried on stored texts."""

import pytest
from sqlmodel import Session

from casework.corrections import Judgement, OwnTerm, Spoken
from casework.errors import NotAllowed
from casework.feedback import Answer
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from casework.sentiment import Label
from db import (
    corrections,
    feedback,
    label_samples,
    outside,
    own_terms,
    participants,
    word_proposals,
)
from db.studies import StudyRow
from tests.betas import NOW, OWNER, a_beta, a_study

YULEISH = OwnTerm(term="yuleish", weight=1.0, because="by hand")


def voices(session: Session, *texts: str) -> StudyRow:
    study = a_study(session)
    outside.keep(
        session,
        OWNER,
        study,
        [
            OutsideVoice(ref=str(at), text=text, source="x.csv", imported_at=NOW)
            for at, text in enumerate(texts)
        ],
    )
    return study


def say(session: Session, text_id: int, label: Label) -> None:
    told = Judgement(label=label, reason="As I hear it.")
    corrections.correct(session, OWNER, Spoken.VOICE, text_id, told, now=NOW)


def test_corrections_of_three_texts_propose_their_word_until_it_is_refused(
    session: Session,
) -> None:
    voices(session, *(f"The yuleish level {number}" for number in range(4)))
    assert word_proposals.proposals(session, OWNER) == ()
    for text_id in (1, 2, 3):
        say(session, text_id, Label.positive)
    proposed = {one.term for one in word_proposals.proposals(session, OWNER)}
    assert "yuleish" in proposed
    own_terms.refuse(session, OWNER, "yuleish", now=NOW)
    assert "yuleish" not in {one.term for one in word_proposals.proposals(session, OWNER)}


def test_what_is_in_force_is_not_proposed_again(session: Session) -> None:
    voices(session, *(f"The yuleish level {number}" for number in range(4)))
    for text_id in (1, 2, 3):
        say(session, text_id, Label.positive)
    own_terms.accept(session, OWNER, YULEISH, now=NOW)
    assert "yuleish" not in {one.term for one in word_proposals.proposals(session, OWNER)}


def test_blind_labels_propose_words_too(session: Session) -> None:
    study = voices(session, *(f"The yuleish level {number}" for number in range(4)))
    sample = label_samples.draw(session, OWNER, study, Spoken.VOICE, seed=1, now=NOW)
    for place in range(4):
        label_samples.give(session, OWNER, sample.id or 0, place, Label.positive, now=NOW)
    assert "yuleish" in {one.term for one in word_proposals.proposals(session, OWNER)}


def test_the_preview_counts_all_texts_and_whether_people_agree(session: Session) -> None:
    voices(
        session,
        *(f"The yuleish level {number}" for number in range(4)),
        "Great fun",
        "Terrible crash",
    )
    say(session, 1, Label.positive)
    say(session, 2, Label.neutral)
    told = word_proposals.preview(session, OWNER, YULEISH)
    assert (told.texts, told.differently) == (6, 4)
    assert (told.with_people, told.against_people) == (1, 0)
    assert own_terms.versions(session) == []


def test_only_owners_see_and_try_words(session: Session) -> None:
    student = Actor(role=Role.STUDENT, name="Sam")
    with pytest.raises(NotAllowed):
        word_proposals.proposals(session, student)
    with pytest.raises(NotAllowed):
        word_proposals.preview(session, student, YULEISH)


def test_words_of_who_withdrew_are_neither_proposed_nor_tried_on(session: Session) -> None:
    beta = a_beta(session)
    for number in range(3):
        words = Answer(change_first=f"The yuleish level {number}")
        feedback.receive(session, beta.actor, beta.tester.id or 0, words, now=NOW)
    told = Judgement(label=Label.positive, reason="As I hear it.")
    for answer in (1, 2, 3):
        corrections.correct(session, OWNER, Spoken.ANSWER, answer, told, now=NOW)
    assert "yuleish" in {one.term for one in word_proposals.proposals(session, OWNER)}
    assert word_proposals.preview(session, OWNER, YULEISH).differently == 3
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    assert word_proposals.proposals(session, OWNER) == ()
    tried = word_proposals.preview(session, OWNER, YULEISH)
    assert (tried.texts, tried.differently) == (0, 0)
