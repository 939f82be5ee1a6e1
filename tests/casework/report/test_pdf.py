"""The summary as a PDF: what a reader, a screen reader and an auditor find in it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from casework.report import Group, GroupIdea, Summary, Veto, compose
from casework.report.pdf import to_pdf, typeset
from tests.casework.report.material import HOSTILE, MOMENT, material, verbatim, verdict

HURT = "The Grinch grabs Santa and Christmas is cancelled."
GROUP = Group(
    name="First evening",
    people=8,
    remarks=16,
    vetoes=(Veto(text=HOSTILE, segment="fan", loyal=True),),
    ideas=(GroupIdea(title=HOSTILE, text="word" * 60, status="new"),),
)


def a_summary(*words: str, **more: object) -> Summary:
    said = (verbatim(place, text, offended=True) for place, text in enumerate(words, start=1))
    return compose(
        material(verdict(20, 40), *said, groups=(GROUP,), asked=120, as_of=MOMENT, **more)
    )


def read(summary: Summary) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(summary)))


def text(summary: Summary) -> str:
    pages = (page.extract_text() for page in read(summary).pages)
    return " ".join(" ".join(pages).split())


@pytest.fixture(scope="module")
def summary() -> Summary:
    return a_summary(HURT)


def test_it_opens_with_the_outcome_the_reason_and_the_quote(summary: Summary) -> None:
    first = " ".join(read(summary).pages[0].extract_text().split())
    places = [
        first.index(part)
        for part in (
            "NO-GO for 0.9.0",
            "Do not launch this build.",
            "Upset or offended: 40 of 60 testers",
            HURT,
            "67 % 95 % interval",
            "Decision due 1 December 2026.",
            "Fix and retest (advised)",
        )
    ]
    assert places == sorted(places)
    assert "Launch criteria" not in first


def test_a_screen_reader_finds_title_language_tags_and_descriptions(summary: Summary) -> None:
    made = read(summary)
    catalog = made.root_object
    assert str(catalog["/Lang"]) == "en"
    assert str(catalog["/MarkInfo"].get_object()) == "{'/Marked': True, '/Suspects': False}"
    assert "'/DisplayDocTitle': True" in str(catalog["/ViewerPreferences"].get_object())
    assert made.metadata is not None
    assert made.metadata.title == "Santa Run: launch summary"
    tags = tagged(catalog["/StructTreeRoot"].get_object())
    assert {"/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TR", "/TD", "/Figure"} <= set(tags)
    assert tags["/Figure"]
    assert all(tags["/Figure"])


def tagged(node: object) -> dict[str, list[str]]:
    """Every tag of the tree with the descriptions that stand at it."""
    found: dict[str, list[str]] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if "/S" in one:
                found.setdefault(str(one["/S"]), []).append(str(one.get("/Alt", "")))
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_what_people_typed_is_text_and_never_markup() -> None:
    typed = '#panic("x") #read("/etc/passwd") *bold* $x$ @label <label> = head // gone'
    told = text(a_summary(typed))
    assert typed in told
    assert HOSTILE in told


def test_pages_are_numbered_and_the_state_of_the_evidence_stands_below(summary: Summary) -> None:
    pages = read(summary).pages
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page.extract_text()
        assert "As of 1 November 2026, 12:00 UTC" in page.extract_text()


def test_the_same_summary_gives_the_same_bytes(summary: Summary) -> None:
    assert to_pdf(summary) == to_pdf(summary.model_copy())
    made = read(summary).metadata
    assert made is not None
    assert made.creation_date == MOMENT


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ho \N{FATHER CHRISTMAS}!", "Ho [Father christmas]!"),
        ("Привет, Санта", "Привет, Санта"),
        ("fun\N{ARABIC NUMBER SIGN}ny", "funny"),
    ],
)
def test_signs_that_no_typeface_has_are_told_by_name(typed: str, printed: str) -> None:
    assert printed in text(a_summary(typed))


def test_a_study_without_criteria_or_answers_still_makes_a_page() -> None:
    empty = compose(material(verdict(0, criteria=None)))
    assert "INVALID for 0.9.0" in read(empty).pages[0].extract_text()
    assert read(empty).metadata is not None


def test_it_can_be_looked_at_page_by_page(summary: Summary) -> None:
    pictures = typeset(summary, "png", ppi=20)
    assert len(pictures) == len(read(summary).pages)
    assert all(one.startswith(b"\x89PNG") for one in pictures)
