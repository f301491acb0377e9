"""The store of what was read: never out of date, never wrong, never in the way."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import landrules.lang.parse
from landrules.base.cachefolder import VARIABLE
from landrules.base.quantity import UNITS
from landrules.base.source import SourceFile, Span
from landrules.base.vocabulary import OPINION
from landrules.rules import store
from landrules.rules.codec import UnreadableError, dump, load
from landrules.rules.load import load_ruleset, read_rulesets
from landrules.rules.model import RuleSet
from landrules.rules.store import MAGIC, Store, open_store

ROOT = Path(__file__).parents[2]

HEAD = 'ruleset {name} zh {zh} {{ title zh "例" en "Example" level provincial version "1" }}\n'
LAW = HEAD.format(name="x.law", zh="例.法") + (
    'instrument ordinance zh 条例 { title zh "条例（虚构）" en "Ordinance (invented)" effective from 2020-01-01 }\n'
    'scheme kind zh 类型 { source "kind.csv" }\n'
    "layer wood zh 林地 { field kind zh 种类 code of kind }\n"
)
RULES = HEAD.format(name="x.rules", zh="例.规则") + (
    "import x.law\n"
    "red line no_wood zh 不占林地 on wood where (kind in kind:a) {\n"
    "    cites ordinance article 1 example\n"
    "    effective from 2020-01-01\n"
    "    applies when area of occupied > 1.5 ha\n"
    "    prohibits occupation\n"
    "}\n"
)
CODES = "code,parent,name_zh,name_en\na,,甲,A\nb,a,乙,B\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of rulesets, and an empty store."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "store"))
    place = tmp_path / "rules"
    place.mkdir()
    (place / "law.rules").write_text(LAW, encoding="utf-8")
    (place / "rules.rules").write_text(RULES, encoding="utf-8")
    (place / "kind.csv").write_text(CODES, encoding="utf-8")
    return place


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are parsed from here on."""
    names: list[str] = []
    parse = landrules.lang.parse.parse

    def noting(source: SourceFile, text: str | None = None) -> object:
        names.append(source.name)
        return parse(source, text)

    monkeypatch.setattr(landrules.lang.parse, "parse", noting)
    return names


def entries(folder: Path, kind: str = "") -> list[Path]:
    return sorted(p for p in (folder.parent / "store").iterdir() if p.name.startswith(kind))


def without_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> RuleSet:
    with monkeypatch.context() as patched:
        patched.setenv(VARIABLE, "off")
        return load_ruleset(["."], folder)


def test_what_did_not_change_is_not_read_again(folder: Path, parsed: list[str]) -> None:
    first = load_ruleset(["."], folder)
    assert sorted(parsed) == ["law.rules", "rules.rules"]
    assert load_ruleset(["."], folder) == first
    assert sorted(parsed) == ["law.rules", "rules.rules"]


def test_a_changed_file_alone_is_parsed_anew(folder: Path, parsed: list[str]) -> None:
    load_ruleset(["."], folder)
    parsed.clear()
    (folder / "rules.rules").write_text(RULES.replace("1.5 ha", "2.5 ha"), encoding="utf-8")
    changed = load_ruleset(["."], folder)
    assert parsed == ["rules.rules"]
    assert "25000" in repr(changed.norms[0].applies)
    (folder / "rules.rules").write_text(RULES, encoding="utf-8")
    parsed.clear()
    assert "15000" in repr(load_ruleset(["."], folder).norms[0].applies) and not parsed


def test_changed_data_change_the_ruleset(folder: Path, parsed: list[str]) -> None:
    load_ruleset(["."], folder)
    parsed.clear()
    (folder / "kind.csv").write_text(CODES + "c,b,丙,C\n", encoding="utf-8")
    assert set(load_ruleset(["."], folder).schemes["kind"].entries) == {"a", "b", "c"}
    assert not parsed


