"""A batch that was killed goes on: the same bytes as without the kill, and nothing finished is judged again."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import COUNTY, PROPOSALS, ROOT, Command, command_line, environment

from landrules.batch.inputs import Input
from landrules.batch.judge import Judge, Judged
from landrules.cli import streaming

NAMES = ("b_logistics", "c_livestock", "d_village_road", "e_workshop", "g_village_service", "h_farm_road")


class Killed(BaseException):
    """Ends a run in this process as a kill does: nothing of the program hears of it."""


@pytest.fixture
def proposals(folder: Path) -> Path:
    for name in NAMES:
        shutil.copy(PROPOSALS / f"{name}.geojson", folder)
    (folder / "f_empty.geojson").write_bytes(b"")
    return folder


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The proposals that were judged, in order; a run ends after the fourth where the list begins with `kill`."""
    names: list[str] = []
    original = Judge.__call__

    def call(self: Judge, items: Sequence[Input]) -> Iterator[Judged]:
        for item, answer in zip(items, original(self, items), strict=True):
            if names[:1] == ["kill"] and len(names) == 4:
                raise Killed
            names.append(item.name)
            yield answer

    monkeypatch.setattr(Judge, "__call__", call)
    return names


def stop_after_three(here: Command, judged: list[str], *arguments: str | Path) -> None:
    judged[:] = ["kill"]
    with pytest.raises(Killed):
        here("batch", *arguments)
    judged.clear()


def leftovers(output: Path) -> list[str]:
    return sorted(p.name for p in output.parent.iterdir() if p.is_file())


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_run_goes_on_where_it_stopped(
    here: Command, proposals: Path, tmp_path: Path, judged: list[str], form: str
) -> None:
    asked = (proposals, "--workspace", COUNTY, "--format", form)
    whole = here("batch", *asked)
    output = tmp_path / "结果.out"
    stop_after_three(here, judged, *asked, "--output", output)
    assert leftovers(output) == ["结果.out.journal", "结果.out.partial"]
    assert whole.stdout.startswith((tmp_path / "结果.out.partial").read_bytes())
    shown = here("batch", *asked, "--output", output)
    assert judged == ["e_workshop.geojson", "f_empty.geojson", "g_village_service.geojson", "h_farm_road.geojson"]
    assert output.read_bytes() == whole.stdout
    assert (shown.returncode, shown.stdout) == (whole.returncode, b"") == (2, b"")
    told = shown.stderr.decode()
    assert told == "接着上次：已做完 3 个\n" + whole.stderr.decode()
    assert leftovers(output) == ["结果.out"]


def test_what_was_spoilt_meanwhile_is_judged_again(
    here: Command, folder: Path, tmp_path: Path, judged: list[str]
) -> None:
    for name in "abcdefg":
        (folder / f"{name}.geojson").write_bytes(b"")
    asked = (folder, "--workspace", COUNTY)
    whole = here("batch", *asked).stdout
    output = tmp_path / "a.jsonl"
    partial, journal = tmp_path / "a.jsonl.partial", tmp_path / "a.jsonl.journal"
    spoils = {
        "journal torn": (lambda p, j: (p, j[:-7]), 2),
        "journal with rubbish behind": (lambda p, j: (p, j + b'["x"'), 3),
        "lines torn": (lambda p, j: (p[:-1], j), 2),
        "a line more than the journal has": (lambda p, j: (p + b'{"schema"', j), 3),
        "a byte of the second line another": (lambda p, j: (flipped(p, p.index(b"\n") + 50), j), 1),
        "lines gone": (lambda p, j: (b"", j), 0),
        "journal gone": (lambda p, j: (p, b""), 0),
        "journal of something else": (lambda p, j: (p, b"{}\n" + j), 0),
    }
    for what, (spoil, kept) in spoils.items():
        stop_after_three(here, judged, *asked, "--output", output)
        lines, entries = spoil(partial.read_bytes(), journal.read_bytes())
        partial.write_bytes(lines)
        journal.write_bytes(entries)
        here("batch", *asked, "--output", output)
        assert len(judged) == 7 - kept, what
        assert output.read_bytes() == whole, what
        judged.clear()


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def test_another_question_is_told_apart(here: Command, proposals: Path, tmp_path: Path, judged: list[str]) -> None:
    county = tmp_path / "county"
    shutil.copytree(COUNTY, county, ignore=shutil.ignore_patterns("proposals", "opinions"))
    asked = (proposals, "--workspace", county, "--output", tmp_path / "a.jsonl")
    stop_after_three(here, judged, *asked)
    left = {name: (tmp_path / name).read_bytes() for name in ("a.jsonl.partial", "a.jsonl.journal")}
    told = here("batch", *asked, "--law-date", "2026-06-18", "--no-geometry", "--lang", "en")
    assert (told.returncode, told.stdout) == (2, b"")
    assert "what is asked has changed: the options\n" in told.stderr.decode()
    assert "the 3 finished ones are dropped" in told.stderr.decode()
    changes = {
        "项目文件": proposals / "h_farm_road.geojson",
        "规则": county / "rules" / "county_plan.rules",
        "工作区设置或台账": county / "accounts.csv",
        "图层数据": county / "layers" / "qingxi.gpkg",
    }
    for what, file in changes.items():
        before = file.read_bytes()
        file.write_bytes(before + b"\n")
        assert f"但要求已经不同：{what}\n" in here("batch", *asked).stderr.decode()
        file.write_bytes(before)
    (proposals / "i_more.geojson").write_bytes(b"")
    assert "但要求已经不同：项目文件\n" in here("batch", *asked).stderr.decode()
    (proposals / "i_more.geojson").unlink()
    assert left == {name: (tmp_path / name).read_bytes() for name in left}
    assert judged == []
    here("batch", *asked)
    assert len(judged) == 4


