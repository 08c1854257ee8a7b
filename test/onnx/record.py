"""Checks what make-models.ts wrote, and records how far it is from what this library computes: every network by onnx's
checker and in onnxruntime, prepare.py, and the five lines of Python.

  python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install onnx onnxruntime numpy pillow
  npx tsx test/onnx/make-models.ts /tmp/onnx-models
  /tmp/onnx/bin/python test/onnx/record.py /tmp/onnx-models
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime

folder = sys.argv[1]
sys.path.insert(0, folder)
from prepare import prepare


def load(name):
    with open(os.path.join(folder, name)) as file:
        return json.load(file)


def digits(row):
    return {key: float(f"{value:.3g}") if isinstance(value, float) else value for key, value in row.items()}


def run(network):
    path = os.path.join(folder, network["file"])
    onnx.checker.check_model(path, full_check=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    image = np.float32(network["image"]).reshape(network["shape"])
    probabilities, logits = session.run(["probabilities", "logits"], {"image": image})
    expected = np.float64(network["logits"]).reshape(logits.shape)
    raised = np.exp((expected - expected.max(1, keepdims=True)) / network["temperature"])
    # What ends in an image has a probability of its own at each pixel.
    likely = 1 / (1 + np.exp(-expected / network["temperature"])) if expected.ndim == 4 else raised / raised.sum(1, keepdims=True)
    return digits({
        "name": network["name"],
        "largestLogit": float(abs(expected).max()),
        "logits": float(abs(logits - expected).max()),
        "probabilities": float(abs(probabilities - likely).max()),
        "bytes": os.path.getsize(path),
    })


def compare(image):
    size = image["height"], image["width"]
    mask = None if image["mask"] is None else np.uint8(image["mask"]).reshape(size)
    found = prepare(np.float32(image["gray"]).reshape(size), image["preparation"], image["box"], mask, image["pixelSize"])[0]
    expected = np.float32(image["expected"]).reshape(*found.shape[1:], found.shape[0]).transpose(2, 0, 1)
    return float(abs(found - expected).max())


def predict(row):
    place = os.path.join(folder, row["folder"])
    shutil.copyfile(os.path.join(folder, row["picture"]), os.path.join(place, "image.png"))
    onnx.checker.check_model(os.path.join(place, "model.onnx"), full_check=True)
    said = subprocess.run([sys.executable, "predict.py"], cwd=place, check=True, capture_output=True, text=True).stdout
    probability, label = said.split()
    assert label == row["label"], row
    return digits({"name": row["name"], "probability": row["probability"], "difference": abs(float(probability) - row["probability"])})


recorded = {
    "onnx": onnx.__version__,
    "onnxruntime": onnxruntime.__version__,
    "preparing": hashlib.sha256(open(os.path.join(folder, "prepare.py"), "rb").read()).hexdigest(),
    "prepared": digits({"images": len(load("prepared.json")), "difference": max(map(compare, load("prepared.json")))}),
    "released": [predict(row) for row in load("released.json")],
    "networks": [run(network) for network in load("networks.json")],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json"), "w") as file:
    json.dump(recorded, file, ensure_ascii=False, indent=2)
    file.write("\n")
