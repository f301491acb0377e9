"""Examples about the proposal's file (LR6xx), told in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from landrules.base.messages.examples.example import Example


def _told(bad: str, good: str) -> Example:
    return Example(bad, good, "words")


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "LR600": _told("site.geojson: 0 bytes", 'site.geojson: {"type": "FeatureCollection", …}'),
        "LR601": _told('{"type": "FeatureCollection", "features": [', '{"type": "FeatureCollection", "features": []}'),
        "LR602": _told('{"id": "A-1" "stage": "plan_conformity"}', '{"id": "A-1", "stage": "plan_conformity"}'),
        "LR603": _told("site.geojson (GBK)", "site.geojson (UTF-8)"),
        "LR604": _told('"investment_wan": NaN', '"investment_wan": 1200'),
        "LR605": _told('{"id": "A-1", "id": "A-2"}', '{"id": "A-1"}'),
        "LR606": _told("[[[[[[ … ]]]]]] (1000 levels)", '"proposal": {"balance": {"mode": "self"}}'),
        "LR607": _told("landrules check missing.geojson", "landrules check site.geojson"),
        "LR608": _told('"name": "\\ud83d"', '"name": "清溪县"'),
        "LR610": _told('{"type": "Polygon", …}', '{"type": "FeatureCollection", "proposal": {…}, "features": […]}'),
        "LR611": _told(
            '{"type": "FeatureCollection", "features": […]}',
            '{"type": "FeatureCollection", "proposal": {"id": "A-1", "stage": "supply"}, "features": […]}',
        ),
        "LR612": _told('"approvals": {"matter": "conversion"}', '"approvals": [{"matter": "conversion"}]'),
        "LR613": _told('"proposal": {"stage": "supply"}', '"proposal": {"id": "A-1", "stage": "supply"}'),
        "LR614": _told('"proposal": {"id": "A-1"}', '"proposal": {"id": "A-1", "stage": "supply"}'),
        "LR615": _told('"stage": "suply"', '"stage": "supply"'),
        "LR616": _told('"proposal": {"id": "A-1", "stage": "supply"}', '"application_date": "2026-06-18"'),
        "LR617": _told('"application_date": "18.6.2026"', '"application_date": "2026-06-18"'),
        "LR618": _told('"features": []', '"features": [{"type": "Feature", "id": "P1", …}]'),
        "LR619": _told("(395231000.0, 3392800.0)", "(39523100.0, 3392800.0)"),
        "LR620": _told('{"type": "Feature", "geometry": …}', '{"type": "Feature", "id": "P1", "geometry": …}'),
        "LR621": _told('"id": "P1" + "id": "P1"', '"id": "P1" + "id": "P2"'),
        "LR622": _told('{"id": "P1", "geometry": null}', '{"id": "P1", "geometry": {"type": "Polygon", …}}'),
        "LR623": _told(
            '{"id": "P1", "geometry": {"type": "GeometryCollection"}}',
            '{"id": "P1", "geometry": {"type": "Polygon", …}}',
        ),
        "LR624": _told("[[0, 0], [1, 0], [0, 0]]", "[[0, 0], [1, 0], [1, 1], [0, 0]]"),
        "LR625": _told("[[0, 0], [1, 0], [1, 1], [0, 1]]", "[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]"),
        "LR626": _told("[null, 3392800.0]", "[39523100.0, 3392800.0]"),
        "LR627": _told('"crs": 4527', '"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4527"}}'),
        "LR630": _told('"investment_wan": null', '"name": "…"   (investment_wan left out)'),
        "LR631": _told('"land_class": "0101"', '"land_class": "survey:0101"'),
        "LR640": _told("--set balance.mode", "--set balance.mode=self"),
        "LR641": _told("--set balance.mod=self", "--set balance.mode=self"),
        "LR645": _told("landrules check site.shp", "site.shp + site.proposal.json"),
        "LR646": _told("landrules check site.dwg", "landrules check site.geojson"),
    }
)
