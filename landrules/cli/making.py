"""Making the files of `landrules new`: which names are there already, what must be declared, and whether it runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from landrules.base.diagnostic import Diagnostic, InputError, Lang
from landrules.base.frozen import frozen
from landrules.cli import console, skeleton
from landrules.cli.fmt import laid_out, read_source
from landrules.cli.packages import nearest_manifest
from landrules.lang.keywords import is_chinese
from landrules.lang.tree import Document
from landrules.rules.load import read_rulesets
from landrules.rules.package import FILE_NAME, Package, read_package
from landrules.rules.symbols import head_of, import_ids
from landrules.trial import run_tests

VOCABULARY = "cn.vocabulary"


@frozen
class Wanted:
    """What the command line asks for; `instrument` and `layer` may be `english=Chinese`."""

    name: str
    zh: str
    construct: str
    layer: str
    instrument: str
    level: str
    day: str


def make_rule(wanted: Wanted, into: Path, lang: Lang) -> tuple[Path, ...]:
    """The files written. Raises `InputError`: LR937 for a name that is taken, LR938 where the result would not run."""
    file = into / f"{wanted.name}.rules" if into.is_dir() or into.suffix != ".rules" else into
    page = file.with_suffix(".md")
    old = read_source(file).text if file.exists() else ""
    zh = wanted.zh or f"待命名_{wanted.name}"
    seen = _names(file, old)
    for name in (wanted.name, zh):
        if name in seen.declared:
            raise InputError(Diagnostic("LR937", {"path": str(file), "name": name}))
    parts, asked = _parts(replace(wanted, zh=zh), seen, lang)
    text = old or _head(file, wanted, zh)
    if asked.uses_vocabulary and VOCABULARY not in seen.imports:
        text = _with_import(text, lang)
    text = text.rstrip("\n") + "\n\n" + "\n".join(parts)
    written = page.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if page.exists() else ""
    _write(file, text, old, lang)
    console.replace(page, (written + skeleton.page(asked.asked, lang)).encode("utf-8"))
    return (file, page)


def make_package(wanted: Wanted, into: Path, lang: Lang) -> tuple[Path, ...]:
    """A folder with a manifest, a README and a first rule. Raises `InputError` (LR815) where the folder has a manifest."""
    folder = into / wanted.name.rpartition(".")[2]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise console.refused(folder, error) from error
    topic = f"first_rule_of_{wanted.name.rpartition('.')[2]}"
    title = wanted.zh.rpartition(".")[2] or f"待命名_{wanted.name.rpartition('.')[2]}"
    manifest, readme = folder / FILE_NAME, folder / "README.md"
    console.create(
        manifest,
        f'name = "{wanted.name}"\nversion = "1"\ntitle_zh = "{title}"\ntitle_en = "{wanted.name}"\n'
        f'level = "{wanted.level}"\nlicence = "Apache-2.0"\nmaintainer = "?"\n\n[requires]\ncn = ">=2026.1"\n',
    )
    console.create(readme, _README[lang].format(name=wanted.name, title=title))
    first = replace(wanted, name=topic, zh=f"{title}首项规则")
    try:
        return (manifest, readme, *make_rule(first, folder, lang))
    except BaseException:
        manifest.unlink()
        readme.unlink()
        raise


_README = {
    "zh": "# {title}\n\n规则包 `{name}`。`landrules-package.toml` 写明版本和所需的规则包；维护人待填。\n\n"
    "```sh\nlandrules check-rules .\nlandrules test .\nlandrules lint .\n```\n",
    "en": "# {title}\n\nThe package `{name}`. `landrules-package.toml` states its version and what it requires; fill in the "
    "maintainer.\n\n```sh\nlandrules check-rules .\nlandrules test .\nlandrules lint .\n```\n",
}


@frozen
class _Seen:
    """Names the file declares, names it can see (with the vocabulary), and what it imports."""

    declared: frozenset[str]
    visible: frozenset[str]
    own: frozenset[str]
    imports: frozenset[str]


def _names(file: Path, old: str) -> _Seen:
    vocabulary = read_rulesets([VOCABULARY])
    loaded = read_rulesets([file]) if old else vocabulary
    if old and (errors := [d for d in loaded.diagnostics if d.severity == "error"]):
        raise InputError(errors)
    own = loaded.asked if old else ()
    imports = {".".join(i.path.parts) for d in own for i in import_ids(d)}
    reached = {d.source.name for d in loaded.documents if old}
    if old and any(VOCABULARY in _ids(d) for d in loaded.documents if d.source.name in reached):
        imports.add(VOCABULARY)
    mine = frozenset(_declared(loaded.documents if old else ()))
    return _Seen(frozenset(_declared(own)), mine | frozenset(_declared(vocabulary.documents)), mine, frozenset(imports))


def _ids(document: Document) -> tuple[str, ...]:
    head = head_of(document)
    return (head.names.en, head.names.zh) if head is not None else ()


def _declared(documents: Iterable[Document]) -> Iterable[str]:
    for document in documents:
        for item in document.items:
            names = getattr(item, "names", None)
            if names is not None:
                yield from (n for n in (names.en, names.zh) if n)


@frozen
class _Planned:
    asked: skeleton.Asked
    uses_vocabulary: bool


def _parts(wanted: Wanted, seen: _Seen, lang: Lang) -> tuple[list[str], _Planned]:
    """What must be declared, then the norm; and whether names of the vocabulary are used."""
    parts: list[str] = []
    borrowed = wanted.construct in ("use_control", "balance")
    source, _, source_zh = wanted.instrument.partition("=")
    if source in seen.visible:
        borrowed |= source not in seen.own
    else:
        source_en, source_zh = _both(source, source_zh, f"{wanted.name}_source")
        parts.append(skeleton.instrument(source_en, source_zh, lang))
        source = source_en
    given, _, given_zh = wanted.layer.partition("=")
    layer = given or {"use_control": "plan_zone", "red_line": f"{wanted.name}_area"}.get(wanted.construct, "")
    if layer in seen.visible:
        borrowed |= layer not in seen.own
    elif layer and wanted.construct in ("rule", "red_line", "use_control"):
        layer, layer_zh = _both(layer, given_zh if given else f"{wanted.zh}范围", f"{wanted.name}_area")
        parts.append(skeleton.layer(layer, layer_zh, lang))
    asked = skeleton.Asked(wanted.construct, wanted.name, wanted.zh, layer, source, wanted.day)
    return [*parts, skeleton.norm(asked, lang)], _Planned(asked, borrowed)


def _both(written: str, zh: str, fallback: str) -> tuple[str, str]:
    """A new name in both languages. Raises `InputError` (LR936) for what cannot be a name."""
    if is_chinese(written):
        return fallback, written
    if re.fullmatch(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", written) is None or (zh and not zh.isidentifier()):
        raise InputError(Diagnostic("LR936", {"name": f"{written}={zh}" if zh else written}))
    return written, zh or f"待命名_{written}"


def _head(file: Path, wanted: Wanted, zh: str) -> str:
    """The opening of a new file: under its package's name where there is one."""
    manifest = nearest_manifest(file.resolve())
    package: Package | None = None
    if manifest is not None:
        package, wrong = read_package(manifest.read_text(encoding="utf-8-sig"), manifest.name)
        if wrong:
            raise InputError(wrong)
    prefix, level, version = (
        (package.name, package.level, package.version) if package is not None else ("local", wanted.level, "1")
    )
    words = wanted.name.replace("_", " ")
    return skeleton.head(f"{prefix}.{file.stem}", f"规则集.{zh}", zh, words, level, version)


