/* The area two polygons share, and its moments, pair by pair, without building the shape they share.
 *
 * A polygon whose rings keep its ground on their left is the signed sum of the ground below its edges: edges that run
 * west count +1, edges that run east -1. So what two polygons share is the sum, over pairs of edges whose eastings
 * meet, of sign times sign times the ground below the lower of the two: trapezoids, no topology. landrules/geo/overlap.py
 * says what goes in and comes out and holds the same computation for numpy.
 *
 * Everything is measured from the lower left corner of the box the pair has in common, edges clipped to that box, so that
 * eight-digit eastings cost no precision. Plain C99, only + - * / and sqrt, sums in a fixed order: one answer on every
 * processor that follows IEEE 754.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOMENTS 6
#define RESULTS 9 /* six moments, sum of absolute trapezoids, summed width of pairs times reach, length */

/* A stretch of an edge inside the common box, from west to east; `turn` is its sign in the sum. */
typedef struct {
    double x1, y1, x2, y2, slope, turn;
} Stretch;

typedef struct {
    Stretch *items;
    Stretch *spare;
    size_t *active;
    size_t count, room;
} Stretches;

/* The bounds of `BLOCK` edges one after another that matter for whether any of them meets a frame: the many edges of a
 * long parcel are then passed over by sixteens. */
#define BLOCK 16
typedef struct {
    double west, east, north;
} Block;

/* The polygons of one side: vertices, first vertex of each ring, sign of each ring, first ring of each polygon. */
typedef struct {
    const double *xy;
    const int64_t *ring;
    const double *turn;
    const int64_t *shape;
    int64_t vertices, rings, shapes;
    const Block *blocks; /* of all vertices, or NULL */
} Outlines;

typedef struct {
    double x0, y0, width, height;
    double reach, length;
} Frame;

static int grow(Stretches *list) {
    size_t room = list->room ? 2 * list->room : 256;
    Stretch *items = realloc(list->items, room * sizeof(Stretch));
    Stretch *spare;
    size_t *active;
    if (items == NULL) return -1;
    list->items = items;
    spare = realloc(list->spare, room * sizeof(Stretch));
    if (spare == NULL) return -1;
    list->spare = spare;
    active = realloc(list->active, room * sizeof(size_t));
    if (active == NULL) return -1;
    list->active = active;
    list->room = room;
    return 0;
}

static int add(Stretches *list, double x1, double y1, double x2, double y2, double turn) {
    Stretch *s;
    if (!(x1 < x2)) return 0;
    if (list->count == list->room && grow(list) < 0) return -1;
    s = &list->items[list->count++];
    s->x1 = x1;
    s->y1 = y1;
    s->x2 = x2;
    s->y2 = y2;
    s->slope = (y2 - y1) / (x2 - x1);
    s->turn = turn;
    return 0;
}

static double between(double value, double a, double b) {
    double low = a < b ? a : b, high = a < b ? b : a;
    return value < low ? low : value > high ? high : value;
}

/* One edge, in coordinates about the frame's corner: its stretch inside the box, and what of it lies above as the
 * box's upper side; what lies below adds nothing. */
