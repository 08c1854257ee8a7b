"""The benchmark's cases in PyTorch, as fast as plain PyTorch does them: a worker that answers JSON lines.

Usage: torch_worker.py ARCHITECTURES, the file with the architectures. Requests come on standard input, one a line:
{"ask": "prepare", "case", "size", "threads", "batch", "classes", "channels", "stem", "update"},
{"ask": "step", "number"}, {"ask": "end"}.
Answers go to standard output: {"ready": true, "parameters", "about"}, {"milliseconds", "loss"}, {"peakRssMb"}, and
{"error"} where something fails.

The cell network is that of the search of ENAS (Pham et al., ICML 2018): see lib/space/micro for its definition. Only the
operations that an architecture chooses are run, only the weights that it uses are updated, and what can be done in place
is. Whether images lie channels last or channels first is measured before the first step, and the faster is taken.
torch.compile is left out: every step has another architecture, and each would be traced and compiled anew.
"""

import ctypes
import gc
import json
import math
import statistics
import sys
import time

import torch
import torch.nn.functional as F

LAYERS, CHANNELS, NODES = 8, 20, 5
REDUCTIONS = (2, 5)
TRIAL_STEPS, TRIAL_ROUNDS = (0, 1, 2), 2  # the architectures, and how often each is run in either memory format
FORMATS = {"channels first": torch.contiguous_format, "channels last": torch.channels_last}


class Weights(dict):
    """Trainable tensors by name, and which of them the running step has used."""

    def __init__(self, memory_format):
        super().__init__()
        self.memory_format = memory_format
        self.generator = torch.Generator().manual_seed(1)
        self.used = {}

    def make(self, name, *shape):
        """Adds a kernel, [outputs, inputs of a group, height, width], or a matrix, with a normal start (He et al., 2015)."""
        tensor = torch.randn(shape, generator=self.generator) * math.sqrt(2 / math.prod(shape[1:]))
        if len(shape) == 4:
            tensor = tensor.contiguous(memory_format=self.memory_format)
        self[name] = tensor.requires_grad_()

    def make_norm(self, name, features):
        """Adds what a batch normalisation scales and shifts with."""
        self[name + "/gamma"] = torch.ones(features).requires_grad_()
        self[name + "/beta"] = torch.zeros(features).requires_grad_()

    def take(self, name):
        """A tensor, for the running step."""
        tensor = self[name]
        self.used[name] = tensor
        return tensor


def norm(weights, name, x, epsilon=1e-5):
    """Batch normalisation with the statistics of the batch."""
    gamma, beta = weights.take(name + "/gamma"), weights.take(name + "/beta")
    return F.batch_norm(x, None, None, gamma, beta, training=True, eps=epsilon)


