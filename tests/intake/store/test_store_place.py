"""Which store stands for a source, where it lies, and what is done where something is in the way."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import store_faults as faults

from landrules.base.diagnostic import Diagnostic
from landrules.intake.digest import sha256_of_file
from landrules.intake.store import NoStore, Place, Prepared, Wanted, current, discard, lock, place_of, shelf
from landrules.intake.store import pointer as pointers
from landrules.intake.store.container import Json, Sections


@pytest.fixture(autouse=True)
def _cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LANDRULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("LANDRULES_STORE", raising=False)


class Layer:
    """A source, and how often it was read."""

    def __init__(self, folder: Path, text: bytes = b"one") -> None:
        self.source = folder / "layer.bin"
        folder.mkdir(exist_ok=True)
        self.source.write_bytes(text)
        self.age()
        self.recipe: dict[str, Json] = {"program": "1"}
        self.read = 0
        self.lines: list[str] = []
        self.place: Place | NoStore = place_of(folder / "landrules.toml")

    def age(self) -> None:
        """Make the source look as if it had been left alone for a while."""
        then = time.time() - 3_600
        os.utime(self.source, (then, then))

    def make(self) -> tuple[dict[str, Json], Sections]:
        self.read += 1
        return {"n": 1}, {"bytes": np.frombuffer(self.source.read_bytes(), dtype=np.uint8)}

    def wanted(self) -> Wanted:
        return Wanted("dltb", "2025-12-31", self.source, self.recipe)

    def now(self) -> Prepared:
        found = current(self.place, self.wanted(), self.make, lambda line: self.lines.append(line.code))
        assert isinstance(found, Prepared)
        assert found.container.whole("bytes").tobytes() == self.source.read_bytes()
        assert found.sha256 == sha256_of_file(self.source, fresh=True)
        return found

    @property
    def folder(self) -> Path:
        assert isinstance(self.place, Place)
        return self.place.folders[0]

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


@pytest.fixture
def layer(tmp_path: Path) -> Layer:
    return Layer(tmp_path / "county")


@pytest.fixture
def steady(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> Layer:
    """A layer whose stamps are never racy, as of a source that was left alone for a day."""
    monkeypatch.setattr(shelf.Stamp, "is_racy", lambda self, taken: False)
    return layer


def test_made_on_first_use_and_found_afterwards(layer: Layer) -> None:
    first = layer.now()
    assert first.is_new
    assert [layer.now().is_new for _ in range(3)] == [False] * 3
    assert layer.read == 1
    name = first.container.path.name
    assert name.startswith("dltb-2025-12-31-")
    assert layer.files() == [".gitignore", name, "dltb-2025-12-31.json"]
    assert (layer.folder / ".gitignore").read_text() == "*\n"
    assert layer.folder == layer.source.parent / ".landrules"
    assert layer.lines == []


def test_what_looks_as_it_did_is_not_read_again(steady: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    steady.now()
    hashed: list[Path] = []

    def counting(path: Path, *, fresh: bool = False) -> str:
        hashed.append(path)
        return sha256_of_file(path, fresh=fresh)

    monkeypatch.setattr(shelf, "sha256_of_file", counting)
    steady.now()
    assert hashed == []
    steady.age()
    os.utime(steady.source)
    steady.now()
    assert len(hashed) == 1
    steady.now()
    assert len(hashed) == 1
    assert steady.read == 1


def test_a_source_touched_or_copied_keeps_its_store(steady: Layer) -> None:
    first = steady.now().container.path
    os.utime(steady.source)
    assert steady.now().container.path == first
    data = steady.source.read_bytes()
    steady.source.unlink()
    steady.source.write_bytes(data)
    assert steady.now().container.path == first
    assert steady.read == 1


def test_a_source_that_changed_gets_a_new_store_and_the_old_one_goes(steady: Layer) -> None:
    first = steady.now().container.path
    steady.source.write_bytes(b"two")
    second = steady.now()
    assert second.is_new
    assert second.container.path != first
    assert len(steady.files()) == 3
    steady.source.write_bytes(b"one")
    assert steady.now().container.path == first


def test_a_change_within_the_clock_s_step_is_seen(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source changed right after its stamp was taken, of the same size, with a stamp that is the same in all parts."""
    stamp = shelf.stamp_of(layer.source)
    now = time.time_ns()
    frozen = shelf.Stamp(tuple((name, size, now, now, inode) for name, size, _, _, inode in stamp.files))
    monkeypatch.setattr(shelf, "stamp_of", lambda source: frozen)
    layer.now()
    layer.source.write_bytes(b"two")
    assert layer.now().is_new


