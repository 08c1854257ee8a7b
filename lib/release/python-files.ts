import { needsLesion, needsMask, needsPixelSize } from "../data/prepare/configuration";
import { smallestLesion } from "../segment/outline";
import type { ReleaseCard } from "./card";

/** Prepares images in Python as `prepareImage` does, by the preparation that a card states. */
export const preparingInPython = `"""Prepares an image for model.onnx, by the preparation in its card. Needs numpy and Pillow."""

import math

import numpy as np
from PIL import Image

FILTERS = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR, "box": Image.Resampling.BOX}


def prepare(gray, preparation, box=None, mask=None, pixel_size=None):
    """Gives float32 [1, channels, size, size], each number 0 to 1; the model itself normalises.

    gray: [height, width], levels 0 to 1. Of colours: rgb @ [.299, .587, .114], never rounded to 8 bits.
    preparation: json.loads(...)["preparation"] of the card.
    box: the lesion's left, top, width and height in whole pixels; not used where there is a mask.
    mask: [height, width], not 0 in the lesion.
    pixel_size: millimetres from one pixel to the next, where the region is in millimetres.
    """
    gray = np.asarray(gray, np.float32)
    if gray.ndim != 2 or gray.size == 0 or not (gray.min() >= 0 and gray.max() <= 1):
        raise ValueError("gray must be [height, width] with levels 0 to 1: divide levels of 8 bits by 255")
    height, width = gray.shape
    whole = (0, 0, width, height)
    size, filter, channels = preparation["size"], FILTERS[preparation["filter"]], preparation["channels"]
    masked = any("mask" in channel for channel in channels)
    lesion, share = None, 0.0
    if masked or "size" in channels or preparation["region"]["kind"] != "whole":
        lesion, area = _lesion(box, mask, masked, whole)
        share = min(1.0, math.sqrt(area / (width * height)))
    region = _region(preparation, lesion, width, height, pixel_size)
    inside = _common(region, whole)
    square = region if preparation["padding"] == "none" else _square(region)
    tissue = _cut(gray, inside, False)
    if preparation["stretch"] is not None:
        limits = [preparation["stretch"]["low"], preparation["stretch"]["high"]]
        low, high = np.percentile(tissue.astype(np.float64), limits)
        if high > low:
            tissue = np.clip((tissue - low) / (high - low), 0, 1).astype(np.float32)
    if preparation.get("match") is not None:
        tissue = _match(tissue, preparation["match"])
    padded = (square[0] - inside[0], square[1] - inside[1], square[2], square[3])
    plane = _resize(_cut(tissue, padded, preparation["padding"] == "edge"), size, filter)
    own = None
    if masked:
        levels = (np.asarray(mask) != 0).astype(np.float32)
        own = _resize(_cut(levels, square, False), size, Image.Resampling.BILINEAR)
    planes = {"gray": lambda: plane, "mask": lambda: own, "gray × mask": lambda: plane * own}
    planes["size"] = lambda: np.full((size, size), share)
    return np.stack([planes[channel]() for channel in channels])[None].astype(np.float32)


def _lesion(box, mask, masked, whole):
    if mask is not None:
        mask = np.asarray(mask) != 0
        if mask.shape != (whole[3], whole[2]) or not mask.any():
            raise ValueError("the mask must have the image's size and show a lesion")
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        left, top = int(columns[0]), int(rows[0])
        return (left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1), int(mask.sum())
    if masked or box is None:
        raise ValueError("the model needs the lesion's mask" if masked else "the model needs the lesion's box or mask")
    found = _common(tuple(box[side] for side in ("left", "top", "width", "height")), whole)
    if found is None:
        raise ValueError("the box lies outside of the image")
    return found, math.pi / 4 * found[2] * found[3]


def _match(levels, quantiles):
    values, places, counts = np.unique(levels, return_inverse=True, return_counts=True)
    if len(values) == 1:
        return levels
    ranks = (np.cumsum(counts) - counts / 2) / levels.size
    matched = np.interp(ranks, np.linspace(0, 1, len(quantiles)), quantiles)
    return matched[places].reshape(levels.shape).astype(np.float32)


def _region(preparation, lesion, available_width, available_height, pixel_size):
    region, beyond = preparation["region"], preparation["beyond"]
    if region["kind"] == "whole":
        return (0, 0, available_width, available_height)
    if (region["kind"] == "window" or region["unit"] == "millimetres") and pixel_size is None:
        raise ValueError("the region is in millimetres: give pixel_size, millimetres from one pixel to the next")

    def longer(length):
        margin = region["margin"]
        if region["unit"] == "percent":
            margin = length * margin / 100
        elif region["unit"] == "millimetres":
            margin = margin / pixel_size
        return length + 2 * math.floor(margin + 0.5)

    def place(exact, length, available):
        start = math.floor(exact)
        if beyond == "fill":
            return start, length
        shifted = max(0, min(start, available - length)) if beyond == "shift" else start
        first = max(0, shifted)
        return first, min(available, shifted + length) - first

    left, top, width, height = lesion
    if region["kind"] == "window":
        new_width = new_height = max(1, math.floor(region["side"] / pixel_size + 0.5))
    elif region["kind"] == "square":
        new_width = new_height = longer(max(width, height))
    else:
        new_width, new_height = longer(width), longer(height)
    first, across = place(left + (width - new_width) / 2, new_width, available_width)
    upper, down = place(top + (height - new_height) / 2, new_height, available_height)
    return (first, upper, across, down)


def _square(box):
    left, top, width, height = box
    side = max(width, height)
    return (left - (side - width) // 2, top - (side - height) // 2, side, side)


def _common(one, other):
    left, top = max(one[0], other[0]), max(one[1], other[1])
    width = min(one[0] + one[2], other[0] + other[2]) - left
    height = min(one[1] + one[3], other[1] + other[3]) - top
    return (left, top, width, height) if width > 0 and height > 0 else None


def _cut(levels, box, edge):
    left, top, width, height = box
    rows, columns = np.arange(top, top + height), np.arange(left, left + width)
    near = np.clip(rows, 0, levels.shape[0] - 1), np.clip(columns, 0, levels.shape[1] - 1)
    part = levels[np.ix_(*near)]
    return part if edge else part * np.outer(rows == near[0], columns == near[1]).astype(np.float32)


def _resize(levels, size, filter):
    image = Image.fromarray(np.ascontiguousarray(levels, np.float32))
    return np.clip(np.asarray(image.resize((size, size), filter), np.float32), 0, 1)
`;

