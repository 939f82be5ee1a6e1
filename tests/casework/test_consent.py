"""Facts about what people agree to: versions that stay, digests, and when to ask again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.consent import (
    FIRST,
    TEMPLATES,
    ConsentText,
    Wording,
    agree,
    compare,
    first_texts,
    must_ask_again,
    next_text,
)
from casework.errors import Invalid
from casework.funnel import ActivityKind

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
BETA = TEMPLATES[ActivityKind.BETA]


def changed(text: str, *, material: bool = False) -> ConsentText:
    return next_text(
        ActivityKind.BETA,
        BETA,
        text=text,
        purpose=BETA.purpose,
        retention_days=BETA.retention_days,
        material=material,
    )


def test_a_consent_points_to_the_exact_version_and_digest() -> None:
    given_ = agree(BETA, "beta 1", is_adult=True, may_quote=False, contact_again=True, now=NOW)
    assert (given_.version, given_.digest) == ("beta 1", BETA.digest)
    assert (given_.may_quote, given_.contact_again) == (False, True)


def test_the_digest_changes_with_every_word_and_every_promise() -> None:
    assert len(BETA.digest) == 64
    others = [
        BETA.model_copy(update={"text": BETA.text + " Yes."}),
        BETA.model_copy(update={"retention_days": 731}),
        BETA.model_copy(update={"purpose": "For fun."}),
    ]
    assert len({BETA.digest, *(one.digest for one in others)}) == 4


def test_an_adult_agrees_to_the_text_in_force_and_to_no_other() -> None:
    with pytest.raises(Invalid, match="text has changed"):
        agree(BETA, FIRST.version, is_adult=True, may_quote=False, now=NOW)
    with pytest.raises(Invalid, match="18 or older"):
        agree(BETA, "beta 1", is_adult=False, may_quote=False, now=NOW)


def test_a_new_version_counts_on_and_must_differ() -> None:
    assert (changed("Other words.").version, changed("Other words.").number) == ("beta 2", 2)
    with pytest.raises(Invalid, match="Nothing has changed"):
        changed(BETA.text)
    with pytest.raises(Invalid, match="Say what people agree to"):
        changed("  ")


def test_only_a_material_change_asks_again_and_only_who_agreed_before_it() -> None:
    texts = (*first_texts(ActivityKind.BETA), changed("Other words."))
    old = agree(BETA, "beta 1", is_adult=True, may_quote=False, now=NOW)
    assert not must_ask_again(old, texts)
    material = (*first_texts(ActivityKind.BETA), changed("We also film you.", material=True))
    assert must_ask_again(old, material)
    new = agree(material[-1], "beta 2", is_adult=True, may_quote=False, now=NOW)
    assert not must_ask_again(new, material)


def test_a_difference_names_what_was_taken_out_and_put_in() -> None:
    found = compare("We keep it two years.", "We keep it one year.")
    assert [(one.wording, one.words) for one in found] == [
        (Wording.KEPT, "We keep it "),
        (Wording.REMOVED, "two years."),
        (Wording.ADDED, "one year."),
    ]


@given(st.text(" ab\n", max_size=40), st.text(" ab\n", max_size=40))
def test_a_difference_gives_both_texts_back(before: str, after: str) -> None:
    found = compare(before, after)
    kept_or = {Wording.KEPT}
    old = "".join(one.words for one in found if one.wording in kept_or | {Wording.REMOVED})
    new = "".join(one.words for one in found if one.wording in kept_or | {Wording.ADDED})
    assert (old, new) == (before, after)


@pytest.mark.parametrize("kind", list(ActivityKind))
def test_each_kind_has_a_text_that_says_how_to_stop_and_how_long_answers_are_kept(
    kind: ActivityKind,
) -> None:
    text = TEMPLATES[kind]
    assert "stop at any time with one click" in text.text
    assert "without it" in text.text or "not shown with your words" in text.text
    assert text.retention_days == 730