def test_a_file_that_is_added_changes_what_an_import_means(folder: Path, tmp_path: Path) -> None:
    """The names of imports are looked up every time, only what the files say is kept."""
    load_ruleset(["rules.rules"], folder)
    (folder / "law.rules").rename(folder / "elsewhere.rules")
    (folder / "a.rules").write_text(LAW.replace("Ordinance (invented)", "Another"), encoding="utf-8")
    titles = {i.title.en for i in load_ruleset(["rules.rules"], folder).instruments.values()}
    assert titles == {"Another"}


def test_places_survive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_ruleset(["."], folder)
    (norm,) = load_ruleset(["."], folder).norms
    (fresh,) = without_store(folder, monkeypatch).norms
    assert norm.span is not None and fresh.span is not None
    assert (str(norm.span), norm.span.text) == (str(fresh.span), fresh.span.text)
    assert str(norm.span).startswith("rules.rules:3:")


def test_trees_are_kept_with_their_tests_and_comments(folder: Path, parsed: list[str]) -> None:
    text = RULES + '# remark\ntest zh "例" en "x" { on 2024-01-01 expect decision permit }\n'
    (folder / "rules.rules").write_text(text, encoding="utf-8")
    first = read_rulesets(["."], folder)
    second = read_rulesets(["."], folder)
    assert len(parsed) == 2
    assert first.documents == second.documents and first.diagnostics == second.diagnostics
    assert [str(i.span) for d in first.documents for i in d.items] == [
        str(i.span) for d in second.documents for i in d.items
    ]


def test_a_ruleset_with_a_mistake_is_told_every_time(folder: Path) -> None:
    (folder / "rules.rules").write_text(RULES.replace("no_wood", "no wood"), encoding="utf-8")
    told = [[d.render() for d in read_rulesets(["."], folder).diagnostics] for _ in range(2)]
    assert told[0] == told[1] != []


