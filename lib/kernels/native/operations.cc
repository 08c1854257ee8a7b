// The operations as TensorFlow knows them: each takes its tensors, checks that they fit, and calls its kernel. The
// names of inputs, outputs and attributes at the end are what lib/kernels calls them by.
#include <algorithm>

#include "expectations.h"
#include "head_operations.h"
#include "tensorflow_run.h"

namespace sononas {
namespace {

// The four outputs of a batch normalisation's statistics; empty ones where it is left out.
Normalisation statistics(Run& run, const Tensor& gamma, const Tensor& beta, int64_t filters, float epsilon,
                         bool normalise) {
  Normalisation n = {gamma.floats(), beta.floats(), nullptr, nullptr, nullptr, nullptr, epsilon};
  if (normalise) {
    expect("gamma", gamma, {filters});
    expect("beta", beta, {filters});
  }
  for (float** place : {&n.mean, &n.variance, &n.scale, &n.shift}) {
    const Tensor out = run.output({normalise ? filters : 0});
    if (normalise) *place = out.floats();
  }
  return n;
}

// The weights and statistics of a batch normalisation's backward pass, and its two outputs.
NormalisationGradient normalisation_backward(Run& run, const Tensor& gamma, const Tensor& mean, const Tensor& variance,
                               int64_t filters, float epsilon) {
  expect("gamma", gamma, {filters});
  expect("mean", mean, {filters});
  expect("variance", variance, {filters});
  const Tensor d_gamma = run.output({filters}), d_beta = run.output({filters});
  return {gamma.floats(), mean.floats(), variance.floats(), d_gamma.floats(), d_beta.floats(), epsilon};
}

// The sums of a normalisation's backward pass where somebody has found them already; null where nobody has.
const float* sums_of(const Tensor& sums, int64_t filters) {
  if (sums.count() == 0) return nullptr;
  expect("sums", sums, {2, filters});
  return sums.floats();
}

// The output for the sums of an input's normalisation, empty where its mean is not there and nobody wants them.
void want_sums(Run& run, const Tensor& in_mean, int64_t channels, const float*& mean, float*& sums) {
  const bool wanted = in_mean.count() > 0;
  const Tensor out = run.output({wanted ? 2 : 0, channels});
  if (!wanted) return;
  expect("in_mean", in_mean, {channels});
  mean = in_mean.floats(), sums = out.floats();
}

// Checks what the forward and backward pass of the separable operation have in common.
void expect_separable(const Tensor& x, const Tensor& scale, const Tensor& shift, bool affine, const Tensor& depthwise,
                      const Tensor& pointwise) {
  expect_four("x", x);
  expect_four("depthwise", depthwise);
  expect_four("pointwise", pointwise);
  const int64_t channels = x.size(3), size = depthwise.size(0);
  require(has_window(depthwise.size(0)), "A depthwise window has a side of 3, 5 or 7.");
  expect("depthwise", depthwise, {size, size, channels, 1});
  expect("pointwise", pointwise, {1, 1, channels, pointwise.size(3)});
  if (!affine) return;
  expect("scale", scale, {channels});
  expect("shift", shift, {channels});
}

struct Separable {
  bool affine, normalise;
  float epsilon;
  explicit Separable(const Attributes& a)
      : affine(a.flag("affine")), normalise(a.flag("normalise")), epsilon(a.number("epsilon")) {}
  void run(Run& run) const {
    const Tensor x = run.input(0), scale = run.input(1), shift = run.input(2);
    const Tensor depthwise = run.input(3), pointwise = run.input(4), gamma = run.input(5), beta = run.input(6);
    expect_separable(x, scale, shift, affine, depthwise, pointwise);
    SeparableForward s = {};
    s.batch = x.size(0), s.height = x.size(1), s.width = x.size(2), s.channels = x.size(3);
    s.filters = pointwise.size(3), s.size = depthwise.size(0);
    s.x = x.floats(), s.depthwise = depthwise.floats(), s.pointwise = pointwise.floats();
    if (affine) s.in_scale = scale.floats(), s.in_shift = shift.floats();
    const Tensor out = run.output({s.batch, s.height, s.width, s.filters});
    s.out = out.floats();
    s.normalisation = statistics(run, gamma, beta, s.filters, epsilon, normalise);
    kernels().separable_forward(s);
  }
};

struct SeparableGradient {
  bool affine;
  float epsilon;
  int mode;
  explicit SeparableGradient(const Attributes& a)
      : affine(a.flag("affine")), epsilon(a.number("epsilon")), mode(wanted(a.integer("mode"))) {}
  void run(Run& run) const {
    const Tensor d = run.input(0), result = run.input(1), x = run.input(2), scale = run.input(3), shift = run.input(4);
    const Tensor depthwise = run.input(5), pointwise = run.input(6), gamma = run.input(7), mean = run.input(8);
    const Tensor variance = run.input(9), base = run.input(10), sums = run.input(11), in_mean = run.input(12);
    expect_separable(x, scale, shift, affine, depthwise, pointwise);
    SeparableBackward s = {};
    s.batch = x.size(0), s.height = x.size(1), s.width = x.size(2), s.channels = x.size(3);
    s.filters = pointwise.size(3), s.size = depthwise.size(0);
    expect("result", result, {s.batch, s.height, s.width, s.filters});
    expect("d", d, result.shape());
    s.x = x.floats(), s.depthwise = depthwise.floats(), s.pointwise = pointwise.floats();
    if (affine) s.in_scale = scale.floats(), s.in_shift = shift.floats();
    s.out = result.floats(), s.d_normalised = d.floats();
    s.d_x = mode == kOver ? over(run, d, x.shape()) : accumulate(run, base, mode, x.shape());
    const Tensor d_depthwise = run.output(depthwise.shape()), d_pointwise = run.output(pointwise.shape());
    s.d_depthwise = d_depthwise.floats(), s.d_pointwise = d_pointwise.floats();
    s.normalisation = normalisation_backward(run, gamma, mean, variance, s.filters, epsilon);
    s.d_sums = sums_of(sums, s.filters);
    want_sums(run, in_mean, s.channels, s.in_mean, s.in_sums);
    kernels().separable_backward(s);
  }
};

// What the sum of 1 × 1 convolutions and its gradient have in common.
struct PointwiseAttributes {
  int inputs, stride, filters;
  bool relu, normalise;
  float epsilon;
  std::vector<int> offsets, columns, affine;
  explicit PointwiseAttributes(const Attributes& a)
      : inputs(a.integer("N")),
        stride(a.integer("stride")),
        filters(a.integer("filters")),
        relu(a.flag("relu")),
        normalise(a.flag("normalise")),
        epsilon(a.number("epsilon")),
        offsets(a.integers("offsets")),
        columns(a.integers("columns")),
        affine(a.integers("affine")) {
    const size_t count = static_cast<size_t>(inputs);
    require(inputs <= kMostInputs, "A sum of 1 × 1 convolutions has at most 32 inputs.");
    require(stride >= 1, "A stride is at least 1.");
    require(offsets.size() == count && columns.size() == count && affine.size() == count,
            "Offsets, columns and normalisations: one for each input.");
    for (int offset : offsets)
      require(offset == 0 || (offset == 1 && stride > 1),
              "An image is moved by 0 pixels, or by 1 with a stride from 2.");
  }
  // Its inputs begin with `first`: N images, N weights, N scales, N shifts.
  Pointwise describe(Run& run, int first, const std::vector<Tensor>& x, const std::vector<Tensor>& weights) const {
    const std::vector<Tensor> scale = inputs_of(run, first + 2 * inputs, inputs);
    const std::vector<Tensor> shift = inputs_of(run, first + 3 * inputs, inputs);
    expect_four("x", x[0]);
    Pointwise p = {};
    p.batch = x[0].size(0), p.height = x[0].size(1), p.width = x[0].size(2);
    p.stride = stride, p.filters = filters, p.inputs = inputs, p.relu = relu;
    for (int i = 0; i < inputs; i++) {
      expect_four("x", x[i]);
      expect_four("weights", weights[i]);
      expect("x", x[i], {p.batch, p.height, p.width, x[i].size(3)});
      expect("weights", weights[i], {1, 1, x[i].size(3), weights[i].size(3)});
      require(columns[i] >= 0 && columns[i] + weights[i].size(3) <= filters, "More filters than the result has.");
      PointwiseInput& input = p.input[i];
      input.x = x[i].floats(), input.weights = weights[i].floats();
      input.channels = x[i].size(3), input.filters = weights[i].size(3);
      input.offset = offsets[i], input.column = columns[i];
      if (!affine[i]) continue;
      expect("in_scale", scale[i], {input.channels});
      expect("in_shift", shift[i], {input.channels});
      input.scale = scale[i].floats(), input.shift = shift[i].floats();
    }
    return p;
  }
  Shape shape_of_result(const Pointwise& p) const {
    return {p.batch, (p.height + stride - 1) / stride, (p.width + stride - 1) / stride, filters};
  }
};

struct PointwiseSum : PointwiseAttributes {
  using PointwiseAttributes::PointwiseAttributes;
  void run(Run& run) const {
    const std::vector<Tensor> x = inputs_of(run, 0, inputs), weights = inputs_of(run, inputs, inputs);
    const Tensor gamma = run.input(4 * inputs), beta = run.input(4 * inputs + 1);
    Pointwise p = describe(run, 0, x, weights);
    const Tensor out = run.output(shape_of_result(p));
    p.out = out.floats();
    p.normalisation = statistics(run, gamma, beta, filters, epsilon, normalise);
    kernels().pointwise_forward(p);
  }
};

struct PointwiseSumGradient : PointwiseAttributes {
  std::vector<int> modes;
  explicit PointwiseSumGradient(const Attributes& a) : PointwiseAttributes(a), modes(a.integers("modes")) {
    require(modes.size() == static_cast<size_t>(inputs), "Modes: one for each input.");
  }
  void run(Run& run) const {
    const Tensor d = run.input(0), result = run.input(1);
    const std::vector<Tensor> x = inputs_of(run, 2, inputs), weights = inputs_of(run, 2 + inputs, inputs);
    const int rest = 2 + 4 * inputs;
    const Tensor gamma = run.input(rest), mean = run.input(rest + 1), variance = run.input(rest + 2);
    const std::vector<Tensor> bases = inputs_of(run, rest + 3, inputs);
    const Tensor sums = run.input(rest + 3 + inputs);
    const std::vector<Tensor> in_means = inputs_of(run, rest + 4 + inputs, inputs);
    Pointwise p = describe(run, 2, x, weights);
    p.d_sums = sums_of(sums, filters);
    expect("d", d, shape_of_result(p));
    p.d_result = d.floats(), p.result = result.floats();
    for (int i = 0; i < inputs; i++) {
      if (modes[i] == kWithPrevious) {
        require(i > 0 && p.input[i - 1].d_x.out != nullptr, "There is no gradient of the input before.");
        expect("x", x[i], x[i - 1].shape());
        run.output({0});
        p.input[i].d_x = {p.input[i - 1].d_x.out, p.input[i - 1].d_x.out};
      } else if (modes[i] == kOver) {
        require(stride == 1, "With a stride a gradient cannot be written over that of the output.");
        p.input[i].d_x = over(run, d, x[i].shape());
      } else {
        p.input[i].d_x = accumulate(run, bases[i], modes[i], x[i].shape());
      }
    }
    std::vector<Tensor> d_weights;
    for (int i = 0; i < inputs; i++) {
      d_weights.push_back(run.output(weights[i].shape()));
      p.input[i].d_weights = d_weights.back().floats();
    }
    if (normalise) {
      expect("result", result, d.shape());
      p.gradient = normalisation_backward(run, gamma, mean, variance, filters, epsilon);
    } else {
      run.output({0});
      run.output({0});
    }
    for (int i = 0; i < inputs; i++) {
      PointwiseInput& input = p.input[i];
      const bool alone = stride == 1 && input.column == 0 && input.filters == filters && modes[i] != kUnwanted &&
                         modes[i] != kWithPrevious && (i + 1 == inputs || modes[i + 1] != kWithPrevious);
      require(alone || in_means[i].count() == 0, "Sums are found for inputs that stand once in a sum with stride 1.");
      want_sums(run, in_means[i], input.channels, input.in_mean, input.in_sums);
    }
    kernels().pointwise_backward(p);
  }
};

struct BatchNormalise {
  bool relu, apply;
  float epsilon;
  explicit BatchNormalise(const Attributes& a)
      : relu(a.flag("relu")), apply(a.flag("apply")), epsilon(a.number("epsilon")) {}
  void run(Run& run) const {
    const Tensor x = run.input(0), gamma = run.input(1), beta = run.input(2);
    expect_channels("x", x);
    const Tensor out = apply ? run.output(x.shape()) : run.output({0});
    kernels().normalise({x.count() / channels_of(x), channels_of(x), relu, x.floats(), apply ? out.floats() : nullptr,
                         statistics(run, gamma, beta, channels_of(x), epsilon, true)});
  }
};

struct BatchNormaliseGradient {
  bool relu;
  float epsilon;
  explicit BatchNormaliseGradient(const Attributes& a) : relu(a.flag("relu")), epsilon(a.number("epsilon")) {}
  void run(Run& run) const {
    const Tensor d = run.input(0), x = run.input(1), out = run.input(2), gamma = run.input(3);
    const Tensor mean = run.input(4), variance = run.input(5);
    expect_channels("x", x);
    expect("d", d, x.shape());
    if (relu) expect("out", out, x.shape());
    const Tensor d_x = run.output(x.shape());
    const NormalisationGradient gradient = normalisation_backward(run, gamma, mean, variance, channels_of(x), epsilon);
    kernels().normalise_backward({x.count() / channels_of(x), channels_of(x), relu, x.floats(), out.floats(),
                                  d.floats(), gradient, d_x.floats()});
  }
};

struct SumOf {
  int inputs;
  bool relu;
  std::vector<int> affine;
  explicit SumOf(const Attributes& a) : inputs(a.integer("N")), relu(a.flag("relu")), affine(a.integers("affine")) {
    require(inputs <= kMostInputs && affine.size() == static_cast<size_t>(inputs), "A sum has 1 to 32 inputs.");
  }
  void run(Run& run) const {
    const std::vector<Tensor> x = inputs_of(run, 0, inputs), scale = inputs_of(run, inputs, inputs);
    const std::vector<Tensor> shift = inputs_of(run, 2 * inputs, inputs);
    expect_channels("x", x[0]);
    Sum s = {};
    s.channels = channels_of(x[0]), s.pixels = x[0].count() / s.channels, s.inputs = inputs, s.relu = relu;
    for (int i = 0; i < inputs; i++) {
      expect("x", x[i], x[0].shape());
      s.x[i] = x[i].floats();
      if (!affine[i]) continue;
      expect("scale", scale[i], {s.channels});
      expect("shift", shift[i], {s.channels});
      s.scale[i] = scale[i].floats(), s.shift[i] = shift[i].floats();
    }
    const Tensor out = run.output(x[0].shape());
    s.out = out.floats();
    kernels().sum(s);
  }
};

// A window's places: how many, and what lies before the first, as TensorFlow counts them.
struct Places {
  int count, before;
  Places(int length, int size, int stride, bool same) {
    require(same || length >= size, "The image is smaller than the window.");
    count = same ? (length + stride - 1) / stride : (length - size) / stride + 1;
    before = same ? std::max(0, (count - 1) * stride + size - length) / 2 : 0;
  }
};

struct PoolAttributes {
  int size, stride;
  bool same;
  explicit PoolAttributes(const Attributes& a)
      : size(a.integer("size")), stride(a.integer("stride")), same(a.flag("same")) {
    require(size >= 1 && size <= kLargestPool, "A pool's window has a side from 1 to 15.");
    require(stride >= 1, "A stride is at least 1.");
  }
  Pool describe(int64_t batch, int height, int width, int64_t channels) const {
    require(height >= 1 && width >= 1, "An image has a height and a width from 1.");
    const Places rows(height, size, stride, same), columns(width, size, stride, same);
    Pool p = {};
    p.batch = static_cast<int>(batch), p.height = height, p.width = width, p.channels = static_cast<int>(channels);
    p.size = size, p.stride = stride, p.top = rows.before, p.left = columns.before;
    p.out_height = rows.count, p.out_width = columns.count;
    return p;
  }
  Pool describe(const Tensor& x) const {
    expect_four("x", x);
    return describe(x.size(0), x.size(1), x.size(2), x.size(3));
  }
  Shape shape_of_result(const Pool& p) const { return {p.batch, p.out_height, p.out_width, p.channels}; }
};

// The forward pass of a pool, onto something else or not.
struct PoolForward : PoolAttributes {
  bool affine;  // whether x is to be normalised
  int onto;     // 0: onto nothing; 1: onto a value as it is; 2: onto one that is to be normalised
  explicit PoolForward(const Attributes& a) : PoolAttributes(a), affine(a.flag("affine")), onto(a.integer("onto")) {
    require(onto >= 0 && onto <= 2, "A pool is onto nothing, a value, or one to be normalised: 0, 1 or 2.");
  }
  // Its first six inputs.
  Pool describe_forward(Run& run) const {
    const Tensor x = run.input(0), in_scale = run.input(1), in_shift = run.input(2);
    const Tensor addend = run.input(3), scale = run.input(4), shift = run.input(5);
    Pool p = describe(x);
    p.x = x.floats();
    if (affine) {
      expect("in_scale", in_scale, {p.channels});
      expect("in_shift", in_shift, {p.channels});
      p.in_scale = in_scale.floats(), p.in_shift = in_shift.floats();
    }
    if (onto == 0) return p;
    expect("addend", addend, shape_of_result(p));
    p.addend = addend.floats();
    if (onto == 1) return p;
    expect("scale", scale, {p.channels});
    expect("shift", shift, {p.channels});
    p.scale = scale.floats(), p.shift = shift.floats();
    return p;
  }
};

struct MaxPool : PoolForward {
  bool remember;
  explicit MaxPool(const Attributes& a) : PoolForward(a), remember(a.flag("remember")) {}
  void run(Run& run) const {
    Pool p = describe_forward(run);
    const Tensor out = run.output(shape_of_result(p));
    // A byte for each number, four of them in an int32: TensorFlow.js would turn bytes into as many int32.
    const Tensor places = run.output({remember ? (out.count() + 3) / 4 : 0}, TF_INT32);
    p.out = out.floats(), p.places = remember ? places.bytes() : nullptr;
    kernels().max_pool(p);
  }
};

// Of the input only the size is known.
struct PoolGradient : PoolAttributes {
  int height, width, mode;
  explicit PoolGradient(const Attributes& a)
      : PoolAttributes(a), height(a.integer("height")), width(a.integer("width")), mode(wanted(a.integer("mode"))) {}
  Pool prepare(Run& run, const Tensor& d, const Tensor& base) const {
    expect_four("d", d);
    Pool p = describe(d.size(0), height, width, d.size(3));
    expect("d", d, shape_of_result(p));
    p.d_out = d.floats();
    p.d_x = accumulate(run, base, mode, {p.batch, p.height, p.width, p.channels});
    return p;
  }
};

struct MaxPoolGradient : PoolGradient {
  using PoolGradient::PoolGradient;
  void run(Run& run) const {
    const Tensor d = run.input(0), places = run.input(1, TF_INT32), base = run.input(2);
    expect("places", places, {(d.count() + 3) / 4});
    Pool p = prepare(run, d, base);
    p.places = places.bytes();
    kernels().max_pool_backward(p);
  }
};

struct AveragePool : PoolForward {
  using PoolForward::PoolForward;
  void run(Run& run) const {
    Pool p = describe_forward(run);
    const Tensor out = run.output(shape_of_result(p));
    p.out = out.floats();
    kernels().average_pool(p);
  }
};

struct AveragePoolGradient : PoolGradient {
  using PoolGradient::PoolGradient;
  void run(Run& run) const {
    const Tensor d = run.input(0), base = run.input(1);
    kernels().average_pool_backward(prepare(run, d, base));
  }
};

// Of convolutions whose window's side is that of their weights.
struct WindowAttributes {
  int stride;
  bool same;
  explicit WindowAttributes(const Attributes& a) : stride(a.integer("stride")), same(a.flag("same")) {
    require(stride >= 1, "A stride is at least 1.");
  }
  // The sizes of image, window and result, and what the kernel reads.
  template <class Window>
  Window place(const Tensor& x, const Tensor& weights) const {
    const int size = weights.size(0);
    const Places rows(x.size(1), size, stride, same), columns(x.size(2), size, stride, same);
    Window w = {};
    w.batch = x.size(0), w.height = x.size(1), w.width = x.size(2), w.channels = x.size(3);
    w.size = size, w.stride = stride, w.top = rows.before, w.left = columns.before;
    w.out_height = rows.count, w.out_width = columns.count;
    w.x = x.floats(), w.weights = weights.floats();
    return w;
  }
};

struct DepthwiseAttributes : WindowAttributes {
  bool relu;
  explicit DepthwiseAttributes(const Attributes& a) : WindowAttributes(a), relu(a.flag("relu")) {}
  Depthwise describe(const Tensor& x, const Tensor& weights) const {
    expect_four("x", x);
    expect_four("weights", weights);
    const int size = weights.size(0);
    require(has_window(size), "A depthwise window has a side of 3, 5 or 7.");
    expect("weights", weights, {size, size, x.size(3), 1});
    Depthwise d = place<Depthwise>(x, weights);
    d.relu = relu;
    return d;
  }
  Shape shape_of_result(const Depthwise& d) const { return {d.batch, d.out_height, d.out_width, d.channels}; }
};

struct DepthwiseForward : DepthwiseAttributes {
  using DepthwiseAttributes::DepthwiseAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), weights = run.input(1);
    Depthwise d = describe(x, weights);
    const Tensor out = run.output(shape_of_result(d));
    d.out = out.floats();
    kernels().depthwise_forward(d);
  }
};

