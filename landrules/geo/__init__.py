"""Geometry as fact: reference systems, regions, sites, pieces, areas, the one overlay, the one index. Floats live here."""
