"""Facts about corrections: filed beside the scorer's word, superseded, never edited, audited."""

import pytest
from sqlmodel import Session

from casework.corrections import Judgement, Spoken
from casework.errors import Invalid, NotAllowed, NotFound
from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.gates import GateName
from casework.meetings import Meeting, Remark, Tag
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from casework.sentiment import Label
from db import audit, corrections, feedback, meetings, outside, reviews
from db.feedback import FeedbackRow
from db.table import change
from tests.betas import NOW, OWNER, a_beta, a_study, a_tester, an_activity

IRONY = "What a lovely, great surprise."
WRONG = Judgement(label=Label.negative, reason="It is irony.")


def an_answer(session: Session, text: str = IRONY, *, offended: bool | None = None) -> FeedbackRow:
    beta = a_beta(session)
    told = Answer(csat=1, change_first=text, offended=offended)
    return feedback.receive(session, beta.actor, beta.tester.id or 0, told, now=NOW)


def test_the_persons_value_counts_and_what_the_scorer_said_stays_on_file(session: Session) -> None:
    row = an_answer(session)
    before = row.reading
    assert before is not None
    assert row.polarity == before.polarity > 0.3
    filed = corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, WRONG, now=NOW)
    assert (row.polarity, row.human_label) == (-0.6, Label.negative)
    assert row.reading == before
    assert (filed.machine_label, filed.machine_polarity) == (Label.positive, before.polarity)
    assert filed.raw_polarity == before.textblob_polarity
    assert filed.human_polarity == -0.6
    assert filed.read_by == row.read_by == before.scorer_version


def test_a_later_correction_takes_the_place_of_the_first_and_both_stay(session: Session) -> None:
    row = an_answer(session)
    text_id = row.id or 0
    neutral = Judgement(label=Label.neutral, reason="Rather flat.")
    corrections.correct(session, OWNER, Spoken.ANSWER, text_id, WRONG, now=NOW)
    again = corrections.correct(session, OWNER, Spoken.ANSWER, text_id, WRONG, now=NOW)
    corrections.correct(session, OWNER, Spoken.ANSWER, text_id, neutral, now=NOW)
    kept = corrections.of_texts(session, Spoken.ANSWER, [text_id])[text_id]
    assert [one.label for one in kept] == [Label.neutral, Label.negative]
    assert kept[1].id == again.id
    assert row.polarity == 0.0


def test_taking_a_correction_back_gives_the_scorers_value_its_place(session: Session) -> None:
    row = an_answer(session)
    assert row.reading is not None
    back = Judgement(reason="It was meant.")
    with pytest.raises(Invalid, match="Say how the text should be read"):
        corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, back, now=NOW)
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, WRONG, now=NOW)
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, back, now=NOW)
    assert (row.polarity, row.human_label) == (row.reading.polarity, None)


def test_no_correction_can_be_edited(session: Session) -> None:
    row = an_answer(session)
    filed = corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, WRONG, now=NOW)
    change(filed, reason="Another reason.")
    with pytest.raises(TypeError, match="never edited"):
        session.flush()


def test_a_missed_offence_opens_the_values_gate_and_a_false_one_closes_it(session: Session) -> None:
    row = an_answer(session, "We stopped after two minutes.")
    study_id = 1
    assert reviews.concerns(session, study_id, None)[GateName.VALUES] == []
    missed = Judgement(offence=True, reason="They are hurt in their faith.")
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, missed, now=NOW)
    assert row.offence
    assert [one.quote for one in reviews.concerns(session, study_id, None)[GateName.VALUES]] == [
        row.text
    ]
    false_alarm = Judgement(offence=False, reason="They said nothing of the kind.")
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, false_alarm, now=NOW)
    assert reviews.concerns(session, study_id, None)[GateName.VALUES] == []


def test_nobody_takes_back_the_offence_a_tester_ticked(session: Session) -> None:
    row = an_answer(session, "Meh.", offended=True)
    denied = Judgement(offence=False, reason="I do not think so.")
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, denied, now=NOW)
    assert row.offence
    assert row.offended
    assert row.human_offence is False


def test_outside_voices_are_corrected_too_until_their_words_change(session: Session) -> None:
    study = a_study(session)
    voice = OutsideVoice(ref="1", text=IRONY, stars=1, source="store.csv", imported_at=NOW)
    outside.keep(session, OWNER, study, [voice])
    row = outside.by_ref(session, study, ["1"])["1"]
    corrections.correct(session, OWNER, Spoken.VOICE, row.id or 0, WRONG, now=NOW)
    assert row.polarity == -0.6
    outside.keep(session, OWNER, study, [voice.model_copy(update={"stars": 2})])
    assert (row.stars, row.polarity) == (2, -0.6)
    outside.keep(session, OWNER, study, [voice.model_copy(update={"text": "Great fun!"})])
    assert row.human_label is None
    assert row.polarity is not None
    assert row.polarity > 0.5


def test_remarks_of_a_meeting_are_corrected_too(session: Session) -> None:
    study = a_study(session)
    group = an_activity(session, study, ActivityKind.FOCUS_GROUP)
    who, _ = a_tester(session, group)
    meeting = meetings.hold(
        session, OWNER, group, Meeting(title="Evening", held_at=NOW, place="A call"), now=NOW
    )
    said = Remark(text=IRONY, tag=Tag.DISLIKE, made_at=NOW)
    row = meetings.note(session, OWNER, meeting, who, said)
    session.flush()
    filed = corrections.correct(session, OWNER, Spoken.REMARK, row.id or 0, WRONG, now=NOW)
    assert row.human_label is Label.negative
    assert filed.study_id == study.id


def test_a_correction_is_in_the_trail_and_only_owners_make_one(session: Session) -> None:
    row = an_answer(session)
    corrections.correct(session, OWNER, Spoken.ANSWER, row.id or 0, WRONG, now=NOW)
    last = audit.of_study(session, 1)[-1]
    assert (last.act, last.subject) == ("correct reading", f"answer {row.id}")
    assert last.detail == "tone negative, offence as heard: It is irony."
    for role in (Role.CUSTOMER, Role.STUDENT, Role.INSTRUCTOR):
        with pytest.raises(NotAllowed):
            corrections.correct(
                session, Actor(role=role, name="Ann"), Spoken.ANSWER, 1, WRONG, now=NOW
            )
    with pytest.raises(NotFound, match="no words of answer 99"):
        corrections.correct(session, OWNER, Spoken.ANSWER, 99, WRONG, now=NOW)