struct DepthwiseGradient : DepthwiseAttributes {
  int mode;
  explicit DepthwiseGradient(const Attributes& a) : DepthwiseAttributes(a), mode(a.integer("mode")) {}
  void run(Run& run) const {
    const Tensor gradient = run.input(0), x = run.input(1), weights = run.input(2), base = run.input(3);
    Depthwise d = describe(x, weights);
    expect("d", gradient, shape_of_result(d));
    d.d_out = gradient.floats();
    d.d_x = accumulate(run, base, mode, x.shape());
    const Tensor d_weights = run.output(weights.shape());
    d.d_weights = d_weights.floats();
    kernels().depthwise_backward(d);
  }
};

// Convolution of 3 × 3, stride 1, `same`.
Convolution describe_convolution(const Tensor& x, const Tensor& weights) {
  expect_four("x", x);
  expect_four("weights", weights);
  expect("weights", weights, {3, 3, x.size(3), weights.size(3)});
  return {x.size(0), x.size(1),       x.size(2), x.size(3), weights.size(3),
          x.floats(), weights.floats(), nullptr,   nullptr,   nullptr,         {nullptr, nullptr}};
}

struct ConvolutionForward {
  explicit ConvolutionForward(const Attributes&) {}
  void run(Run& run) const {
    const Tensor x = run.input(0), weights = run.input(1);
    Convolution c = describe_convolution(x, weights);
    const Tensor out = run.output({c.batch, c.height, c.width, c.filters});
    c.out = out.floats();
    kernels().convolution_forward(c);
  }
};

