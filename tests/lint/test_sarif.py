"""SARIF as published: the parts we write have the shape of version 2.1.0, places are right, bytes are stable."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from lint_cases import HEAD

from landrules.base.diagnostic import Diagnostic, Lang
from landrules.lint.entry import of_diagnostics, of_findings
from landrules.lint.run import lint
from landrules.lint.sarif import sarif
from landrules.rules.load import read_rulesets

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
NUMBER = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), NUMBER),
}
ARTIFACT = {
    "type": "object",
    "required": ["uri", "uriBaseId"],
    "properties": {
        "uri": {"type": "string", "pattern": "^(?![a-z]+:|/)[\\x21-\\x7e]+$"},
        "uriBaseId": {"const": "SRCROOT"},
    },
}
REPLACEMENT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["deletedRegion"],
    "properties": {
        "deletedRegion": REGION,
        "insertedContent": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    },
}
FIX = {
    "type": "object",
    "additionalProperties": False,
    "required": ["artifactChanges"],
    "properties": {
        "description": TEXT,
        "artifactChanges": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["artifactLocation", "replacements"],
                "properties": {
                    "artifactLocation": ARTIFACT,
                    "replacements": {"type": "array", "minItems": 1, "items": REPLACEMENT},
                },
            },
        },
    },
}
RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "fixes": {"type": "array", "items": FIX},
        "locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["physicalLocation"],
                "properties": {
                    "physicalLocation": {
                        "type": "object",
                        "additionalProperties": False,
                        "required": ["artifactLocation"],
                        "properties": {"artifactLocation": ARTIFACT, "region": REGION},
                    }
                },
            },
        },
    },
}
RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": TEXT,
        "helpUri": {"type": "string", "pattern": "^docs/lint/[a-z_]+\\.md$"},
    },
}
NOTICE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message"],
    "properties": {"message": TEXT, "level": LEVEL, "descriptor": {"type": "object", "required": ["id"]}},
}
RUN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tool", "results", "columnKind"],
    "properties": {
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {"type": "object"},
        "tool": {
            "type": "object",
            "required": ["driver"],
            "properties": {
                "driver": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["name"],
                    "properties": {
                        "name": {"const": "landrules"},
                        "semanticVersion": {"type": "string"},
                        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
                        "rules": {"type": "array", "uniqueItems": True, "items": RULE},
                    },
                }
            },
        },
        "invocations": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["executionSuccessful"],
                "properties": {
                    "executionSuccessful": {"type": "boolean"},
                    "toolConfigurationNotifications": {"type": "array", "items": NOTICE},
                },
            },
        },
        "results": {"type": "array", "items": RESULT},
    },
}
LOG = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "pattern": "sarif-schema-2\\.1\\.0\\.json$"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
}
"""The parts of the published schema that concern what is written here, stricter where ours must be."""

PROGRAM = HEAD.replace("instrument", "import cn.codes\n\ninstrument", 1) + (
    'layer spots {\n    title zh "𠮷２地" en "Spots"\n}\nrule r zh 规 on spots {\n    title zh "规" en "R"\n'
    "    cites plan article 3 example\n    effective from 2024-01-01\n    refers\n}\n"
)


def log(folder: Path, lang: Lang) -> str:
    (folder / "县 规则.rules").write_text(PROGRAM, encoding="utf-8")
    report = lint(["县 规则.rules"], folder)
    return sarif(of_findings(report.findings), report.notices, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_has_the_published_shape_and_the_same_bytes_twice(lang: Lang, tmp_path: Path) -> None:
    text = log(tmp_path, lang)
    jsonschema.validate(json.loads(text), LOG)
    assert text == log(tmp_path, lang)
    assert str(tmp_path) not in text


def test_places_count_code_points_and_fixes_replace_what_is_there(tmp_path: Path) -> None:
    run = json.loads(log(tmp_path, "en"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == ["LR903", "LR905", "LR906", "LR910"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    found = next(r for r in run["results"] if r["ruleId"] == "LR910")
    place = found["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "县 规则.rules"
    region = {"startLine": 14, "startColumn": 16, "endLine": 14, "endColumn": 17}
    assert place["region"] == region
    (change,) = found["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "2"}}]
    assert [n["descriptor"]["id"] for n in run["invocations"][0]["toolConfigurationNotifications"]] == ["LR935"]


def test_mistakes_of_reading_have_the_shape_too(tmp_path: Path) -> None:
    (tmp_path / "bad.rules").write_text(HEAD + "rule r zh 规 on nowhere {\n    refers\n}\n", encoding="utf-8")
    found = [d for ref in ("bad.rules", "absent") for d in read_rulesets([ref], tmp_path).diagnostics]
    placeless = Diagnostic("LR242", {"key": "name"}, where="rules/landrules-package.toml")
    entries = of_diagnostics((*found, placeless))
    shown = json.loads(sarif(entries, (), "zh"))
    jsonschema.validate(shown, LOG)
    assert {r["ruleId"] for r in shown["runs"][0]["results"]} == {"LR210", "LR232", "LR242"}
