"""Records what Pillow makes of a small picture, for test/pictures/resize.test.ts.

Run it in its folder: python record.py > values.json. The picture's pixel in row r and column c is
((37 c + 91 r + 13 c r) mod 256) / 255. Recorded with Pillow 13.0.0 and NumPy 2.4.6.
"""

import json

import numpy
from PIL import Image

SIZES = [
    ((13, 9), (7, 5)),
    ((13, 9), (29, 17)),
    ((13, 9), (29, 4)),
    ((13, 9), (13, 5)),
    ((13, 9), (6, 9)),
    ((31, 8), (5, 3)),
    ((5, 7), (5, 7)),
    ((1, 1), (3, 2)),
    ((40, 3), (1, 1)),
    ((53, 47), (16, 16)),
]
FILTERS = {"bicubic": Image.BICUBIC, "bilinear": Image.BILINEAR, "box": Image.BOX, "nearest": Image.NEAREST}


def picture(width, height):
    """A picture with strong detail."""
    rows, columns = numpy.mgrid[0:height, 0:width]
    return (((37 * columns + 91 * rows + 13 * columns * rows) % 256) / 255).astype(numpy.float32)


records = []
for old, new in SIZES:
    for name, number in FILTERS.items():
        resized = numpy.asarray(Image.fromarray(picture(*old)).resize(new, number))
        pixels = [float(str(value)) for value in resized.ravel()]
        records.append({"from": old, "to": new, "filter": name, "pixels": pixels})
print(json.dumps(records))
