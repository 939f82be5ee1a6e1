"""What a browser says about the device it runs on, so that a tester need not type it."""

import re

from casework.record import Record


class Device(Record):
    """A device and its system as far as the browser tells; "" where it does not."""

    device: str = ""
    os: str = ""


_SYSTEMS = (
    (re.compile(r"(?:iPhone OS|CPU OS) (\d+(?:_\d+)?)"), "iOS"),
    (re.compile(r"Android (\d+(?:\.\d+)?)"), "Android"),
    (re.compile(r"Windows NT 10\.0"), "Windows 10 or 11"),
    (re.compile(r"Windows NT"), "Windows"),
    (re.compile(r"Mac OS X"), "macOS"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Linux"), "Linux"),
)
_ANDROID_MODEL = re.compile(
    r"Android [^;)]+; (?:[a-z]{2}[-_][a-zA-Z]{2}; )?([^;)]+?)(?: Build/|\))"
)
_WITHHELD = "K"
"""What Chrome on Android says in place of the model since it reduced its user agent."""

_KINDS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Mobile", "Phone"), ("Android", "Tablet"))


def read_user_agent(user_agent: str) -> Device:
    """The device behind a User-Agent header; a guess that the tester may correct."""
    told = user_agent[:500]
    return Device(device=_device(told), os=_system(told))


def _system(told: str) -> str:
    for pattern, name in _SYSTEMS:
        if match := pattern.search(told):
            version = match.group(1).replace("_", ".") if match.groups() else ""
            return f"{name} {version}".strip()
    return ""


def _device(told: str) -> str:
    model = _ANDROID_MODEL.search(told)
    if model and model.group(1).strip() not in (_WITHHELD, "Mobile", "Tablet"):
        return model.group(1).strip()[:100]
    for sign, kind in _KINDS:
        if sign in told:
            return kind
    return "Computer" if _system(told) else ""
