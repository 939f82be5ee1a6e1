"""The archive behind a summary: every file named by its digest, nothing that a sheet would run."""

import csv
import io
import json
import zipfile
from hashlib import sha256

import numpy as np

from casework.criteria import Metric
from casework.report import compose, to_bundle, to_json
from casework.report.tables import answers
from casework.verdict import Evidence
from tests.casework.report.material import CRITERIA, HOSTILE, MOMENT, material, verbatim, verdict

FORMULA = "=HYPERLINK(1)"
NO_GO = verdict(20, 40)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_manifest_names_every_file_with_its_digest() -> None:
    files = opened(to_bundle(material(NO_GO), []))
    told = json.loads(files.pop("manifest.json"))
    assert told["files"] == {name: sha256(made).hexdigest() for name, made in files.items()}
    assert (told["outcome"], told["verdict_digest"]) == ("NO-GO", NO_GO.digest)
    wanted = {"criteria", "results", "answers", "themes", "verbatims", "funnel", "gates"}
    assert {f"{name}.csv" for name in wanted | {"decisions", "sign_offs"}} <= set(files)
    assert json.loads(files["verdict.json"])["digest"] == NO_GO.digest


def test_an_auditor_can_recompute_both_digests_from_the_files_alone() -> None:
    files = opened(to_bundle(material(NO_GO), []))
    told = json.loads(files["manifest.json"])
    by_hand = {name: sha256(content).hexdigest() for name, content in files.items()}
    assert by_hand["criteria.json"] == told["criteria_digest"] == NO_GO.registered_digest
    assert by_hand["verdict-digested.json"] == told["verdict_digest"]


def test_a_cell_that_begins_a_formula_is_text_and_a_negative_number_stays_a_number() -> None:
    said = verbatim(1, FORMULA, polarity=-0.5), verbatim(2, HOSTILE)
    found = rows(opened(to_bundle(material(NO_GO, *said), []))["verbatims.csv"])
    assert [one["text"] for one in found] == [f"'{FORMULA}", HOSTILE]
    assert found[0]["polarity"] == "-0.5"


def test_the_same_material_gives_the_same_bytes() -> None:
    first, second = (to_bundle(material(NO_GO, verbatim(1, "Fun.")), []) for _ in range(2))
    assert first == second


def test_each_answer_tells_its_values_and_the_criteria_it_entered() -> None:
    evidence = Evidence(
        values={
            Metric.csat: np.array([1.0, 0.0, 1.0]),
            Metric.crash_free: np.array([1.0, np.nan, 1.0]),
            Metric.offended: np.array([0.0, 1.0, 0.0]),
        },
        loyal=np.array([True, False, True]),
        attributes={"segment": np.array(["fan", "regular", "fan"])},
    )
    header, first, second, _ = answers(CRITERIA, evidence, np.array([7, 9, 11]))
    told = dict(zip(header, second, strict=True))
    assert told == {
        "place": 2,
        "answer": 9,
        "loyal": False,
        "segment": "regular",
        "csat": 0.0,
        "crash_free": None,
        "offended": 1.0,
        "entered": "csat/everyone offended/everyone",
    }
    assert first[-1] == "csat/everyone crash_free/everyone offended/everyone"


def test_without_criteria_no_answer_entered_any() -> None:
    evidence = Evidence(values={Metric.csat: np.array([1.0])}, loyal=np.array([True]))
    _, only = answers(None, evidence, np.array([7]))
    assert only[-1] == ""


def test_json_has_one_spelling_and_carries_the_verdict_and_every_section() -> None:
    found = material(NO_GO, verbatim(1, HOSTILE, offended=True), as_of=MOMENT)
    text = to_json(compose(found), NO_GO)
    told = json.loads(text)
    assert text == json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert told["verdict"]["digest"] == NO_GO.digest
    assert told["as_of"] == "2026-11-01T12:00:00+00:00"
    assert told["sections"][0]["title"] == "Launch criteria"
    assert {"quotation": HOSTILE, "source": "loyal fan, answer 1"} in told["front"]["blocks"]
