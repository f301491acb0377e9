"""What can happen to a store, as functions: the tests run each a few times, `benchmarks/faults.py` many times.

The layer of these faults is a file of float64 boxes; `make` turns it into packed boxes, tree pages and coordinates that
come in chunks. A layer that was read wrongly therefore shows as arrays that differ.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np

from landrules.geo.kernel import FloatArray
from landrules.intake.store import (
    Chunks,
    Container,
    NoStore,
    PackedBoxes,
    Place,
    Prepared,
    Unusable,
    Wanted,
    boxes_sections,
    current,
    open_container,
    place_of,
)
from landrules.intake.store.container import Json, Sections

ROWS = 3_000
CHUNKS = 12


def boxes_of(seed: int, rows: int = ROWS) -> FloatArray:
    """Boxes of a made-up layer, in metres, 40.5 million east."""
    rng = np.random.default_rng(seed)
    low = rng.random((rows, 2)) * 10_000 + [40_500_000, 4_000_000]
    return np.hstack([low, low + rng.random((rows, 2)) * 100])


def lay_source(folder: Path, seed: int) -> Path:
    """The source of a layer, replaced at once."""
    folder.mkdir(parents=True, exist_ok=True)
    path, new = folder / "layer.bin", folder / "layer.bin.new"
    new.write_bytes(boxes_of(seed).tobytes())
    new.replace(path)
    return path


def wanted(source: Path) -> Wanted:
    """The layer of these faults."""
    return Wanted("dltb", "2025-12-31", source, {"program": "test"})


def place(source: Path) -> Place:
    """Where its stores lie."""
    found = place_of(source.parent / "landrules.toml")
    assert isinstance(found, Place)
    return found


def made(source: Path, pause: float = 0.0) -> tuple[Mapping[str, Json], Sections]:
    """Header and sections of a source; with a pause after each chunk, so that there is time to be killed in."""
    boxes = np.frombuffer(source.read_bytes(), dtype=np.float64).reshape(-1, 4)

    def chunks() -> Iterator[FloatArray]:
        for part in np.array_split(boxes, CHUNKS):
            time.sleep(pause)
            yield part

    return {"rows": len(boxes)}, {**boxes_sections(boxes), "coords": Chunks(np.float64, (4,), chunks())}


def prepared(source: Path, pause: float = 0.0) -> Prepared | NoStore:
    """The store of a source."""
    return current(place(source), wanted(source), lambda: made(source, pause))


def is_right(container: Container, seed: int) -> bool:
    """Whether a store holds the layer of this seed, coordinates and boxes."""
    boxes = boxes_of(seed)
    if not np.array_equal(container.whole("coords"), boxes):
        return False
    query = boxes[:1] + np.array([-500, -500, 500, 500])
    true = np.flatnonzero(((boxes[:, :2] <= query[:, 2:]) & (boxes[:, 2:] >= query[:, :2])).all(axis=1))
    return bool(np.isin(true, PackedBoxes(container).hits(query)[1]).all())


def left_over(source: Path) -> list[str]:
    """Files beside the store that should not be there."""
    folder = place(source).folders[0]
    return sorted(
        p.name
        for p in folder.iterdir()
        if p.name != ".gitignore" and (not p.name.startswith("dltb-") or p.suffix == ".lock")
    )


def start_builder(source: Path, pause: float, *more: str) -> subprocess.Popen[str]:
    """A process that prepares the layer; it says `go` when it begins, then what came of it."""
    command = [sys.executable, str(Path(__file__)), str(source), str(pause), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def kill_builder(folder: Path, seed: int, moment: float) -> str:
    """Kill a builder at a moment between 0 and 1 of its work; what the next one then finds: `right` or what is wrong.

    A store of another content stands there before, so that the change from one to the other is cut through too.
    """
    source = lay_source(folder, seed)
    pause = 0.01
    kill = _forked(source, pause) if hasattr(os, "fork") else _started(source, pause)
    time.sleep(moment * (CHUNKS * pause + 0.1))
    kill()
    return _after_kill(source, seed)


def _forked(source: Path, pause: float) -> Callable[[], None]:
    child = os.fork()
    if child == 0:
        prepared(source, pause)
        os._exit(0)

    def kill() -> None:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)

    return kill


def _started(source: Path, pause: float) -> Callable[[], None]:
    builder = start_builder(source, pause)
    assert builder.stdout is not None
    builder.stdout.readline()

    def kill() -> None:
        builder.kill()
        builder.communicate()

    return kill


def end_builder(folder: Path, seed: int, step: int) -> tuple[str, bool]:
    """End a builder, with nothing tidied up, at its n-th access to the folder of stores (POSIX).

    What the next one finds, as of `kill_builder`, and whether the builder had come to its end before that.
    """
    source = lay_source(folder, seed)
    child = os.fork()
    if child == 0:
        _build_until(source, step)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return _after_kill(source, seed), ended == 0


def _build_until(source: Path, step: int) -> None:
    stores = str(place(source).folders[0])
    left = step

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod") and str(args[0]).startswith(stores):
            left -= 1
            if left < 0:
                os._exit(9)

    sys.addaudithook(watch)
    os._exit(0 if isinstance(prepared(source), Prepared) else 1)


def _after_kill(source: Path, seed: int) -> str:
    for store in place(source).folders[0].glob("dltb-*.layer"):
        try:
            open_container(store).verify()
        except Unusable as error:
            return f"half a store under its final name: {error}"
    found = prepared(source)
    if isinstance(found, NoStore):
        return f"no store: {found.detail}"
    if not is_right(found.container, seed):
        return "wrong values"
    return ", ".join(left_over(source)) or "right"


def build_at_once(folder: Path, seed: int, builders: int) -> tuple[int, list[str]]:
    """Several builders at once: how many of them built, and what is wrong."""
    source = lay_source(folder, seed)
    running = [start_builder(source, 0.01) for _ in range(builders)]
    said = [builder.communicate()[0].split() for builder in running]
    wrong = [f"{words}" for words in said if words[-1] != content_digest(seed)]
    return sum("new" in words for words in said), wrong + left_over(source)


def content_digest(seed: int) -> str:
    """What a builder prints of the layer of a seed."""
    return hashlib.sha256(boxes_of(seed).tobytes()).hexdigest()


def fill_disk(folder: Path, seed: int, most: int) -> str:
    """Build where no file may grow beyond so many bytes (POSIX): `refused`, `right` or what is wrong."""
    source = lay_source(folder, seed)
    said = start_builder(source, 0.0, str(most)).communicate()[0].split()
    if left_over(source):
        return f"left behind: {left_over(source)}"
    if said[1] == "none":
        return "refused"
    return "right" if said[-1] == content_digest(seed) else "wrong values"


def flip(path: Path, byte: int, bit: int) -> None:
    """Turn one bit of a file over, in another file of that name, as a mapped one is never written to."""
    data = bytearray(path.read_bytes())
    data[byte] ^= 1 << bit
    path.unlink()
    path.write_bytes(data)


def regions(path: Path) -> dict[str, range]:
    """Every part of a store that carries something: prologue, header, table, first, middle and last block of sections."""
    container = open_container(path)
    out = {"prologue": range(104)}
    for section in container.sections.values():
        last = section.blocks - 1
        for name, block in {"first": 0, "middle": last // 2, "last": last}.items():
            start = section.offset + block * section.block
            out[f"{section.name}: {name} block"] = range(
                start, min(start + section.block, section.offset + section.length)
            )
    end = max(section.offset + section.length for section in container.sections.values())
    table = -(-end // 64) * 64
    blocks = sum(section.blocks for section in container.sections.values())
    out["table of checksums"] = range(table, table + 4 * blocks)
    out["header"] = range(table + 4 * blocks, container.bytes)
    return out


def flip_and_read(folder: Path, seed: int, region: str, rng: random.Random) -> str:
    """Flip a bit of a region of a standing store: `rebuilt` if that was seen and the next run is right."""
    from landrules.intake.store import discard

    source = lay_source(folder, seed)
    first = prepared(source)
    assert isinstance(first, Prepared)
    path = first.container.path
    del first
    flip(path, rng.choice(regions(path)[region]), rng.randrange(8))
    found = prepared(source)
    assert isinstance(found, Prepared)
    if not found.is_new:
        try:
            found.container.verify()
        except Unusable:
            discard(found)
        else:
            return "not seen"
        found = prepared(source)
        assert isinstance(found, Prepared)
    return "rebuilt" if found.is_new and is_right(found.container, seed) else "wrong values"


def _main(source: Path, pause: float, most: int | None) -> None:
    if most is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    print("go", flush=True)
    found = prepared(source, pause)
    if isinstance(found, NoStore):
        print("none", found.reason)
        return
    digest = hashlib.sha256(found.container.whole("coords").tobytes()).hexdigest()
    print("new" if found.is_new else "found", digest, flush=True)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None)
