"""Records what the controller of ENAS computes in PyTorch, for the tests in test/controller.

It is written from the description of the controller, with PyTorch's own gradients: an independent check of the backward passes that
are written by hand. Run it in its folder: python record.py > values.json. Recorded with PyTorch 2.14.1.
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)


def parameters(units, layers, operations, bias, seed):
    """Draws parameters that are large enough for all parts to matter."""
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape):
        values = torch.rand(*shape, generator=generator) - 0.5
        return ((values * 1e3).round() / 1e3).requires_grad_()

    named = {f"memory {layer}": draw(2 * units, 4 * units) for layer in range(layers)}
    named |= {
        "start": draw(1, units),
        "embedding": draw(operations, units),
        "key": draw(units, units),
        "query": draw(units, units),
        "score": draw(units, 1),
        "operation": draw(units, operations),
    }
    if bias:
        named["operationBias"] = draw(operations)
    return named


class Memory:
    """Long short-term memory of some layers, gates i, f, o, g, no bias."""

    def __init__(self, weights, units):
        self.weights = weights
        self.states = [(torch.zeros(1, units), torch.zeros(1, units)) for _ in weights]

    def step(self, x):
        for layer, weight in enumerate(self.weights):
            h, c = self.states[layer]
            i, f, o, g = (torch.cat([x, h], 1) @ weight).chunk(4, 1)
            c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
            x = torch.sigmoid(o) * torch.tanh(c)
            self.states[layer] = (x, c)
        return x


def bounded(scores, temperature, constant):
    scores = scores / temperature
    return scores if constant is None else constant * torch.tanh(scores)


def micro(p, decisions, nodes, layers, settings):
    units = p["key"].shape[0]
    memory = Memory([p[f"memory {layer}"] for layer in range(layers)], units)
    decisions = iter(decisions)
    log_probability, entropy = 0.0, 0.0

    def decide(logits):
        nonlocal log_probability, entropy
        distribution = torch.distributions.Categorical(logits=logits.reshape(-1))
        sampled = next(decisions)
        log_probability = log_probability + distribution.log_prob(torch.tensor(sampled))
        entropy = entropy + distribution.entropy().detach()
        return sampled

    for offset in (settings["normalCellBias"], None):
        anchors, keys = [], []
        for _ in range(2):
            keys.append(memory.step(p["start"]) @ p["key"])
            anchors.append(torch.zeros(1, units))
        for _ in range(nodes):
            x = p["start"]
            for _ in range(2):
                h = memory.step(x)
                scores = torch.tanh(torch.cat(keys) + h @ p["query"]) @ p["score"]
                x = anchors[decide(bounded(scores, settings["temperature"], settings["tanhConstant"]))]
            for _ in range(2):
                scores = memory.step(x) @ p["operation"]
                if "operationBias" in p:
                    scores = scores + p["operationBias"]
                constant = settings["tanhConstant"] and settings["tanhConstant"] / settings["operationTanhReduction"]
                logits = bounded(scores, settings["temperature"], constant)
                if offset is not None:
                    logits = logits + torch.tensor(offset)
                x = p["embedding"][decide(logits)][None]
            anchors.append(memory.step(x))
            keys.append(anchors[-1] @ p["key"])
    return log_probability, entropy, torch.zeros(())


def macro(p, decisions, depth, layers, settings):
    units = p["key"].shape[0]
    memory = Memory([p[f"memory {layer}"] for layer in range(layers)], units)
    decisions = iter(decisions)
    log_probability, entropy, penalties = 0.0, 0.0, []
    anchors, keys = [], []
    target = torch.tensor([1 - settings["skipTarget"], settings["skipTarget"]])
    x = p["start"]
    for layer in range(depth):
        scores = memory.step(x) @ p["operation"]
        if "operationBias" in p:
            scores = scores + p["operationBias"]
        constant = settings["tanhConstant"] and settings["tanhConstant"] / settings["operationTanhReduction"]
        logits = bounded(scores, settings["temperature"], constant)
        distribution = torch.distributions.Categorical(logits=logits.reshape(-1))
        operation = next(decisions)
        log_probability = log_probability + distribution.log_prob(torch.tensor(operation))
        entropy = entropy + distribution.entropy().detach()
        h = memory.step(p["embedding"][operation][None])
        if layer > 0:
            q = torch.tanh(torch.cat(keys) + h @ p["query"]) @ p["score"]
            logits = bounded(torch.cat([-q, q], 1), settings["temperature"], settings["tanhConstant"])
            distribution = torch.distributions.Categorical(logits=logits)
            skips = torch.tensor([next(decisions) for _ in range(layer)])
            log_probability = log_probability + distribution.log_prob(skips).sum()
            entropy = entropy + distribution.entropy().sum().detach()
            if settings["skipProbability"] == "released":
                share = torch.sigmoid(logits)
            else:
                share = torch.softmax(logits, 1)
            penalties.append((share * torch.log(share / target)).sum())
            x = (skips.to(q)[None] @ torch.cat(anchors)) / (1 + skips.sum())
        else:
            x = p["start"]
        anchors.append(h)
        keys.append(h @ p["key"])
    return log_probability, entropy, torch.stack(penalties).mean()


def case(name, space, size, decisions, units, layers, bias, settings, seed):
    p = parameters(units, layers, 5 if space == "micro" else 6, bias, seed)
    walk = micro if space == "micro" else macro
    log_probability, entropy, penalty = walk(p, decisions, size, layers, settings)
    upstream = {"logProbability": -0.7, "skipPenalty": 0.8}
    (upstream["logProbability"] * log_probability + upstream["skipPenalty"] * penalty).backward()
    return {
        "name": name,
        "space": {"space": space, ("nodes" if space == "micro" else "layers"): size},
        "decisions": decisions,
        "settings": {"units": units, "memoryLayers": layers, **settings},
        "parameters": {key: value.detach().flatten().tolist() for key, value in p.items()},
        "logProbability": log_probability.item(),
        "entropy": entropy.item(),
        "skipPenalty": penalty.item(),
        "upstream": upstream,
        "gradients": {key: value.grad.flatten().tolist() for key, value in p.items()},
    }


released = {
    "temperature": 1,
    "tanhConstant": 1.1,
    "operationTanhReduction": 2.5,
    "normalCellBias": [0.25, 0.25, -0.25, -0.25, -0.25],
}
plain = {"temperature": 5, "tanhConstant": 2.5, "operationTanhReduction": 1, "normalCellBias": None}
skips = {"skipTarget": 0.4, "skipProbability": "released"}

cases = [
    # Decisions of a node: two inputs, two operations.
    case("micro, as released", "micro", 2, [0, 1, 4, 0, 2, 1, 3, 2, 1, 1, 0, 0, 0, 2, 1, 4], 4, 1, True, released, 1),
    case("micro, as the paper, two layers of memory", "micro", 3,
         [1, 0, 2, 2, 2, 2, 1, 0, 3, 2, 4, 4, 0, 0, 3, 1, 2, 1, 0, 3, 3, 0, 1, 2], 3, 2, False, plain, 2),
    case("micro, without a bound", "micro", 1, [1, 1, 4, 3, 0, 1, 0, 2], 3, 1, True,
         {**released, "tanhConstant": None}, 3),
    case("macro, as released", "macro", 4, [5, 0, 1, 3, 0, 1, 2, 1, 1, 0], 4, 1, False,
         {**plain, "temperature": 1, "tanhConstant": 1.5, **skips}, 4),
    case("macro, the penalty of what is drawn", "macro", 3, [1, 4, 0, 2, 1, 1], 3, 2, True,
         {**plain, "operationTanhReduction": 2, "skipTarget": 0.3, "skipProbability": "drawn"}, 5),
]
assert all(math.isfinite(one["logProbability"]) for one in cases)
print(json.dumps(cases))
