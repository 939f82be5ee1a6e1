"""One small export of every kind, written by hand from the columns that its maker documents."""

import csv
import io
import json
from pathlib import Path

HERE = Path(__file__).parent
VTT = HERE / "meeting.vtt"
SRT = HERE / "meeting.srt"
SPOKEN = HERE / "meeting.txt"
APP_STORE = HERE / "app_store.json"
STEAM = HERE / "steam.json"
LINES = HERE / "survey.jsonl"
GOOGLE_PLAY = HERE / "google_play.csv"
"""UTF-16 LE with its mark, as the console writes it."""


def play_rows() -> list[dict[str, str]]:
    """The rows of the Google Play example, to be changed and written anew."""
    text = GOOGLE_PLAY.read_bytes().decode("utf-16")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def play_file(rows: list[dict[str, str]], encoding: str = "utf-16") -> bytes:
    """Rows as the console would write them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def steam_file(*reviews: dict[str, object]) -> bytes:
    """Reviews as Steam would send them."""
    return json.dumps({"success": 1, "reviews": list(reviews)}).encode()
