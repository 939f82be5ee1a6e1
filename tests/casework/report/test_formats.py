"""The same summary as Markdown and as one HTML file, with text that people typed."""

import re

import pytest
from markupsafe import escape

from casework.report import (
    Chart,
    Group,
    GroupIdea,
    Material,
    Summary,
    Veto,
    compose,
    to_html,
    to_markdown,
)
from casework.text import escape_markdown
from tests.casework.report.material import HOSTILE, material, verbatim, verdict

GROUP = Group(
    name="First evening",
    people=8,
    remarks=16,
    vetoes=(
        Veto(text=HOSTILE, segment="fan", loyal=True),
        Veto(text=None, segment="x", loyal=True),
    ),
    ideas=(GroupIdea(title=HOSTILE, text=HOSTILE, status="new"),),
    ideas_withheld=1,
)


@pytest.fixture(scope="module")
def summary() -> Summary:
    found: Material = material(
        verdict(20, 40),
        verbatim(1, HOSTILE, offended=True),
        groups=(GROUP,),
        asked=120,
        answered=60,
    )
    return compose(found)


def test_html_carries_nothing_from_outside_and_no_script(summary: Summary) -> None:
    page = to_html(summary)
    assert not re.search(r"(?:src|href|action|data)\s*=\s*.?\s*(?:https?:|//)", page, re.IGNORECASE)
    assert not re.search(r"url\(|@import|<link|<iframe|<object|<base", page, re.IGNORECASE)
    assert not re.search(r"<script|\son\w+=", page, re.IGNORECASE)


def test_html_names_its_language_headings_and_tables(summary: Summary) -> None:
    page = to_html(summary)
    assert '<html lang="en">' in page
    assert page.count("<h1>") == 1
    assert page.count("<h2>") == 1 + len(summary.sections)
    assert page.count("<table>") == page.count("<caption>") > 0
    assert page.count('<th scope="col">') > 0
    assert "<title>Santa Run: launch summary</title>" in page


def test_every_chart_says_what_it_shows_and_has_its_figures_in_a_table(summary: Summary) -> None:
    page = to_html(summary)
    charts = [one for part in summary.sections for one in part.blocks if isinstance(one, Chart)]
    assert charts
    for chart in charts:
        assert f'role="img" aria-label="{escape(chart.alt)}"' in page
        assert f"<caption>{escape(chart.table.caption)}</caption>" in page
    assert page.count("<svg") == len(charts)


def test_customer_text_is_text_in_html(summary: Summary) -> None:
    page = to_html(summary)
    assert "<script>alert" not in page
    assert str(escape(HOSTILE)) in page


def test_customer_text_is_text_in_markdown(summary: Summary) -> None:
    text = to_markdown(summary)
    assert HOSTILE not in text
    assert "<script>" not in text
    assert "**bold**" not in text
    assert escape_markdown(HOSTILE) in text
    # A bar that somebody typed does not open another column.
    row = next(line for line in text.splitlines() if line.startswith("| &lt;script"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_what_may_not_be_quoted_is_counted_and_not_printed(summary: Summary) -> None:
    text = to_markdown(summary)
    assert "2 vetoes, 2 by loyal customers" in text
    assert "1 idea is not printed" in text


def test_the_same_material_gives_the_same_files() -> None:
    def again() -> Summary:
        return compose(material(verdict(20, 40), verbatim(1, "Fun.")))

    assert to_html(again()) == to_html(again())
    assert to_markdown(again()) == to_markdown(again())
