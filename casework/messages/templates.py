"""The texts of letters: editable, with placeholders that are checked before anybody gets one."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from casework.errors import Invalid
from casework.messages import links
from casework.messages.message import Body, HeaderLine, MessageKind
from casework.record import Record

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
COMMON = ("name", "owner", "product", "study", "opt_out")


class TemplateName(StrEnum):
    """One text per occasion; the two activities are asked into with different words."""

    INVITE_GROUP = "invite_group"
    INVITE_BETA = "invite_beta"
    REMINDER = "reminder"
    MEETING = "meeting"
    THANKS = "thanks"
    RESULT = "result"
    ALERT = "alert"

    @property
    def label(self) -> str:
        """As shown to people."""
        return _LABELS[self]

    @property
    def kind(self) -> MessageKind:
        """What kind of letter it makes."""
        inviting = self in (TemplateName.INVITE_GROUP, TemplateName.INVITE_BETA)
        return MessageKind.INVITATION if inviting else MessageKind(self.value)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What may stand in braces in this text."""
        common = COMMON[:-1] if self.kind.to_staff else COMMON
        return (*common, *_OWN[self], *_REQUIRED[self])

    @property
    def required(self) -> tuple[str, ...]:
        """What the text must hold, since the letter would be of no use without it."""
        return _REQUIRED[self]


_LABELS = {
    TemplateName.INVITE_GROUP: "Invitation to a focus group",
    TemplateName.INVITE_BETA: "Invitation to a beta",
    TemplateName.REMINDER: "Reminder",
    TemplateName.MEETING: "Meeting invitation",
    TemplateName.THANKS: "Thank-you",
    TemplateName.RESULT: "You said, we did",
    TemplateName.ALERT: "Alert to the owner",
}
_ASKING = ("activity", "seats", "closes_on", "incentive")
_OWN: Mapping[TemplateName, tuple[str, ...]] = MappingProxyType(
    {
        TemplateName.INVITE_GROUP: _ASKING,
        TemplateName.INVITE_BETA: _ASKING,
        TemplateName.REMINDER: (*_ASKING, "next_step"),
        TemplateName.MEETING: ("activity", "meeting"),
        TemplateName.THANKS: ("activity", "incentive"),
        TemplateName.RESULT: (),
        TemplateName.ALERT: ("what",),
    }
)
_REQUIRED: Mapping[TemplateName, tuple[str, ...]] = MappingProxyType(
    {
        TemplateName.INVITE_GROUP: ("link",),
        TemplateName.INVITE_BETA: ("link",),
        TemplateName.REMINDER: ("link",),
        TemplateName.MEETING: ("meeting_time", "meeting_place"),
        TemplateName.THANKS: (),
        TemplateName.RESULT: ("replies",),
        TemplateName.ALERT: ("alert",),
    }
)


class Template(Record):
    """One text in one version; version 0 is the one Casework brings along."""

    name: TemplateName
    version: int = 0
    subject: HeaderLine
    body: Body

    @property
    def reference(self) -> str:
        """What a letter keeps of it: which text in which version."""
        return f"{self.name.value} v{self.version}"


class Written(Record):
    """A subject and a body with everything filled in but the links."""

    subject: HeaderLine
    body: Body


def check(template: Template) -> None:
    """Refuse a text that could not be sent to everybody it is for.

    Raises:
        Invalid: naming an unknown, missing or broken placeholder and those there are.
    """
    text = f"{template.subject}\n{template.body}"
    found = [name.strip() for name in _PLACEHOLDER.findall(text)]
    _require_known(found, template.name)
    _require_whole(_PLACEHOLDER.sub("", text))
    missing = [name for name in template.name.required if name not in _in_body(template)]
    if missing:
        raise Invalid(
            f"The text needs {_in_braces(missing)}: without it the letter leads nowhere. "
            "Put it where it should stand."
        )
    if not template.body.strip():
        raise Invalid("The letter is empty. Write what it should say.")


def _in_body(template: Template) -> set[str]:
    return {name.strip() for name in _PLACEHOLDER.findall(template.body)}


def _require_known(found: Iterable[str], name: TemplateName) -> None:
    for placeholder in found:
        if placeholder not in name.placeholders:
            raise Invalid(
                f"“{{{placeholder}}}” is no placeholder of “{name.label}”. "
                f"There is: {_in_braces(name.placeholders)}."
            )


def _require_whole(rest: str) -> None:
    if "{" in rest or "}" in rest:
        raise Invalid("A brace stands alone. A placeholder is a word in a pair: {name}.")


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def render(template: Template, values: Mapping[str, str]) -> Written:
    """Fill a checked text in one pass, so that no value is read as a placeholder.

    The links stay marks until the letter leaves. A paragraph that comes out empty is left out;
    every letter to a customer ends with the way to be left alone.

    Raises:
        Invalid: for a text that `check` refuses.
    """
    check(template)
    known = {name: links.without_marks(value) for name, value in values.items()}
    known |= {"link": links.PERSONAL, "opt_out": links.OPT_OUT}

    def value_of(found: re.Match[str]) -> str:
        return known.get(found[1].strip(), "")

    body = _PLACEHOLDER.sub(value_of, links.without_marks(template.body))
    paragraphs = [part.strip() for part in body.split("\n\n")]
    if not template.name.kind.to_staff and not links.needs(body, links.OPT_OUT):
        paragraphs.append(FOOTER.format(product=known.get("product", "this product")))
    subject = _PLACEHOLDER.sub(value_of, links.without_marks(template.subject))[:200]
    return Written(subject=subject, body="\n\n".join(part for part in paragraphs if part))


FOOTER = (
    "You get this letter because you are a customer of {product}. "
    f"If you want no more letters like this one: {links.OPT_OUT}"
)