struct ConvolutionGradient {
  int mode;
  explicit ConvolutionGradient(const Attributes& a) : mode(a.integer("mode")) {}
  void run(Run& run) const {
    const Tensor gradient = run.input(0), x = run.input(1), weights = run.input(2), base = run.input(3);
    Convolution c = describe_convolution(x, weights);
    expect("d", gradient, {c.batch, c.height, c.width, c.filters});
    c.d_out = gradient.floats();
    c.d_x = accumulate(run, base, mode, x.shape());
    const Tensor d_weights = run.output(weights.shape());
    c.d_weights = d_weights.floats();
    kernels().convolution_backward(c);
  }
};

struct PatchAttributes : WindowAttributes {
  bool normalise;
  float epsilon;
  explicit PatchAttributes(const Attributes& a)
      : WindowAttributes(a), normalise(a.flag("normalise")), epsilon(a.number("epsilon")) {}
  Patches describe(const Tensor& x, const Tensor& weights) const {
    expect_four("x", x);
    expect_four("weights", weights);
    const int size = weights.size(0);
    expect("weights", weights, {size, size, x.size(3), weights.size(3)});
    Patches c = place<Patches>(x, weights);
    c.filters = weights.size(3);
    return c;
  }
  Shape shape_of_result(const Patches& c) const { return {c.batch, c.out_height, c.out_width, c.filters}; }
};

