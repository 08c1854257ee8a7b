// The end of a network: the mean over the image, the layer that gives a number for each class, and the loss. Little work, of
// which there is one of each in a step; what counts is that nothing has to leave our own kernels' memory for it.
#pragma once

#include <cmath>

#include "kernels.h"
#include "matrix.h"
#include "parallel.h"

namespace sononas {
namespace SONONAS_VARIANT {

// The channels of a pixel as they are to be read, a vector at a time: body(channel, value, count).
template <class Body>
INLINE void each_channel(const GlobalAverage& g, const float* pixel, Body body) {
  for (int c = 0; c < g.channels; c += kLanes) {
    const int count = std::min(kLanes, g.channels - c);
    Vec v = load_first(pixel + c, count);
    if (g.in_scale != nullptr) v = v * load_first(g.in_scale + c, count) + load_first(g.in_shift + c, count);
    body(c, v, count);
  }
}

inline void global_average(const GlobalAverage& g) {
  parallel_for(g.batch, [&](int n) {
    const ptrdiff_t image = static_cast<ptrdiff_t>(g.pixels) * g.channels;
    const float* x = g.x + n * image;
    float* out = g.out + static_cast<ptrdiff_t>(n) * g.channels;
    std::fill(out, out + g.channels, 0.0f);
    for (int p = 0; p < g.pixels; p++)
      each_channel(g, x + static_cast<ptrdiff_t>(p) * g.channels, [&](int c, Vec v, int count) INLINE_LAMBDA {
        store_first(out + c, load_first(out + c, count) + (g.relu ? relu(v) : v), count);
      });
    for (int c = 0; c < g.channels; c++) out[c] /= static_cast<float>(g.pixels);
  });
}

inline void global_average_backward(const GlobalAverage& g) {
  parallel_for(g.batch, [&](int n) {
    const ptrdiff_t image = static_cast<ptrdiff_t>(g.pixels) * g.channels;
    const float* d = g.d_out + static_cast<ptrdiff_t>(n) * g.channels;
    const Vec share = broadcast(1.0f / static_cast<float>(g.pixels));
    for (int p = 0; p < g.pixels; p++) {
      const ptrdiff_t pixel = n * image + static_cast<ptrdiff_t>(p) * g.channels;
      const auto put = [&](int c, Vec v, int count) INLINE_LAMBDA {
        if (g.d_x.base != nullptr) v += load_first(g.d_x.base + pixel + c, count);
        store_first(g.d_x.out + pixel + c, v, count);
      };
      // Without a ReLU the input is not there.
      if (!g.relu)
        for (int c = 0; c < g.channels; c += kLanes) {
          const int count = std::min(kLanes, g.channels - c);
          put(c, load_first(d + c, count) * share, count);
        }
      else
        each_channel(g, g.x + pixel, [&](int c, Vec v, int count) INLINE_LAMBDA {
          put(c, where_positive(v, load_first(d + c, count) * share), count);
        });
    }
  });
}

inline void global_max(const GlobalMax& g) {
  parallel_for(g.batch, [&](int n) {
    const float* x = g.x + static_cast<ptrdiff_t>(n) * g.pixels * g.channels;
    float* out = g.out + static_cast<ptrdiff_t>(n) * g.channels;
    int32_t* places = g.places + static_cast<ptrdiff_t>(n) * g.channels;
    for (int c = 0; c < g.channels; c += kLanes) {
      const int count = std::min(kLanes, g.channels - c);
      Vec most = load_first(x + c, count);
      IntVec place = {};
      for (int p = 1; p < g.pixels; p++) {
        const Vec v = load_first(x + static_cast<ptrdiff_t>(p) * g.channels + c, count);
        // What is not a number is taken once, and kept.
        const IntVec larger = ~(v <= most) & (most == most);
        most = larger ? v : most;
        place = larger ? (IntVec{} + p) : place;
      }
      store_first(out + c, most, count);
      for (int lane = 0; lane < count; lane++) places[c + lane] = place[lane];
    }
  });
}

inline void global_max_backward(const GlobalMax& g) {
  parallel_for(g.batch, [&](int n) {
    const ptrdiff_t image = static_cast<ptrdiff_t>(g.pixels) * g.channels, row = static_cast<ptrdiff_t>(n) * g.channels;
    float* d_x = g.d_x.out + n * image;
    if (g.d_x.base == nullptr) std::fill(d_x, d_x + image, 0.0f);
    else if (g.d_x.base != g.d_x.out) memcpy(d_x, g.d_x.base + n * image, sizeof(float) * image);
    for (int c = 0; c < g.channels; c++)
      d_x[static_cast<ptrdiff_t>(g.places[row + c]) * g.channels + c] += g.d_out[row + c];
  });
}

// Rows of a batch that one task takes.
constexpr int kDenseRows = 8;

inline void dense(const Dense& l) {
  std::vector<float> packed(packed_size(l.inputs, l.outputs));
  pack(l.weights, l.inputs, l.outputs, l.outputs, 1, packed.data());
  const Packed weights{packed.data(), l.inputs, l.outputs};
  parallel_for((l.batch + kDenseRows - 1) / kDenseRows, [&](int task) {
    const int first = task * kDenseRows, rows = std::min(kDenseRows, l.batch - first);
    float* out = l.out + static_cast<ptrdiff_t>(first) * l.outputs;
    const float* x = l.x + static_cast<ptrdiff_t>(first) * l.inputs;
    if (l.bias == nullptr) return multiply(x, l.inputs, weights, out, l.outputs, rows);
    for (int r = 0; r < rows; r++) memcpy(out + static_cast<ptrdiff_t>(r) * l.outputs, l.bias, sizeof(float) * l.outputs);
    multiply_onto<true>(x, l.inputs, weights, out, l.outputs, rows, [](int, int) INLINE_LAMBDA {});
  });
}

inline void dense_backward(const Dense& l) {
  if (l.d_x.out != nullptr) {
    std::vector<float> packed(packed_size(l.outputs, l.inputs));
    pack(l.weights, l.outputs, l.inputs, 1, l.outputs, packed.data());
    const Packed weights{packed.data(), l.outputs, l.inputs};
    parallel_for((l.batch + kDenseRows - 1) / kDenseRows, [&](int task) {
      const int first = task * kDenseRows, rows = std::min(kDenseRows, l.batch - first);
      float* out = l.d_x.out + static_cast<ptrdiff_t>(first) * l.inputs;
      const float* d = l.d_out + static_cast<ptrdiff_t>(first) * l.outputs;
      if (l.d_x.base == nullptr) return multiply(d, l.outputs, weights, out, l.inputs, rows);
      if (l.d_x.base != l.d_x.out)
        memcpy(out, l.d_x.base + static_cast<ptrdiff_t>(first) * l.inputs, sizeof(float) * rows * l.inputs);
      multiply_onto<true>(d, l.outputs, weights, out, l.inputs, rows, [](int, int) INLINE_LAMBDA {});
    });
  }
  // The product of matrices below reads beyond the end of the gradient.
  const size_t floats = static_cast<size_t>(l.batch) * l.outputs;
  float* d = scratch(kTileGradient, floats + kLanes);
  memcpy(d, l.d_out, sizeof(float) * floats);
  const int row = gram_row(l.outputs), each = std::max(8, 16384 / (row * l.batch));
  std::vector<float> sums(static_cast<size_t>(l.inputs) * row, 0.0f);
  parallel_for((l.inputs + each - 1) / each, [&](int task) {
    const int first = task * each, count = std::min(each, l.inputs - first);
    float* to = &sums[static_cast<size_t>(first) * row];
    add_gram(l.x + first, l.inputs, d, l.outputs, l.batch, count, l.outputs, to);
    for (int k = 0; k < count; k++)
      memcpy(l.d_weights + static_cast<ptrdiff_t>(first + k) * l.outputs, to + static_cast<ptrdiff_t>(k) * row,
             sizeof(float) * l.outputs);
  });
  if (l.d_bias == nullptr) return;
  std::fill(l.d_bias, l.d_bias + l.outputs, 0.0f);
  for (int n = 0; n < l.batch; n++)
    for (int k = 0; k < l.outputs; k++) l.d_bias[k] += d[static_cast<size_t>(n) * l.outputs + k];
}

inline void cross_entropy(const CrossEntropy& e) {
  double loss = 0;
  std::vector<double> shifted(e.classes);
  for (int n = 0; n < e.batch; n++) {
    const float *logits = e.logits + static_cast<ptrdiff_t>(n) * e.classes, *labels = e.labels + static_cast<ptrdiff_t>(n) * e.classes;
    float* gradient = e.gradient + static_cast<ptrdiff_t>(n) * e.classes;
    const double weight = (e.weights == nullptr ? 1.0 : e.weights[n]) / e.batch;
    // Relative to the largest, so that no power overflows. What is not a number stays so.
    double largest = logits[0], sum = 0, of_image = 0;
    for (int k = 1; k < e.classes; k++) largest = std::max<double>(largest, logits[k]);
    for (int k = 0; k < e.classes; k++) sum += std::exp(shifted[k] = logits[k] - largest);
    const double log_sum = std::log(sum);
    for (int k = 0; k < e.classes; k++) {
      const double log_probability = shifted[k] - log_sum;
      of_image -= labels[k] * log_probability;
      gradient[k] = static_cast<float>(weight * (std::exp(log_probability) - labels[k]));
    }
    loss += weight * of_image;
  }
  *e.loss = static_cast<float>(loss);
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
