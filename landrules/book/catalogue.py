"""The catalogue of messages as people read it: what each means, why it is there, a bad and a good example, what to do."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from landrules.base.codes import MESSAGES
from landrules.base.diagnostic import Diagnostic, Lang
from landrules.base.frozen import frozen
from landrules.base.messages.examples import EXAMPLES, Example, files
from landrules.rules.load import read_rulesets
from landrules.rules.package import FILE_NAME, check_package, read_package
from landrules.trial import run_tests


@frozen
class Explained:
    """A message explained: its sentence and advice with blanks where values stand, why, its example if it has one."""

    code: str
    sentence: str
    why: str
    help: str
    example: Example | None
    shown: str
    """What a reader sees for the bad example; empty where it is told in words."""


def explained(code: str, lang: Lang) -> Explained:
    """One message of the catalogue. Raises `KeyError` for a code that none has."""
    message = MESSAGES[code]
    example = EXAMPLES.get(code)
    shown = ""
    if example is not None and example.is_run:
        shown = "\n".join(d.render(lang) for d in diagnosed(example, example.bad) if d.code == code)
    own = (example.why_zh if lang == "zh" else example.why_en) if example is not None else ""
    return Explained(code, blank(message.text(lang)), own or why(code, lang), blank(message.help(lang)), example, shown)


def catalogue(lang: Lang) -> tuple[Explained, ...]:
    """Every message, by code."""
    return tuple(explained(code, lang) for code in sorted(MESSAGES))


def blank(template: str) -> str:
    """A message with an ellipsis where a value will stand.

    >>> blank("there is no unit {found}")
    'there is no unit …'
    """
    out, depth = [], 0
    text = template.replace("{{", "\x00").replace("}}", "\x01")
    for char in text:
        if char == "{":
            depth += 1
            out.append("…")
        elif char == "}":
            depth -= 1
        elif not depth:
            out.append(char)
    return "".join(out).replace("\x00", "{").replace("\x01", "}")


def diagnosed(example: Example, text: str) -> tuple[Diagnostic, ...]:
    """What the reader of rules, and then the runner of tests, says to one text of an example.

    The text is read from a folder of its own, beside the files it needs, so that it is judged as an author's is.
    """
    with TemporaryDirectory(prefix="landrules-") as name:
        folder = Path(name)
        for file, content in files(example, text).items():
            (folder / file).write_bytes(content.encode("utf-8"))
        loaded = read_rulesets(["."], folder)
        if example.frame == "manifest":
            package, wrong = read_package(text, FILE_NAME)
            return wrong if package is None else (*wrong, *check_package(package, loaded.asked, loaded.documents))
        if loaded.diagnostics or loaded.ruleset is None:
            return loaded.diagnostics
        return tuple(d for result in run_tests(["."], folder) for d in result.diagnostics)


def why(code: str, lang: Lang) -> str:
    """Why the messages of a family are there."""
    zh, en = next((texts for prefix, texts in _WHY if code.startswith(prefix)), _WHY[-1][1])
    return zh if lang == "zh" else en


_WHY: tuple[tuple[str, tuple[str, str]], ...] = (
    (
        "LR1",
        (
            "规则按句读入，每一句的写法是固定的，中英文读出同一个意思；写法不对就不猜测，原样指出来。",
            (
                "Rules are read sentence by sentence, and each sentence has one spelling in either language; what is spelled "
                "otherwise is not guessed at but pointed out."
            ),
        ),
    ),
    (
        "LR2",
        (
            "规则里的每个名称都必须有且只有一个含义；查不到或有歧义的名称会让规则审查的不是作者要的东西。",
            (
                "Every name in a rule means one thing and is known; a name that is not, or that means two, would judge something "
                "its author did not have in mind."
            ),
        ),
    ),
    (
        "LR3",
        (
            "数值带单位，代码带体系，等级带等级体系；不同种类的值不能相比相加，以免用错单位而得出错误结论。",
            (
                "A number carries its unit, a code its scheme, a grade its system; values of unlike kinds are never compared or "
                "added, so that no decision rests on a wrong unit."
            ),
        ),
    ),
    (
        "LR49",
        (
            "测试说明规则应当得出什么结论；写不完整的测试什么也证明不了。",
            "A test says what a rule must come to; a test that is incomplete proves nothing.",
        ),
    ),
    (
        "LR4",
        (
            "结论要有法律依据、施行日期和次序，写进规则时就检查，而不是到审查时才发现。",
            (
                "A decision rests on articles, dates and their order; this is checked when rules are written, not when a project "
                "waits for its answer."
            ),
        ),
    ),
    (
        "LR5",
        (
            "工作区说明图层在哪里、覆盖到哪里；说不清楚就不能判断“没有涉及”。",
            (
                "The workspace says where layers are and how far they reach; where that is not clear, nobody can say that a site "
                "touches nothing."
            ),
        ),
    ),
    (
        "LR6",
        (
            "项目文件在进门时一次查清，指出是哪个地块、哪个字段，不带着错误去审查。",
            "A proposal's file is checked at the door, parcel by parcel and field by field, and never judged with a mistake in it.",
        ),
    ),
    (
        "LR7",
        (
            "数据质量问题单独列出，不改变法律结论，只会使相关的量测成为未知。",
            "Data quality is told apart from law: it never moves a decision, it only makes measures unknown.",
        ),
    ),
    (
        "LR8",
        (
            "命令写错时什么也不做，原有文件保持不变。",
            "A command that cannot be read does nothing, and leaves every file as it was.",
        ),
    ),
    (
        "LR9",
        (
            "规则能运行，但有让读者误解或将来出错的地方；改好后更容易读，也更不容易过期。",
            "The rules run, but something in them would mislead a reader or go wrong later.",
        ),
    ),
)
"""By the beginning of the code, longer ones first."""


def page_lines(told: Explained, lang: Lang) -> tuple[str, ...]:
    """An explained message as lines of plain text."""
    zh = lang == "zh"
    lines = [f"{told.code}  {told.sentence}", "", ("缘由：" if zh else "Why: ") + told.why]
    if told.help.strip("… "):
        lines.append(("办法：" if zh else "What to do: ") + told.help)
    if told.example is not None:
        for head, text in (
            ("错误的写法：" if zh else "Bad:", told.example.bad),
            ("正确的写法：" if zh else "Good:", told.example.good),
        ):
            lines += ["", head, *(f"    {line}" for line in text.splitlines())]
    if told.shown:
        lines += [
            "",
            "错误的写法得到的提示：" if zh else "What the bad one yields:",
            *(f"    {x}" for x in told.shown.splitlines()),
        ]
    return tuple(lines)