struct PatchesForward : PatchAttributes {
  using PatchAttributes::PatchAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), weights = run.input(1), gamma = run.input(2), beta = run.input(3);
    Patches c = describe(x, weights);
    const Tensor out = run.output(shape_of_result(c));
    c.out = out.floats();
    c.normalisation = statistics(run, gamma, beta, c.filters, epsilon, normalise);
    kernels().patches_forward(c);
  }
};

struct PatchesGradient : PatchAttributes {
  using PatchAttributes::PatchAttributes;
  void run(Run& run) const {
    const Tensor d = run.input(0), x = run.input(1), weights = run.input(2), result = run.input(3);
    const Tensor gamma = run.input(4), mean = run.input(5), variance = run.input(6), sums = run.input(7);
    Patches c = describe(x, weights);
    c.d_sums = sums_of(sums, c.filters);
    expect("d", d, shape_of_result(c));
    c.d_result = d.floats(), c.result = result.floats();
    const Tensor d_weights = run.output(weights.shape());
    c.d_weights = d_weights.floats();
    if (normalise) {
      expect("result", result, d.shape());
      c.gradient = normalisation_backward(run, gamma, mean, variance, c.filters, epsilon);
    } else {
      run.output({0});
      run.output({0});
    }
    kernels().patches_backward(c);
  }
};

