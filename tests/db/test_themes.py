"""A study's themes in versions, and the texts they are found in."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casework.errors import Invalid, NotAllowed
from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.meetings import Meeting, Remark, Tag
from casework.outside import OutsideVoice
from casework.roles import Actor, Role
from casework.themes import add_terms, adopt, first_themes, rename
from db import audit, feedback, meetings, outside, participants, themes
from db.participants import consent_of
from db.table import change
from tests.betas import NOW, OWNER, Beta, a_beta, a_study, a_tester, an_activity

STUDENT = Actor(role=Role.STUDENT, name="Sam")
LATER = NOW + timedelta(hours=1)


def told(session: Session, beta: Beta, name: str, answer: Answer) -> int:
    tester, actor = a_tester(session, beta.activity, name)
    return feedback.receive(session, actor, tester.id or 0, answer, now=NOW).id or 0


def test_a_study_begins_with_the_usual_themes_and_no_version_on_file(session: Session) -> None:
    study = a_study(session)
    assert themes.current(session, study) == first_themes()
    assert themes.versions(session, study) == []


def test_a_change_is_kept_with_who_made_it_and_comes_back_as_it_was(session: Session) -> None:
    study = a_study(session)
    after = rename(first_themes(), "Audio", "Sound and music")
    row = themes.change(session, OWNER, study, after, "Renamed “Audio”", now=NOW)
    session.expire_all()
    assert themes.current(session, study) == after
    assert (row.version, row.made_by, row.made_at) == (2, "Nora", NOW)
    last = audit.of_study(session, study.id or 0)[-1]
    assert (last.act, last.subject, last.detail) == (
        "change themes",
        f"themes {row.id}",
        "version 2",
    )
    assert themes.current(session, a_study(session, "other")) == first_themes()


def test_a_change_sent_twice_stays_one_version(session: Session) -> None:
    study = a_study(session)
    after = adopt(first_themes(), "Snow", ["snow"])
    first = themes.change(session, OWNER, study, after, "Adopted “Snow”", now=NOW)
    again = themes.change(session, OWNER, study, after, "Adopted “Snow”", now=LATER)
    assert first.id == again.id
    assert len(themes.versions(session, study)) == 1


def test_a_change_of_outdated_themes_is_refused(session: Session) -> None:
    study = a_study(session)
    mine = add_terms(first_themes(), "Audio", ["drum*"])
    yours = rename(first_themes(), "Audio", "Sound")
    themes.change(session, OWNER, study, mine, "Added terms", now=NOW)
    with pytest.raises(Invalid, match="in the meantime"):
        themes.change(session, OWNER, study, yours, "Renamed", now=NOW)
    assert themes.current(session, study) == mine


def test_only_owners_change_themes(session: Session) -> None:
    study = a_study(session)
    after = adopt(first_themes(), "Snow", ["snow"])
    with pytest.raises(NotAllowed):
        themes.change(session, STUDENT, study, after, "Adopted", now=NOW)


def test_texts_come_from_answers_with_words_and_from_meetings(session: Session) -> None:
    beta = a_beta(session)
    answered = told(session, beta, "Bea", Answer(csat=2, change_first="Slow", offended=True))
    told(session, beta, "Ben", Answer(csat=5))
    group = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    guest, _ = a_tester(session, group, "Gina")
    meeting = Meeting(title="Evening", held_at=NOW, place="A call")
    row = meetings.hold(session, OWNER, group, meeting, now=NOW)
    veto = Remark(text="Xqv", tag=Tag.VETO, made_at=LATER)
    remark = meetings.note(session, OWNER, row, guest, veto)
    session.flush()
    heard = themes.heard(session, OWNER, beta.study)
    assert heard.texts == ("Slow", "Xqv")
    assert heard.source == (f"answer {answered}", f"remark {remark.id}")
    assert heard.build == ("0.9.0", "meeting")
    assert heard.builds == ("0.9.0", "meeting")
    assert heard.offended.tolist() == [True, True]
    assert heard.loyal.tolist() == [True, True]
    assert heard.day == ("2026-10-01", "2026-10-01")
    assert heard.polarity[0] < 0
    assert heard.polarity[1] != heard.polarity[1]  # not a number: “Xqv” has no tone


def test_only_the_newest_version_of_an_answer_is_heard_and_only_if_it_counts(
    session: Session,
) -> None:
    beta = a_beta(session)
    tester = beta.tester.id or 0
    for text in ("First thoughts", "Second thoughts"):
        feedback.receive(session, beta.actor, tester, Answer(change_first=text), now=NOW)
    assert themes.heard(session, OWNER, beta.study).texts == ("Second thoughts",)
    (newest, _) = feedback.of_participant(session, tester)
    feedback.mark_invalid(session, OWNER, newest, "A test of ours", now=NOW)
    assert themes.heard(session, OWNER, beta.study).texts == ()


def test_whoever_withdraws_is_not_heard(session: Session) -> None:
    beta = a_beta(session)
    words = Answer(change_first="Snow", offended_by="Rain")
    feedback.receive(session, beta.actor, beta.tester.id or 0, words, now=NOW)
    assert themes.heard(session, OWNER, beta.study).texts == ("Snow\nRain",)
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    session.flush()
    assert themes.heard(session, OWNER, beta.study).texts == ()


def test_beyond_the_owner_only_texts_that_may_be_quoted_are_heard(session: Session) -> None:
    beta = a_beta(session)
    told(session, beta, "Bea", Answer(change_first="Private"))
    tester, actor = a_tester(session, beta.activity, "Ben")
    feedback.receive(session, actor, tester.id or 0, Answer(change_first="Public"), now=LATER)
    consent = consent_of(session, tester.id)
    assert consent is not None
    change(consent, may_quote=True)
    session.flush()
    assert themes.heard(session, OWNER, beta.study).may_quote.tolist() == [False, True]
    assert themes.heard(session, STUDENT, beta.study).texts == ("Public",)
    with pytest.raises(NotAllowed):
        themes.heard(session, STUDENT, a_study(session, "other"))
    with pytest.raises(NotAllowed):
        themes.heard(session, actor, beta.study)


def test_outside_voices_are_read_apart_and_change_nothing_among_testers(session: Session) -> None:
    beta = a_beta(session)
    told(session, beta, "A", Answer(csat=4, change_first="The music is lovely"))
    before = themes.heard(session, OWNER, beta.study)
    voices = [
        OutsideVoice(ref="1", text="The music is awful", source="play.csv", imported_at=NOW),
        OutsideVoice(ref="2", text="Schlecht", kept_aside=True, source="play.csv", imported_at=NOW),
        OutsideVoice(ref="3", text="", stars=5, source="play.csv", imported_at=NOW),
        OutsideVoice(
            ref="4",
            text="Good sound",
            build="0.9",
            source="play.csv",
            written_at=NOW - timedelta(days=3),
            imported_at=NOW,
        ),
    ]
    outside.keep(session, OWNER, beta.study, voices)
    after = themes.heard(session, OWNER, beta.study)
    assert (after.texts, after.source) == (before.texts, before.source)
    apart = themes.outside(session, OWNER, beta.study)
    assert apart.texts == ("Good sound", "The music is awful")
    assert apart.build == ("0.9", "no build named")
    assert all(source.startswith("voice ") for source in apart.source)
    assert not apart.loyal.any()


def test_what_somebody_said_in_a_meeting_stays_with_owners(session: Session) -> None:
    beta = a_beta(session)
    tester, _ = a_tester(session, beta.activity, "A")
    voice = OutsideVoice(
        ref="1",
        text="The music is awful",
        participant_id=tester.id,
        source="talk.vtt",
        imported_at=NOW,
    )
    outside.keep(session, OWNER, beta.study, [voice])
    assert len(themes.outside(session, OWNER, beta.study).texts) == 1
    assert themes.outside(session, STUDENT, beta.study).texts == ()
