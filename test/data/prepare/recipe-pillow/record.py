"""Records two preparations made with NumPy and Pillow, for test/data/prepare/prepare-image.test.ts.

Run it in its folder: python record.py > values.json. The picture's pixel in row r and column c is
((37 c + 91 r + 13 c r) mod 256) / 255; the lesion is an ellipse. Recorded with Pillow 13.0.0 and NumPy 2.4.6.
"""

import json

import numpy
from PIL import Image

WIDTH, HEIGHT = 61, 47
ROWS, COLUMNS = numpy.mgrid[0:HEIGHT, 0:WIDTH]
GRAY = (((37 * COLUMNS + 91 * ROWS + 13 * COLUMNS * ROWS) % 256) / 255).astype(numpy.float32)


def lesion(x, y, across, down):
    """An ellipse: its centre and half its axes."""
    return (((COLUMNS - x) / across) ** 2 + ((ROWS - y) / down) ** 2 <= 1).astype(numpy.float32)


def bounds(mask):
    """The first column and row, and the column and row after the last."""
    rows, columns = numpy.nonzero(mask)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def stretch(gray):
    """The 5th and 95th percentile become 0 and 1."""
    low, high = numpy.percentile(gray.astype(numpy.float64), [5, 95])
    return numpy.clip((gray - low) / (high - low), 0, 1).astype(numpy.float32)


def shrink(plane, size, number):
    """Resizes and clips."""
    return numpy.clip(numpy.asarray(Image.fromarray(plane).resize((size, size), number)), 0, 1)


def pad(plane, **how):
    """Makes a plane square, the odd pixel to the right or below."""
    height, width = plane.shape
    side = max(height, width)
    up, left = (side - height) // 2, (side - width) // 2
    return numpy.pad(plane, ((up, side - height - up), (left, side - width - left)), **how)


def square_context(mask, size):
    """A square of the longer side and 20 pixels, moved into the picture."""
    left, top, right, bottom = bounds(mask)
    side = max(right - left, bottom - top) + 20

    def place(first, last, available):
        start = (first + last - side) // 2
        start = max(0, min(start, available - side))
        return start, min(available, start + side)

    x0, x1 = place(left, right, WIDTH)
    y0, y1 = place(top, bottom, HEIGHT)
    gray = pad(stretch(GRAY[y0:y1, x0:x1]), mode="edge")
    return [shrink(gray, size, Image.BICUBIC)]


def authors(mask, size):
    """The box and 10 pixels, cut off at the border, padded with black."""
    left, top, right, bottom = bounds(mask)
    part = numpy.s_[max(0, top - 10) : bottom + 10, max(0, left - 10) : right + 10]
    gray = shrink(pad(stretch(GRAY[part])), size, Image.BICUBIC)
    plane = shrink(pad(mask[part]), size, Image.BILINEAR)
    return [gray, gray * plane, plane]


CASES = [
    ("squareContext", square_context, (30, 22, 7.5, 4.5), 16),
    ("squareContext", square_context, (5, 40, 5, 6), 12),
    ("squareContext", square_context, (30, 20, 18, 6), 20),
    ("busBraAuthors", authors, (31, 24, 9, 6), 16),
    ("busBraAuthors", authors, (55, 8, 5, 8), 9),
]
records = []
for name, recipe, shape, size in CASES:
    planes = numpy.stack(recipe(lesion(*shape), size), axis=-1).astype(numpy.float32)
    pixels = [float(str(value)) for value in planes.ravel()]
    records.append({"preset": name, "lesion": shape, "size": size, "pixels": pixels})
print(json.dumps(records))
