"""Examples about commands (LR8xx), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR801": _told("landrules chek site.geojson", "landrules check site.geojson"),
        "LR802": _told(
            "landrules check site.geojson --workspce qingxi", "landrules check site.geojson --workspace qingxi"
        ),
        "LR803": _told("landrules check site.geojson --law-date", "landrules check site.geojson --law-date 2026-06-18"),
        "LR804": _told("landrules check", "landrules check site.geojson"),
        "LR805": _told("landrules check 清溪 县.geojson", 'landrules check "清溪 县.geojson"'),
        "LR806": _told("landrules check site.geojson --format pdf", "landrules check site.geojson --format html"),
        "LR807": _told("--law-date 18.6.2026", "--law-date 2026-06-18"),
        "LR808": _told("--set stage=supply --set stage=monitoring", "--set stage=supply"),
        "LR809": _told("--output reports/2026/a.html", "mkdir -p reports/2026"),
        "LR810": _told("--output reports", "--output reports/a.html"),
        "LR811": _told("landrules check a.geojson --output a.geojson", "landrules check a.geojson --output a.html"),
        "LR812": _told("--output a.html   (open in another program)", "--output b.html"),
        "LR813": _told("landrules fmt roules/a.rules", "landrules fmt rules/a.rules"),
        "LR814": _told("--format geojson --no-geometry", "--format json --no-geometry"),
        "LR815": _told("landrules init qingxi   (exists)", "landrules init qingxi2"),
        "LR816": _told("landrules fmt a.rules   (GBK)", "landrules fmt a.rules   (UTF-8)"),
        "LR817": _told("landrules test docs", "landrules test rules"),
        "LR818": _told("landrules fmt --check a.rules", "landrules fmt a.rules"),
        "LR819": _told("LR819", "LANDRULES_DEBUG=1 landrules check site.geojson"),
        "LR830": _told("landrules check site.geojson", "landrules check site.geojson --workspace qingxi"),
        "LR831": _told("landrules check site.geojson", "ls -l site.geojson"),
        "LR832": _told("--fail-under 120", "--fail-under 80"),
        "LR833": _told("landrules test rules -k 农田保护去", "landrules test rules -k 农田保护区"),
        "LR834": _told("landrules test rules --fail-under 100", "landrules test rules --coverage"),
        "LR840": _told("landrules read pbf_ocupation", "landrules read pbf_occupation"),
        "LR841": _told("landrules explain LR999", "landrules explain LR401"),
        "LR842": _told(
            "landrules explain cn.balance.paddy_for_paddy site.geojson",
            "landrules explain cn.balance.cultivated_land_balance site.geojson",
        ),
        "LR860": _told("LANDRULES_KERNEL=c landrules check site.geojson", "landrules check site.geojson"),
    }
)
