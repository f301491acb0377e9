"""Results and coverage as JSON, for scripts and build services.

``landrules/tests/1``: ``total`` and ``failed``; ``tests``, each with ``ruleset``, ``file``, ``line``, ``title``
(``zh``, ``en``), ``law_date``, ``norms`` (ids of the norms it names), ``passed``, ``failures`` (``zh``, ``en``) and
``diagnostics`` (``code``, ``message`` in both languages, ``line``).

``landrules/coverage/1``: a count has ``seen``, ``of`` and ``percent`` (rounded down to one decimal, 100 only for
all; null where there is nothing).

- ``total``: a count; ``kinds``: a count for each of norm, branch, clause, exception, table_row, stretch, date_edge;
- ``norms``, sorted by id: ``id``, ``name`` (``zh``, ``en``), ``file``, ``line``, ``judged``, ``outcomes`` seen, and a
  count for ``branch``, ``clause``, ``exception``;
- ``items``, sorted by file and line: ``kind``; ``id`` of the norm, exception, table, parameter, list or instrument;
  ``what`` is asked (judged; applied; met, failed, there, absent, refused, asked, not_asked; lifts, does_not_lift; read;
  parameter, list; day_before, first_day, last_day, day_after); ``name``, ``file``, ``line``, ``seen``; ``day`` of a date
  edge; ``message`` in both languages where it was not seen.

Both are the same for the same rules, byte for byte; no path, time or machine is in them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from landrules.rules.model import Bilingual
from landrules.trial.coverage import Count, Coverage, Item
from landrules.trial.run import TrialResult
from landrules.trial.sentences import KINDS
from landrules.trial.told import COLUMNS

Json = dict[str, object]


def results_record(results: Sequence[TrialResult]) -> Json:
    """The results as ``landrules/tests/1``."""
    return {
        "schema": "landrules/tests/1",
        "total": len(results),
        "failed": sum(1 for r in results if not r.passed),
        "tests": [_test(r) for r in results],
    }


def coverage_record(found: Coverage) -> Json:
    """The coverage as ``landrules/coverage/1``."""
    return {
        "schema": "landrules/coverage/1",
        "total": _count(found.count()),
        "kinds": {kind: _count(found.count(kind)) for kind in KINDS},
        "norms": [
            {
                "id": row.id,
                "name": _both(row.name),
                "file": row.file,
                "line": row.line,
                "judged": bool(row.outcomes),
                "outcomes": list(row.outcomes),
                **{kind: _count(row.parts[kind]) for kind in COLUMNS},
            }
            for row in found.norms
        ],
        "items": [_item(i) for i in found.items],
    }


def json_text(record: Json) -> str:
    """A record as JSON text."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _test(result: TrialResult) -> Json:
    return {
        "ruleset": result.ruleset,
        "file": result.file,
        "line": result.line,
        "title": {"zh": result.title_zh, "en": result.title_en},
        "law_date": result.day.isoformat() if result.day else None,
        "norms": list(result.norms),
        "passed": result.passed,
        "failures": [{"zh": zh, "en": en} for zh, en in result.failures],
        "diagnostics": [
            {
                "code": d.code,
                "message": {"zh": d.message("zh"), "en": d.message("en")},
                "line": d.span.line if d.span else None,
            }
            for d in result.diagnostics
        ],
    }


def _item(item: Item) -> Json:
    found: Json = {
        "kind": item.kind,
        "id": item.id,
        "what": item.what,
        "name": _both(item.name),
        "file": item.file,
        "line": item.line,
        "seen": item.seen,
    }
    if item.day is not None:
        found["day"] = item.day.isoformat()
    return found if item.seen else found | {"message": _both(item.said)}


def _count(count: Count) -> Json:
    return {"seen": count.seen, "of": count.of, "percent": count.tenths / 10 if count.of else None}


def _both(text: Bilingual) -> Json:
    return {"zh": text.zh, "en": text.en}
