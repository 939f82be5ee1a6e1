"""What people typed is shown, never obeyed."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casework.text import JOINER, escape_cell, escape_html, escape_markdown

_MARKUP = st.text(alphabet=" \n\tab1.)(<>&;:/\\`*_{}[]#!|~$=+-\"'^@", max_size=40)


def _render(markdown: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(markdown))


def _shown(rendered: str) -> str:
    return html.unescape(re.sub(r"</?p>", " ", rendered)).replace(JOINER, "")


@pytest.mark.parametrize("typed", ["http://evil.example", "WWW.evil.example", "a.b@evil.example"])
def test_a_bare_address_is_not_linked(typed: str) -> None:
    linking = MarkdownIt("gfm-like", {"linkify": False})
    assert "<a " not in linking.render(escape_markdown(typed))
    assert not re.search(r"https?://|www\.|\w@\w", escape_markdown(typed).replace("\\", ""))


@given(_MARKUP)
def test_whatever_is_typed_renders_as_plain_paragraphs_of_the_same_words(typed: str) -> None:
    rendered = _render(escape_markdown(typed))
    assert set(re.findall(r"</?(\w+)", rendered)) <= {"p"}
    assert _shown(rendered).split() == typed.replace(JOINER, "").split()


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("It isn't good.", "It isn't good."),
        ("# Not a heading", r"\# Not a heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("3) no list", r"3\) no list"),
        ("> no quote", "&gt; no quote"),
        ("**loud** _soft_", r"\*\*loud\*\* \_soft\_"),
        ("[click](https://example.com)", rf"\[click\](https{JOINER}\://example.com)"),
        ("www.example.com or me@example.com", f"www{JOINER}.example.com or me{JOINER}@example.com"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a | b", r"a \| b"),
        ("costs $5 and $6", r"costs \$5 and \$6"),
        (":red[alarm]", r"\:red\[alarm\]"),
        ("    no code", "no code"),
        ("one\r\ntwo", "one\ntwo"),
        ("a\x00b", "ab"),
        ("", ""),
    ],
)
def test_marks_that_markdown_would_obey_are_written_out(typed: str, escaped: str) -> None:
    assert escape_markdown(typed) == escaped


def test_html_is_shown_in_elements_and_in_quoted_attributes() -> None:
    assert escape_html('<b title="x">it\'s & more</b>') == (
        "&lt;b title=&quot;x&quot;&gt;it&#x27;s &amp; more&lt;/b&gt;"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_would_be_a_formula_gets_an_apostrophe(start: str) -> None:
    assert escape_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("typed", ["", "Santa", "1+1", "a=b", "'quoted"])
def test_an_ordinary_cell_stays_as_it_is(typed: str) -> None:
    assert escape_cell(typed) == typed
