"""Transcripts of meetings become utterances: who, when, in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.imports.transcripts import Utterance, is_transcript, read_transcript, sheet_of
from tests import examples


def told(text: str) -> list[tuple[str, str, str]]:
    return [(one.at, one.speaker, one.text) for one in read_transcript(text) if not one.problem]


def test_webvtt_names_its_voices_and_a_sentence_goes_on_in_the_next_cue() -> None:
    said = read_transcript(examples.VTT.read_text("utf-8"))
    assert said == [
        Utterance(8, "00:00:04.000", "Nora", "What did you think of the end?"),
        Utterance(
            12,
            "00:00:08.200",
            "Ada Park",
            "I loved the snow & the music, but seeing the Grinch "
            "catch Santa ruined Christmas for my children.",
        ),
        Utterance(
            18,
            "",
            "",
            "broken-cue 00:00:xx --> 00:00:16.000 <v Ben Ortiz>Nobody can tell when I said this.",
            "The time of this cue cannot be read.",
        ),
        Utterance(24, "00:01:02.250", "Guest", "The controls are great on a phone."),
    ]


def test_srt_names_its_speakers_before_a_colon() -> None:
    assert told(examples.SRT.read_text("utf-8")) == [
        ("00:00:08.200", "Ada Park", "The snow is lovely."),
        ("00:00:12.000", "Ben Ortiz", "It crashed twice in the last level."),
    ]


def test_plain_lines_carry_a_name_and_perhaps_a_time() -> None:
    assert told(examples.SPOKEN.read_text("utf-8")) == [
        ("", "Nora", "What did you think of the end?"),
        ("00:08", "Ada Park", "Sad. Children should not see Santa caught."),
        ("00:08", "Ada Park", "It is Christmas, after all."),
        ("00:01:15", "Ben Ortiz", "The jumps feel late."),
    ]


def test_words_before_any_name_are_set_aside_with_their_line() -> None:
    (first, *_) = read_transcript("hello?\nAda: Hi.\nBen: Hi.\n")
    assert (first.line, first.text, first.problem) == (
        1,
        "hello?",
        "No speaker is named before this line.",
    )


def test_a_colon_in_the_middle_of_a_sentence_names_nobody() -> None:
    assert told("Ada: Hm.\nWhat I mean is: it is sad.\nBen: Oh.\n") == [
        ("", "Ada", "Hm."),
        ("", "Ada", "What I mean is: it is sad."),
        ("", "Ben", "Oh."),
    ]


def test_a_cue_that_ends_before_it_begins_is_set_aside() -> None:
    (one,) = read_transcript("WEBVTT\n\n00:09.000 --> 00:02.000\n<v Ada>Hm.\n")
    assert one.problem == "This cue ends before it begins."


def test_a_block_without_a_time_is_set_aside() -> None:
    (one,) = read_transcript("WEBVTT\n\nlost words\n")
    assert one.problem.startswith("This block has no time")


@pytest.mark.parametrize(
    "text",
    [
        "text,stars\nGood: it works,5\nBad: it crashes,1\n",
        "text\nNote: fine\nNote: bad\n",
        "id;name\n1;Ann\n",
        "",
    ],
)
def test_a_table_is_no_transcript(text: str) -> None:
    assert not is_transcript(text)


def test_the_same_words_said_twice_are_two_rows() -> None:
    rows = list(sheet_of("Ada: Yes.\nBen: No.\nAda: Yes.\n").rows())
    assert [row.cells for row in rows] == [
        ("", "Ada", "Yes.", "1"),
        ("", "Ben", "No.", "2"),
        ("", "Ada", "Yes.", "3"),
    ]


@given(st.text(max_size=200))
def test_no_text_whatever_stops_the_reader(text: str) -> None:
    for begins in ("", "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n"):
        is_transcript(begins + text)
        read_transcript(begins + text)
