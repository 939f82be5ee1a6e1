"""Facts about reviews of stores and words from meetings: kept with their source, never counted."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from casework.errors import Closed, NotAllowed, NotFound
from casework.feedback import Answer
from casework.funnel import ActivityKind
from casework.imports import FeedbackFormat
from casework.outside import Store
from casework.roles import Actor, Role
from db import (
    answers_unread,
    audit,
    feedback,
    feedback_imports,
    kept_aside,
    outside,
    participants,
    verdicts,
)
from db.feedback import FeedbackRow
from db.feedback_imports import FeedbackReport
from db.outside import OutsideVoiceRow
from tests import examples
from tests.betas import NOW, OWNER, Beta, a_beta, a_study, a_tester, an_activity

GERMAN = "Das Spiel stürzt ständig ab."


def take_over(
    session: Session, beta: Beta, content: bytes, name: str = "export", days: int = 0
) -> FeedbackReport:
    at = NOW + timedelta(days=days)
    return feedback_imports.import_file(session, OWNER, beta.study, name, content, now=at)


def voices(session: Session, beta: Beta) -> list[OutsideVoiceRow]:
    of_study = OutsideVoiceRow.study_id == beta.study.id
    return list(
        session.exec(select(OutsideVoiceRow).where(of_study).order_by(col(OutsideVoiceRow.id)))
    )


def review(words: str, updated: int = 1769904000, **more: object) -> dict[str, object]:
    known: dict[str, object] = {"recommendationid": "7", "language": "english", "voted_up": True}
    return {**known, "review": words, "timestamp_updated": updated, **more}


def test_a_review_keeps_where_it_comes_from_and_its_tone(session: Session) -> None:
    beta = a_beta(session)
    take_over(session, beta, examples.GOOGLE_PLAY.read_bytes())
    grinch, _, german, silent = voices(session, beta)
    assert (grinch.store, grinch.build, grinch.device, grinch.stars) == (
        Store.GOOGLE_PLAY,
        "0.9.0",
        "panther",
        1,
    )
    assert grinch.offence
    assert grinch.polarity is not None
    assert grinch.polarity < -0.3
    assert (german.language, german.kept_aside, german.stars) == ("de", True, 2)
    assert (silent.text, silent.reading, silent.kept_aside) == ("", None, False)


def test_no_export_of_a_store_moves_the_verdict(session: Session) -> None:
    beta = a_beta(session)
    before = verdicts.verdict(session, OWNER, beta.study, now=NOW)
    for example in (examples.GOOGLE_PLAY, examples.APP_STORE, examples.STEAM, examples.VTT):
        assert take_over(session, beta, example.read_bytes()).voices.added >= 2
    assert verdicts.verdict(session, OWNER, beta.study, now=NOW) == before
    assert session.exec(select(FeedbackRow)).all() == []


def test_a_reviewer_who_calls_themselves_as_a_tester_is_none(session: Session) -> None:
    beta = a_beta(session)
    told = json.loads(examples.APP_STORE.read_text("utf-8"))
    told["data"][0]["attributes"]["reviewerNickname"] = f"{beta.activity.id}-Ada"
    report = take_over(session, beta, json.dumps(told).encode())
    assert (report.answers.added, report.voices.added) == (0, 2)


@pytest.mark.parametrize(
    "example",
    [examples.GOOGLE_PLAY, examples.APP_STORE, examples.STEAM, examples.VTT, examples.LINES],
    ids=lambda one: str(one.name),
)
def test_a_second_import_adds_nothing_and_says_so(session: Session, example: Path) -> None:
    beta = a_beta(session)
    first = take_over(session, beta, example.read_bytes())
    again = take_over(session, beta, example.read_bytes(), "renamed", days=1)
    assert first.voices.added == again.voices.unchanged > 0
    assert (again.voices.added, again.voices.updated, again.is_known) == (0, 0, True)
    assert again.sentence.endswith("Nothing is new: every row came before.")
    assert "Nothing is new" not in first.sentence


def test_an_edited_review_is_read_anew_and_an_old_export_does_not_undo_it(
    session: Session,
) -> None:
    beta = a_beta(session)
    old = examples.steam_file(review("Great fun, I love it."))
    new = examples.steam_file(review("It crashes all the time.", 1770508800, voted_up=False))
    take_over(session, beta, old)
    assert take_over(session, beta, new, "march.json").voices.updated == 1
    assert take_over(session, beta, old).voices.unchanged == 1
    (row,) = voices(session, beta)
    assert (row.text, row.recommended) == ("It crashes all the time.", False)
    assert row.polarity is not None
    assert row.polarity < 0


def test_the_same_id_in_two_stores_is_two_reviews(session: Session) -> None:
    beta = a_beta(session)
    take_over(session, beta, examples.steam_file(review("Great fun.")))
    told = {"data": [{"id": "7", "attributes": {"rating": 1, "title": "", "body": "Dull."}}]}
    assert take_over(session, beta, json.dumps(told).encode()).voices.added == 1
    assert [row.text for row in voices(session, beta)] == ["Great fun.", "Dull."]


def test_what_the_scorer_cannot_read_is_counted_by_language_and_in_no_tone(
    session: Session,
) -> None:
    beta = a_beta(session)
    content = f"text,stars\nI love the snow,5\n{GERMAN},1\n总是闪退，太糟糕了,2\n12345,3\n".encode()
    report = take_over(session, beta, content)
    assert "Kept aside unread: German 1, Chinese 1, no words 1." in report.sentence
    assert any(note.startswith("Kept aside unread, as the scorer") for note in report.read.notes)
    told = outside.figures(session, OWNER, beta.study)
    snow = outside.find(session, OWNER, beta.study).voices
    assert [row.text for row in snow] == ["I love the snow"]
    assert (told.voices, told.kept_aside, told.with_tone) == (4, 3, 1)
    assert told.polarity == snow[0].polarity  # not a third or a quarter of it
    assert told.stars == 2.75
    counts = kept_aside.by_language(session, OWNER, beta.study)
    assert [(one.name, one.voices) for one in counts] == [
        ("German", 1),
        ("Chinese", 1),
        ("no words", 1),
    ]
    aside = outside.find(session, OWNER, beta.study, aside=True)
    assert (aside.found, {row.reading for row in aside.voices}) == (3, {None})


def test_a_person_takes_a_voice_back_and_no_import_undoes_that(session: Session) -> None:
    beta = a_beta(session)
    first = examples.steam_file(review("I hate it.", language="german"))
    take_over(session, beta, first)
    (row,) = voices(session, beta)
    assert row.kept_aside
    taken = kept_aside.read_as_english(session, OWNER, row.id or 0, now=NOW)
    assert taken.polarity is not None
    assert taken.polarity < 0
    take_over(
        session, beta, examples.steam_file(review("I love it.", 1770508800, language="german"))
    )
    (row,) = voices(session, beta)
    assert (row.text, row.kept_aside) == ("I love it.", False)
    assert row.polarity is not None
    assert row.polarity > 0
    trail = audit.of_study(session, beta.study.id or 0)
    assert "was kept aside as German" in [line.detail for line in trail]
    with pytest.raises(Closed):
        kept_aside.read_as_english(session, OWNER, row.id or 0, now=NOW)
    with pytest.raises(NotFound):
        kept_aside.read_as_english(session, OWNER, 999, now=NOW)
    student = Actor(role=Role.STUDENT, name="Stu")
    with pytest.raises(NotAllowed):
        kept_aside.read_as_english(session, student, row.id or 0, now=NOW)


def test_speakers_are_found_by_name_and_strangers_reported(session: Session) -> None:
    beta = a_beta(session)
    said = (
        b"Nora: What was it like?\nAda: Sad. Santa was caught.\nada: My kids cried.\nZed: Fine.\n"
    )
    report = take_over(session, beta, said, "group.txt")
    ada, _, zed = voices(session, beta)
    assert (ada.speaker, ada.participant_id, ada.store) == ("Ada", beta.tester.id, Store.MEETING)
    assert (zed.speaker, zed.participant_id) == ("Zed", None)
    assert [row.reason for row in report.set_aside] == [
        "“Nora” hosts the meeting: what hosts say is no customer’s voice."
    ]
    assert "Speakers who are nobody of this study: “Zed” 1. " in " ".join(report.read.notes)
    assert report.answers.added == 0


def test_whoever_leaves_takes_along_what_they_said_in_a_meeting(session: Session) -> None:
    beta = a_beta(session)
    take_over(session, beta, b"Ada: Sad. Santa was caught.\nZed: Fine.\n")
    participants.withdraw(session, beta.actor, beta.tester, now=NOW)
    assert [row.speaker for row in outside.find(session, OWNER, beta.study).voices] == ["Zed"]
    assert outside.figures(session, OWNER, beta.study).voices == 1
    report = take_over(session, beta, b"Ada: And another thing.\nZed: Fine.\n")
    assert "nothing of theirs is kept" in report.set_aside[0].reason


def test_two_people_of_one_first_name_are_told_apart_by_their_full_names(session: Session) -> None:
    beta = a_beta(session)
    group = an_activity(session, beta.study, ActivityKind.FOCUS_GROUP)
    a_tester(session, group, "Ada Park")
    report = take_over(session, beta, b"Ada: Hm.\nAda Park: It is sad.\n")
    assert [row.speaker for row in voices(session, beta)] == ["Ada Park"]
    assert "Several people of the study are called “Ada”" in report.set_aside[0].reason


def test_a_testers_bare_thumb_answers_no_question(session: Session) -> None:
    beta = a_beta(session)
    content = f"customer,voted_up\n{beta.activity.id}-Ada,yes\nsomebody,no\n".encode()
    report = take_over(session, beta, content)
    assert "a thumb alone answers none" in report.set_aside[0].reason
    assert [row.recommended for row in voices(session, beta)] == [False]


def test_a_testers_answer_in_another_language_is_kept_unscored(session: Session) -> None:
    beta = a_beta(session)
    report = take_over(session, beta, f"customer,text\n{beta.activity.id}-Ada,{GERMAN}\n".encode())
    assert report.answers.added == 1
    assert any("to be read by a person: German 1." in note for note in report.read.notes)
    (row,) = session.exec(select(FeedbackRow)).all()
    assert (row.reading, row.polarity, row.read_by) == (None, None, "")
    unread = answers_unread.of_study(session, OWNER, beta.study)
    assert [(one.name, one.voices) for one in unread.languages] == [("German", 1)]
    assert (unread.answers, unread.all_named) == (1, True)


def test_of_very_many_unread_answers_all_are_counted_and_the_newest_named(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    beta = a_beta(session)
    for words in (GERMAN, "Kof token plz, ang ganda ng laro"):
        answer = Answer(change_first=words)
        feedback.receive(session, beta.actor, beta.tester.id or 0, answer, now=NOW)
    monkeypatch.setattr(answers_unread, "LOOKED_AT", 1)
    unread = answers_unread.of_study(session, OWNER, beta.study)
    assert [(one.name, one.voices) for one in unread.languages] == [("Tagalog", 1)]
    assert (unread.answers, unread.all_named) == (2, False)


def test_a_person_has_an_unread_answer_scored(session: Session) -> None:
    beta = a_beta(session)
    words = "Kof token plz, ang ganda ng laro"
    feedback.receive(session, beta.actor, beta.tester.id or 0, Answer(change_first=words), now=NOW)
    (row,) = session.exec(select(FeedbackRow)).all()
    assert row.reading is None
    with pytest.raises(NotAllowed):
        answers_unread.read_as_english(session, beta.actor, row.id or 0, now=NOW)
    read = answers_unread.read_as_english(session, OWNER, row.id or 0, now=NOW)
    assert read.reading is not None
    assert read.read_by
    assert answers_unread.of_study(session, OWNER, beta.study).answers == 0
    with pytest.raises(Closed):
        answers_unread.read_as_english(session, OWNER, row.id or 0, now=NOW)
    with pytest.raises(Closed):
        answers_unread.read_as_english(session, OWNER, 999, now=NOW)
    (line,) = [
        one for one in audit.of_study(session, beta.study.id or 0) if one.detail[:3] == "was"
    ]
    assert line.detail == "was kept aside as Tagalog"


def test_a_preview_says_what_was_recognised(session: Session) -> None:
    study = a_study(session)
    content = examples.STEAM.read_bytes()
    read = feedback_imports.read_file(
        session, OWNER, study, "x.csv", content, now=NOW, wanted=FeedbackFormat.STEAM
    )
    assert read.said.startswith("Recognised as Steam reviews")
