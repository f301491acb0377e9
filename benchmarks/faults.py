"""What becomes of a prepared layer when something goes wrong, each fault many times.

    python benchmarks/faults.py [--kills 100] [--flips 5]

A builder is killed at a random moment, several build at once, the disk is full (a limit on the size of a file; and, where
the system allows it, a disk of one megabyte), bits are flipped in each region of the store, and the store is cut off at
each section. Prints how often each came out how; ends with 1 where anything but "right", "rebuilt" or "refused" did.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "intake" / "store"))

import store_faults as faults

GOOD = ("right", "rebuilt", "refused")


def main() -> int:
    """Run every fault and print the table."""
    parser = argparse.ArgumentParser(description="what becomes of a prepared layer when something goes wrong")
    parser.add_argument("--kills", type=int, default=100, help="how many builders are killed")
    parser.add_argument("--flips", type=int, default=5, help="how many bits are flipped in each region")
    args = parser.parse_args()
    rows: list[tuple[str, Counter[str]]] = []
    with tempfile.TemporaryDirectory(prefix="landrules-faults-", ignore_cleanup_errors=True) as folder:
        os.environ["LANDRULES_CACHE"] = f"{folder}/cache"
        os.environ.pop("LANDRULES_STORE", None)
        for name, runs in _faults(Path(folder), args.kills, args.flips):
            rows.append((name, Counter(runs)))
            print(f"{name}: {_shown(rows[-1][1])}", file=sys.stderr, flush=True)
    print("| fault | times | what came of it |\n|---|---|---|")
    for name, came in rows:
        print(f"| {name} | {came.total()} | {_shown(came)} |")
    return 0 if all(word in GOOD for _, came in rows for word in came) else 1


def _faults(folder: Path, kills: int, flips: int) -> Iterator[tuple[str, list[str]]]:
    rng = random.Random(1)
    yield (
        "builder killed at a random moment",
        [faults.kill_builder(folder / "killed", seed, rng.random()) for seed in range(kills)],
    )
    if os.name == "posix":
        yield "builder ended before each of its steps", list(_each_step(folder / "ended"))
    for builders in (2, 4):
        yield f"{builders} builders at once", [_at_once(folder / f"{builders}", seed, builders) for seed in range(5)]
    if os.name == "posix":
        sizes = (0, 1_000, 20_000, 100_000, 140_000)
        yield "no file may grow beyond a limit", [faults.fill_disk(folder / "limit", 1, most) for most in sizes]
    if (small := _small_disk(folder / "small")) is not None:
        yield "a disk of 64, 128, 256 and 4,096 kB", [small(kilobytes) for kilobytes in (64, 128, 256, 4_096)]
    yield "source changed during the build", [_changed(folder / "changed", seed) for seed in range(5)]
    source = faults.lay_source(folder / "flipped", 1)
    first = faults.prepared(source)
    if isinstance(first, faults.NoStore):
        raise SystemExit(f"no store can be made: {first.detail}")
    path, sections = first.container.path, list(first.container.sections.values())
    del first
    for region in faults.regions(path):
        came = [faults.flip_and_read(folder / "flipped", 1, region, rng) for _ in range(flips)]
        yield f"a bit flipped: {region}", came
    yield "cut off at a section", [_cut(source, path, s.offset + n) for s in sections for n in (0, s.length)]


def _each_step(folder: Path) -> Iterator[str]:
    """A builder replaces a store of another content, and ends before its first step, its second, and so on."""
    for step in range(1_000):
        own = folder / str(step)
        faults.prepared(faults.lay_source(own, 1))
        came, has_finished = faults.end_builder(own, 2, step)
        yield came
        if has_finished:
            return


def _at_once(folder: Path, seed: int, builders: int) -> str:
    built, wrong = faults.build_at_once(folder, seed, builders)
    return "; ".join(wrong) or ("right" if built == 1 else f"built {built} times")


def _changed(folder: Path, seed: int) -> str:
    """The source is replaced while a builder is at work; what it answers must be the new content."""
    source = faults.lay_source(folder, seed)
    builder = faults.start_builder(source, 0.05)
    if builder.stdout is None:
        raise SystemExit("no builder")
    builder.stdout.readline()
    time.sleep(0.3)
    faults.lay_source(folder, seed + 100)
    said = builder.communicate()[0].split()
    return "right" if said and said[-1] == faults.content_digest(seed + 100) else f"answered {said}"


def _cut(source: Path, path: Path, end: int) -> str:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:end])
    found = faults.prepared(source)
    if isinstance(found, faults.NoStore):
        return found.detail
    return "rebuilt" if found.is_new and path.read_bytes() == data else "not seen"


def _small_disk(folder: Path) -> Callable[[int], str] | None:
    """A disk of so many kilobytes, in a namespace of its own; `None` where the system has none."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rm", "true"], capture_output=True).returncode:
        return None

    def build(kilobytes: int) -> str:
        source = faults.lay_source(folder, 1)
        stores = faults.place(source).folders[0]
        stores.mkdir(parents=True, exist_ok=True)
        script = (
            f'mount -t tmpfs -o size={kilobytes}k none "$1" || exit 9; "$2" "$3" "$4" 0; '
            'code=$?; ls -A "$1" | grep -v gitignore; exit $code'
        )
        command = [unshare, "-rm", "sh", "-c", script, "sh", stores, sys.executable, faults.__file__, source]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=dict(os.environ))
        words = done.stdout.split()
        if words == ["go", "none", "disk"]:
            return "refused"
        return "right" if faults.content_digest(1) in words and not done.returncode else f"{words} {done.stderr[-200:]}"

    return build


def _shown(came: Counter[str]) -> str:
    return ", ".join(f"{word} {times}" for word, times in sorted(came.items()))


if __name__ == "__main__":
    raise SystemExit(main())
