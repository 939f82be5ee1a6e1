"""How many of those asked answered, and what the silent would have to think to change it."""

from casework.criteria import Segment, figure, percent
from casework.report import charts
from casework.report.blocks import Block, Paragraph, Section, Table
from casework.report.material import Funnel, Material
from casework.report.words import counted
from casework.verdict import CriterionResult
from casework.verdict.bias import tipping_point

UNKNOWN = "How many people were asked is not known, so nothing can be said about the silent."


def response(material: Material) -> Section:
    """Asked, answered, rate; then for each yes/no criterion its tipping point."""
    return Section(title="Who answered, and who stayed silent", blocks=_blocks(material))


def _blocks(material: Material) -> tuple[Block, ...]:
    if material.asked == 0:
        return (Paragraph(text=UNKNOWN),)
    rate = min(1.0, material.answered / material.asked)
    asked = counted(material.asked, "person was", "people were")
    said = f"{asked} asked for this build; {material.answered} answered ({percent(rate)})."
    known = [one for one in material.verdict.criteria if _can_tip(one)]
    if not known:
        return (Paragraph(text=said),)
    table = Table(
        caption="What the silent would need to think for the whole to sit at its limit",
        header=("Criterion", "Observed", "Limit", "Among the silent"),
        rows=tuple(_row(one, rate) for one in known),
    )
    return Paragraph(text=said), table


def funnel_section(funnel: Funnel) -> Section:
    """Where people of one activity were lost, and whether they are like all customers."""
    blocks: list[Block] = [charts.funnel(funnel)]
    if funnel.likeness:
        blocks.append(Paragraph(text=funnel.likeness))
    return Section(title=f"{funnel.name}: who came", blocks=tuple(blocks))


def _can_tip(result: CriterionResult) -> bool:
    everyone = result.segment is Segment.everyone
    return everyone and result.metric.is_share and result.observed is not None


def _row(result: CriterionResult, rate: float) -> tuple[str, str, str, str]:
    observed = result.observed or 0.0
    return (
        result.metric.title,
        figure(result.metric, observed),
        figure(result.metric, result.threshold),
        tipping_point(rate, observed, result.threshold),
    )
