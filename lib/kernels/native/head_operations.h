// The operations at the end of a network; see head.h. Part of operations.cc.
#pragma once

#include "expectations.h"

namespace sononas {

struct ReluGradient {
  bool over;  // whether it is written over the gradient of the output, which is not needed any more
  explicit ReluGradient(const Attributes& a) : over(a.flag("over")) {}
  void run(Run& run) const {
    const Tensor d = run.input(0), out = run.input(1);
    expect("d", d, out.shape());
    const Tensor d_x = over ? d : run.output(d.shape());
    if (over) run.pass_on(d);
    kernels().relu_backward({d.count(), d.floats(), out.floats(), d_x.floats()});
  }
};

struct AverageAttributes {
  bool relu, affine;
  explicit AverageAttributes(const Attributes& a) : relu(a.flag("relu")), affine(a.flag("affine")) {}
  GlobalAverage describe(const Shape& shape) const {
    GlobalAverage g = {};
    g.batch = static_cast<int>(shape[0]), g.pixels = static_cast<int>(shape[1] * shape[2]);
    g.channels = static_cast<int>(shape[3]), g.relu = relu;
    return g;
  }
  // The input as it is to be read.
  void read(GlobalAverage& g, const Tensor& x, const Tensor& scale, const Tensor& shift) const {
    g.x = x.floats();
    if (!affine) return;
    expect("in_scale", scale, {g.channels});
    expect("in_shift", shift, {g.channels});
    g.in_scale = scale.floats(), g.in_shift = shift.floats();
  }
};

struct GlobalAverageForward : AverageAttributes {
  using AverageAttributes::AverageAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), scale = run.input(1), shift = run.input(2);
    expect_four("x", x);
    GlobalAverage g = describe(x.shape());
    read(g, x, scale, shift);
    const Tensor out = run.output({g.batch, g.channels});
    g.out = out.floats();
    kernels().global_average(g);
  }
};

// Without a ReLU only the size of the input is known.
struct GlobalAverageGradient : AverageAttributes {
  int height, width, mode;
  explicit GlobalAverageGradient(const Attributes& a)
      : AverageAttributes(a), height(a.integer("height")), width(a.integer("width")), mode(wanted(a.integer("mode"))) {
    require(height >= 1 && width >= 1, "An image has a height and a width from 1.");
  }
  void run(Run& run) const {
    const Tensor d = run.input(0), x = run.input(1), scale = run.input(2), shift = run.input(3), base = run.input(4);
    require(d.rank() == 2 && d.count() > 0, "A gradient of means has two sizes from 1.");
    const Shape shape = {d.size(0), height, width, d.size(1)};
    GlobalAverage g = describe(shape);
    if (relu) {
      expect("x", x, shape);
      read(g, x, scale, shift);
    }
    g.d_out = d.floats();
    g.d_x = accumulate(run, base, mode, shape);
    kernels().global_average_backward(g);
  }
};

struct DenseAttributes {
  bool bias;
  explicit DenseAttributes(const Attributes& a) : bias(a.flag("bias")) {}
  Dense describe(const Tensor& x, const Tensor& weights) const {
    require(x.rank() == 2 && x.count() > 0, "A dense layer's input has two sizes from 1.");
    require(weights.rank() == 2 && weights.count() > 0, "A dense layer's weights have two sizes from 1.");
    expect("weights", weights, {x.size(1), weights.size(1)});
    Dense l = {};
    l.batch = x.size(0), l.inputs = x.size(1), l.outputs = weights.size(1);
    l.x = x.floats(), l.weights = weights.floats();
    return l;
  }
};

struct DenseForward : DenseAttributes {
  using DenseAttributes::DenseAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), weights = run.input(1), added = run.input(2);
    Dense l = describe(x, weights);
    if (bias) {
      expect("bias", added, {l.outputs});
      l.bias = added.floats();
    }
    const Tensor out = run.output({l.batch, l.outputs});
    l.out = out.floats();
    kernels().dense(l);
  }
};

struct DenseGradient : DenseAttributes {
  int mode;
  explicit DenseGradient(const Attributes& a) : DenseAttributes(a), mode(a.integer("mode")) {}
  void run(Run& run) const {
    const Tensor d = run.input(0), x = run.input(1), weights = run.input(2), base = run.input(3);
    Dense l = describe(x, weights);
    expect("d", d, {l.batch, l.outputs});
    l.d_out = d.floats();
    l.d_x = accumulate(run, base, mode, x.shape());
    const Tensor d_weights = run.output(weights.shape()), d_bias = run.output({bias ? l.outputs : 0});
    l.d_weights = d_weights.floats(), l.d_bias = bias ? d_bias.floats() : nullptr;
    kernels().dense_backward(l);
  }
};

struct CrossEntropyLoss {
  bool weighted;
  explicit CrossEntropyLoss(const Attributes& a) : weighted(a.flag("weighted")) {}
  void run(Run& run) const {
    const Tensor logits = run.input(0), labels = run.input(1), weights = run.input(2);
    require(logits.rank() == 2 && logits.count() > 0, "Logits have two sizes from 1.");
    expect("labels", labels, logits.shape());
    if (weighted) expect("weights", weights, {logits.size(0)});
    const Tensor loss = run.output({}), gradient = run.output(logits.shape());
    kernels().cross_entropy({logits.size(0), logits.size(1), logits.floats(), labels.floats(),
                             weighted ? weights.floats() : nullptr, loss.floats(), gradient.floats()});
  }
};

}  // namespace sononas