/** Finds lesions in Python as `findOutlines` does, by the finder that a card states. */
export const findingInPython = `"""Finds the lesion in an image with finder.onnx. Needs numpy, Pillow, scipy, and prepare.py beside it."""

import numpy as np
from PIL import Image
from scipy import ndimage

from prepare import _cut, _square, prepare

SMALLEST = ${smallestLesion}


def find(gray, finder, session):
    """Gives the lesion's mask [height, width], the Dice coefficient that the network expects of it, and how many other parts there are;
    where nothing is found, None, 0 and 0.

    gray: [height, width], levels 0 to 1, as prepare() takes it.
    finder: json.loads(...)["finder"] of the card.
    session: onnxruntime.InferenceSession("finder.onnx").
    """
    gray = np.asarray(gray, np.float32)
    image = prepare(gray, finder["preparation"])

    def logits(given):
        return session.run(["logits"], {"image": np.ascontiguousarray(given)})[0]

    found = logits(image)
    if finder["flipPredictions"]:
        found = (found + logits(image[..., ::-1])[..., ::-1]) / 2
    plane = Image.fromarray((1 / (1 + np.exp(-found[0, 0]))).astype(np.float32))
    height, width = gray.shape
    whole = (0, 0, width, height)
    part = whole if finder["preparation"]["padding"] == "none" else _square(whole)
    levels = np.asarray(plane.resize(part[2:], Image.Resampling.BILINEAR), np.float32)
    levels = _cut(levels, (-part[0], -part[1], width, height), False)
    parts, count = ndimage.label(levels > 0.5, np.ones((3, 3)))
    areas = np.bincount(parts.ravel(), minlength=count + 1)[1:]
    if count == 0 or areas.max() < SMALLEST * width * height:
        return None, 0.0, 0
    mask = ndimage.binary_fill_holes(parts == areas.argmax() + 1)
    expected = 2 * levels[mask].sum(dtype=np.float64) / (mask.sum() + levels.sum(dtype=np.float64))
    return mask, float(expected), int((areas >= areas.max() / 10).sum()) - 1
`;

/** A few lines of Python that predict one image with what lies beside them: what is not drawn is found, where there is a finder. */
export function predictingInPython({ preparation, finder }: Pick<ReleaseCard, "preparation" | "finder">): string {
  const lesion =
    finder !== undefined
      ? ", mask=mask"
      : needsMask(preparation)
        ? `, mask=np.asarray(Image.open("mask.png").convert("L")) > 127`
        : needsLesion(preparation)
          ? `, box={"left": 120, "top": 80, "width": 60, "height": 40}`
          : "";
  const scale = needsPixelSize(preparation) ? ", pixel_size=0.08" : "";
  const found = `from find import find
mask, expected, others = find(gray, card["finder"], ort.InferenceSession("finder.onnx"))
if mask is None: raise SystemExit("No lesion was found: give its mask or box")
print("outline: Dice expected", expected, "sure from", card["finder"]["sure"]["expectedDice"], "other parts", others)
`;
  return `import json, numpy as np, onnxruntime as ort; from PIL import Image; from prepare import prepare
model = ort.InferenceSession("model.onnx"); card = json.loads(model.get_modelmeta().custom_metadata_map["sononas"])
gray = np.clip(np.asarray(Image.open("image.png").convert("RGB"), np.float32) @ np.float32([.299, .587, .114]) / 255, 0, 1)
${finder === undefined ? "" : found}p = float(model.run(["probabilities"], {"image": prepare(gray, card["preparation"]${lesion}${scale})})[0][0, 1])
print(p, "malignant" if p >= card["threshold"] else "benign")
`;
}