class CellNetwork:
    """The network with shared weights: all weights of all architectures, and the pass of one of them."""

    def __init__(self, weights, architectures, channels, classes):
        self.weights, self.architectures = weights, architectures
        weights.make("stem", 3 * CHANNELS, channels, 3, 3)
        weights.make_norm("stem", 3 * CHANNELS)
        filters, before, same_size = CHANNELS, (3 * CHANNELS, 3 * CHANNELS), True
        for layer in range(LAYERS):
            name = f"layer{layer}"
            if layer in REDUCTIONS:
                filters *= 2
                self.make_reduction(f"{name}/reduce", before[1], filters)
                before, same_size = (before[1], filters), False
            if not same_size:
                self.make_reduction(f"{name}/calibrate0", before[0], filters)
            elif before[0] != filters:
                weights.make(f"{name}/calibrate0", filters, before[0], 1, 1)
                weights.make_norm(f"{name}/calibrate0", filters)
            if before[1] != filters:
                weights.make(f"{name}/calibrate1", filters, before[1], 1, 1)
                weights.make_norm(f"{name}/calibrate1", filters)
            self.make_cell(name, filters)
            before, same_size = (before[1], filters), True
        weights.make("logits", classes, filters)

    def make_reduction(self, name, before, filters):
        """Adds the weights of a factorised reduction."""
        self.weights.make(f"{name}/path0", filters // 2, before, 1, 1)
        self.weights.make(f"{name}/path1", filters // 2, before, 1, 1)
        self.weights.make_norm(name, filters)

    def make_cell(self, name, filters):
        """Adds the weights of a cell: those of each operation on each input that a node may have."""
        for node in range(2, NODES + 2):
            for side in "xy":
                for size in (3, 5):
                    for source in range(node):
                        for half in (0, 1):
                            place = f"{name}/node{node}/{side}/{size}/{source}/{half}"
                            self.weights.make(f"{place}/depthwise", filters, 1, size, size)
                            self.weights.make(f"{place}/pointwise", filters, filters, 1, 1)
                            self.weights.make_norm(place, filters)
        for source in range(NODES + 2):
            self.weights.make(f"{name}/output/{source}", filters, filters, 1, 1)
        self.weights.make_norm(f"{name}/output", filters)

    def forward(self, x, number):
        """The logits, [batch, classes], of the architecture with that number."""
        normal, reduction = self.architectures[number % len(self.architectures)]
        take = self.weights.take
        x = norm(self.weights, "stem", F.conv2d(x, take("stem"), padding=1))
        older, newer = x, x
        for layer in range(LAYERS):
            name = f"layer{layer}"
            if layer in REDUCTIONS:
                older, newer = newer, self.reduce(f"{name}/reduce", newer)
            first = self.calibrate(f"{name}/calibrate0", older, newer)
            second = self.calibrate(f"{name}/calibrate1", newer, newer)
            output = self.cell(name, first, second, reduction if layer in REDUCTIONS else normal)
            older, newer = newer, output
        return F.linear(F.relu(newer).mean((2, 3)), take("logits"))

    def reduce(self, name, x):
        """Factorised reduction: half of the channels from the even pixels, half from the odd ones."""
        even = F.conv2d(x[:, :, ::2, ::2], self.weights.take(f"{name}/path0"))
        odd = F.conv2d(x[:, :, 1::2, 1::2], self.weights.take(f"{name}/path1"))
        return norm(self.weights, name, torch.cat([even, odd], 1))

    def calibrate(self, name, x, newer):
        """Brings an input of a cell to the cell's size and channels, where it has others."""
        if x.shape[2] != newer.shape[2]:
            return self.reduce(name, F.relu(x))
        if name not in self.weights:
            return x
        return norm(self.weights, name, F.conv2d(F.relu(x), self.weights.take(name)))

    def cell(self, name, first, second, cell):
        """A cell: its nodes in order, then what no edge uses."""
        values, rectified = [first, second], {}

        def relu(source):
            # Several edges may start with the ReLU of one value: it is computed once.
            if source not in rectified:
                rectified[source] = F.relu(values[source])
            return rectified[source]

        for index in range(NODES):
            node = index + 2
            x, y = (
                self.operate(f"{name}/node{node}/{side}", values, relu, *cell[4 * index + at : 4 * index + at + 2])
                for side, at in (("x", 0), ("y", 2))
            )
            values.append(x + y)
        loose = sorted(set(range(NODES + 2)) - set(cell[0::2]))
        take = self.weights.take
        if len(loose) == 1:
            output = F.conv2d(relu(loose[0]), take(f"{name}/output/{loose[0]}"))
        else:
            stacked = torch.cat([values[source] for source in loose], 1).relu_()
            kernel = torch.cat([take(f"{name}/output/{source}") for source in loose], 1)
            output = F.conv2d(stacked, kernel)
        return norm(self.weights, f"{name}/output", output)

    def operate(self, name, values, relu, source, operation):
        """One side of a node."""
        if operation == 4:
            return values[source]
        if operation == 3:
            return F.max_pool2d(values[source], 3, 1, 1)
        if operation == 2:
            return F.avg_pool2d(values[source], 3, 1, 1, count_include_pad=False)
        size = 5 if operation == 1 else 3
        x = relu(source)
        for half in (0, 1):
            place = f"{name}/{size}/{source}/{half}"
            if half == 1:
                x = x.relu_()  # a normalisation does not need its output again
            x = F.conv2d(x, self.weights.take(f"{place}/depthwise"), padding=size // 2, groups=x.shape[1])
            x = norm(self.weights, place, F.conv2d(x, self.weights.take(f"{place}/pointwise")))
        return x


class ResNet18:
    """ResNet-18 (He et al., 2016), with the stem that is asked for: small images are not halved as often."""

    def __init__(self, weights, channels, classes, stem):
        self.weights, self.stem = weights, stem
        weights.make("stem", 64, channels, stem["kernel"], stem["kernel"])
        weights.make_norm("stem", 64)
        self.blocks, before = [], 64
        for stage, filters in enumerate((64, 128, 256, 512)):
            for block in (0, 1):
                name, stride = f"stage{stage}/block{block}", 2 if stage > 0 and block == 0 else 1
                weights.make(f"{name}/convolution0", filters, before, 3, 3)
                weights.make_norm(f"{name}/convolution0", filters)
                weights.make(f"{name}/convolution1", filters, filters, 3, 3)
                weights.make_norm(f"{name}/convolution1", filters)
                if stride == 2:
                    weights.make(f"{name}/shortcut", filters, before, 1, 1)
                    weights.make_norm(f"{name}/shortcut", filters)
                self.blocks.append((name, stride))
                before = filters
        weights.make("logits", classes, before)
        weights["logits/bias"] = torch.zeros(classes).requires_grad_()

    def convolve(self, name, x, stride, padding):
        """A convolution and its normalisation."""
        return norm(self.weights, name, F.conv2d(x, self.weights.take(name), stride=stride, padding=padding))

    def forward(self, x, _number):
        """The logits, [batch, classes]."""
        x = self.convolve("stem", x, self.stem["stride"], self.stem["kernel"] // 2).relu_()
        if self.stem["pool"]:
            x = F.max_pool2d(x, 3, 2, 1)
        for name, stride in self.blocks:
            inner = self.convolve(f"{name}/convolution0", x, stride, 1).relu_()
            inner = self.convolve(f"{name}/convolution1", inner, 1, 1)
            shortcut = self.convolve(f"{name}/shortcut", x, stride, 0) if stride == 2 else x
            x = inner.add_(shortcut).relu_()
        return F.linear(x.mean((2, 3)), self.weights.take("logits"), self.weights.take("logits/bias"))


class Contender:
    """One case at one size, with images in one memory format."""

    def __init__(self, request, architectures, memory_format):
        self.case = request["case"]
        self.longest_gradient = request["update"]["longestGradient"]
        self.weights = Weights(memory_format)
        channels, classes = request["channels"], request["classes"]
        if self.case == "resnet18-step":
            self.network = ResNet18(self.weights, channels, classes, request["stem"])
        else:
            self.network = CellNetwork(self.weights, architectures, channels, classes)
        generator = torch.Generator().manual_seed(2)
        images = torch.randn(request["batch"], channels, request["size"], request["size"], generator=generator)
        self.images = images.contiguous(memory_format=memory_format)
        self.labels = torch.randint(classes, (request["batch"],), generator=generator)
        self.optimizer = torch.optim.SGD(
            list(self.weights.values()),
            lr=request["update"]["learningRate"],
            momentum=request["update"]["momentum"],
            weight_decay=request["update"]["weightDecay"],
            nesterov=True,
            fused=True,
        )
        for tensor in self.weights.values():
            # From zero is what it would start with itself; the fused update cannot mix tensors with and without it.
            self.optimizer.state[tensor]["momentum_buffer"] = torch.zeros_like(tensor)

    def step(self, number):
        """One step: its wall time in milliseconds, and its loss, or its accuracy where nothing is trained."""
        started = time.perf_counter()
        value = self.evaluate(number) if self.case == "reward" else self.train(number)
        return {"milliseconds": (time.perf_counter() - started) * 1000, "loss": value}

    def evaluate(self, number):
        """The share of the batch that is classified rightly."""
        with torch.inference_mode():
            logits = self.network.forward(self.images, number)
            return (logits.argmax(1) == self.labels).float().mean().item()

    def train(self, number):
        """Forward, backward, update; the loss before the update."""
        self.weights.used = {}
        loss = F.cross_entropy(self.network.forward(self.images, number), self.labels)
        loss.backward()
        used = list(self.weights.used.values())
        torch.nn.utils.clip_grad_norm_(used, self.longest_gradient, foreach=True)
        # Momentum is kept by tensor: the optimizer need not look at the thousands that have no gradient.
        self.optimizer.param_groups[0]["params"] = used
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()


def prepare(request, architectures):
    """Builds the case in both memory formats, measures some steps of each, and keeps the faster."""
    torch.set_num_threads(request["threads"])
    trials = {name: Contender(request, architectures, memory_format) for name, memory_format in FORMATS.items()}
    times = {name: [] for name in FORMATS}
    for number in TRIAL_STEPS:
        shortest = dict.fromkeys(FORMATS, math.inf)
        for name in list(FORMATS) * TRIAL_ROUNDS:  # in turn, as what else the machine does comes and goes
            shortest[name] = min(shortest[name], trials[name].step(number)["milliseconds"])
        for name in FORMATS:
            times[name].append(shortest[name])
    means = {name: statistics.mean(times[name]) for name in FORMATS}
    chosen = min(means, key=means.get)
    trials.clear()
    gc.collect()
    forget_peak()
    contender = Contender(request, architectures, FORMATS[chosen])
    trial = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in means.items())
    about = f"PyTorch {torch.__version__}, {chosen} (at best, {trial})"
    parameters = sum(tensor.numel() for tensor in contender.weights.values())
    return contender, {"ready": True, "parameters": parameters, "about": about}


def forget_peak():
    """Starts the peak of memory anew, where the system can, so that it is that of the chosen format alone."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
        with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
            file.write("5")
    except (OSError, AttributeError):
        pass


def peak_megabytes():
    """The most memory that was resident, in units of 2^20 bytes."""
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            peak = next(line for line in file if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024
    except OSError:
        import resource

        scale = 1024 if sys.platform != "darwin" else 1024 * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main(file_name):
    """Answers requests until the last."""
    with open(file_name, encoding="utf-8") as file:
        lists = [[int(number) for number in text.split()] for text in json.load(file)]
    architectures = [(numbers[:20], numbers[20:]) for numbers in lists]
    contender = None
    for line in iter(sys.stdin.readline, ""):
        request = json.loads(line)
        if request["ask"] == "prepare":
            contender, answer = prepare(request, architectures)
        elif request["ask"] == "step":
            answer = contender.step(request["number"])
        else:
            answer = {"peakRssMb": peak_megabytes()}
        print(json.dumps(answer), flush=True)
        if request["ask"] == "end":
            return


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # whatever it is, the reader of the answers should hear of it
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
        sys.exit(1)
