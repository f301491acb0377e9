"""A generator of programs: sentences of the shipped rules, cut, swapped, doubled and spliced, in both languages.

    python -m tests.fuzz.language --minutes 10 --seed 1

Each program is read and resolved; what could be read is printed in both languages and read back. Anything but a
diagnostic is a finding: an exception, more than five seconds, a print that does not come back as the same tree. The
same seed makes the same programs. Findings are printed with the program that shows them; each belongs into
`tests/fuzz/findings`, where a test reads it for ever.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from landrules.base.diagnostic import InputError
from landrules.base.source import SourceFile
from landrules.lang.keywords import KEYWORDS
from landrules.lang.parse import parse
from landrules.lang.printer import print_document
from landrules.rules.load import read_rulesets
from landrules.rules.resolve import resolve

ROOT = Path(__file__).parents[2]
WORD = re.compile(r'"(?:[^"\\\n]|\\.)*"|《[^》\n]*》|#[^\n]*|\w+(?:[:：.\-]\w+)*|\s+|.', re.S)
SPELLED = tuple(s for k in KEYWORDS for s in (k.en, k.zh) if s)
NOISE = (
    *"{}()[]（）｛｝,，、.:：=<>≤≥+-*/\"'《》#;；\\",
    "\n",
    "\t",
    "\u3000",
    "é",
    "а",
    "１",
    "\u202e",
    "\x00",
    "亩",
    "0",
    "9" * 40,
)
LIMIT = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A program and what it did."""

    program: str
    what: str


def corpus() -> tuple[list[str], ...]:
    """The words of every ruleset in the house, with those of the bad programs of the tests."""
    folders = ("rulesets", "examples", "tests/provisions", "tests/rulesets", "tests/cases", "tests/engine")
    paths = sorted(p for folder in folders for p in (ROOT / folder).rglob("*.rules"))
    texts = (p.read_bytes().decode("utf-8", errors="ignore") for p in paths)
    return tuple(WORD.findall(t) for t in texts)


def piece(rng: random.Random, files: Sequence[list[str]], longest: int) -> list[str]:
    """Some words in a row, from any file."""
    words = rng.choice(files)
    start = rng.randrange(max(1, len(words)))
    return words[start : start + rng.randint(1, longest)]


def program(rng: random.Random, files: Sequence[list[str]]) -> str:
    """A head, blocks of a file or two, and a few wounds."""
    words = ['ruleset fuzz.a zh 乱.甲 { level county version "1" }\nimport cn.vocabulary\n']
    for _ in range(rng.randint(1, 3)):
        words += piece(rng, files, 220)
    for _ in range(rng.randint(0, 12)):
        at = rng.randrange(len(words))
        match rng.randrange(8):
            case 0:
                del words[at : at + rng.randint(1, 6)]
            case 1:
                words.insert(at, rng.choice(SPELLED) + " ")
            case 2:
                words.insert(at, rng.choice(NOISE))
            case 3:
                other = rng.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            case 4:
                words[at:at] = words[at : at + rng.randint(1, 30)]
            case 5:
                words[at:at] = piece(rng, files, 25)
            case 6:
                word = words[at]
                cut = rng.randrange(len(word) + 1)
                words[at] = word[:cut] + rng.choice(NOISE) + word[cut:]
            case _:
                words[at] = rng.choice(SPELLED)
        if not words:
            words = [" "]
    return "".join(words)


def finding(text: str) -> Finding | None:
    """What is wrong with the way a program is read, or `None`."""
    begun = time.process_time()
    try:
        wrong = _wrong(text)
    except InputError:
        wrong = ""
    except Exception:  # noqa: BLE001 what falls is what is looked for
        wrong = traceback.format_exc()
    if not wrong and time.process_time() - begun > LIMIT:
        wrong = f"{time.process_time() - begun:.1f} s"
    return Finding(text, wrong) if wrong else None


def _wrong(text: str) -> str:
    source = SourceFile.from_text(text, "fuzz.rules")
    document, mistakes = parse(source)
    for mistake in mistakes:
        for lang in ("zh", "en"):
            mistake.render("zh" if lang == "zh" else "en")
    if document is None:
        return ""
    for mistake in resolve((*VOCABULARY, document))[1]:
        mistake.render("zh")
    if any(m.severity == "error" for m in mistakes):
        return ""
    for lang in ("zh", "en"):
        printed = print_document(document, "zh" if lang == "zh" else "en", lambda name, to: None)
        again, more = parse(SourceFile.from_text(printed, "again.rules"))
        if more or again is None:
            return f"printed in {lang} it has mistakes: {[m.render('en') for m in more][:2]}"
        if again.items != document.items:
            return f"printed in {lang} it is another tree"
    return ""


VOCABULARY = read_rulesets(["cn.vocabulary"], tests=False).documents


def findings(seed: int, seconds: float) -> Iterator[Finding | None]:
    """What each program of a seed did, for so long."""
    rng = random.Random(seed)
    files = corpus()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield finding(program(rng, files))


def main() -> int:
    """Run, print what was found, and how many programs there were."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    count, seen = 0, set[str]()
    for found in findings(asked.seed, asked.minutes * 60):
        count += 1
        if found is not None and (last := found.what.strip().splitlines()[-1]) not in seen:
            seen.add(last)
            print(f"---- {found.what}\n{found.program}\n", flush=True)
    print(f"{count} programs, {len(seen)} kinds of findings")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
