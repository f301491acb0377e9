"""What a finding says of exceptions and rivals: in the trace all that concur, in the message those that clash, in both languages."""

from __future__ import annotations

from pathlib import Path

from landrules.engine.evaluate import evaluate
from landrules.engine.findings import Drawing, finding
from landrules.engine.gather import gather
from landrules.engine.plan import plan
from landrules.engine.report import FindingOut
from landrules.lang import tree as t
from landrules.rules.load import read_rulesets
from landrules.rules.names import canonical_names
from landrules.trial.cast import cast

HEAD = """ruleset t.case { level national  version "1" }
instrument law { title zh "法" en "Law"  effective from 2000-01-01 }
rule line zh 线 {
    title      zh "不得建设" en "No construction"
    cites      law article 1  example
    effective  from 2020-01-01
    prohibits  project
    except short zh 短期 {
        title  zh "短期项目" en "Short works"
        when   proposal.is_temporary
        except big zh 大项目 { title zh "大项目" en "Large works"  when area of proposal > 50 m2 }
    }
    except crossing zh 跨区 { title zh "跨区项目" en "Works across districts"  when proposal.crosses_districts }
    except disputed zh 争议 { title zh "有争议" en "Disputed"  when proposal.dispute_pending  refers }
}
rule other zh 另规 {
    title      zh "另一规定" en "Another rule"
    cites      law article 2  example
    effective  from 2020-01-01
    applies    when proposal.is_construction
    permits
    rivals     line
}
parameter width zh 宽度 length { title zh "退让宽度" en "Set-back"  filled by province }
rule set_back zh 退让 {
    cites      law article 3  example
    effective  from 2020-01-01
    requires   width < 5 m
}
test en "all" {
    on 2026-01-01
    parcel P1 square 10 m at (0, 0)
    expect line deny
"""


def told(folder: Path, *facts: str) -> dict[str, FindingOut]:
    """The published findings of a project of which some facts are so, and all others of the story are not."""
    names = ("is_temporary", "crosses_districts", "dispute_pending", "is_construction")
    said = "".join(f"    set proposal.{n} = {'true' if n in facts else 'false'}\n" for n in names)
    (folder / "case.rules").write_text(HEAD + said + "}\n", encoding="utf-8")
    loaded = read_rulesets(["case.rules"], folder)
    assert loaded.ruleset is not None, [d.render("en") for d in loaded.diagnostics]
    test = next(i for d in loaded.asked for i in d.items if isinstance(i, t.Test))
    case, _ = cast(test, loaded.ruleset, canonical_names(loaded))
    assert case.law_date is not None
    steps = plan(loaded.ruleset, case.law_date)
    evidence = gather(loaded.ruleset, steps, case.proposal, case.layers, data_as_of=case.law_date)
    return {r.norm.id: finding(r, evidence, Drawing(False)) for r in evaluate(steps.programs, evidence)}


def traced(found: FindingOut) -> list[tuple[str, str]]:
    """The exceptions in the trace with what became of them."""
    return [(x.id, x.outcome) for x in found.trace if x.what == "exception"]


def test_every_exception_that_was_tried_stays_in_the_trace(tmp_path: Path) -> None:
    found = told(tmp_path, "crosses_districts")["t.case.line"]
    assert (found.outcome, found.set_aside_by) == ("permit", ("t.case.line.crossing",))
    assert traced(found) == [
        ("t.case.line.crossing", "permit"),
        ("t.case.line.disputed", "does_not_lift"),
        ("t.case.line.short", "does_not_lift"),
    ]


def test_an_exception_that_is_set_aside_says_by_which(tmp_path: Path) -> None:
    found = told(tmp_path, "is_temporary")["t.case.line"]
    assert (found.outcome, found.set_aside_by) == ("deny", ())
    assert traced(found)[2:] == [("t.case.line.short", "set_aside"), ("t.case.line.short.big", "permit")]
    note = next(x.text for x in found.trace if x.id == "t.case.line.short")
    assert note.zh == "短期项目（被 t.case.line.short.big 排除）"
    assert note.en == "Short works (set aside by t.case.line.short.big)"


def test_a_clash_is_referred_and_names_both_exceptions(tmp_path: Path) -> None:
    found = told(tmp_path, "crosses_districts", "dispute_pending")["t.case.line"]
    assert (found.outcome, found.set_aside_by) == ("refer", ("t.case.line.crossing", "t.case.line.disputed"))
    assert found.message.zh == (
        "须由有权机关裁量；例外 t.case.line.crossing、t.case.line.disputed 同时成立，结果不一，又无先后，提请裁量"
    )
    assert found.message.en == (
        "left to the competent authority; the exceptions t.case.line.crossing and t.case.line.disputed lift it with"
        " different outcomes and no order: referred to a person"
    )


def test_rivals_are_referred_and_name_each_other(tmp_path: Path) -> None:
    found = told(tmp_path, "is_construction")
    line, other = found["t.case.line"], found["t.case.other"]
    assert (line.outcome, line.set_aside_by) == ("refer", ("t.case.other",))
    assert (other.outcome, other.set_aside_by) == ("refer", ("t.case.line",))
    assert line.message.zh == "须由有权机关裁量；与 t.case.other 竞合，结果不一，尚无裁断，提请裁量"
    assert other.message.en == (
        "left to the competent authority; rivals t.case.line, which comes out otherwise; nobody has ranked them: referred to"
        " a person"
    )


def test_a_parameter_that_nobody_filled_is_named_with_who_should(tmp_path: Path) -> None:
    found = told(tmp_path)["t.case.set_back"]
    assert found.outcome == "indeterminate"
    assert [(m.kind, m.name, m.title.en) for m in found.missing] == [("not_supplied", "t.case.width", "Set-back")]
    assert found.message.zh == "无法判定，缺少：退让宽度（由省级填定，尚未填定）"
    assert found.message.en == "cannot be decided; missing: Set-back (to be filled in at the provincial level)"