def test_a_stamp_is_racy_for_two_seconds() -> None:
    stamp = shelf.Stamp((("a", 1, 10_000_000_000, 9_000_000_000, 1),))
    assert stamp.is_racy(10_000_000_000)
    assert stamp.is_racy(11_900_000_000)
    assert stamp.is_racy(5_000_000_000)
    assert not stamp.is_racy(12_000_000_000)


def test_another_recipe_is_another_store(steady: Layer) -> None:
    first = steady.now()
    steady.recipe = {"program": "2"}
    second = steady.now()
    assert second.is_new
    assert second.container.path != first.container.path


WRITER = """
import sqlite3, sys
writer = sqlite3.connect(sys.argv[1], isolation_level=None)
writer.execute("pragma journal_mode=wal")
writer.execute("pragma wal_autocheckpoint=0")
writer.execute("create table t (x)")
print(flush=True)
for line in sys.stdin:
    writer.execute("insert into t values (?)", (int(line),))
    print(flush=True)
"""


def test_a_geopackage_that_is_being_written_to(tmp_path: Path) -> None:
    """What stands in the write-ahead log belongs to the content, though the main file is untouched.

    Once the writer was killed, the first who reads takes the log into the main file, which changes the source.
    """
    source = tmp_path / "a.gpkg"
    command = [sys.executable, "-c", WRITER, str(source)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdout.readline()
    wanted = Wanted("dltb", "", source, {})
    read: list[int] = []

    def make() -> tuple[dict[str, Json], Sections]:
        read.append(1)
        reader = sqlite3.connect(source)
        rows = [x for (x,) in reader.execute("select x from t")]
        reader.close()
        return {}, {"x": np.array(rows, dtype=np.int64)}

    place = place_of(tmp_path / "landrules.toml")

    def now() -> list[int]:
        found = current(place, wanted, make)
        assert isinstance(found, Prepared)
        rows: list[int] = found.container.whole("x").tolist()
        return rows

    for number in range(3):
        assert now() == now() == list(range(number))
        main = source.stat()
        print(number, file=writer.stdin, flush=True)
        writer.stdout.readline()
        assert source.stat().st_mtime_ns == main.st_mtime_ns
    assert len(read) == 3
    writer.kill()
    writer.communicate()
    assert now() == now() == [0, 1, 2]
    assert source.with_name("a.gpkg-wal").exists() is False


@pytest.mark.parametrize("damage", ["discarded", "pointer gone", "store gone", "key of another", "both gone"])
def test_what_is_missing_or_put_away_is_made_anew(steady: Layer, damage: str) -> None:
    first = steady.now()
    path = first.container.path
    if damage == "discarded":
        discard(first)
        assert not path.exists()
        del first
        assert steady.now().is_new
        return
    del first
    if damage in ("pointer gone", "both gone"):
        (steady.folder / "dltb-2025-12-31.json").unlink()
    if damage in ("store gone", "both gone"):
        path.unlink()
    if damage == "key of another":
        other = Layer(steady.source.parent / "other", b"another")
        path.write_bytes(other.now().container.path.read_bytes())
    again = steady.now()
    assert again.is_new is (damage != "pointer gone")
    assert steady.lines == (["LR593"] if damage == "key of another" else [])


def test_a_damaged_store_without_its_pointer_is_not_taken_up(steady: Layer) -> None:
    first = steady.now()
    path, at = first.container.path, first.container.sections["bytes"].offset
    del first
    (steady.folder / "dltb-2025-12-31.json").unlink()
    faults.flip(path, at, 0)
    assert steady.now().is_new


def test_a_store_that_was_put_there_meanwhile_is_not_put_away(steady: Layer) -> None:
    first = steady.now()
    discard(first)
    second = steady.now()
    discard(first)
    if second.container.inode != first.container.inode:
        assert second.container.path.exists()
        assert not steady.now().is_new


def test_any_damage_to_the_pointer_leads_to_the_right_store(steady: Layer) -> None:
    steady.now()
    path = steady.folder / "dltb-2025-12-31.json"
    data = path.read_bytes()
    for at in range(0, len(data), 9):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :])
        assert not steady.now().is_new
    for text in (b"", b"{}", b"[]", b"null", b"\xff", data[: len(data) // 2]):
        path.write_bytes(text)
        assert not steady.now().is_new
    assert pointers.read_pointer(path) is not None
    assert steady.read == 1


def test_a_pointer_names_only_stores_of_its_edition(steady: Layer, tmp_path: Path) -> None:
    steady.now()
    path = steady.folder / "dltb-2025-12-31.json"
    pointer = pointers.read_pointer(path)
    assert pointer is not None
    elsewhere = tmp_path / "elsewhere.layer"
    elsewhere.write_bytes(b"x")
    fields = (pointer.key, pointer.recipe, "../../elsewhere.layer", pointer.sha256, pointer.stamp, pointer.taken_ns)
    assert pointers.write_pointer(path, pointers.Pointer(*fields))
    assert steady.now().container.path.parent == steady.folder
    assert elsewhere.exists()


def test_switched_off(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDRULES_CACHE", "off")
    place = place_of(layer.source.parent / "landrules.toml")
    found = current(place, layer.wanted(), layer.make)
    assert found == NoStore("off")
    assert found.diagnostic("dltb").code == "LR590"
    assert layer.read == 0
    assert [p.name for p in layer.source.parent.iterdir()] == ["layer.bin"]


def test_a_folder_that_is_named_is_used_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDRULES_STORE", str(tmp_path / "stores"))
    layer = Layer(tmp_path / "county")
    assert layer.now().container.path.parents[1] == tmp_path / "stores"
    assert [p.name for p in layer.source.parent.iterdir()] == ["layer.bin"]
    monkeypatch.setenv("LANDRULES_CACHE", "off")
    assert place_of(tmp_path / "county" / "landrules.toml") == NoStore("off")


def test_a_workspace_that_cannot_be_written_to_has_its_stores_in_the_cache(layer: Layer, tmp_path: Path) -> None:
    (layer.source.parent / ".landrules").write_text("in the way")
    found = layer.now()
    assert (tmp_path / "cache" / "layers") in found.container.path.parents
    assert not layer.now().is_new


def test_where_nothing_can_be_written_the_reason_is_told(layer: Layer, tmp_path: Path) -> None:
    (layer.source.parent / ".landrules").write_text("in the way")
    (tmp_path / "cache").write_text("in the way")
    found = current(layer.place, layer.wanted(), layer.make)
    assert isinstance(found, NoStore)
    assert found.reason == "folder"
    assert layer.read == 0
    assert all(found.diagnostic("dltb").message(lang) for lang in ("zh", "en"))


def test_a_store_in_a_folder_that_became_read_only_is_used(layer: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    layer.now()

    def refused(path: Path, waiting: Callable[[], None]) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock, "_take", refused)
    assert layer.now().container.path.parent == layer.folder
    layer.source.write_bytes(b"two")
    found = current(layer.place, layer.wanted(), layer.make)
    assert found == NoStore("folder", "layers: Permission denied")
    assert layer.read == 1


def test_two_workspaces_beside_each_other(layer: Layer) -> None:
    folder = layer.source.parent
    places = [place_of(folder / name) for name in ("landrules.toml", "city.toml", "规划.toml")]
    first = [place.folders[0] for place in places if isinstance(place, Place)]
    second = [place.folders[1] for place in places if isinstance(place, Place)]
    assert len(set(first)) == len(set(second)) == 3


def test_names_of_layers_make_names_of_files() -> None:
    names = ["dltb", "DLTB", "地类图斑", "a/b", "a-b", "a b", "..", "con", "x" * 300, "../x", "a\x00b", "\ud800"]
    stems = [Wanted(name, edition, Path("x"), {}).stem() for name in names for edition in ("2025-12-31", "", "x/y")]
    assert len({stem.lower() for stem in stems}) == len(stems)
    assert all(len(stem) < 90 and not set(stem) & set('/\\:*?"<>|\x00') for stem in stems)
    assert Wanted("dltb", "", Path("x"), {}).stem() == "dltb-undated"
    assert Wanted("a", "2025-12-31", Path("x"), {}).stem() != Wanted("a_2025", "12-31", Path("x"), {}).stem()


def test_a_mapped_store_that_is_damaged_is_replaced_beside_itself(
    steady: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a file that is mapped can be neither removed nor replaced."""
    first = steady.now()
    path = first.container.path
    unlink, replace = Path.unlink, Path.replace

    def held_unlink(self: Path, missing_ok: bool = False) -> None:
        if self == path:
            raise PermissionError(13, "in use")
        unlink(self, missing_ok)

    def held_replace(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(13, "in use")
        return replace(self, target)

    faults.flip(path, first.container.sections["bytes"].offset, 0)
    monkeypatch.setattr(Path, "unlink", held_unlink)
    monkeypatch.setattr(Path, "replace", held_replace)
    (steady.folder / "dltb-2025-12-31.json").unlink()
    second = steady.now()
    assert second.is_new
    assert second.container.path.name == path.name.replace(".layer", "-2.layer")
    assert not steady.now().is_new
    monkeypatch.undo()


def test_a_pointer_that_is_being_read_is_replaced_a_moment_later(
    steady: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, refused = Path.replace, iter(range(3))

    def busy(self: Path, target: Path) -> Path:
        if target.suffix == ".json" and next(refused, None) is not None:
            raise PermissionError(32, "used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(pointers, "_PAUSE_S", 0.001)
    steady.now()
    assert (steady.folder / "dltb-2025-12-31.json").is_file()


def test_a_pointer_that_cannot_be_replaced_costs_time_and_nothing_else(
    steady: Layer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pointers, "write_pointer", lambda path, pointer: False)
    monkeypatch.setattr(shelf, "write_pointer", lambda path, pointer: False)
    assert [steady.now().is_new, steady.now().is_new] == [True, False]


def test_what_killed_builders_left_is_removed(steady: Layer) -> None:
    steady.now()
    old, young = (steady.folder / f"new-{n * 12}-dltb-2025-12-31-{'0' * 12}.layer" for n in "ab")
    other = steady.folder / f"new-{'c' * 12}-yjjbnt-2025-12-31-{'0' * 12}.layer"
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (0, 0))
    steady.source.write_bytes(b"two")
    steady.now()
    assert [path.exists() for path in (old, young, other)] == [False, True, True]
    (steady.folder / "dltb-2025-12-31.lock").write_text(
        json.dumps({"host": lock.socket.gethostname(), "pid": _ended_process(), "token": "x"})
    )
    steady.source.write_bytes(b"three")
    steady.now()
    assert young.exists() is (os.name == "nt")
    assert not (steady.folder / "dltb-2025-12-31.lock").exists()


def _ended_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("text", ["", "{", json.dumps({"host": "another", "pid": 1, "token": "x"})])
def test_a_lock_without_a_sign_of_life_is_taken_over(steady: Layer, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(lock, "STALE_S", 0.3)
    monkeypatch.setattr(lock, "UNSIGNED_S", 0.2)
    monkeypatch.setattr(lock, "TOLD_S", 0.05)
    steady.folder.mkdir()
    (steady.folder / "dltb-2025-12-31.lock").write_text(text)
    assert steady.now().is_new
    assert steady.lines == ["LR592"]
    assert len(steady.files()) == 3


def test_a_lock_that_is_kept_fresh_is_waited_for(steady: Layer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "STALE_S", 0.4)
    monkeypatch.setattr(lock, "BEAT_S", 0.05)
    steady.folder.mkdir()
    order: list[str] = []
    inside = threading.Event()

    def hold() -> None:
        with lock.held(steady.folder / "dltb-2025-12-31.lock", lambda: None):
            inside.set()
            time.sleep(1.2)
            order.append("released")

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    steady.now()
    order.append("built")
    holder.join()
    assert order == ["released", "built"]


def test_threads_of_one_process_build_once(layer: Layer) -> None:
    found: list[Prepared] = []
    threads = [threading.Thread(target=lambda: found.append(layer.now())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert layer.read == 1


def test_a_source_that_is_gone_is_not_answered_for(layer: Layer) -> None:
    layer.now()
    layer.source.unlink()
    with pytest.raises(FileNotFoundError):
        current(layer.place, layer.wanted(), layer.make)


@pytest.mark.parametrize("mode", [0o600, 0o640] if os.name == "posix" else [])
def test_a_copy_is_readable_by_those_who_may_read_the_source(layer: Layer, mode: int) -> None:
    layer.source.chmod(mode)
    assert layer.now().container.path.stat().st_mode & 0o777 == mode


def test_each_line_speaks_both_languages(layer: Layer) -> None:
    for found in (NoStore("off"), NoStore("folder", "x"), NoStore("disk", "x")):
        line: Diagnostic = found.diagnostic("dltb")
        assert line.message("zh") != line.message("en")
        assert line.severity == "warning"
