"""Feedback on the import page: previewed, confirmed, then read apart from what a verdict counts."""

from sqlmodel import select
from streamlit.testing.v1 import AppTest

from casework.imports import FeedbackFormat, ImportKind
from casework.roles import Role
from db import clock, feedback_imports, outside, studies
from db.engine import reading, transaction
from db.feedback import FeedbackRow
from tests import examples
from tests.betas import OWNER, Beta, a_beta
from tests.conftest import Page
from tests.pages.test_customers import metrics, press, texts, upload

IMPORT = "owner/import_data.py"
READ = "owner/read_feedback.py"
TITLE = "Outside voices: read, never counted in a verdict"


def running_beta() -> Beta:
    with transaction() as session:
        return a_beta(session, clock.now())


def open_import(page: Page) -> AppTest:
    opened = page(Role.OWNER, IMPORT)
    return opened.segmented_control(key="import_kind").select(ImportKind.FEEDBACK).run()


def survey(beta: Beta) -> bytes:
    return (
        "customer,comment,stars\n"
        f"{beta.activity.id}-Ada,The Grinch is cruel,2\n"
        "somebody,**Great** <b>fun</b>,5\n"
        "else,Too bright,6\n"
    ).encode()


def test_feedback_is_previewed_confirmed_and_kept_apart(page: Page) -> None:
    beta = running_beta()
    opened = upload(open_import(page), "survey.csv", survey(beta))
    assert not opened.exception
    assert metrics(opened) == {"Rows to import": "2", "Rows set aside": "1"}
    first, aside = (table.value for table in opened.dataframe)
    assert list(first["Taken as"]) == ["tester’s answer", "outside voice"]
    assert aside["Line"][0] == 4
    assert "Build 0.9.0 has no launch criteria yet." in texts(opened)
    with reading() as session:
        assert session.exec(select(FeedbackRow)).all() == []
    press(opened, "Import 2 rows")
    assert not opened.exception
    assert "Testers’ answers: 1 added" in texts(opened)
    with reading() as session:
        assert session.exec(select(FeedbackRow.csat)).all() == [2]
        assert session.exec(select(outside.OutsideVoiceRow.stars)).all() == [5]
    press(opened, "Read the feedback")
    assert opened.title[0].value == "Read feedback"


def test_outside_voices_are_read_without_any_answer_and_as_text(page: Page) -> None:
    beta = running_beta()
    opened = upload(open_import(page), "reviews.csv", survey(beta).replace(b"-Ada", b"-Nobody"))
    press(opened, "Import 2 rows")
    read = page(Role.OWNER, READ)
    assert not read.exception
    assert TITLE in [header.value for header in read.header]
    assert metrics(read)["Outside voices"] == "2"
    shown = texts(read)
    assert "\\*\\*" in shown
    assert "<b>" not in shown
    assert "from reviews.csv" in shown


def test_without_a_study_feedback_has_nowhere_to_go(page: Page) -> None:
    opened = open_import(page)
    assert not opened.exception
    assert "There is no study yet" in [title.value for title in opened.title]


def test_a_file_that_says_nothing_names_its_columns(page: Page) -> None:
    running_beta()
    opened = upload(open_import(page), "x.csv", b"customer,date\n1,2026-01-01\n")
    assert not opened.exception
    assert "No column was found for what people say" in texts(opened)


def test_nothing_heard_yet_leads_to_the_import(page: Page) -> None:
    running_beta()
    there = press(page(Role.OWNER, READ), "Import feedback")
    assert there.title[0].value == "Import data"
    assert there.segmented_control(key="import_kind").value == ImportKind.FEEDBACK


def test_an_export_is_recognised_and_its_columns_are_not_asked_for(page: Page) -> None:
    running_beta()
    opened = upload(open_import(page), "whatever.csv", examples.GOOGLE_PLAY.read_bytes())
    assert not opened.exception
    assert "Recognised as Google Play reviews" in texts(opened)
    assert not [one for one in opened.selectbox if one.label.startswith("Text")]
    assert metrics(opened) == {
        "Rows to import": "4",
        "Rows set aside": "1",
        "Of these, kept unread": "1",
    }
    press(opened, "Import 4 rows")
    assert "Kept aside unread: German 1." in texts(opened)


