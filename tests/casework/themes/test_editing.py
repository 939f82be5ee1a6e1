"""Themes are renamed, merged, split and widened without losing a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from casework.errors import Invalid
from casework.themes import (
    Theme,
    ThemeSet,
    add_terms,
    adopt,
    assign,
    changed_counts,
    drop_terms,
    first_themes,
    merge,
    rename,
    restored,
    split,
)

THEMES = ThemeSet(
    version=3,
    themes=(
        Theme(name="Values", is_values=True),
        Theme(name="Sound", terms=("music", "sound*")),
        Theme(name="Speed", terms=("slow", "lag*", "music")),
        Theme(name="Price", terms=("price",)),
    ),
)
WORDS = ["music", "sounds", "slow", "laggy", "price", "offensive", "snow", "racist", "Santa ruined"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=12)
NAMES = st.sampled_from(THEMES.names)


@given(TEXTS, NAMES)
def test_a_new_name_changes_no_count(texts: list[str], name: str) -> None:
    before, after = assign(texts, THEMES), assign(texts, rename(THEMES, name, "New name"))
    assert (before.member == after.member).all()


@given(TEXTS, st.lists(NAMES, min_size=2, max_size=4, unique=True))
def test_a_merged_theme_has_every_text_of_its_parts_and_no_other(
    texts: list[str], names: list[str]
) -> None:
    before, after = assign(texts, THEMES), assign(texts, merge(THEMES, names, "Merged"))
    together = before.of(names[0])
    for name in names:
        together = together | before.of(name)
    assert (after.of("Merged") == together).all()
    for name in set(THEMES.names) - set(names):
        assert (after.of(name) == before.of(name)).all()


@given(TEXTS, st.sampled_from([("Sound", ["music"]), ("Speed", ["slow", "lag*"])]))
def test_the_parts_of_a_split_theme_have_its_texts(
    texts: list[str], cut: tuple[str, list[str]]
) -> None:
    name, terms = cut
    before, after = assign(texts, THEMES), assign(texts, split(THEMES, name, "Part", terms))
    assert (after.of(name) | after.of("Part")).tolist() == before.of(name).tolist()


@given(TEXTS, NAMES)
def test_more_terms_never_lose_a_text(texts: list[str], name: str) -> None:
    before, after = assign(texts, THEMES), assign(texts, add_terms(THEMES, name, ["snow"]))
    assert (after.of(name) >= before.of(name)).all()


@given(st.lists(st.text(), max_size=5))
def test_any_text_can_be_assigned(texts: list[str]) -> None:
    assert assign(texts, first_themes()).member.shape == (len(texts), 10)


def test_each_change_makes_the_next_version_and_keeps_the_old_one() -> None:
    after = rename(THEMES, "Sound", "  Audio ")
    assert (after.version, after.names[1]) == (4, "Audio")
    assert THEMES.names[1] == "Sound"


def test_a_merged_values_theme_still_takes_every_offence() -> None:
    after = merge(THEMES, ["Price", "Values"], "Money and values")
    assert after.names == ("Money and values", "Sound", "Speed")
    assert assign(["Jesus as a bonus item? Shame on you."], after).member.tolist() == [
        [True, False, False]
    ]


def test_who_said_it_offends_is_believed_whatever_the_words() -> None:
    found = assign(["Slow", "Slow"], THEMES, offended=[True, False])
    assert found.of("Values").tolist() == [True, False]
    assert found.of("Speed").tolist() == [True, True]


def test_terms_are_kept_as_they_are_looked_up() -> None:
    after = add_terms(THEMES, "Price", [" Too   Dear ", "price", "", "GEM*"])
    assert after.get("Price").terms == ("price", "too dear", "gem*")
    assert drop_terms(after, "Price", ["price"]).get("Price").terms == ("too dear", "gem*")
    assert adopt(THEMES, "Snow", ["snow"]).names[-1] == "Snow"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: rename(THEMES, "Sound", "price"), "same name"),
        (lambda: rename(THEMES, "Sound", "  "), "name of 1 to 200"),
        (lambda: rename(THEMES, "Sound", " Sound "), "its name already"),
        (lambda: rename(THEMES, "Gone", "Here"), "no theme “Gone”"),
        (lambda: merge(THEMES, ["Sound"], "One"), "at least two"),
        (lambda: split(THEMES, "Sound", "All", ["music", "sound*"]), "Each part"),
        (lambda: split(THEMES, "Sound", "None", []), "Each part"),
        (lambda: split(THEMES, "Sound", "Other", ["price"]), "not a term"),
        (lambda: add_terms(THEMES, "Sound", ["music"]), "does not have yet"),
        (lambda: add_terms(THEMES, "Sound", ["ab*"]), "3 letters"),
        (lambda: add_terms(THEMES, "Sound", ["*"]), "cannot be looked up"),
        (lambda: add_terms(THEMES, "Sound", ["x" * 61]), "cannot be looked up"),
        (lambda: drop_terms(THEMES, "Price", ["price"]), "at least one term"),
        (lambda: drop_terms(THEMES, "Sound", []), "Choose the terms"),
        (lambda: adopt(THEMES, "Empty", []), "at least one term"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call: object, says: str) -> None:
    assert callable(call)
    with pytest.raises(Invalid, match=says):
        call()


def test_a_set_without_a_values_theme_cannot_be_made() -> None:
    with pytest.raises(ValidationError, match="values and offence"):
        ThemeSet(version=1, themes=(Theme(name="Sound", terms=("music",)),))


def test_a_preview_tells_which_themes_gain_and_lose() -> None:
    texts = ["music", "slow music", "price"]
    before = assign(texts, THEMES)
    after = assign(texts, merge(THEMES, ["Sound", "Speed"], "Sound"))
    assert changed_counts(before, after) == (("Speed", 2, 0),)
    assert changed_counts(before, before) == ()


def test_going_back_makes_a_next_version_with_the_old_themes() -> None:
    renamed = rename(THEMES, "Sound", "Noise")
    back = restored(renamed, THEMES)
    assert (back.version, back.themes) == (5, THEMES.themes)
    with pytest.raises(Invalid, match="Version 3 is what is in force now"):
        restored(back, THEMES)