def _with_import(text: str, lang: Lang) -> str:
    """The text with the vocabulary imported, after the head of the file."""
    end = re.search(r"^[}｝][^\n]*\n", text, re.M)
    at = end.end() if end is not None else len(text)
    return text[:at] + f"\nimport {VOCABULARY}\n" + text[at:]


def _write(file: Path, text: str, old: str, lang: Lang) -> None:
    """Write the file if it runs; else leave what was there. Raises `InputError` (LR938 and the reasons)."""
    console.replace(file, text.encode("utf-8"))
    try:
        wrong = [d for d in read_rulesets([file]).diagnostics if d.severity == "error"]
        if wrong:
            raise InputError([Diagnostic("LR938"), *wrong])
        before = {(r.title_zh, r.title_en) for r in run_tests([file]) if not r.passed} if old else set()
        shown = laid_out(file, None if old else lang)
        console.replace(file, shown.encode("utf-8"))
        failed = [r for r in run_tests([file]) if not r.passed and (r.title_zh, r.title_en) not in before]
        if failed:
            raise InputError([Diagnostic("LR938"), *(d for r in failed for d in r.diagnostics)])
    except BaseException:
        if old:
            console.replace(file, old.encode("utf-8"))
        else:
            file.unlink(missing_ok=True)
        raise
