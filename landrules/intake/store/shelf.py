"""One folder's stores of one edition of a layer: found by the source's stamp, else by its content, else made.

Invariant: a store is put in its place only if its source, before and after it was read, had the content that its name
tells, which is found out by reading the source again; a stamp alone is believed only for what stands there already.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final, Literal

from landrules.base.diagnostic import Diagnostic, InputError
from landrules.base.frozen import frozen
from landrules.intake.digest import sha256_of_file
from landrules.intake.store.container import (
    VERSION,
    Container,
    Json,
    Sections,
    Unusable,
    open_container,
)
from landrules.intake.store.lock import Held, held
from landrules.intake.store.pointer import Pointer, read_pointer, write_pointer
from landrules.intake.store.source import Stamp, mode_of, stamp_of
from landrules.intake.store.writing import NEW, NotWritten, write

TRIES: Final = 3
"""How often a source is read that changes meanwhile."""

_NAMES: Final = 9
_ABANDONED_S: Final = 3_600.0

Make = Callable[[], tuple[Mapping[str, Json], Sections]]
Tell = Callable[[Diagnostic], None]


@frozen
class Wanted:
    """What is to be prepared: an edition of a layer, its source, and whatever else decides how the store comes out.

    `recipe` names the program's version and the parts of the binding that the store depends on; another recipe is
    another store.
    """

    layer: str
    edition: str
    source: Path
    recipe: Mapping[str, Json]

    def stem(self) -> str:
        """How the names of the files of this edition begin, on every file system."""
        dated = re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.edition)
        return f"{file_word(self.layer)}-{self.edition if dated else file_word(self.edition or 'undated')}"


@frozen
class Prepared:
    """A store that stands for the source as it is now. `sha256` is the digest of the source's content.

    `is_new` says that it was made just now.
    """

    container: Container
    sha256: str
    is_new: bool


@frozen
class NoStore:
    """There is no store, and why: switched off, no folder that can be written to, or a disk that refuses.

    The source is then read itself, with the same answer.
    """

    reason: Literal["off", "folder", "disk"]
    detail: str = ""

    def diagnostic(self, layer: str) -> Diagnostic:
        """The reason as a line for people (LR590)."""
        zh, en = {
            "off": ("LANDRULES_CACHE 设为 off", "LANDRULES_CACHE is `off`"),
            "folder": (f"没有可以写入的文件夹（{self.detail}）", f"no folder can be written to ({self.detail})"),
            "disk": (f"磁盘拒绝写入（{self.detail}）", f"the disk does not take it ({self.detail})"),
        }[self.reason]
        return Diagnostic("LR590", {"layer": layer, "reason_zh": zh, "reason_en": en}, severity="warning")


@frozen
class Shelf:
    """The stores of one edition in one folder. `tell` gets LR592 and LR593."""

    folder: Path
    wanted: Wanted
    tell: Tell

    def current(self, make: Make) -> Prepared | NoStore:
        """See `place.current`."""
        if (found := self._by_stamp()) is not None:
            return found
        with ExitStack() as stack:
            try:
                self._open_folder()
                lock = stack.enter_context(held(self._beside("lock"), self._waiting))
            except OSError as error:
                return self._read_only() or NoStore("folder", f"{self.folder.parent.name}: {_words(error)}")
            return self._by_stamp() or self._by_content(lock, make)

    def _by_stamp(self) -> Prepared | None:
        """The store whose source looks as it did, without reading it."""
        pointer = self._pointer()
        if pointer is None or stamp_of(self.wanted.source) != pointer.stamp:
            return None
        return None if pointer.stamp.is_racy(pointer.taken_ns) else self._opened(pointer)

    def _read_only(self) -> Prepared | None:
        """The store whose source has the content that it had, in a folder that cannot be written to."""
        pointer = self._pointer()
        if pointer is None or sha256_of_file(self.wanted.source, fresh=True) != pointer.sha256:
            return None
        return self._opened(pointer)

    def _by_content(self, lock: Held, make: Make) -> Prepared | NoStore:
        """The store of the content that the source has now, made where there is none."""
        self._sweep(everything=lock.took_over)
        for _ in range(TRIES):
            taken = lock.now_ns()
            stamp = stamp_of(self.wanted.source)
            sha256 = sha256_of_file(self.wanted.source, fresh=True)
            if stamp_of(self.wanted.source) != stamp:
                continue
            key = self._key(sha256)
            container = self._standing(key)
            is_new = container is None
            if container is None:
                try:
                    container, stamp = self._built(key, stamp, sha256, make)
                except _Changed:
                    continue
                except NotWritten as refused:
                    container = self._standing(key)
                    if container is None:
                        return NoStore("disk", _words(refused.error))
            write_pointer(self._beside("json"), Pointer(key, self._recipe(), container.path.name, sha256, stamp, taken))
            self._drop_others(container.path.name)
            return Prepared(container, sha256, is_new)
        args = {"layer": self.wanted.layer, "path": self.wanted.source.name, "times": TRIES}
        raise InputError(Diagnostic("LR591", args))

    def _built(self, key: str, stamp: Stamp, sha256: str, make: Make) -> tuple[Container, Stamp]:
        """Make a store and put it in its place, if its source stood still; with the source's stamp after that.

        Raises `_Changed` or `NotWritten`.
        """
        source = self.wanted.source
        after = stamp

        def confirm() -> None:
            nonlocal after
            after = stamp_of(source)
            if not after.is_of_same_writing(stamp) or sha256_of_file(source, fresh=True) != sha256:
                raise _Changed

        path = self._free(key)
        try:
            header, sections = make()
            own: dict[str, Json] = {"key": key, "sha256": sha256, "stem": self.wanted.stem()}
            write(path, {**header, "store": own}, sections, mode=mode_of(source), confirm=confirm)
        except (_Changed, NotWritten):
            raise
        except Exception:
            if stamp_of(source).is_of_same_writing(stamp):
                raise
            raise _Changed from None
        try:
            return open_container(path), after
        except Unusable as error:
            raise NotWritten(OSError(None, str(error))) from None

    def _standing(self, key: str) -> Container | None:
        """The store of a key that stands there, if it is whole: with its pointer it was, without it is read through."""
        pointer = self._pointer()
        if pointer is not None and pointer.key == key:
            try:
                return _of_key(self.folder / pointer.file, key)
            except Unusable as error:
                if error.reason != "absent":
                    self.tell(_anew(self.wanted.layer, error))
                return None
        for number in range(1, _NAMES + 1):
            with suppress(Unusable):
                container = _of_key(self._path(key, number), key)
                container.verify()
                return container
        return None

    def _opened(self, pointer: Pointer) -> Prepared | None:
        with suppress(Unusable):
            return Prepared(_of_key(self.folder / pointer.file, pointer.key), pointer.sha256, False)
        return None

    def _pointer(self) -> Pointer | None:
        """The pointer, if it is one of this recipe to a file of this edition."""
        pointer = read_pointer(self._beside("json"))
        if pointer is None or pointer.recipe != self._recipe() or not self._is_own(pointer.file):
            return None
        return pointer

    def _free(self, key: str) -> Path:
        """A name under which the store can be put: a damaged one goes first, or keeps its name where it is mapped."""
        for number in range(1, _NAMES):
            path = self._path(key, number)
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue
            return path
        return self._path(key, _NAMES)

    def _open_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.is_file():
            ignore.write_text("*\n", encoding="utf-8")

    def _sweep(self, *, everything: bool) -> None:
        """Remove what killed builders left: all of it where one is known to be gone, else what is an hour old."""
        left = re.compile(
            rf"{NEW}[0-9a-f]{{12}}-{re.escape(self.wanted.stem())}[-.].*|{re.escape(self.wanted.stem())}\.lock-.*"
        )
        for path in self.folder.iterdir():
            if left.fullmatch(path.name):
                with suppress(OSError):
                    if everything or time.time() - path.stat().st_mtime > _ABANDONED_S:
                        path.unlink()

    def _drop_others(self, name: str) -> None:
        """Remove the stores of earlier contents; one that Windows still holds goes the next time."""
        for path in self.folder.iterdir():
            if path.name != name and self._is_own(path.name):
                with suppress(OSError):
                    path.unlink()

    def _is_own(self, name: str) -> bool:
        return re.fullmatch(rf"{re.escape(self.wanted.stem())}-[0-9a-f]{{12}}(-[2-9])?\.layer", name) is not None

    def _path(self, key: str, number: int) -> Path:
        return self._beside("layer", f"-{key[:12]}" + (f"-{number}" if number > 1 else ""))

    def _beside(self, ending: str, more: str = "") -> Path:
        return self.folder / f"{self.wanted.stem()}{more}.{ending}"

    def _recipe(self) -> str:
        own: dict[str, Json] = {"format": VERSION, "layer": self.wanted.layer, "edition": self.wanted.edition}
        return _digest({**own, "recipe": dict(self.wanted.recipe)})

    def _key(self, sha256: str) -> str:
        return _digest({"recipe": self._recipe(), "sha256": sha256})

    def _waiting(self) -> None:
        self.tell(Diagnostic("LR592", {"layer": self.wanted.layer}, severity="warning"))


class _Changed(Exception):
    """The source changed while it was read."""


def file_word(name: str) -> str:
    """A name as part of a file's name: kept where it is plain, else told apart by a digest.

    >>> file_word("dltb"), file_word("地类图斑")
    ('dltb', '地类图斑_a50b1f')
    """
    if re.fullmatch("[a-z0-9_]{1,40}", name):
        return name
    plain = "".join(c if c.isalnum() else "_" for c in name)[:24]
    return f"{plain}_{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def _of_key(path: Path, key: str) -> Container:
    """The store at a path, if it is the one of the key. Raises `Unusable`."""
    container = open_container(path)
    own = container.header.get("store")
    if not isinstance(own, dict) or own.get("key") != key:
        raise Unusable("key", path.name)
    return container


_WORDS: Final = {
    "absent": ("文件不见了", "the file is gone"),
    "short": ("文件不完整", "it is cut off"),
    "length": ("文件不完整", "it is cut off"),
    "foreign": ("不是预处理副本", "it is another kind of file"),
    "version": ("由另一版本的程序生成", "another version of the program made it"),
    "byte order": ("由另一种机器生成", "another kind of machine made it"),
    "digest": ("内容已损坏", "it is damaged"),
    "header": ("内容已损坏", "it is damaged"),
    "block": ("内容已损坏", "it is damaged"),
    "key": ("不是这份源文件的副本", "it was made from something else"),
}


def _anew(layer: str, error: Unusable) -> Diagnostic:
    zh, en = _WORDS[error.reason]
    return Diagnostic("LR593", {"layer": layer, "reason_zh": zh, "reason_en": en}, severity="warning")


def _digest(told: Mapping[str, Json]) -> str:
    text = json.dumps(dict(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _words(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
