"""What an owner does with themes on the screen."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from casework.feedback import Answer
from casework.outside import OutsideVoice
from casework.roles import Role
from casework.themes import ThemeSet, first_themes
from db import feedback, outside, themes
from db.clock import now
from db.engine import reading, transaction
from db.studies import StudyRow
from tests.betas import OWNER, Beta, a_beta, a_study, a_tester
from tests.conftest import Page

PAGE = "owner/read_themes.py"
WORDS = (
    *(f"I want another chimney slide {number}" for number in ("here", "there", "now", "later")),
    "The music is **lovely** and the snow is bright",
    "The music is too loud",
    "Making fun of our faith is not okay",
)


@pytest.fixture
def beta(installation: Path) -> Beta:
    with transaction() as session:
        made = a_beta(session, now())
        for number, text in enumerate(WORDS):
            row, actor = a_tester(session, made.activity, f"T{number}", now=now())
            answer = Answer(csat=4, change_first=text)
            feedback.receive(session, actor, row.id or 0, answer, now=now())
        return made


def part(shown: AppTest, name: str) -> AppTest:
    (control,) = (one for one in shown.segmented_control if one.key == "themes-part")
    return control.select(name).run()


def way(shown: AppTest, name: str) -> AppTest:
    (control,) = (one for one in shown.segmented_control if one.key == "theme-way")
    return control.select(name).run()


def press(shown: AppTest, label: str) -> AppTest:
    return next(one for one in shown.button if one.label == label).click().run()


def field(shown: AppTest, label: str, value: str) -> AppTest:
    return next(one for one in shown.text_input if one.label == label).input(value).run()


def words(shown: AppTest) -> str:
    found = (*shown.text, *shown.markdown, *shown.caption)
    return "\n".join(one.value for one in found)


def kept(study: StudyRow) -> ThemeSet:
    with reading() as session:
        return themes.current(session, study)


def test_a_study_that_heard_nothing_says_what_to_do(installation: Path, page: Page) -> None:
    with transaction() as session:
        a_study(session)
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert "invite some people" in shown.info[0].value


def test_values_come_first_with_figures_and_the_texts_themselves(beta: Beta, page: Page) -> None:
    shown = page(Role.OWNER, PAGE)
    assert not shown.exception
    assert shown.header[0].value == "Values and offence"
    assert "1 of 7" in words(shown)
    assert WORDS[-1] in [one.value for one in shown.text]
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-read")
    shown = chosen.select("Audio").run()
    assert "2 of 7" in words(shown)
    assert WORDS[4] in [one.value for one in shown.text]
    assert "not to be quoted" in words(shown)


def test_a_theme_is_renamed_after_a_preview(beta: Beta, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Change themes")
    assert "see what would change" in words(shown)
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-name")
    shown = field(chosen.select("Audio").run(), "New name", "Sound")
    assert "Renamed “Audio” to “Sound”" in words(shown)
    assert kept(beta.study) == first_themes()
    shown = press(shown, "Change the themes")
    assert not shown.exception
    assert "Sound" in kept(beta.study).names
    assert "Version 2" in words(shown)


def test_themes_are_merged_split_and_given_terms(beta: Beta, page: Page) -> None:
    shown = way(part(page(Role.OWNER, PAGE), "Change themes"), "Merge")
    shown = shown.multiselect[0].set_value(["Graphics", "Audio"]).run()
    shown = press(field(shown, "Name of the merged theme", "Look and sound"), "Change the themes")
    assert kept(beta.study).names[2] == "Look and sound"
    shown = way(shown, "Split")
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-name")
    shown = chosen.select("Look and sound").run()
    shown = shown.multiselect[0].set_value(["music"]).run()
    shown = press(field(shown, "Name of the new theme", "Music"), "Change the themes")
    assert kept(beta.study).get("Music").terms == ("music",)
    shown = way(shown, "Add terms")
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-name")
    shown = chosen.select("Music").run()
    shown = press(field(shown, "Terms to add", "drum*, Carols"), "Change the themes")
    assert kept(beta.study).get("Music").terms == ("music", "drum*", "carols")
    shown = way(shown, "Take terms out")
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-name")
    shown = chosen.select("Music").run()
    shown = press(shown.multiselect[0].set_value(["drum*"]).run(), "Change the themes")
    assert kept(beta.study).get("Music").terms == ("music", "carols")
    assert kept(beta.study).version == 5
    assert not shown.exception


def test_going_back_to_a_version_makes_the_next_one(beta: Beta, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Change themes")
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-name")
    shown = field(chosen.select("Audio").run(), "New name", "Sound")
    shown = press(shown, "Change the themes")
    assert [one.value for one in shown.markdown if "Version" in one.value][-1] == (
        "Version 1: the themes every study begins with"
    )
    (back,) = (one for one in shown.button if one.label == "Go back to it")
    shown = back.click().run()
    assert not shown.exception
    assert (kept(beta.study).version, kept(beta.study).themes) == (3, first_themes().themes)
    assert "Went back to version 1" in words(shown)
    (forth,) = (one for one in shown.button if one.label == "Go back to it")
    forth.click().run()
    assert (kept(beta.study).version, "Sound" in kept(beta.study).names) == (4, True)


def test_outside_voices_are_a_group_of_their_own(beta: Beta, page: Page) -> None:
    with transaction() as session:
        voices = [an_outside_voice(f"v{at}", "The music is awful", build="0.9") for at in (1, 2, 3)]
        outside.keep(session, OWNER, beta.study, voices)
    shown = page(Role.OWNER, PAGE)
    assert "7 texts from answers and meetings" in words(shown)
    (group,) = (one for one in shown.segmented_control if one.key == "themes-group")
    shown = group.select("Outside voices").run()
    assert not shown.exception
    assert "3 texts from outside voices, never counted with testers" in words(shown)
    (chosen,) = (one for one in shown.selectbox if one.key == "theme-read")
    shown = chosen.select("Audio").run()
    assert "3 of 3" in words(shown)
    assert "Among loyal customers" not in words(shown)
    assert "quoted" not in words(shown)


def an_outside_voice(ref: str, text: str, *, build: str) -> OutsideVoice:
    return OutsideVoice(ref=ref, text=text, build=build, source="play.csv", imported_at=now())


def test_a_name_taken_already_is_refused_in_words(beta: Beta, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Change themes")
    shown = field(shown, "New name", "Audio")
    assert "same name" in shown.error[0].value
    assert not any(one.label == "Change the themes" for one in shown.button)


def test_texts_in_no_theme_suggest_one_to_adopt(beta: Beta, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Not in a theme")
    assert not shown.exception
    assert "**4** of 7" in words(shown)
    assert any("Chimney slide" in one.label for one in shown.expander)
    shown = press(field(shown, "Name", "Chimneys"), "Adopt this theme")
    assert not shown.exception
    assert kept(beta.study).names[-1] == "Chimneys"
    assert "**0** of 7" in words(shown)


def test_charts_show_the_same_figures_as_their_tables(beta: Beta, page: Page) -> None:
    shown = part(page(Role.OWNER, PAGE), "Charts")
    assert not shown.exception
    assert [one.value for one in shown.subheader] == [
        "How the tone is spread",
        "Mean tone by build",
        "Mean tone day by day",
        "What is complained about and what is praised",
    ]
    spread = shown.dataframe[0].value
    assert 0 < spread["texts"].sum() <= len(WORDS)


def test_the_page_is_for_owners_only(beta: Beta, page: Page) -> None:
    with pytest.raises(ValueError, match="read_themes"):
        page(Role.STUDENT, PAGE)