def shorter(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


@pytest.mark.parametrize("kind", ["document", "outline", "ruleset"])
@pytest.mark.parametrize("spoil", [shorter, flipped, lambda _: b"", lambda _: b"\x80\x05N.", lambda d: d + b"x"])
def test_a_spoilt_entry_is_read_anew_and_replaced(
    folder: Path, kind: str, spoil: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = load_ruleset(["."], folder)
    sound = {p: p.read_bytes() for p in entries(folder)}
    for path in entries(folder, "ruleset") + entries(folder, kind):
        path.write_bytes(spoil(sound[path]))
    assert load_ruleset(["."], folder) == right == without_store(folder, monkeypatch)
    assert all(store._read(path) is not None for path in entries(folder))


class Evil:
    """A pickle that would run a command."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("echo ran > ran.txt",)


FOREIGN = [
    pickle.dumps(Evil()),
    pickle.dumps(Path("x")),
    b"cposix\nsystem\n(S'echo ran > ran.txt'\ntR.",
    b"cbuiltins\neval\n(S'1'\ntR.",
    b"clandrules.rules.codec\nfraction\n(I1\nI0\ntR.",
    b"clandrules.rules.model\nRuleSet\n(tR.",
    dump((1, 2), ()),
    b"\x8c\xff",
]


@pytest.mark.parametrize("payload", FOREIGN, ids=range(len(FOREIGN)))
def test_a_foreign_pickle_is_not_run(
    folder: Path, payload: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Even under the right name and with the right digest."""
    monkeypatch.chdir(tmp_path)
    right = load_ruleset(["."], folder)
    for path in entries(folder):
        path.write_bytes(MAGIC + hashlib.sha256(path.name.encode() + payload).digest() + payload)
    assert load_ruleset(["."], folder) == right
    assert not (tmp_path / "ran.txt").exists()


def test_an_entry_under_another_name_is_foreign(folder: Path) -> None:
    right = load_ruleset(["."], folder)
    (entry,) = entries(folder, "ruleset")
    (folder / "rules.rules").write_text(RULES.replace("1.5 ha", "2.5 ha"), encoding="utf-8")
    load_ruleset(["."], folder)
    (other,) = set(entries(folder, "ruleset")) - {entry}
    other.write_bytes(entry.read_bytes())
    assert load_ruleset(["."], folder) != right


def test_another_program_has_other_entries(folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    load_ruleset(["."], folder)
    parsed.clear()
    monkeypatch.setattr(store, "fingerprint", lambda: "another program")
    load_ruleset(["."], folder)
    assert len(parsed) == 2


def test_what_others_may_write_is_not_trusted(folder: Path, parsed: list[str]) -> None:
    load_ruleset(["."], folder)
    parsed.clear()
    for path in entries(folder):
        path.chmod(0o666)
    load_ruleset(["."], folder)
    assert len(parsed) == 2


def test_without_a_folder_there_is_no_store(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = without_store(folder, monkeypatch)
    (tmp_path / "file").write_text("in the way")
    for named in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/none")):
        monkeypatch.setenv(VARIABLE, str(named))
        assert load_ruleset(["."], folder) == right
    monkeypatch.setenv(VARIABLE, "OFF")
    assert open_store() == Store(None)


def test_where_the_store_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert open_store().folder == tmp_path / "xdg" / "landrules"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert open_store().folder == tmp_path / "home" / ".cache" / "landrules"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert open_store().folder == tmp_path / "local" / "landrules"
    monkeypatch.delenv("LOCALAPPDATA")
    assert open_store().folder is None


def test_the_oldest_entries_are_dropped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_ENTRIES", 8)
    for n in range(12):
        (folder / "rules.rules").write_text(RULES.replace("1.5", f"{n}.5"), encoding="utf-8")
        load_ruleset(["."], folder)
        assert len(entries(folder)) <= 8
    (stranger := folder.parent / "store" / "notes.txt").write_text("mine")
    monkeypatch.setattr(store, "MOST_BYTES", 10)
    open_store().tidy()
    assert entries(folder) == [stranger]


def test_many_at_once_read_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = without_store(folder, monkeypatch)
    with ThreadPoolExecutor(8) as pool:
        assert all(found == right for found in pool.map(lambda _: load_ruleset(["."], folder), range(24)))
    assert not entries(folder, "new-")


def test_every_shipped_ruleset_comes_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "off")
    right = load_ruleset(["cn"])
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    load_ruleset(["cn"])
    assert any(p.name.startswith("ruleset") for p in tmp_path.iterdir())
    again = load_ruleset(["cn"])
    assert again == right and repr(again) == repr(right)


def test_reports_are_the_same_bytes_with_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from landrules import check

    proposal = ROOT / "examples" / "qingxi" / "proposals" / "a_expressway.geojson"
    reports = []
    for value in ("off", str(tmp_path), str(tmp_path)):
        monkeypatch.setenv(VARIABLE, value)
        reports.append(check(proposal, law_date=date(2026, 11, 1)).to_json())
    assert reports[0] == reports[1] == reports[2]


def test_plain_values_and_things_of_the_house_come_back() -> None:
    source = SourceFile.from_text("rule a { }", "a.rules")
    value = (Fraction(1, 3), date(2024, 2, 29), UNITS[0], OPINION, Span(source, 0, 4))
    back = load(dump(value, ["a.rules"]), {"a.rules": source})
    assert isinstance(back, tuple) and back == value
    assert back[2] is UNITS[0] and back[3] is OPINION and back[4].source is source
    apart = load(dump(value, ()), {})
    assert isinstance(apart, tuple) and apart[4].source == source
    with pytest.raises(UnreadableError):
        load(dump(value, ["a.rules"]), {})
    with pytest.raises(UnreadableError):
        dump(object(), ())


@pytest.fixture
def bounded_memory() -> Iterator[None]:
    """Spoilt bytes may ask for any amount of memory: they get a gigabyte more than there is. (The store itself reads
    only bytes whose digest is right.)"""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + 1_000_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def test_spoilt_bytes_are_unreadable_and_nothing_else(bounded_memory: None) -> None:
    """Two thousand ways to spoil a tree, each read or refused."""
    source = SourceFile.from_text(RULES, "rules.rules")
    document, mistakes = landrules.lang.parse.parse(source)
    assert not mistakes
    data = dump(document, ["rules.rules"])
    chance = random.Random(7)
    refused = 0
    for _ in range(2000):
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            load(bytes(spoilt), {"rules.rules": source})
        except UnreadableError:
            refused += 1
    assert refused > 500