struct RowConvolutionAttributes : WindowAttributes {
  bool relu, affine, normalise;
  float epsilon;
  explicit RowConvolutionAttributes(const Attributes& a)
      : WindowAttributes(a),
        relu(a.flag("relu")),
        affine(a.flag("affine")),
        normalise(a.flag("normalise")),
        epsilon(a.number("epsilon")) {}
  RowConvolution describe(const Tensor& x, const Tensor& scale, const Tensor& shift, const Tensor& weights) const {
    expect_four("x", x);
    expect_four("weights", weights);
    const int size = weights.size(0);
    expect("weights", weights, {size, size, x.size(3), weights.size(3)});
    RowConvolution c = place<RowConvolution>(x, weights);
    c.filters = weights.size(3), c.relu = relu;
    if (!affine) return c;
    expect("in_scale", scale, {c.channels});
    expect("in_shift", shift, {c.channels});
    c.in_scale = scale.floats(), c.in_shift = shift.floats();
    return c;
  }
  Shape shape_of_result(const RowConvolution& c) const { return {c.batch, c.out_height, c.out_width, c.filters}; }
};

struct RowConvolutionForward : RowConvolutionAttributes {
  using RowConvolutionAttributes::RowConvolutionAttributes;
  void run(Run& run) const {
    const Tensor x = run.input(0), scale = run.input(1), shift = run.input(2), weights = run.input(3);
    const Tensor gamma = run.input(4), beta = run.input(5);
    RowConvolution c = describe(x, scale, shift, weights);
    const Tensor out = run.output(shape_of_result(c));
    c.out = out.floats();
    c.normalisation = statistics(run, gamma, beta, c.filters, epsilon, normalise);
    kernels().row_convolution(c);
  }
};

