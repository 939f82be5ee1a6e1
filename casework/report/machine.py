"""The launch summary as canonical JSON: what a program reads instead of a person."""

import json

from casework.report.blocks import Block, Chart, Figures, Paragraph, Quotation, Section, Summary
from casework.verdict import Verdict, as_export

Told = dict[str, object]


def to_json(summary: Summary, verdict: Verdict) -> str:
    """The summary with the verdict it tells, in one spelling: sorted keys, no spaces.

    The same summary gives the same bytes; the time of printing is not in it. Charts are given by
    the table of their figures.
    """
    facts: Told = {
        "title": summary.title,
        "study": summary.study,
        "build": summary.build,
        "outcome": summary.outcome.value,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "front": _section(summary.front),
        "sections": [_section(section) for section in summary.sections],
        "verdict": as_export(verdict).model_dump(mode="json"),
    }
    return canonical(facts)


def canonical(facts: Told) -> str:
    """JSON in one spelling."""
    return json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def _section(section: Section) -> Told:
    return {"title": section.title, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> Told:
    match block:
        case Paragraph():
            return {"paragraph": block.text}
        case Quotation():
            return {"quotation": block.text, "source": block.source}
        case Figures():
            return {"figures": [one.model_dump() for one in block.figures]}
        case Chart():
            return {"chart": block.alt, "table": block.table.model_dump(mode="json")}
        case _:
            return {"table": block.model_dump(mode="json")}