static int add_edge(Stretches *list, Frame *f, double ax, double ay, double bx, double by, double turn) {
    double x1, y1, x2, y2, sign, top = f->height, cut, far;
    if ((ax < 0.0 && bx < 0.0) || (ax > f->width && bx > f->width) || (ay < 0.0 && by < 0.0)) return 0;
    if (ax == bx) {
        x1 = ay < by ? ay : by;
        x2 = ay < by ? by : ay;
        x1 = x1 < 0.0 ? 0.0 : x1;
        x2 = x2 > top ? top : x2;
        if (x1 < x2) f->length += x2 - x1;
        return 0;
    }
    far = fabs(ax) > fabs(bx) ? fabs(ax) : fabs(bx);
    far += fabs(ay) > fabs(by) ? fabs(ay) : fabs(by);
    if (far > f->reach) f->reach = far;
    if (ax < bx) {
        x1 = ax, y1 = ay, x2 = bx, y2 = by, sign = -turn;
    } else {
        x1 = bx, y1 = by, x2 = ax, y2 = ay, sign = turn;
    }
    if (x1 < 0.0 || x2 > f->width) {
        double slope = (y2 - y1) / (x2 - x1), from = x1, low = y1, high = y2;
        if (x1 < 0.0) {
            y1 = between(low + (0.0 - from) * slope, low, high);
            x1 = 0.0;
        }
        if (x2 > f->width) {
            y2 = between(low + (f->width - from) * slope, low, high);
            x2 = f->width;
        }
    }
    if (y1 >= top && y2 >= top) {
        if (y1 == top && y2 == top) f->length += x2 - x1;
        return add(list, x1, top, x2, top, sign);
    }
    if (y1 <= 0.0 && y2 <= 0.0) {
        if (y1 == 0.0 && y2 == 0.0) f->length += x2 - x1;
        return 0;
    }
    {
        double from = x1, low = y1, rise = y2 - y1, run = x2 - x1;
        if (y1 < 0.0) {
            x1 = between(from + (0.0 - low) / rise * run, from, x2);
            y1 = 0.0;
        } else if (y1 > top) {
            cut = between(from + (top - low) / rise * run, from, x2);
            if (add(list, x1, top, cut, top, sign) < 0) return -1;
            x1 = cut;
            y1 = top;
        }
        if (y2 < 0.0) {
            x2 = between(from + (0.0 - low) / rise * run, x1, x2);
            y2 = 0.0;
        } else if (y2 > top) {
            cut = between(from + (top - low) / rise * run, x1, x2);
            if (add(list, cut, top, x2, top, sign) < 0) return -1;
            x2 = cut;
            y2 = top;
        }
    }
    f->length += sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    return add(list, x1, y1, x2, y2, sign);
}

/* The blocks of all vertices of some outlines; NULL where memory is short, and nothing is passed over then. */
static Block *blocks_of(const Outlines *o) {
    const int64_t count = o->vertices / BLOCK;
    Block *blocks = count > 0 ? malloc((size_t)count * sizeof(Block)) : NULL;
    int64_t k, v;
    if (blocks == NULL) return NULL;
    for (k = 0; k < count; k++) {
        Block b = {INFINITY, -INFINITY, -INFINITY};
        for (v = k * BLOCK; v <= (k + 1) * BLOCK && v < o->vertices; v++) {
            const double x = o->xy[2 * v], y = o->xy[2 * v + 1];
            if (x < b.west) b.west = x;
            if (x > b.east) b.east = x;
            if (y > b.north) b.north = y;
        }
        blocks[k] = b;
    }
    return blocks;
}

static int gather(Stretches *list, const Outlines *o, int64_t which, Frame *f) {
    int64_t r, v;
    list->count = 0;
    for (r = o->shape[which]; r < o->shape[which + 1]; r++) {
        const double turn = o->turn[r];
        for (v = o->ring[r]; v + 1 < o->ring[r + 1]; v++) {
            const double *p = o->xy + 2 * v;
            if (o->blocks != NULL && v % BLOCK == 0 && v + BLOCK < o->ring[r + 1]) {
                const Block *k = &o->blocks[v / BLOCK];
                if (k->east - f->x0 < 0.0 || k->west - f->x0 > f->width || k->north - f->y0 < 0.0) {
                    v += BLOCK - 1;
                    continue;
                }
            }
            if (add_edge(list, f, p[0] - f->x0, p[1] - f->y0, p[2] - f->x0, p[3] - f->y0, turn) < 0) return -1;
        }
    }
    return 0;
}

/* Stable, so that equal eastings keep the order of the ring on every machine. */
static void sort(Stretches *list) {
    size_t width, n = list->count;
    Stretch *from = list->items, *to = list->spare, *swap;
    for (width = 1; width < n; width *= 2) {
        size_t start;
        for (start = 0; start < n; start += 2 * width) {
            size_t middle = start + width < n ? start + width : n;
            size_t end = start + 2 * width < n ? start + 2 * width : n;
            size_t i = start, j = middle, k = start;
            while (i < middle && j < end) to[k++] = from[j].x1 < from[i].x1 ? from[j++] : from[i++];
            while (i < middle) to[k++] = from[i++];
            while (j < end) to[k++] = from[j++];
        }
        swap = from;
        from = to;
        to = swap;
    }
    list->items = from;
    list->spare = to;
}

/* The area is summed with what each sum loses kept beside it (Neumaier), in the place of the length. */
static void add_area(double *out, double term) {
    const double sum = out[0] + term;
    out[8] += fabs(out[0]) >= fabs(term) ? (out[0] - sum) + term : (term - sum) + out[0];
    out[0] = sum;
}

