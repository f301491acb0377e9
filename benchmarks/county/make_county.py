"""Make a synthetic county of land-use reference layers and development proposals.

    python make_county.py --patches 300000 --seed 1 --out county/

Everything is in CGCS2000 / 3-degree Gauss-Kruger zone 40 (EPSG:4528), metres.  The same arguments
give the same geometry and attributes.  Layers (one GeoPackage each):

    dltb       land-use patches: a gap-free tessellation with shared irregular boundaries
    yjjbnt     permanent basic farmland: part of the arable patches, merged where adjacent
    stbhhx     ecological red line: a few huge multipolygons with fractal edges and holes
    czkfbj     urban development boundary
    ghfq       planning zones (20 types), a tessellation that does not line up with dltb
    xzq        districts: county, towns, villages (level 1-3, nested)
    roads, rivers   lines
    proposals  compact sites, long corridors and scattered parcels (multipolygons)

and `geojson/NNNN.geojson`: the first few proposals of each kind in longitude/latitude (EPSG:4490).

The tessellation is a jittered hexagon mesh whose cells are joined at random (percolation), which gives
heavy-tailed patch sizes; roads and rivers are chains of cells, so long thin patches exist too.  Every
mesh vertex has exactly three edges, so no polygon touches itself, and edges bend too little to cross.
Only numpy, shapely and pyogrio are needed.
"""

import argparse
import itertools
import json
import time
from pathlib import Path

import numpy as np
import pyogrio
import shapely

CRS = "EPSG:4528"
X0, Y0 = 40_500_000.0, 3_400_000.0  # county centre: on the central meridian, about 30.7 N
CELL_AREA = 4_000.0  # mean mesh cell, m2; a patch is about two cells

# code, name, share on the plain, share in the hills
LAND = [
    ("0101", "水田", 30, 5),
    ("0102", "水浇地", 6, 1),
    ("0103", "旱地", 14, 10),
    ("0201", "果园", 3, 6),
    ("0202", "茶园", 1, 4),
    ("0301", "乔木林地", 5, 34),
    ("0302", "竹林地", 1, 6),
    ("0305", "灌木林地", 2, 12),
    ("0307", "其他林地", 3, 6),
    ("0404", "其他草地", 2, 5),
    ("0601", "工业用地", 3, 1),
    ("0602", "采矿用地", 1, 1),
    ("0701", "城镇住宅用地", 3, 0),
    ("0702", "农村宅基地", 12, 4),
    ("0810", "公园与绿地", 1, 0),
    ("1104", "坑塘水面", 8, 2),
    ("1107", "沟渠", 2, 1),
    ("1202", "设施农用地", 2, 1),
    ("1206", "裸土地", 1, 1),
]
ROAD, RIVER = ("1003", "公路用地"), ("1101", "河流水面")
ARABLE = ("0101", "0102", "0103")
ZONES = [f"{a}{b}" for a, n in (("1", 4), ("2", 3), ("3", 6), ("4", 4), ("5", 3)) for b in range(10, 10 * n + 1, 10)]


# ---------------------------------------------------------------- random fields and graph helpers
def noise(rng, x, y, step, octaves, gain=0.5):
    """Fractal value noise at points (x, y); `step` is the coarsest grid spacing in metres."""
    out = np.zeros(len(x))
    amp = 1.0
    x, y = x - x.min(), y - y.min()
    for _ in range(octaves):
        gx, gy = x / step, y / step
        i, j = gx.astype(np.int64), gy.astype(np.int64)
        g = rng.standard_normal((i.max() + 2, j.max() + 2))
        u, v = gx - i, gy - j
        u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
        out += amp * (
            (g[i, j] * (1 - u) + g[i + 1, j] * u) * (1 - v) + (g[i, j + 1] * (1 - u) + g[i + 1, j + 1] * u) * v
        )
        amp *= gain
        step /= 2
    return out