struct RowConvolutionGradient : RowConvolutionAttributes {
  int mode;
  explicit RowConvolutionGradient(const Attributes& a) : RowConvolutionAttributes(a), mode(a.integer("mode")) {}
  void run(Run& run) const {
    const Tensor d = run.input(0), result = run.input(1), x = run.input(2), scale = run.input(3), shift = run.input(4);
    const Tensor weights = run.input(5), gamma = run.input(6), mean = run.input(7), variance = run.input(8);
    const Tensor base = run.input(9), sums = run.input(10), in_mean = run.input(11);
    RowConvolution c = describe(x, scale, shift, weights);
    expect("d", d, shape_of_result(c));
    c.d_result = d.floats(), c.result = result.floats();
    c.d_x = accumulate(run, base, mode, x.shape());
    const Tensor d_weights = run.output(weights.shape());
    c.d_weights = d_weights.floats();
    if (normalise) {
      expect("result", result, d.shape());
      c.gradient = normalisation_backward(run, gamma, mean, variance, c.filters, epsilon);
      c.d_sums = sums_of(sums, c.filters);
    } else {
      run.output({0});
      run.output({0});
    }
    want_sums(run, in_mean, c.channels, c.in_mean, c.in_sums);
    require(c.in_mean == nullptr || c.d_x.out != nullptr, "Sums are found of a gradient that somebody wants.");
    kernels().row_convolution_backward(c);
  }
};

// The lists of tensors that an optimiser changes: `lists` times N of them after the first `scalars` inputs.
struct WeightLists {
  std::vector<Tensor> tensors;
  std::vector<float*> floats;
  std::vector<int64_t> sizes;
  WeightLists(Run& run, int scalars, int lists, int count) : tensors(inputs_of(run, scalars, lists * count)) {
    for (int i = 0; i < lists * count; i++) {
      floats.push_back(tensors[i].floats());
      if (i < count) sizes.push_back(tensors[i].count());
      else expect("What goes with a weight", tensors[i], tensors[i % count].shape());
    }
  }
};

struct MomentumStep {
  int count;
  float momentum, decay, bound;
  bool nesterov;
  explicit MomentumStep(const Attributes& a)
      : count(a.integer("N")),
        momentum(a.number("momentum")),
        decay(a.number("decay")),
        bound(a.number("bound")),
        nesterov(a.flag("nesterov")) {}
  void run(Run& run) const {
    const Tensor rate = run.input(0);
    expect("rate", rate, {});
    const WeightLists all(run, 1, 3, count);
    float* const* lists = all.floats.data();
    const Tensor norm = run.output({});
    *norm.floats() =
        static_cast<float>(kernels().momentum({count, lists, lists + count, lists + 2 * count, all.sizes.data(),
                                               *rate.floats(), momentum, decay, bound, nesterov}));
  }
};

