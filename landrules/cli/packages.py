"""Manifests beside the rule files that a command names: found upwards from each file, read, held against the files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from landrules.base.diagnostic import Diagnostic
from landrules.rules.load import Loaded
from landrules.rules.package import FILE_NAME, check_package, read_package
from landrules.rules.shipped import rules_in, shipped_folder, shipped_index


def package_diagnostics(refs: Sequence[str | Path], loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What is wrong with the manifests of the files asked for, and between them and the files."""
    by_digest = {document.source.sha256: document for document in loaded.asked}
    folders: dict[Path, list[str]] = {}
    for path in files_of(refs):
        manifest = nearest_manifest(path)
        if manifest is not None:
            folders.setdefault(manifest, []).append(hashlib.sha256(path.read_bytes()).hexdigest())
    found: list[Diagnostic] = []
    for manifest, digests in folders.items():
        where = f"{manifest.parent.name}/{manifest.name}"
        try:
            package, wrong = read_package(manifest.read_bytes().decode("utf-8-sig"), where)
        except UnicodeDecodeError:
            found.append(Diagnostic("LR233", {"file": where}, where=where))
            continue
        found += wrong
        if package is not None:
            own = [by_digest[d] for d in digests if d in by_digest]
            found += check_package(package, own, loaded.documents)
    return tuple(found)


def files_of(refs: Sequence[str | Path]) -> tuple[Path, ...]:
    """The files that references name; a reference that names none is told by the reading of rules."""
    found: list[Path] = []
    index = shipped_index()
    for ref in refs:
        path = Path(ref)
        named = [p for name, p in index.items() if isinstance(ref, str) and (name == ref or name.startswith(ref + "."))]
        if named:
            found += sorted(set(named))
        elif path.is_dir():
            found += rules_in(path)
        elif path.is_file():
            found.append(path)
    return tuple(dict.fromkeys(p.resolve() for p in found))


def nearest_manifest(path: Path) -> Path | None:
    """The manifest in the folder of a file or above it, not above the folder of shipped rulesets."""
    top = shipped_folder()
    for folder in path.resolve().parents:
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if folder == top:
            return None
    return None