/* The ground below one straight line from (l, yl) to (r, yr), and its moments: two Gauss-Legendre points are exact. */
static void below(double *out, double l, double yl, double r, double yr, double sign) {
    static const double NODE[2] = {0.21132486540518711775, 0.78867513459481288225};
    const double w = r - l, half = 0.5 * w * sign;
    int k;
    add_area(out, half * (yl + yr));
    for (k = 0; k < 2; k++) {
        const double x = l + NODE[k] * w, y = yl + NODE[k] * (yr - yl);
        out[1] += half * x * y;
        out[2] += half * y * y / 2.0;
        out[3] += half * x * x * y;
        out[4] += half * x * y * y / 2.0;
        out[5] += half * y * y * y / 3.0;
    }
}

static double at(const Stretch *s, double x) {
    if (x == s->x2) return s->y2;
    return s->y1 + (x - s->x1) * s->slope;
}

/* The ground below the lower of two stretches where both run; out[6] sums it without signs, out[7] its width. */
static void meet(double *out, const Stretch *a, const Stretch *b) {
    const double l = a->x1 > b->x1 ? a->x1 : b->x1, r = a->x2 < b->x2 ? a->x2 : b->x2;
    const double sign = a->turn * b->turn;
    double al, ar, bl, br, dl, dr;
    if (!(l < r)) return;
    al = at(a, l), ar = at(a, r), bl = at(b, l), br = at(b, r);
    dl = al - bl, dr = ar - br;
    if (dl <= 0.0 && dr <= 0.0) {
        below(out, l, al, r, ar, sign);
    } else if (dl >= 0.0 && dr >= 0.0) {
        below(out, l, bl, r, br, sign);
    } else {
        const double t = dl / (dl - dr), x = l + t * (r - l), y = al + t * (ar - al);
        below(out, l, dl < 0.0 ? al : bl, x, y, sign);
        below(out, x, y, r, dr < 0.0 ? ar : br, sign);
    }
    out[6] += (r - l) * (fabs(al) + fabs(ar) + fabs(bl) + fabs(br));
    out[7] += r - l;
}

/* A new stretch of one side meets what is open on the other; what has ended there is dropped. */
static void sweep(double *out, const Stretch *fresh, const Stretches *other, size_t *open, int is_first) {
    size_t k = 0;
    while (k < *open) {
        const Stretch *s = &other->items[other->active[k]];
        if (s->x2 <= fresh->x1) {
            other->active[k] = other->active[--*open];
        } else {
            if (is_first) {
                meet(out, fresh, s);
            } else {
                meet(out, s, fresh);
            }
            k++;
        }
    }
}

static void join(double *out, Stretches *a, Stretches *b) {
    size_t i, j, open_a = 0, open_b = 0;
    if (a->count * b->count <= 256) {
        for (i = 0; i < a->count; i++) {
            for (j = 0; j < b->count; j++) meet(out, &a->items[i], &b->items[j]);
        }
        return;
    }
    sort(a);
    sort(b);
    i = j = 0;
    while (i < a->count || j < b->count) {
        if (i < a->count && (j == b->count || a->items[i].x1 <= b->items[j].x1)) {
            sweep(out, &a->items[i], b, &open_b, 1);
            a->active[open_a++] = i++;
        } else {
            sweep(out, &b->items[j], a, &open_a, 0);
            b->active[open_b++] = j++;
        }
        if ((i == a->count && open_a == 0) || (j == b->count && open_b == 0)) break;
    }
}

static int pair(double *out, const Outlines *a, int64_t i, const Outlines *b, int64_t j, const double *box,
                Stretches *p, Stretches *q) {
    Frame f;
    memset(out, 0, RESULTS * sizeof(double));
    if (!(box[0] < box[2] && box[1] < box[3])) return 0;
    f.x0 = box[0], f.y0 = box[1], f.width = box[2] - box[0], f.height = box[3] - box[1];
    f.reach = f.length = 0.0;
    if (gather(p, a, i, &f) < 0) return -1;
    if (p->count == 0) return 0;
    if (gather(q, b, j, &f) < 0) return -1;
    join(out, p, q);
    out[0] += out[8];
    out[7] *= f.reach;
    out[8] = f.length;
    return 0;
}