struct AdamStep {
  int count;
  float beta1, beta2, epsilon, decay, bound;
  explicit AdamStep(const Attributes& a)
      : count(a.integer("N")),
        beta1(a.number("beta1")),
        beta2(a.number("beta2")),
        epsilon(a.number("epsilon")),
        decay(a.number("decay")),
        bound(a.number("bound")) {}
  void run(Run& run) const {
    const Tensor rate = run.input(0), step = run.input(1);
    expect("rate", rate, {});
    expect("step", step, {});
    const WeightLists all(run, 2, 4, count);
    float* const* lists = all.floats.data();
    const Tensor norm = run.output({});
    *norm.floats() = static_cast<float>(
        kernels().adam({count, lists, lists + count, lists + 2 * count, lists + 3 * count, all.sizes.data(),
                        *rate.floats(), beta1, beta2, epsilon, decay, bound, static_cast<int64_t>(*step.floats())}));
  }
};

struct MoveAverages {
  int count;
  float keep;
  explicit MoveAverages(const Attributes& a) : count(a.integer("N")), keep(a.number("keep")) {}
  void run(Run& run) const {
    const WeightLists all(run, 0, 2, count);
    float* const* lists = all.floats.data();
    kernels().move_averages({count, lists, lists + count, all.sizes.data(), keep});
  }
};

}  // namespace

