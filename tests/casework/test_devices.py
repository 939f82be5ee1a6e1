"""Facts about what browsers tell of their device."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.devices import Device, read_user_agent

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "device", "os"),
    [
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36",
            "Phone",
            "Android 10",
        ),
        (f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Safari/537.36", "Tablet", "Android 10"),
        (f"Mozilla/5.0 (Linux; Android 15; Pixel 8) {CHROME} Mobile", "Pixel 8", "Android 15"),
        (
            "Mozilla/5.0 (Linux; Android 8.1; en-us; SM-J710F Build/M1AJQ; wv) Version/4.0 Mobile",
            "SM-J710F",
            "Android 8.1",
        ),
        ("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Firefox/130.0", "Phone", "Android 14"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148",
            "iPhone",
            "iOS 18.1",
        ),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Mobile/15E148", "iPad", "iOS 17.5"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME}", "Computer", "macOS"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Computer", "Windows 10 or 11"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Computer", "ChromeOS"),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME}", "Computer", "Linux"),
        ("", "", ""),
        ("curl/8.5.0", "", ""),
    ],
)
def test_a_browser_tells_its_device(user_agent: str, device: str, os: str) -> None:
    assert read_user_agent(user_agent) == Device(device=device, os=os)


@given(st.text(max_size=2_000))
def test_no_header_is_too_strange_or_too_long(user_agent: str) -> None:
    told = read_user_agent(f"Mozilla/5.0 (Linux; Android 9; {user_agent}")
    assert len(told.device) <= 100
    assert len(told.os) <= 100