/* --- the door ---------------------------------------------------------------------------------------------------- */

typedef struct {
    Py_buffer xy, ring, turn, shape;
} Side;

static int is_sound(const Side *s, Outlines *o) {
    int64_t k;
    o->xy = s->xy.buf;
    o->ring = s->ring.buf;
    o->turn = s->turn.buf;
    o->shape = s->shape.buf;
    o->blocks = NULL;
    o->vertices = (int64_t)(s->xy.len / (Py_ssize_t)(2 * sizeof(double)));
    o->rings = (int64_t)(s->ring.len / (Py_ssize_t)sizeof(int64_t)) - 1;
    o->shapes = (int64_t)(s->shape.len / (Py_ssize_t)sizeof(int64_t)) - 1;
    if (o->rings < 0 || o->shapes < 0) return 0;
    if (s->turn.len != (Py_ssize_t)(o->rings * (int64_t)sizeof(double))) return 0;
    if (o->ring[0] < 0 || o->ring[o->rings] > o->vertices) return 0;
    if (o->shape[0] < 0 || o->shape[o->shapes] > o->rings) return 0;
    for (k = 0; k < o->rings; k++) {
        if (o->ring[k] > o->ring[k + 1]) return 0;
    }
    for (k = 0; k < o->shapes; k++) {
        if (o->shape[k] > o->shape[k + 1]) return 0;
    }
    return 1;
}

static void clear(Stretches *list) {
    free(list->items);
    free(list->spare);
    free(list->active);
}

static PyObject *moments(PyObject *self, PyObject *args) {
    Side a, b;
    Py_buffer i, j, box, out;
    Outlines first, second;
    Stretches p = {0}, q = {0};
    PyObject *result = NULL;
    Block *blocks;
    int64_t n, k;
    int failed = 0;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*y*w*", &a.xy, &a.ring, &a.turn, &a.shape, &b.xy, &b.ring,
                          &b.turn, &b.shape, &i, &j, &box, &out)) {
        return NULL;
    }
    n = (int64_t)(i.len / (Py_ssize_t)sizeof(int64_t));
    if (!is_sound(&a, &first) || !is_sound(&b, &second) || j.len != i.len ||
        out.len != (Py_ssize_t)(n * RESULTS * (int64_t)sizeof(double)) ||
        box.len != (Py_ssize_t)(n * 4 * (int64_t)sizeof(double))) {
        PyErr_SetString(PyExc_ValueError, "outlines and rows do not belong together");
        goto done;
    }
    for (k = 0; k < n; k++) {
        const int64_t at_a = ((const int64_t *)i.buf)[k], at_b = ((const int64_t *)j.buf)[k];
        if (at_a < 0 || at_a >= first.shapes || at_b < 0 || at_b >= second.shapes) {
            PyErr_SetString(PyExc_IndexError, "a row of a pair lies outside its outlines");
            goto done;
        }
    }
    Py_BEGIN_ALLOW_THREADS
    first.blocks = blocks = blocks_of(&first);
    for (k = 0; k < n && !failed; k++) {
        failed = pair((double *)out.buf + RESULTS * k, &first, ((const int64_t *)i.buf)[k], &second,
                      ((const int64_t *)j.buf)[k], (const double *)box.buf + 4 * k, &p, &q) < 0;
    }
    free(blocks);
    clear(&p);
    clear(&q);
    Py_END_ALLOW_THREADS
    if (failed) {
        PyErr_NoMemory();
        goto done;
    }
    result = Py_None;
    Py_INCREF(result);
done:
    PyBuffer_Release(&a.xy), PyBuffer_Release(&a.ring), PyBuffer_Release(&a.turn), PyBuffer_Release(&a.shape);
    PyBuffer_Release(&b.xy), PyBuffer_Release(&b.ring), PyBuffer_Release(&b.turn), PyBuffer_Release(&b.shape);
    PyBuffer_Release(&i), PyBuffer_Release(&j), PyBuffer_Release(&box), PyBuffer_Release(&out);
    return result;
}

static PyMethodDef METHODS[] = {
    {"moments", moments, METH_VARARGS, "Moments of what pairs of polygons share; see landrules/geo/overlap.py."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "_overlap", "The area two polygons share, pair by pair.", -1, METHODS, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__overlap(void) { return PyModule_Create(&MODULE); }