def test_the_format_can_be_changed_and_one_that_does_not_fit_says_why(page: Page) -> None:
    running_beta()
    opened = upload(open_import(page), "steam.json", examples.STEAM.read_bytes())
    (format_of,) = [one for one in opened.pills if one.label == "Where does it come from?"]
    format_of.select(FeedbackFormat.TRANSCRIPT).run()
    assert not opened.exception
    assert "This file does not look like “Meeting transcript”" in texts(opened)


def test_a_voice_kept_aside_is_listed_by_language_and_can_be_taken_back(page: Page) -> None:
    beta = running_beta()
    with transaction() as session:
        feedback_imports.import_file(
            session,
            OWNER,
            studies.by_slug(session, beta.study.slug),
            "steam.json",
            examples.STEAM.read_bytes(),
            now=clock.now(),
        )
    read = page(Role.OWNER, READ)
    assert metrics(read)["Kept aside unread"] == "1"
    read.segmented_control(key="outside-aside").select("Kept aside").run()
    assert not read.exception
    assert "Chinese 1." in texts(read)
    press(read, "Read it as English")
    assert not read.exception
    with reading() as session:
        row = session.exec(
            select(outside.OutsideVoiceRow).where(outside.OutsideVoiceRow.language == "zh")
        ).one()
    assert (row.kept_aside, row.read_anyway) == (False, True)
    assert "Kept aside unread" not in metrics(page(Role.OWNER, READ))


def test_stars_or_a_thumb_that_contradict_the_words_are_marked(page: Page) -> None:
    beta = running_beta()
    with transaction() as session:
        feedback_imports.import_file(
            session,
            OWNER,
            studies.by_slug(session, beta.study.slug),
            "steam.json",
            examples.STEAM.read_bytes(),
            now=clock.now(),
        )
    shown = texts(page(Role.OWNER, READ))
    assert shown.count("text and stars disagree") == 1
    assert "thumb up" in shown


def test_an_answer_in_another_language_is_named_and_can_be_scored(page: Page) -> None:
    beta = running_beta()
    rows = f"customer,text\n{beta.activity.id}-Ada,Das Spiel stürzt ständig ab.\n".encode()
    with transaction() as session:
        study = studies.by_slug(session, beta.study.slug)
        feedback_imports.import_file(session, OWNER, study, "x.csv", rows, now=clock.now())
    read = page(Role.OWNER, READ)
    assert "1 answer in another language was not read" in [one.proto.title for one in read.info]
    assert "German 1. The scorer reads English only, so it has no tone" in texts(read)
    assert "German, not scored" in texts(read)
    press(read, "Read it as English")
    assert not read.exception
    assert "not scored" not in texts(page(Role.OWNER, READ))


def choices(opened: AppTest) -> dict[str, list[str]]:
    """The fields asked for at once, and those behind the expander, whether it is open."""
    (behind,) = [one for one in opened.expander if one.label.startswith("Not found in the file")]
    hidden = [one.label for one in behind.selectbox]
    return {
        "shown": [one.label for one in opened.main.selectbox if one.label not in hidden],
        "open" if behind.proto.expanded else "hidden": hidden,
    }


def test_only_what_was_found_in_the_file_is_asked_about_at_once(page: Page) -> None:
    beta = running_beta()
    opened = upload(open_import(page), "survey.csv", survey(beta))
    asked = choices(opened)
    assert asked["shown"] == ["Author’s customer id", "Text", "Satisfaction or stars (1 to 5)"]
    assert "Offended (yes or no)" in asked["hidden"]
    assert len(asked["hidden"]) == 15


def test_where_nothing_that_people_say_was_found_every_choice_is_open_at_once(page: Page) -> None:
    running_beta()
    opened = upload(open_import(page), "umfrage.csv", b"wann;was\n2026-01-02;Nice and calm\n")
    asked = choices(opened)
    assert "Text" in asked["open"]
    (text,) = [one for one in opened.selectbox if one.label == "Text"]
    text.select("was").run()
    assert not opened.exception
    assert metrics(opened) == {"Rows to import": "1", "Rows set aside": "0"}
    assert "Outside voices, read and never counted: 1 row." in texts(opened)
