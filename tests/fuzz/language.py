"""A generator of programs: sentences of the grammar and of the shipped rules, cut, swapped, doubled and spliced.

    python -m tests.fuzz.language --minutes 10 --seed 1

Each program is read and resolved; what could be read is printed in both languages and read back. Anything but a
diagnostic is a finding: an exception, more than five seconds, a print that does not come back as the same tree. Half of
the programs are walks through the automaton, which know every word and every construct in both languages and nothing of
sense. The same seed makes the same programs. Findings are printed with the program that shows them; each belongs into
`tests/fuzz/findings`, where a test reads it for ever.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from landrules.base.diagnostic import InputError
from landrules.base.source import SourceFile
from landrules.lang.keywords import KEYWORDS, is_chinese, spellings
from landrules.lang.machine import END, Machine
from landrules.lang.parse import parse
from landrules.lang.parsetree import token
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


SHAPES: dict[str, tuple[str, ...]] = {
    "NAME": (
        "pbf",
        "permits",
        "highway",
        "proposal",
        "parcel",
        "occupied",
        "class",
        "甲",
        "地块",
        "x1",
        "row",
        "数据",
        "永农2026_pbf",
    ),
    "BOOK": ("《土地管理法》", "《a》"),
    "CODE_WORD": ("01", "0101", "a.b-c", "transport", "甲1"),
    "CODE_LITERAL": ("survey:0101", "highway_class:national", "x：1.2"),
    "DATE": ("2020-01-01", "2026年2月28日", "1999-12-31"),
    "NUMBER": ("0", "1", "12.50", "9999999999"),
    "STRING": ('"x"', '"甲"', '"{area of proposal in ha}"', '"\\u00e9\\n"', '"{"', '"永农 # {{"'),
    "ARTICLE_ZH": ("第一条", "第一百零二条", "第0条"),
    "PARAGRAPH_ZH": ("第二款",),
    "ITEM_ZH": ("第（三）项", "第4项"),
    "UNIT": ("m", "ha", "亩", "平方米", "%"),
}
SIGNS = {
    "_LPAR": "(（",
    "_RPAR": ")）",
    "_LBRACE": "{｛",
    "_RBRACE": "}｝",
    "_LSQB": "[［",
    "_RSQB": "]］",
    "_COMMA": ",，、",
    "_DOT": ".．",
    "EQ": "=＝",
    "NE": "≠",
    "LE": "≤",
    "GE": "≥",
    "LT": "<＜",
    "GT": ">＞",
    "PLUS": "+＋",
    "MINUS": "-－",
    "STAR": "*×",
    "SLASH": "/÷",
}
ALIASES = {"ZH": ("永农", "甲", "地块"), "EN": ("pbf", "x1", "class")}
WRONG: dict[str, tuple[str, ...]] = {
    "DATE": ("2026-02-30", "0000-00-00", "2026年13月1日"),
    "NUMBER": ("01", "1" * 40),
    "STRING": ('""', '"\\q"', '"\\ud800"'),
    "NAME": ("сlass", "ａ", "净面积之和"),
}
ENDING = frozenset({"_RPAR", "_RBRACE", "_RSQB", END})
"""What ends something; a walk that is long enough takes these first."""


def walk(rng: random.Random, longest: int) -> str:
    """A sentence of the grammar: from state to state of the automaton, by any word that it takes.

    Names get aliases in the other language and most samples are sound, so that many sentences have a tree to print.
    """
    machine = Machine("", "start")
    words: list[str] = []
    named, alias = "", ""
    for step in range(4 * longest):
        row = machine.tables.states[machine.states[-1]]
        fitting = sorted(t for t in row if (t.isupper() or t == END) and machine.accepts(t))
        closing = [t for t in fitting if t in ENDING]
        if END in closing and (step > longest or rng.random() < 0.02):
            break
        terminal = rng.choice(closing if closing and step > longest and closing != [END] else fitting)
        if terminal == END:
            continue
        if named and terminal in ("ZH", "EN") and {"ZH", "EN"} <= set(fitting):
            terminal = alias = "EN" if is_chinese(named) else "ZH"
        samples = SHAPES.get(terminal) or tuple(SIGNS.get(terminal, "")) or spellings(terminal)
        if alias and terminal in ("NAME", "BOOK", "STRING"):
            samples = ALIASES[alias]
            samples = tuple(f'"{s}"' for s in samples) if terminal == "STRING" else samples
        chosen = rng.choice(samples) if rng.random() > 0.02 else rng.choice(WRONG.get(terminal, samples))
        named = chosen if terminal in ("NAME", "BOOK") else ""
        alias = alias if terminal in ("ZH", "EN") else ""
        machine.give(token(terminal, chosen, 0, 0))
        words.append(chosen)
        words.append("\n" if chosen in "{｛}｝" or rng.random() < 0.05 else " ")
    return "".join(words)


def piece(rng: random.Random, files: Sequence[list[str]], longest: int) -> list[str]:
    """Some words in a row, from any file."""
    words = rng.choice(files)
    start = rng.randrange(max(1, len(words)))
    return words[start : start + rng.randint(1, longest)]


def program(rng: random.Random, files: Sequence[list[str]]) -> str:
    """A head, blocks of a file or two, and a few wounds."""
    words = ['ruleset fuzz.a zh 乱.甲 { level county version "1" }\nimport cn.vocabulary\n']
    for _ in range(rng.randint(1, 3)):
        words += WORD.findall(walk(rng, rng.randint(5, 150))) if rng.random() < 0.5 else piece(rng, files, 220)
    for _ in range(rng.randint(0, 12) if rng.random() < 0.7 else 0):
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
    begun, fall = time.process_time(), Fall()
    wrong = ""
    with fall, watched(4 * LIMIT):
        wrong = _wrong(text)
    wrong = wrong or fall.told
    if not wrong and time.process_time() - begun > LIMIT:
        wrong = f"{time.process_time() - begun:.1f} s"
    return Finding(text, wrong) if wrong else None


class Fall:
    """What fell inside a `with`, told as Python tells it: that is what is looked for. Mistakes that are told are none."""

    told = ""

    def __enter__(self) -> None:
        """Nothing has fallen yet."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Exception) and not isinstance(error, InputError):
            self.told = "".join(traceback.format_exception(error))
        return isinstance(error, Exception)


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """End what does not end by itself, with `TimeoutError` where it stood, after so much processor time."""

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError(f"more than {seconds:.0f} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


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
