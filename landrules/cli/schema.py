"""`landrules schema`: the published JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from landrules.base.diagnostic import InputError
from landrules.cli.console import deliver
from landrules.cli.language import say, unknown
from landrules.cli.shared import LangOption

HELP = say(
    "打印 JSON Schema：项目文件、报告、工作区，或批量审查中未能审查的一行。",
    "Print a JSON Schema: of the proposal, the report, the workspace, or a line of a batch that could not be judged.",
)
EXAMPLE = "landrules schema report > report.schema.json"


def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=say("report、proposal、workspace 或 batch-error", "report, proposal, workspace or batch-error"),
        ),
    ],
    lang: LangOption = None,
) -> int:
    """Print one schema."""
    if name not in SCHEMAS:
        raise InputError(unknown("NAME", name, tuple(SCHEMAS)))
    deliver(json.dumps(SCHEMAS[name](), ensure_ascii=False, indent=2) + "\n", None)
    return 0


def report_schema() -> dict[str, Any]:
    """The schema of a report as `--format json` prints it."""
    from landrules.engine.report import SCHEMA, Report

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **Report.model_json_schema(by_alias=True, mode="serialization"),
    }


def workspace_schema() -> dict[str, Any]:
    """The schema of `landrules.toml`, its tables as JSON objects."""
    from landrules.intake.settings_file import SettingsFile

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "landrules/workspace/1",
        **SettingsFile.model_json_schema(),
    }


def batch_error_schema() -> dict[str, Any]:
    """The schema of a line of a batch for which nothing was decided."""
    from landrules.batch.error import SCHEMA, BatchError

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **BatchError.model_json_schema(by_alias=True, mode="serialization"),
    }


def _proposal_schema() -> dict[str, Any]:
    from landrules.intake.schema import proposal_schema

    return proposal_schema()


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "report": report_schema,
    "proposal": _proposal_schema,
    "workspace": workspace_schema,
    "batch-error": batch_error_schema,
}