def components(n, a, b):
    """Connected components of n nodes under edges a-b; labels 0..k-1 in order of first member."""
    lab = np.arange(n)
    while True:
        la, lb = lab[a], lab[b]
        differ = la != lb
        if not differ.any():
            return np.unique(lab, return_inverse=True)[1]
        a, b, la, lb = a[differ], b[differ], la[differ], lb[differ]
        low = np.minimum(la, lb)
        np.minimum.at(lab, np.maximum(la, lb), low)
        while True:  # flatten
            nxt = lab[lab]
            if (nxt == lab).all():
                break
            lab = nxt


# ---------------------------------------------------------------- the hexagon mesh
class Mesh:
    """rows x cols jittered hexagons; polygon(labels) gives the outline of every label."""

    def __init__(self, rng, n_cells, side, depth=2):
        self.rows = rows = max(8, round(np.sqrt(n_cells)))
        self.cols = cols = max(8, round(n_cells / rows))
        self.W = width = 2 * cols + 2  # vertices on one horizontal line
        self.n = rows * cols
        i, j = np.divmod(np.arange((rows + 1) * width), width)
        x = j / width + rng.uniform(-0.22, 0.22, i.size) / width
        up = (j - i) % 2 == 0  # this vertex has its vertical edge above it
        y = (i + np.where(up, 0.16, -0.16) + rng.uniform(-0.13, 0.13, i.size)) / (rows + 1)
        # a smooth monotone warp: cells are small in some parts of the county and large in others
        wx, wy = x.copy(), y.copy()
        for k in (1, 2, 3):
            p, q = rng.uniform(0, 2 * np.pi, 2)
            wx += 0.45 / (3 * 2 * np.pi * k) * np.sin(2 * np.pi * k * x + p) * (0.6 + 0.4 * np.sin(2 * np.pi * y + q))
            wy += 0.45 / (3 * 2 * np.pi * k) * np.sin(2 * np.pi * k * y + q) * (0.6 + 0.4 * np.sin(2 * np.pi * x + p))
        self.xy = np.round(np.column_stack([X0 + (wx - 0.5) * side, Y0 + (wy - 0.5) * side]), 3)
        self._edges(rng, depth)
        r, c = np.divmod(np.arange(self.n), cols)
        o = r % 2
        self.r, self.c, self.o = r, c, o
        base = r * width + 2 * c + o
        self.ring = np.column_stack([base, base + 1, base + 2, base + width + 2, base + width + 1, base + width])
        nh = (rows + 1) * width
        self.edge = np.column_stack([base, base + 1, nh + base + 2, base + width + 1, base + width, nh + base])
        self.cx, self.cy = self.xy[self.ring].mean(1).T
        # neighbours across edges 0..5 = SW, SE, E, NE, NW, width (-1 outside)
        self.nbr = np.column_stack(
            [
                self.cell(r - 1, c - 1 + o),
                self.cell(r - 1, c + o),
                self.cell(r, c + 1),
                self.cell(r + 1, c + o),
                self.cell(r + 1, c - 1 + o),
                self.cell(r, c - 1),
            ]
        )

    def cell(self, r, c):
        ok = (r >= 0) & (r < self.rows) & (c >= 0) & (c < self.cols)
        return np.where(ok, r * self.cols + c, -1)

    def _edges(self, rng, depth):
        """Midpoint-displaced inner points of every mesh edge: none, one, or 2**depth - 1."""
        v = np.arange(len(self.xy))
        a = self.xy[np.concatenate([v, v])]
        b = self.xy[np.concatenate([np.minimum(v + 1, v[-1]), np.minimum(v + self.W, v[-1])])]

        def mid(p, q, s):
            d = q - p
            t = rng.uniform(-s, s, len(p))[:, None]
            return (p + q) / 2 + t * np.column_stack([-d[:, 1], d[:, 0]])

        pts = [a, b]
        for level in range(depth):
            s = (0.16, 0.14)[level] if depth == 2 else (0.11, 0.09, 0.07)[level]  # small enough that edges do not cross
            pts = [t for p, q in itertools.pairwise(pts) for t in (p, mid(p, q, s))] + [b]
        self.inner = np.round(np.stack(pts[1:-1], 1), 3)
        kind = rng.choice(3, len(a), p=[0.2, 0.3, 0.5] if depth == 2 else [0, 0, 1])
        self.has = np.repeat((kind == 2)[:, None], 2**depth - 1, 1)
        self.has[:, 2 ** (depth - 1) - 1] |= kind == 1

    def pairs(self):
        """Each adjacent pair of cells once."""
        k = np.arange(self.n)
        a, b = np.concatenate([k, k, k]), np.concatenate([self.nbr[:, 2], self.nbr[:, 3], self.nbr[:, 4]])
        return a[b >= 0], b[b >= 0]

    def polygons(self, label):
        """One polygon for each label 0..k-1 (-1: not covered); a label must be a connected set of cells."""
        other = np.where(self.nbr >= 0, label[self.nbr], -2)
        cell, e = np.nonzero((other != label[:, None]) & (label >= 0)[:, None])
        lab = label[cell]
        start, end = self.ring[cell, e], self.ring[cell, (e + 1) % 6]
        nv = len(self.xy)
        order = np.argsort(lab * nv + start, kind="stable")
        cell, e, lab, start, end = (t[order] for t in (cell, e, lab, start, end))
        nxt = np.searchsorted(lab * nv + start, lab * nv + end)
        # the smallest edge number leads its ring; then the distance to the leader orders the ring
        lead, jump = np.arange(len(nxt)), nxt
        while True:
            new = np.minimum(lead, lead[jump])
            if (new == lead).all():
                break
            lead, jump = new, jump[jump]
        is_lead = lead == np.arange(len(nxt))
        dist, jump = np.where(is_lead, 0, 1), np.where(is_lead, lead, nxt)
        while (jump != lead).any():
            dist, jump = dist + dist[jump], jump[jump]
        order = np.lexsort((np.where(is_lead, -len(nxt), -dist), lead, lab))
        cell, e, lab, lead, start = cell[order], e[order], lab[order], lead[order], start[order]
        # coordinates: the start vertex, then the inner points in the direction of travel
        edge, back = self.edge[cell, e], (e >= 3)
        inner, has = self.inner[edge], self.has[edge]
        inner[back], has[back] = inner[back][:, ::-1], has[back][:, ::-1]
        pts = np.concatenate([self.xy[start][:, None], inner], 1)
        keep = np.column_stack([np.ones(len(e), bool), has])
        first = np.flatnonzero(np.r_[True, lead[1:] != lead[:-1]])  # first edge of each ring
        count = np.add.reduceat(keep.sum(1), first)
        flat = pts[keep]
        off = np.r_[0, np.cumsum(count)]
        where = np.arange(off[-1]) + np.repeat(np.arange(len(count)), count)
        xy = np.empty((off[-1] + len(count), 2))
        xy[where] = flat
        off = off + np.arange(len(off))
        xy[off[1:] - 1] = xy[off[:-1]]
        # shells run anticlockwise, holes clockwise
        d = xy - (X0, Y0)
        cross = np.zeros(len(xy))
        cross[:-1] = d[:-1, 0] * d[1:, 1] - d[1:, 0] * d[:-1, 1]
        cross[off[1:] - 1] = 0
        area = np.add.reduceat(cross, off[:-1]) / 2
        order = np.lexsort((area < 0, lab[first]))
        n_pt = np.diff(off)[order]
        pick = np.repeat(off[:-1][order] - np.r_[0, np.cumsum(n_pt)[:-1]], n_pt) + np.arange(len(xy))
        ring_lab = lab[first][order]
        poly_off = np.searchsorted(ring_lab, np.arange(label.max() + 2))
        return shapely.from_ragged_array(shapely.GeometryType.POLYGON, xy[pick], (np.r_[0, np.cumsum(n_pt)], poly_off))


