"""What was tried before, how the verdict was reached, and the digests to check it all by."""

from casework.attempts import Attempt, Version, false_go_over
from casework.criteria import percent
from casework.report.blocks import Block, Paragraph, Section, Table
from casework.report.material import Material
from casework.report.words import at, counted

ALPHA = 0.05
SHORT = 16
RULE = (
    "Criteria were registered before the first answer. Each tester counts once, with their first "
    "valid answer; crashes and offence are as testers reported them. The boundaries hold at every "
    "answer, so looking every day spends nothing: a build at its limit gets a false GO in at most "
    "5 % of studies."
)
NO_RULE = (
    "A verdict rests on criteria that were registered before the first answer and are unchanged "
    "since; here there are none."
)


def history(material: Material) -> Section:
    """Every attempt and every registered version, with the chance that any of them misleads."""
    title = "Attempts and versions"
    if not material.attempts:
        return Section(title=title, blocks=())
    table = Table(
        caption="Every attempt, with the criteria it was registered under",
        header=("Attempt", "Build", "Version", "Registered", "Received", "Digest begins"),
        rows=tuple(_attempt(attempt) for attempt in material.attempts),
    )
    blocks: list[Block] = [table]
    replaced = _replaced(material)
    if replaced:
        blocks.append(_versions(replaced))
    alpha = material.criteria.alpha if material.criteria else ALPHA
    tried = len(material.attempts)
    chance = percent(false_go_over(tried, alpha))
    told = counted(tried, "attempt", "attempts")
    blocks.append(Paragraph(text=f"Chance of a false GO over {told}: at most {chance}."))
    return Section(title=title, blocks=tuple(blocks))


def _attempt(attempt: Attempt) -> tuple[str, ...]:
    return (
        f"{attempt.number} of {attempt.of}",
        attempt.build,
        str(attempt.registration.version),
        at(attempt.registration.at),
        str(attempt.answers),
        attempt.registration.digest[:SHORT],
    )


def _replaced(material: Material) -> tuple[Version, ...]:
    tried = {attempt.registration.version for attempt in material.attempts}
    return tuple(one for one in material.versions if one.registration.version not in tried)


def _versions(versions: tuple[Version, ...]) -> Table:
    return Table(
        caption="Versions replaced before any answer came; they were never attempts",
        header=("Version", "Build", "Registered", "Digest begins"),
        rows=tuple(
            (
                str(one.registration.version),
                one.build,
                at(one.registration.at),
                one.registration.digest[:SHORT],
            )
            for one in versions
        ),
    )


def method(material: Material) -> Section:
    """How the verdict was reached, in plain words."""
    texts = [RULE if material.verdict.criteria else NO_RULE]
    if material.criteria is not None:
        criteria = material.criteria
        texts.append(
            f"Loyalty: {criteria.loyalty_policy} Scorer: {criteria.scorer_version}. "
            f"Answers planned: {criteria.answers}, closing {at(criteria.closes_at)}."
        )
    if material.scorer_error:
        texts.append(material.scorer_error)
    return Section(title="Method", blocks=tuple(Paragraph(text=text) for text in texts))


def digests(material: Material) -> Section:
    """SHA-256 of everything this summary rests on."""
    verdict = material.verdict
    rows = [("Verdict", verdict.digest)]
    if verdict.registered_digest:
        told = f"Launch criteria, version {verdict.registered_version}"
        rows.insert(0, (told, verdict.registered_digest))
    rows += [
        (f"Decision of {at(one.record.decided_at)}", one.record.digest)
        for one in material.decisions
        if one.record.digest
    ]
    table = Table(
        caption="The same criteria and answers give the same digests (SHA-256)",
        header=("What", "Digest"),
        rows=tuple(rows),
    )
    return Section(title="Digests", blocks=(table,))
