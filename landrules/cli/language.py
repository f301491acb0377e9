"""The reader's language: `--lang`, else the environment's LANDRULES_LANG, else Chinese.

Help texts are written in both languages at one place, by `say`, and told in one by `told`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from landrules.base.diagnostic import Diagnostic, InputError, Lang, nearest

_BETWEEN = " ‖ "
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def say(zh: str, en: str) -> str:
    """One text in both languages."""
    return zh + _BETWEEN + en


def told(text: str, lang: Lang) -> str:
    """The half of a text of `say` that the reader wants; a text with no halves as it is.

    >>> told(say("项目文件", "the proposal"), "en")
    'the proposal'
    """
    zh, _, en = text.partition(_BETWEEN)
    return zh if lang == "zh" or not en else en


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """The reader's language. Raises `InputError` (LR806) for a language there is none of.

    >>> chosen(["check", "a.geojson", "--lang", "en"], {})
    'en'
    """
    name, source = environment.get("LANDRULES_LANG", ""), "LANDRULES_LANG"
    for index, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--lang="):
            name, source = word.removeprefix("--lang="), "--lang"
        elif word == "--lang" and index + 1 < len(arguments):
            name, source = arguments[index + 1], "--lang"
    if not name:
        return "zh"
    for lang in LANGUAGES:
        if name == lang:
            return lang
    raise InputError(unknown(source, name, LANGUAGES))


def unknown(option: str, value: str, known: Sequence[str]) -> Diagnostic:
    """A value that an option does not take (LR806), with the nearest one that it does."""
    near = nearest(value, known)
    return Diagnostic(
        "LR806",
        {
            "option": option,
            "value": value,
            "known": ", ".join(known),
            "advice_zh": f"是否要写 {near}？" if near else "",
            "advice_en": f"did you mean `{near}`?" if near else "",
        },
    )