def grow(rng, mesh, p, block=None, chain=None):
    """Join adjacent cells with probability p (per cell), not across blocks; a chain is joined whole."""
    a, b = mesh.pairs()
    ok = rng.random(len(a)) < (p[a] + p[b]) / 2
    if chain is not None:
        ok = np.where((chain[a] >= 0) | (chain[b] >= 0), chain[a] == chain[b], ok)
    if block is not None:
        ok &= block[a] == block[b]
    return components(mesh.n, a[ok], b[ok])


def chains(rng, mesh, n, steps, piece):
    """n random walks over the mesh that keep their heading: long thin patches, cut every `piece` cells."""
    chain = np.full(mesh.n, -1)
    at, head = rng.integers(0, mesh.n, n), rng.integers(0, 6, n)
    turn = rng.uniform(0.1, 0.9, n)
    length = rng.integers(steps // 4, steps, n)
    for s in range(steps):
        live = (at >= 0) & (s < length)
        chain[at[live]] = (np.arange(n) * steps + s // piece)[live]
        d = (head + (rng.random(n) < turn)) % 6
        at = np.where(live, mesh.nbr[at, d], -1)
    return chain


def multi(polys, group):
    return np.array([shapely.multipolygons(polys[group == g]) for g in range(group.max() + 1)])


# ---------------------------------------------------------------- lines and proposals
def wiggly(rng, start, heading, length, step=120.0, bend=0.10):
    n = max(4, int(length / step))
    a = heading + np.cumsum(rng.normal(0, bend, n)) * 0.5
    return np.round(start + np.cumsum(np.column_stack([np.cos(a), np.sin(a)]) * step, 0), 3)


def blob(rng, centre, area):
    """An irregular star-shaped site of about the given area."""
    n = int(rng.integers(8, 40))
    t = np.sort(rng.uniform(0, 2 * np.pi, n)) + np.linspace(0, 1e-3, n)
    r = np.sqrt(area / np.pi) * rng.uniform(0.7, 1.3, n)
    k = rng.uniform(0.6, 1.6)
    return shapely.make_valid(
        shapely.Polygon(np.round(centre + np.column_stack([r * np.cos(t) * k, r * np.sin(t) / k]), 3))
    )


def polygonal(g):
    parts = [p for p in shapely.get_parts(shapely.get_parts([g])) if p.geom_type == "Polygon" and p.area > 1]
    return shapely.multipolygons(parts)


def make_proposals(rng, n, side):
    kinds = rng.choice(["site", "scatter", "road", "corridor"], n, p=[0.65, 0.25, 0.07, 0.03])
    out = []
    for kind in kinds:
        at = np.array([X0, Y0]) + rng.uniform(-0.46, 0.46, 2) * side
        if kind == "site":
            g = blob(rng, at, np.clip(rng.lognormal(10.6, 1.3), 500, 3e6))
        elif kind == "scatter":
            g = shapely.union_all(
                [
                    blob(rng, at + rng.normal(0, 1200, 2), np.clip(rng.lognormal(8, 1), 200, 2e5))
                    for _ in range(rng.integers(2, 51))
                ]
            )
        else:
            length, width = (rng.uniform(2e3, 8e3), 24) if kind == "road" else (30e3, 60)
            toward = np.arctan2(Y0 - at[1], X0 - at[0])
            line = wiggly(rng, at, toward, min(length, 0.8 * side), bend=0.06)
            g = shapely.buffer(shapely.LineString(line), width / 2, cap_style="flat")
        out.append(polygonal(g))
    return kinds, np.array(out)


def lonlat(xy):
    """Inverse Gauss-Kruger, CGCS2000 ellipsoid, central meridian 120 E (Krueger series)."""
    f = 1 / 298.257222101
    n = f / (2 - f)
    a = 6378137 / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi, eta = xy[:, 1] / a, (xy[:, 0] - X0) / a
    beta = [n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480]
    xi1 = xi - sum(b * np.sin(2 * k * xi) * np.cosh(2 * k * eta) for k, b in enumerate(beta, 1))
    eta1 = eta - sum(b * np.cos(2 * k * xi) * np.sinh(2 * k * eta) for k, b in enumerate(beta, 1))
    chi = np.arcsin(np.sin(xi1) / np.cosh(eta1))
    delta = [2 * n - 2 * n**2 / 3 - 2 * n**3, 7 * n**2 / 3 - 8 * n**3 / 5, 56 * n**3 / 15]
    lat = chi + sum(d * np.sin(2 * k * chi) for k, d in enumerate(delta, 1))
    return np.column_stack([120 + np.degrees(np.arctan2(np.sinh(eta1), np.cos(xi1))), np.degrees(lat)])


# ---------------------------------------------------------------- main
def write(out, name, geom, kind, **columns):
    path = out / f"{name}.gpkg"
    path.unlink(missing_ok=True)
    cols = {k: np.asarray(v) for k, v in columns.items()}
    data = [v.astype(object) if v.dtype.kind == "U" else v for v in cols.values()]
    pyogrio.raw.write(
        path, shapely.to_wkb(geom), data, list(cols), layer=name, driver="GPKG", geometry_type=kind, crs=CRS
    )
    v = shapely.get_num_coordinates(geom)
    print(
        f"{name:10s} {len(geom):8d} features {v.sum():10d} vertices (mean {v.mean():.1f}, max {v.max()}) "
        f"{path.stat().st_size / 1e6:8.1f} MB",
        flush=True,
    )


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--patches", type=int, default=300_000, help="about this many land-use patches")
    ap.add_argument("--proposals", type=int, default=1_000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--geojson", type=int, default=5, help="single GeoJSON files of each kind of proposal")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    t0 = time.time()
    streams = np.random.default_rng(a.seed).spawn(6)
    n_cells = int(a.patches * 2.33)
    side = np.sqrt(n_cells * CELL_AREA)

    # districts and land-use patches share one mesh, so patches nest in villages
    rng = streams[0]
    m = Mesh(rng, n_cells, side)
    n_vil = max(6, a.patches // 1000)
    n_town = max(2, n_vil // 15)
    vil_xy = np.array([X0, Y0]) + rng.uniform(-0.5, 0.5, (n_vil, 2)) * side
    town_xy = vil_xy[rng.choice(n_vil, n_town, replace=False)]
    near = shapely.STRtree(shapely.points(vil_xy)).nearest(shapely.points(m.cx, m.cy))
    vil_town = shapely.STRtree(shapely.points(town_xy)).nearest(shapely.points(vil_xy))
    ca, cb = m.pairs()
    same = near[ca] == near[cb]
    part = components(m.n, ca[same], cb[same])  # connected pieces of villages
    piece_vil = np.zeros(part.max() + 1, np.int64)
    piece_vil[part] = near
    code = np.array([f"330400{t + 100:03d}{v % 1000:03d}0000000" for v, t in enumerate(vil_town)])

    hills = noise(rng, m.cx, m.cy, side / 4, 5)
    hilly = 1 / (1 + np.exp(-3 * (hills - np.quantile(hills, 0.55))))
    chain = chains(rng, m, max(4, a.patches // 700), 400, 40)
    lab = grow(rng, m, 0.11 + 0.20 * hilly, part, chain)
    k = lab.max() + 1
    first = np.full(k, m.n)
    np.minimum.at(first, lab, np.arange(m.n))
    share = np.array([[p, h] for _, _, p, h in LAND], float)
    share /= share.sum(0)
    mix = (1 - hilly[first])[:, None] * share[:, 0] + hilly[first][:, None] * share[:, 1]
    cls = np.minimum((rng.random((k, 1)) > np.cumsum(mix, 1)).sum(1), len(LAND) - 1)
    codes, names = (np.array([t[i] for t in LAND] + [ROAD[i], RIVER[i]]) for i in (0, 1))
    on_chain = chain[first] >= 0
    cls = np.where(on_chain, len(LAND) + (chain[first] // 400 % 4 == 0), cls)
    geom = m.polygons(lab)
    area = np.round(shapely.area(geom), 2)
    arable = np.isin(codes[cls], ARABLE)
    slope = np.where(arable, 1 + np.clip(np.round(hilly[first] * 5 - 0.8), 0, 4), 0).astype(int)
    kcxs = np.where(arable & (slope > 1), np.round(0.04 * slope + rng.uniform(0, 0.08, k), 4), 0.0)
    write(
        a.out,
        "dltb",
        geom,
        "Polygon",
        BSM=np.array([f"3304{i:014d}" for i in range(k)]),
        DLBM=codes[cls],
        DLMC=names[cls],
        QSDWDM=code[near[first]],
        ZLDWDM=code[near[first]],
        TBMJ=area,
        KCXS=kcxs,
        TBDLMJ=np.round(area * (1 - kcxs), 2),
        GDPDJB=np.where(slope > 0, slope.astype("U1"), ""),
    )
    del geom

    # permanent basic farmland: four fifths of the arable patches, adjacent ones merged in small groups
    keep = (arable & (rng.random(k) < 0.8))[lab]
    ok = keep[ca] & keep[cb] & ((lab[ca] == lab[cb]) | (rng.random(len(ca)) < 0.25) & same)
    comp = components(m.n, ca[ok], cb[ok])
    comp = np.where(keep, comp, -1)
    comp = np.where(keep, np.unique(comp, return_inverse=True)[1] - (~keep).any(), -1)
    geom = m.polygons(comp)
    one = np.zeros(len(geom), np.int64)
    one[comp[keep]] = np.flatnonzero(keep)
    write(
        a.out,
        "yjjbnt",
        geom,
        "Polygon",
        YJJBNTTBBH=np.array([f"YN{i:08d}" for i in range(len(geom))]),
        DLBM=codes[cls[lab[one]]],
        ZLDWDM=code[near[one]],
        YJJBNTMJ=np.round(shapely.area(geom), 2),
    )

    pieces = m.polygons(part)
    vil_ids = np.unique(piece_vil)
    vil = multi(pieces, np.unique(piece_vil, return_inverse=True)[1])
    towns = np.unique(vil_town[vil_ids])
    town = np.array(
        [
            shapely.multipolygons(shapely.get_parts(shapely.coverage_union_all(vil[vil_town[vil_ids] == t])))
            for t in towns
        ]
    )
    county = shapely.multipolygons(m.polygons(np.zeros(m.n, np.int64)))
    write(
        a.out,
        "xzq",
        np.r_[[county], town, vil],
        "MultiPolygon",
        XZQDM=np.r_[["330400"], [f"330400{t + 100:03d}" for t in towns], [c[:12] for c in code[vil_ids]]],
        XZQMC=np.r_[["某县"], [f"第{t}镇" for t in towns], [f"第{v}村" for v in vil_ids]],
        LEVEL=np.r_[[1], np.full(len(towns), 2), np.full(len(vil), 3)],
    )
    del m, geom, pieces

    # the red line and the urban boundary have meshes of their own: their edges cross land-use edges
    rng = streams[1]
    m = Mesh(rng, n_cells, side, depth=3)
    ca, cb = m.pairs()
    f = noise(rng, m.cx, m.cy, side / 5, 9, gain=0.68)
    inside = f > np.quantile(f, 0.70)
    ok = inside[ca] & inside[cb]
    comp = components(m.n, ca[ok], cb[ok])
    big = inside & (np.bincount(comp)[comp] >= 30)
    comp = np.where(big, np.unique(np.where(big, comp, -1), return_inverse=True)[1] - (~big).any(), -1)
    polys = m.polygons(comp)
    one = np.zeros(len(polys), np.int64)
    one[comp[big]] = np.flatnonzero(big)
    group = np.unique((m.cx[one] > X0) * 2 + (m.cy[one] > Y0), return_inverse=True)[1]
    geom = multi(polys, group)
    write(
        a.out,
        "stbhhx",
        geom,
        "MultiPolygon",
        HXDM=np.array([f"H{i:02d}" for i in range(len(geom))]),
        HXMC=np.array(["水源涵养", "生物多样性维护", "水土保持", "其他"])[: len(geom)],
        HXMJ=np.round(shapely.area(geom), 2),
    )
    del m, polys, geom

    rng = streams[2]
    m = Mesh(rng, max(n_cells // 8, 400), side)
    ca, cb = m.pairs()
    f = noise(rng, m.cx, m.cy, side / 6, 5)
    inside = f > np.quantile(f, 0.93)
    ok = inside[ca] & inside[cb]
    comp = components(m.n, ca[ok], cb[ok])
    comp = np.where(inside, np.unique(np.where(inside, comp, -1), return_inverse=True)[1] - 1, -1)
    geom = m.polygons(comp)
    write(
        a.out,
        "czkfbj",
        geom,
        "Polygon",
        CZKFBJBH=np.array([f"C{i:04d}" for i in range(len(geom))]),
        LX=np.where(rng.random(len(geom)) < 0.8, "集中建设区", "弹性发展区"),
    )

    rng = streams[3]
    m = Mesh(rng, max(int(n_cells / 12), 400), side)
    lab = grow(rng, m, np.full(m.n, 0.22))
    geom = m.polygons(lab)
    z = np.array(ZONES)[np.minimum(rng.geometric(0.12, len(geom)) - 1, len(ZONES) - 1)]
    write(
        a.out,
        "ghfq",
        geom,
        "Polygon",
        GHFQBH=np.array([f"G{i:06d}" for i in range(len(geom))]),
        GHFQDM=z,
        GHFQMJ=np.round(shapely.area(geom), 2),
    )
    del m, geom

    rng = streams[4]
    for name, n, lengths in (
        ("roads", max(20, a.patches // 200), (1e3, 15e3)),
        ("rivers", max(10, a.patches // 1500), (2e3, 40e3)),
    ):
        lines = [
            shapely.LineString(
                wiggly(
                    rng,
                    [X0, Y0] + rng.uniform(-0.5, 0.5, 2) * side,
                    rng.uniform(0, 2 * np.pi),
                    min(rng.uniform(*lengths), side / 2),
                    60,
                    0.12,
                )
            )
            for _ in range(n)
        ]
        level = rng.choice(
            ["高速公路", "国道", "省道", "县道", "乡道"] if name == "roads" else ["干流", "支流", "溪沟"], n
        )
        write(
            a.out,
            name,
            np.array(lines),
            "LineString",
            BH=np.array([f"{name[0].upper()}{i:06d}" for i in range(n)]),
            CLASS=level,
        )

    kinds, geom = make_proposals(streams[5], a.proposals, side)
    ids = np.array([f"P{i:06d}" for i in range(len(geom))])
    write(a.out, "proposals", geom, "MultiPolygon", PID=ids, KIND=kinds, AREA=np.round(shapely.area(geom), 2))
    folder = a.out / "geojson"
    folder.mkdir(exist_ok=True)
    for kind in np.unique(kinds):
        for i in np.flatnonzero(kinds == kind)[: a.geojson]:
            g = shapely.transform(geom[i], lonlat)
            doc = {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}},
                "features": [
                    {
                        "type": "Feature",
                        "properties": {"PID": ids[i], "KIND": str(kind), "PARCEL": j},
                        "geometry": json.loads(shapely.to_geojson(p)),
                    }
                    for j, p in enumerate(g.geoms)
                ],
            }
            (folder / f"{ids[i]}_{kind}.geojson").write_text(json.dumps(doc), encoding="utf-8")
    print(f"done in {time.time() - t0:.1f} s")


if __name__ == "__main__":
    main()
