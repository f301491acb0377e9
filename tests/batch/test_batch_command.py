"""`landrules batch`: every line is what `check` prints, whatever the number of processes and whatever lies beside it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from conftest import COUNTY, PROPOSALS, Command, command_line, environment, squeezed

from landrules import check, check_many
from landrules.batch import inputs
from landrules.batch.answer import as_json
from landrules.batch.judge import Judge
from landrules.batch.pool import Start
from landrules.batch.run import judge_all
from landrules.batch.tally import Tally
from landrules.cli.progress import Progress
from landrules.engine.report import Report
from landrules.render.safe import neutral_json
from landrules.road import Options, Session

EXAMPLES = sorted(PROPOSALS.glob("*.geojson"))


@pytest.fixture(scope="module")
def checked() -> dict[str, str]:
    """What `check` says of every example, as one line."""
    county = Session.open(COUNTY)
    return {p.name: squeezed(neutral_json(check(p, workspace=county).to_json())) + "\n" for p in EXAMPLES}


@pytest.mark.parametrize("jobs", ["1", "2", "4"])
def test_every_line_is_what_check_prints(landrules: Command, checked: dict[str, str], jobs: str) -> None:
    shown = landrules("batch", PROPOSALS, "--jobs", jobs)
    assert shown.stdout.decode("utf-8") == "".join(checked[p.name] for p in EXAMPLES)
    assert len(EXAMPLES) == 22
    assert shown.returncode == 1
    assert shown.stderr.decode("utf-8") == "共 22 个项目：不符合 7，需补正 1，须研究 1，基本符合 3，符合 10\n"


def test_the_command_check_prints_the_same_object(landrules: Command, folder: Path) -> None:
    for name in ("a_expressway", "e_workshop"):
        shutil.copy(PROPOSALS / f"{name}.geojson", folder)
    options = ("--workspace", COUNTY, "--law-date", "2026-06-18", "--no-geometry", "--set", "survey_year=2025")
    shown = landrules("batch", folder, "--jobs", "2", *options)
    alone = [
        landrules("check", folder / f"{n}.geojson", *options, "--format", "json")
        for n in ("a_expressway", "e_workshop")
    ]
    assert shown.stdout.decode() == "".join(squeezed(one.stdout.decode()) + "\n" for one in alone)
    assert b'"coordinates"' not in shown.stdout and b'"survey_year":"2025"' in shown.stdout


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_one_bad_file_never_stops_the_rest(here: Command, spoilt: Path, checked: dict[str, str], jobs: str) -> None:
    shown = here("batch", spoilt, "--workspace", COUNTY, "--jobs", jobs, "--lang", "en")
    lines = shown.stdout.decode("utf-8").splitlines(keepends=True)
    good = {2: "c_livestock.geojson", 3: "d_village_road.geojson", 7: "k_school_of_2024.geojson"}
    assert {n: lines[n] for n in good} == {n: checked[name] for n, name in good.items()}
    assert lines[8] == checked["d_village_road.geojson"]
    schema = json.loads(here("schema", "batch-error").stdout)
    assert schema["$id"] == "landrules/batch-error/1"
    found = [json.loads(line) for n, line in enumerate(lines) if n not in {*good, 8}]
    for error in found:
        jsonschema.validate(error, schema)
    assert [(error["input"], error["diagnostics"][0]["code"]) for error in found] == [
        ("a_empty.geojson", "LR600"),
        ("a_not_json.geojson", "LR602"),
        ("e_no_stage.geojson", "LR614"),
        ("f_twice.geojson", "LR621"),
        ("g_alone.gpkg", "LR645"),
    ]
    assert all(d["message"]["zh"] and d["message"]["en"] and d["where"] for e in found for d in e["diagnostics"])
    assert shown.returncode == 2
    told = shown.stderr.decode("utf-8")
    assert "proposals: 9; could not be judged 5, does not comply 1, complies 3\n" in told
    assert "not read (no known format): g_alone.proposal.json.bak, notes.txt\n" in told
    assert "warning LR858" in told and "`村内道路 副本.geojson`" in told
    assert "Traceback" not in told


def test_errors_are_what_check_says(here: Command, spoilt: Path) -> None:
    for name in ("a_empty", "e_no_stage", "f_twice"):
        alone = here("check", spoilt / f"{name}.geojson", "--workspace", COUNTY, "--lang", "en")
        shown = here("batch", spoilt / f"{name}.geojson", "--workspace", COUNTY, "--jobs", "1")
        (line,) = shown.stdout.decode().splitlines()
        told = [f"{d['where']}: error {d['code']}: {d['message']['en']}" for d in json.loads(line)["diagnostics"]]
        assert [row for row in alone.stderr.decode().splitlines() if " error LR" in row] == told
        assert (alone.returncode, shown.returncode) == (2, 2)


@pytest.mark.parametrize("separator", ["", "\x1e"])
def test_a_sequence_holds_one_proposal_a_line(
    here: Command, folder: Path, checked: dict[str, str], separator: str
) -> None:
    names = ["d_village_road.geojson", "e_workshop.geojson"]
    texts = [json.loads((PROPOSALS / n).read_text(encoding="utf-8")) for n in names]
    indent = 2 if separator else None
    first, second = (separator + json.dumps(t, ensure_ascii=False, indent=indent) + "\n" for t in texts)
    file = folder / "清溪 六月.jsonl"
    file.write_bytes(f"{first}\r\n   \n{separator}{{\n{second}".encode())
    shown = here("batch", file, "--workspace", COUNTY, "--jobs", "2")
    lines = [json.loads(line) for line in shown.stdout.decode().splitlines()]
    wanted = [json.loads(checked[name]) for name in names]
    for line, want in zip((lines[0], lines[2]), wanted, strict=True):
        assert {**line, "proposal": {**line["proposal"], "sha256": ""}} == {
            **want, "proposal": {**want["proposal"], "sha256": ""}
        }  # fmt: skip
    row = first.count("\n") + 3
    assert (lines[1]["input"], lines[1]["diagnostics"][0]["where"]) == (f"{file.name}:{row}", f"{file.name}:{row}")
    assert lines[1]["diagnostics"][0]["code"] == "LR601"


def test_the_digest_of_a_line_is_that_of_a_file_that_holds_it(folder: Path) -> None:
    text = json.dumps(json.loads(EXAMPLES[0].read_text(encoding="utf-8")))
    (folder / "one.geojson").write_text(text, encoding="utf-8")
    (folder / "two.ndjson").write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n")
    reports = [found for _, found in check_many(folder, workspace=COUNTY)]
    digests = [report.proposal.sha256 for report in reports if isinstance(report, Report)]
    assert digests == [hashlib.sha256(text.encode()).hexdigest()] * 2


def test_folders_below_are_read_when_asked_for(here: Command, folder: Path) -> None:
    below = folder / "石桥镇" / "b"
    below.mkdir(parents=True)
    shutil.copy(PROPOSALS / "d_village_road.geojson", below)
    assert b"LR850" in here("batch", folder, "--workspace", COUNTY).stderr
    (below / "e.geojson").write_bytes(b"")
    shown = here("batch", folder, "--workspace", COUNTY, "--recursive")
    road, empty = map(json.loads, shown.stdout.decode().splitlines())
    assert road["decision"] == "permit"
    assert empty["input"] == "石桥镇/b/e.geojson"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("d_village_road", "g_village_service"), 0),
        (("d_village_road", "b_logistics"), 4),
        (("b_logistics", "a_expressway"), 3),
        (("b_logistics", "j_workshop_beyond_survey"), 3),
        (("j_workshop_beyond_survey", "e_workshop"), 1),
    ],
)
def test_the_gravest_answer_is_the_exit_code(here: Command, folder: Path, names: tuple[str, ...], code: int) -> None:
    for name in names:
        shutil.copy(PROPOSALS / f"{name}.geojson", folder)
    assert here("batch", folder, "--workspace", COUNTY, "--jobs", "1").returncode == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("batch", "nowhere"), "LR607"),
        (("batch", "pyproject.toml"), "LR646"),
        (("batch", "grammar"), "LR850"),
        (("batch", "examples", "--recursive"), "LR851"),
        (("batch", "examples/qingxi/proposals", "--jobs", "0"), "LR859"),
        (("batch", "examples/qingxi/proposals", "--restart"), "LR849"),
        (("batch", "examples/qingxi/proposals", "--format", "html"), "LR806"),
        (("batch", "examples/qingxi/proposals", "--output", "examples/qingxi/proposals/x.json"), "LR857"),
        (("batch", "examples/qingxi/proposals", "--output", "no/such/x.jsonl"), "LR809"),
        (("batch", "examples/qingxi/proposals", "--rules", "no.such"), "LR232"),
        (("batch", "examples/qingxi/proposals", "--workspace", "grammar"), "LR501"),
    ],
)
def test_a_wrong_command_is_a_sentence_and_decides_nothing(
    here: Command, arguments: tuple[str, ...], code: str
) -> None:
    shown = here(*arguments)
    assert (shown.returncode, shown.stdout) == (2, b"")
    assert f"错误 {code}: " in shown.stderr.decode()
    assert b"Traceback" not in shown.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_whoever_stops_reading_ends_the_batch_quietly(jobs: str) -> None:
    arguments = command_line("batch", PROPOSALS, "--jobs", jobs)
    batch = subprocess.Popen(arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert batch.stdout is not None and batch.stderr is not None
    assert batch.stdout.readline().startswith(b'{"schema":"landrules/report/1"')
    batch.stdout.close()
    told = batch.stderr.read()
    assert (batch.wait(), told) == (2, b"")


@pytest.mark.parametrize("start", ["fork", "spawn"] if sys.platform == "linux" else ["spawn"])
def test_however_processes_start(checked: dict[str, str], start: Start) -> None:
    judge = Judge(Session.open(COUNTY), Options())
    files = inputs.find(PROPOSALS).files[:9]
    found = list(judge_all(judge, inputs.inputs_of(files), 2, as_json, start))
    assert [(a.name, a.line.decode()) for a in found] == [(f.name, checked[f.name]) for f in files]


def test_a_batch_that_is_interrupted_leaves_no_process(tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    arguments = command_line("batch", PROPOSALS, "--jobs", "2", "--output", output)
    batch = subprocess.Popen(arguments, env=environment(), stderr=subprocess.PIPE, start_new_session=True)
    partial = tmp_path / "a.jsonl.partial"
    until = time.monotonic() + 60
    while time.monotonic() < until and not (partial.exists() and partial.stat().st_size):
        time.sleep(0.01)
    os.killpg(batch.pid, signal.SIGINT)
    assert batch.stderr is not None
    told = batch.stderr.read()  # ends when every process that has it open has ended
    assert (batch.wait(), told) == (130, b"")
    assert not output.exists() and partial.exists()


def test_help_has_examples_in_both_languages(here: Command) -> None:
    zh, en = here("batch", "--help").stdout.decode(), here("batch", "--help", "--lang", "en").stdout.decode()
    assert "示例：\n  landrules batch " in zh and "Example:\n  landrules batch " in en
    assert "退出码：0 全部符合；2 有项目不能审查" in "".join(line.strip() for line in zh.splitlines())
    assert re.search(r"[\u4e00-\u9fff‖]", en) is None


def test_a_person_who_waits_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen, clock, asked = Terminal(), iter([0.0, 1.0, 2.1, 2.2, 2.7]), []
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr("landrules.cli.progress.time.monotonic", lambda: next(clock))
    progress, tally = Progress("zh", {}, lambda: asked.append(1) or 12), Tally()
    shown = []
    for outcome in ("deny", "permit", "error", "permit"):
        tally.add(outcome, outcome, "")
        progress.show(tally)
        shown.append(screen.getvalue())
    progress.end()
    assert shown[0] == "" and shown[1] == shown[2] == "\r2/12：不符合 1，符合 1"
    assert shown[3] == shown[2] + "\r4/12：未能审查 1，不符合 1，符合 2"
    assert screen.getvalue().endswith("\r" + " " * 34 + "\r") and asked == [1]
    quiet = Terminal()
    monkeypatch.setattr(sys, "stderr", quiet)
    monkeypatch.setattr("landrules.cli.progress.time.monotonic", lambda: 9e9)
    Progress("zh", {"CI": "1"}, lambda: 12).show(tally)
    assert quiet.getvalue() == ""


def test_the_same_from_python(checked: dict[str, str]) -> None:
    found = list(check_many(PROPOSALS, jobs=2))
    assert [name for name, _ in found] == [p.name for p in EXAMPLES]
    for name, report in found:
        assert isinstance(report, Report)
        assert squeezed(neutral_json(report.to_json())) + "\n" == checked[name]


def test_from_python_what_is_wrong_stands_beside_its_name(spoilt: Path) -> None:
    files = [spoilt / "a_empty.geojson", spoilt / "c_livestock.geojson"]
    empty, livestock = check_many(files, workspace=Session.open(COUNTY), geometry=False)
    assert empty[0] == "a_empty.geojson" and isinstance(empty[1], tuple)
    assert [d.code for d in empty[1]] == ["LR600"]
    assert livestock[1] == check(files[1], workspace=COUNTY, geometry=False)
