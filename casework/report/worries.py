"""What weakens the verdict and what may still go wrong: warnings, open issues, risks."""

from casework.decisions import in_force
from casework.report.blocks import Block, Paragraph, Section, Table
from casework.report.material import Issue, Material
from casework.report.words import in_words, sentence
from casework.risks import Risk, derived

ANSWERS_NAMED = 6


def warnings(material: Material) -> Section:
    """Where the testers may not stand for everybody, or left something out."""
    told = (*_only_loyal(material), *material.verdict.warnings)
    lines = [Paragraph(text=sentence(in_words(line))) for line in told]
    if material.not_read:
        lines.append(Paragraph(text=material.not_read))
    return Section(title="Biases and warnings", blocks=tuple(lines))


def _only_loyal(material: Material) -> tuple[str, ...]:
    """Where nobody but loyal customers answered, nobody shows what the others think."""
    answers = material.verdict.answers
    if not answers or material.loyal < answers:
        return ()
    who = "the one counted tester is" if answers == 1 else f"all {answers:,} counted testers are"
    return (f"{who} loyal; how other customers would answer is not known from them",)


def issues(material: Material) -> Section:
    """The problems testers reported, the critical first, with the answers they are in."""
    if not material.issues:
        return Section(title="Open issues", blocks=())
    table = Table(
        caption="Problems reported about this build, the gravest first",
        header=("Severity", "Kind", "Reports", "In the answers"),
        rows=tuple(_issue(one) for one in material.issues),
    )
    return Section(title="Open issues", blocks=(table,))


def _issue(one: Issue) -> tuple[str, ...]:
    named = ", ".join(str(answer) for answer in one.answers[:ANSWERS_NAMED])
    more = len(one.answers) - ANSWERS_NAMED
    shown = f"{named} and {more} more" if more > 0 else named
    kind = one.kind.value if one.kind else "not said"
    severity = one.severity.value if one.severity else "not said"
    return severity, kind, str(len(one.answers)), shown


def risks(material: Material) -> Section:
    """Risks that somebody wrote under the decision in force, then those the record itself shows."""
    current = in_force(material.decisions)
    written = current.record.risks if current else ()
    found = (*written, *derived(material.verdict, material.study.owner_name, material.expiry))
    blocks: tuple[Block, ...] = (_table(found),) if found else ()
    return Section(title="Risks", blocks=blocks)


def _table(found: tuple[Risk, ...]) -> Table:
    rows = tuple((one.text, one.owner, one.action) for one in found)
    header = ("Risk", "Owner", "What is done")
    return Table(caption="What may still go wrong, and who watches it", header=header, rows=rows)