def test_a_run_can_be_begun_anew(here: Command, proposals: Path, tmp_path: Path, judged: list[str]) -> None:
    output = tmp_path / "a.jsonl"
    asked = (proposals, "--workspace", COUNTY, "--no-geometry")
    stop_after_three(here, judged, *asked, "--output", output)
    here("batch", *asked, "--law-date", "2026-06-18", "--output", output, "--restart")
    assert len(judged) == 7
    assert output.read_bytes() == here("batch", *asked, "--law-date", "2026-06-18").stdout


def test_what_stood_there_stays_until_all_is_done(
    here: Command, proposals: Path, tmp_path: Path, judged: list[str]
) -> None:
    output = tmp_path / "a.jsonl"
    output.write_bytes(b"old")
    output.chmod(0o640)
    asked = (proposals, "--workspace", COUNTY, "--no-geometry", "--output", output)
    stop_after_three(here, judged, *asked)
    assert output.read_bytes() == b"old"
    here("batch", *asked)
    assert output.read_bytes().count(b"\n") == 7
    assert output.stat().st_mode & 0o777 == 0o640


def test_an_output_that_is_open_elsewhere_is_put_in_place_later(
    here: Command, proposals: Path, tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "a.csv"
    asked = (proposals, "--workspace", COUNTY, "--output", output)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "used by another process")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        shown = here("batch", *asked)
    assert shown.returncode == 2
    assert "错误 LR856: 全部 7 个项目已审查完毕" in shown.stderr.decode()
    assert leftovers(output) == ["a.csv.journal", "a.csv.partial"] and len(judged) == 7
    judged.clear()
    here("batch", *asked)
    assert judged == [] and leftovers(output) == ["a.csv"]


def test_two_at_once_do_not_mix(here: Command, proposals: Path, tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    code = (
        "import sys; from pathlib import Path; from landrules.batch.journal import Journal\n"
        "with Journal(Path(sys.argv[1]), {}): print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(output)], env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None and other.stdout.readline() == b"open\n"
    shown = here("batch", proposals, "--workspace", COUNTY, "--output", output)
    assert shown.returncode == 2 and "错误 LR855: " in shown.stderr.decode()
    other.communicate()
    here("batch", proposals, "--workspace", COUNTY, "--output", output)
    assert leftovers(output) == ["a.jsonl"]


def test_an_output_is_never_kept_where_the_disk_is_full(
    here: Command, proposals: Path, tmp_path: Path, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "a.jsonl"
    asked = (proposals, "--workspace", COUNTY, "--output", output)
    whole = here("batch", proposals, "--workspace", COUNTY).stdout
    judged.clear()
    original = streaming.Journal.add

    def add(self: streaming.Journal, answer: streaming.Answer) -> None:
        if len(judged) == 3:
            self._partial.write(answer.line[:100])
            raise OSError(28, "No space left on device")
        original(self, answer)

    with monkeypatch.context() as patched:
        patched.setattr(streaming.Journal, "add", add)
        shown = here("batch", *asked)
    assert shown.returncode == 2 and "错误 LR812: " in shown.stderr.decode() and not output.exists()
    judged.clear()
    here("batch", *asked)
    assert len(judged) == 5 and output.read_bytes() == whole


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_kill_at_any_moment_loses_nothing_that_is_finished(landrules: Command, tmp_path: Path, jobs: str) -> None:
    whole = landrules("batch", PROPOSALS, "--jobs", jobs).stdout
    output, journal = tmp_path / "a.jsonl", tmp_path / "a.jsonl.journal"
    done = 0
    for wanted in (1, 9, 16):
        arguments = command_line("batch", PROPOSALS, "--jobs", jobs, "--output", output)
        batch = subprocess.Popen(arguments, cwd=ROOT, env=environment(), stderr=subprocess.PIPE)
        for _ in moments():
            if batch.poll() is not None or finished(journal) >= wanted:
                break
        batch.send_signal(signal.SIGKILL)
        assert batch.stderr is not None
        told = batch.stderr.read().decode()
        batch.wait()
        assert done == 0 or f"已做完 {done} 个" in told
        assert not output.exists()
        before, done = done, finished(journal)
        assert done >= max(wanted, before)
    shown = landrules("batch", PROPOSALS, "--jobs", jobs, "--output", output)
    assert f"已做完 {done} 个" in shown.stderr.decode()
    assert output.read_bytes() == whole
    assert leftovers(output) == ["a.jsonl"]


def finished(journal: Path) -> int:
    """How many proposals a journal has as finished."""
    rows = journal.read_bytes().split(b"\n")[:-1] if journal.exists() else []
    return max(0, len([row for row in rows if isinstance(json.loads(row), list | dict)]) - 1)


def moments() -> Iterator[None]:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        yield
        time.sleep(0.002)
