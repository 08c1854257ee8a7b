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

struct GlobalMaxForward {
  explicit GlobalMaxForward(const Attributes&) {}
  void run(Run& run) const {
    const Tensor x = run.input(0);
    expect_four("x", x);
    GlobalMax g = {};
    g.batch = x.size(0), g.pixels = x.size(1) * x.size(2), g.channels = x.size(3), g.x = x.floats();
    const Tensor out = run.output({g.batch, g.channels}), places = run.output({g.batch, g.channels}, TF_INT32);
    g.out = out.floats(), g.places = reinterpret_cast<int32_t*>(places.bytes());
    kernels().global_max(g);
  }
};

// Of the input only the size is known.
struct GlobalMaxGradient {
  int height, width, mode;
  explicit GlobalMaxGradient(const Attributes& a)
      : height(a.integer("height")), width(a.integer("width")), mode(wanted(a.integer("mode"))) {
    require(height >= 1 && width >= 1, "An image has a height and a width from 1.");
  }
  void run(Run& run) const {
    const Tensor d = run.input(0), places = run.input(1, TF_INT32), base = run.input(2);
    require(d.rank() == 2 && d.count() > 0, "A gradient of the largest has two sizes from 1.");
    expect("places", places, d.shape());
    GlobalMax g = {};
    g.batch = d.size(0), g.pixels = height * width, g.channels = d.size(1), g.d_out = d.floats();
    g.places = reinterpret_cast<int32_t*>(places.bytes());
    g.d_x = accumulate(run, base, mode, {g.batch, height, width, g.channels});
    kernels().global_max_backward(g);
  }
};

// What the forward and backward pass of squeeze-and-excitation have in common.
struct ExcitationAttributes {
  bool relu, affine;
  int skip;  // 0: nothing is added; 1: a value as it is; 2: one that is to be normalised
  explicit ExcitationAttributes(const Attributes& a)
      : relu(a.flag("relu")), affine(a.flag("affine")), skip(a.integer("onto")) {
    require(skip >= 0 && skip <= 2, "What is added is nothing, a value, or one to be normalised: 0, 1 or 2.");
  }
  Excitation describe(const Tensor& x, const Tensor& scale, const Tensor& shift, const Tensor& reduce,
                      const Tensor& expand) const {
    expect_four("x", x);
    require(reduce.rank() == 2 && reduce.count() > 0, "What reduces the means has two sizes from 1.");
    Excitation e = {};
    e.batch = x.size(0), e.pixels = x.size(1) * x.size(2), e.channels = x.size(3), e.hidden = reduce.size(1);
    e.relu = relu, e.x = x.floats(), e.reduce = reduce.floats(), e.expand = expand.floats();
    expect("reduce", reduce, {e.channels, e.hidden});
    expect("expand", expand, {e.hidden, e.channels});
    if (!affine) return e;
    expect("in_scale", scale, {e.channels});
    expect("in_shift", shift, {e.channels});
    e.in_scale = scale.floats(), e.in_shift = shift.floats();
    return e;
  }
};

struct ExcitationForward : ExcitationAttributes {
  using ExcitationAttributes::ExcitationAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), in_scale = run.input(1), in_shift = run.input(2);
    const Tensor reduce = run.input(3), reduce_bias = run.input(4), expand = run.input(5), expand_bias = run.input(6);
    const Tensor added = run.input(7), skip_scale = run.input(8), skip_shift = run.input(9);
    Excitation e = describe(x, in_scale, in_shift, reduce, expand);
    expect("reduce_bias", reduce_bias, {e.hidden});
    expect("expand_bias", expand_bias, {e.channels});
    e.reduce_bias = reduce_bias.floats(), e.expand_bias = expand_bias.floats();
    if (skip > 0) {
      expect("skip", added, x.shape());
      e.skip = added.floats();
    }
    if (skip == 2) {
      expect("skip_scale", skip_scale, {e.channels});
      expect("skip_shift", skip_shift, {e.channels});
      e.skip_scale = skip_scale.floats(), e.skip_shift = skip_shift.floats();
    }
    const Tensor out = run.output(x.shape()), means = run.output({e.batch, e.channels});
    const Tensor inner = run.output({e.batch, e.hidden}), gates = run.output({e.batch, e.channels});
    e.out = out.floats(), e.means = means.floats(), e.inner = inner.floats(), e.gates = gates.floats();
    kernels().excite(e);
  }
};

struct ExcitationGradient : ExcitationAttributes {
  using ExcitationAttributes::ExcitationAttributes;
  void run(Run& run) const {
    const Tensor d = run.input(0), result = run.input(1), x = run.input(2), in_scale = run.input(3), in_shift = run.input(4);
    const Tensor reduce = run.input(5), expand = run.input(6), means = run.input(7), inner = run.input(8);
    const Tensor gates = run.input(9), in_mean = run.input(10);
    Excitation e = describe(x, in_scale, in_shift, reduce, expand);
    expect("d", d, x.shape());
    if (relu) expect("result", result, x.shape());
    expect("means", means, {e.batch, e.channels});
    expect("inner", inner, {e.batch, e.hidden});
    expect("gates", gates, {e.batch, e.channels});
    e.d_out = d.floats(), e.result = result.floats();
    e.means = means.floats(), e.inner = inner.floats(), e.gates = gates.floats();
    const Tensor d_x = run.output(x.shape()), d_skip = skip > 0 ? run.output(x.shape()) : run.output({0});
    e.d_x = d_x.floats(), e.d_skip = skip > 0 ? d_skip.floats() : nullptr;
    const Tensor d_reduce = run.output(reduce.shape()), d_reduce_bias = run.output({e.hidden});
    const Tensor d_expand = run.output(expand.shape()), d_expand_bias = run.output({e.channels});
    e.d_reduce = d_reduce.floats(), e.d_reduce_bias = d_reduce_bias.floats();
    e.d_expand = d_expand.floats(), e.d_expand_bias = d_expand_bias.floats();
    const bool sums = in_mean.count() > 0;
    const Tensor in_sums = run.output({sums ? 2 : 0, e.channels});
    if (sums) {
      expect("in_mean", in_mean, {e.channels});
      e.in_mean = in_mean.floats(), e.in_sums = in_sums.floats();
    }
    kernels().excite_backward(e);
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