void register_operations() {
  using Names = std::vector<const char*>;
  register_borrowing();
  const Names normalised = {"out: float", "mean: float", "variance: float", "scale: float", "shift: float"};
  register_operation<Separable>("SonoNasSeparable",
                                {"x: float", "in_scale: float", "in_shift: float", "depthwise: float",
                                 "pointwise: float", "gamma: float", "beta: float"},
                                normalised, {"affine: bool", "normalise: bool", "epsilon: float"});
  register_operation<SeparableGradient>(
      "SonoNasSeparableGradient",
      {"d: float", "result: float", "x: float", "in_scale: float", "in_shift: float", "depthwise: float",
       "pointwise: float", "gamma: float", "mean: float", "variance: float", "base: float", "sums: float",
       "in_mean: float"},
      {"d_x: float", "d_depthwise: float", "d_pointwise: float", "d_gamma: float", "d_beta: float", "in_sums: float"},
      {"affine: bool", "epsilon: float", "mode: int"});

  const Names pointwise = {"N: int >= 1",        "relu: bool",   "stride: int",     "offsets: list(int)",
                           "columns: list(int)", "affine: list(int)", "filters: int", "normalise: bool", "epsilon: float"};
  Names pointwise_modes = pointwise;
  pointwise_modes.push_back("modes: list(int)");
  register_operation<PointwiseSum>(
      "SonoNasPointwise",
      {"x: N * float", "weights: N * float", "in_scale: N * float", "in_shift: N * float", "gamma: float", "beta: float"},
      normalised, pointwise);
  register_operation<PointwiseSumGradient>(
      "SonoNasPointwiseGradient",
      {"d: float", "result: float", "x: N * float", "weights: N * float", "in_scale: N * float", "in_shift: N * float",
       "gamma: float", "mean: float", "variance: float", "base: N * float", "sums: float", "in_mean: N * float"},
      {"d_x: N * float", "d_weights: N * float", "d_gamma: float", "d_beta: float", "in_sums: N * float"},
      pointwise_modes);

  register_operation<BatchNormalise>("SonoNasNormalise", {"x: float", "gamma: float", "beta: float"}, normalised,
                                     {"relu: bool", "apply: bool", "epsilon: float"});
  register_operation<BatchNormaliseGradient>(
      "SonoNasNormaliseGradient",
      {"d: float", "x: float", "out: float", "gamma: float", "mean: float", "variance: float"},
      {"d_x: float", "d_gamma: float", "d_beta: float"}, {"relu: bool", "epsilon: float"});
  register_operation<SumOf>("SonoNasSum", {"x: N * float", "scale: N * float", "shift: N * float"}, {"out: float"},
                            {"N: int >= 1", "relu: bool", "affine: list(int)"});

  const Names pooled = {"x: float", "in_scale: float", "in_shift: float", "addend: float", "scale: float", "shift: float"};
  const Names window = {"size: int", "stride: int", "same: bool", "affine: bool", "onto: int"};
  Names window_remembered = window;
  window_remembered.push_back("remember: bool");
  const Names window_back = {"size: int", "stride: int", "same: bool", "height: int", "width: int", "mode: int"};
  register_operation<MaxPool>("SonoNasMaxPool", pooled, {"out: float", "places: int32"}, window_remembered);
  register_operation<MaxPoolGradient>("SonoNasMaxPoolGradient", {"d: float", "places: int32", "base: float"},
                                      {"d_x: float"}, window_back);
  register_operation<AveragePool>("SonoNasAveragePool", pooled, {"out: float"}, window);
  register_operation<AveragePoolGradient>("SonoNasAveragePoolGradient", {"d: float", "base: float"}, {"d_x: float"},
                                          window_back);

  register_operation<DepthwiseForward>("SonoNasDepthwise", {"x: float", "weights: float"}, {"out: float"},
                                       {"stride: int", "same: bool", "relu: bool"});
  register_operation<DepthwiseGradient>(
      "SonoNasDepthwiseGradient", {"d: float", "x: float", "weights: float", "base: float"},
      {"d_x: float", "d_weights: float"}, {"stride: int", "same: bool", "relu: bool", "mode: int"});

  register_operation<ConvolutionForward>("SonoNasConvolution", {"x: float", "weights: float"}, {"out: float"}, {});
  register_operation<ConvolutionGradient>("SonoNasConvolutionGradient",
                                          {"d: float", "x: float", "weights: float", "base: float"},
                                          {"d_x: float", "d_weights: float"}, {"mode: int"});

  const Names patches = {"stride: int", "same: bool", "normalise: bool", "epsilon: float"};
  register_operation<PatchesForward>("SonoNasPatches",
                                     {"x: float", "weights: float", "gamma: float", "beta: float"}, normalised, patches);
  register_operation<PatchesGradient>(
      "SonoNasPatchesGradient",
      {"d: float", "x: float", "weights: float", "result: float", "gamma: float", "mean: float", "variance: float",
       "sums: float"},
      {"d_weights: float", "d_gamma: float", "d_beta: float"}, patches);

  const Names rows = {"stride: int", "same: bool", "relu: bool", "affine: bool", "normalise: bool", "epsilon: float"};
  Names rows_mode = rows;
  rows_mode.push_back("mode: int");
  register_operation<RowConvolutionForward>(
      "SonoNasRowConvolution",
      {"x: float", "in_scale: float", "in_shift: float", "weights: float", "gamma: float", "beta: float"}, normalised, rows);
  register_operation<RowConvolutionGradient>(
      "SonoNasRowConvolutionGradient",
      {"d: float", "result: float", "x: float", "in_scale: float", "in_shift: float", "weights: float", "gamma: float",
       "mean: float", "variance: float", "base: float", "sums: float", "in_mean: float"},
      {"d_x: float", "d_weights: float", "d_gamma: float", "d_beta: float", "in_sums: float"}, rows_mode);

  register_operation<ReluGradient>("SonoNasReluGradient", {"d: float", "out: float"}, {"d_x: float"}, {"over: bool"});
  register_operation<GlobalAverageForward>("SonoNasGlobalAverage", {"x: float", "in_scale: float", "in_shift: float"},
                                           {"out: float"}, {"relu: bool", "affine: bool"});
  register_operation<GlobalAverageGradient>(
      "SonoNasGlobalAverageGradient", {"d: float", "x: float", "in_scale: float", "in_shift: float", "base: float"},
      {"d_x: float"}, {"relu: bool", "affine: bool", "height: int", "width: int", "mode: int"});
  register_operation<GlobalMaxForward>("SonoNasGlobalMax", {"x: float"}, {"out: float", "places: int32"}, {});
  register_operation<GlobalMaxGradient>("SonoNasGlobalMaxGradient", {"d: float", "places: int32", "base: float"},
                                        {"d_x: float"}, {"height: int", "width: int", "mode: int"});
  const Names excitation = {"relu: bool", "affine: bool", "onto: int"};
  register_operation<ExcitationForward>(
      "SonoNasExcitation",
      {"x: float", "in_scale: float", "in_shift: float", "reduce: float", "reduce_bias: float", "expand: float",
       "expand_bias: float", "skip: float", "skip_scale: float", "skip_shift: float"},
      {"out: float", "means: float", "inner: float", "gates: float"}, excitation);
  register_operation<ExcitationGradient>(
      "SonoNasExcitationGradient",
      {"d: float", "result: float", "x: float", "in_scale: float", "in_shift: float", "reduce: float", "expand: float",
       "means: float", "inner: float", "gates: float", "in_mean: float"},
      {"d_x: float", "d_skip: float", "d_reduce: float", "d_reduce_bias: float", "d_expand: float",
       "d_expand_bias: float", "in_sums: float"},
      excitation);
  register_operation<DenseForward>("SonoNasDense", {"x: float", "weights: float", "added: float"}, {"out: float"},
                                   {"bias: bool"});
  register_operation<DenseGradient>("SonoNasDenseGradient", {"d: float", "x: float", "weights: float", "base: float"},
                                    {"d_x: float", "d_weights: float", "d_bias: float"}, {"bias: bool", "mode: int"});
  register_operation<CrossEntropyLoss>("SonoNasCrossEntropy", {"logits: float", "labels: float", "weights: float"},
                                       {"loss: float", "gradient: float"}, {"weighted: bool"});

  register_operation<MomentumStep>(
      "SonoNasMomentum", {"rate: float", "weights: N * float", "moments: N * float", "gradients: N * float"},
      {"norm: float"}, {"N: int >= 1", "momentum: float", "decay: float", "bound: float", "nesterov: bool"}, true);
  register_operation<AdamStep>(
      "SonoNasAdam",
      {"rate: float", "step: float", "weights: N * float", "first: N * float", "second: N * float",
       "gradients: N * float"},
      {"norm: float"},
      {"N: int >= 1", "beta1: float", "beta2: float", "epsilon: float", "decay: float", "bound: float"}, true);
  register_operation<MoveAverages>("SonoNasMoveAverages", {"averages: N * float", "values: N * float"}, {},
                                   {"N: int >= 1", "keep: float"}, true);
}

}  // namespace sononas
