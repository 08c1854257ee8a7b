"""Checks what make-finder.ts wrote, and records how far find.py and the lines of Python with it are from what this library finds.

  python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install onnx onnxruntime numpy pillow scipy
  npx tsx test/onnx/make-finder.ts /tmp/finder
  /tmp/onnx/bin/python test/onnx/record_finder.py /tmp/finder
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime
from PIL import Image

folder = sys.argv[1]
sys.path.insert(0, os.path.join(folder, "onnx-none"))
from find import find


def check(row):
    place = os.path.join(folder, row["folder"])
    shutil.copyfile(os.path.join(folder, row["picture"]), os.path.join(place, "image.png"))
    for name in ["finder.onnx", "model.onnx"]:
        onnx.checker.check_model(os.path.join(place, name), full_check=True)
    with open(os.path.join(place, "sononas.json")) as file:
        card = json.load(file)
    levels = np.asarray(Image.open(os.path.join(place, "image.png")).convert("RGB"), np.float32)
    gray = np.clip(levels @ np.float32([.299, .587, .114]) / 255, 0, 1)
    session = onnxruntime.InferenceSession(os.path.join(place, "finder.onnx"))
    mask, expected, others = find(gray, card["finder"], session)
    assert others == row["others"], row["name"]
    own = np.uint8(row["mask"]).reshape(-1, row["width"]) != 0
    lines = subprocess.run([sys.executable, "predict.py"], cwd=place, check=True, capture_output=True, text=True).stdout
    said = float(re.search(r"^([\d.e-]+) (?:benign|malignant)$", lines, re.M).group(1))
    return {
        "name": row["name"],
        "lesion": int(own.sum()),
        "otherPixels": int((own != mask).sum()),
        "expectedDice": float(f"{abs(expected - row['expectedDice']):.2g}"),
        "probability": float(f"{abs(said - row['probability']):.2g}"),
    }


with open(os.path.join(folder, "found.json")) as file:
    rows = json.load(file)
recorded = {
    "onnxruntime": onnxruntime.__version__,
    "finding": hashlib.sha256(open(os.path.join(folder, "onnx-none", "find.py"), "rb").read()).hexdigest(),
    "found": [check(row) for row in rows],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded-finder.json"), "w") as file:
    json.dump(recorded, file, ensure_ascii=False, indent=2)
    file.write("\n")
