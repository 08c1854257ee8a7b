// Squeeze-and-excitation: each channel of an image times what a small network makes of the means of all its channels, and with
// it what follows in the same pass over memory: something that is added, and a ReLU. An image is read twice while it is in the
// cache, and written once.
#pragma once

#include <cmath>
#include <vector>

#include "channels.h"
#include "kernels.h"

namespace sononas {
namespace SONONAS_VARIANT {

// The numbers of each channel of an image as they are repeated over flat memory.
struct Repeated {
  std::vector<float> values;
  Repeated(int channels, int period) : values(period), channels_(channels) {}
  template <class Of>
  void fill(Of of) {
    for (int i = 0, c = 0; i < static_cast<int>(values.size()); i++) {
      values[i] = of(c);
      if (++c == channels_) c = 0;
    }
  }
  INLINE Vec at(int phase) const { return load(&values[phase]); }

 private:
  int channels_;
};

// Calls body(place, phase, count) for vectors that cover `floats`, the last one with fewer lanes perhaps.
template <class Body>
INLINE void each_phase(int64_t floats, int period, Body body) {
  int64_t i = 0;
  for (; i + period <= floats; i += period)
    for (int phase = 0; phase < period; phase += kLanes) body(i + phase, phase, kLanes);
  for (int phase = 0; i < floats; i += kLanes, phase += kLanes)
    body(i, phase, static_cast<int>(std::min<int64_t>(kLanes, floats - i)));
}

// The mean of a channel as it is to be read.
INLINE float seen(const Excitation& e, float mean, int c) {
  return e.in_scale == nullptr ? mean : mean * e.in_scale[c] + e.in_shift[c];
}

// The gates of an image, of the means of its channels.
inline void open_gates(const Excitation& e, const float* means, float* inner, float* gates) {
  for (int h = 0; h < e.hidden; h++) inner[h] = e.reduce_bias[h];
  for (int c = 0; c < e.channels; c++) {
    const float mean = seen(e, means[c], c);
    for (int h = 0; h < e.hidden; h++) inner[h] += mean * e.reduce[c * e.hidden + h];
  }
  for (int h = 0; h < e.hidden; h++) inner[h] = relu(inner[h]);
  for (int c = 0; c < e.channels; c++) gates[c] = e.expand_bias[c];
  for (int h = 0; h < e.hidden; h++)
    for (int c = 0; c < e.channels; c++) gates[c] += inner[h] * e.expand[h * e.channels + c];
  for (int c = 0; c < e.channels; c++) gates[c] = 1.0f / (1.0f + std::exp(-gates[c]));
}

template <bool kSkip>
INLINE void excite_image(const float* x, const float* skip, float* out, int64_t floats, int period, const Repeated& scale,
                         const Repeated& shift, const Repeated& skip_scale, bool cut) {
  each_phase(floats, period, [&](int64_t i, int phase, int count) INLINE_LAMBDA {
    Vec v = load_first(x + i, count) * scale.at(phase) + shift.at(phase);
    if (kSkip) v += load_first(skip + i, count) * skip_scale.at(phase);
    store_first(out + i, cut ? relu(v) : v, count);
  });
}

inline void excite(const Excitation& e) {
  const int64_t image = static_cast<int64_t>(e.pixels) * e.channels;
  const int period = period_of(e.channels);
  parallel_for(e.batch, [&](int n) {
    const float* x = e.x + n * image;
    float *means = e.means + n * e.channels, *inner = e.inner + n * e.hidden, *gates = e.gates + n * e.channels;
    std::vector<float> unused(e.channels);
    channel_sums(image, e.channels, means, unused.data(), [=](int64_t i, int, int count, Vec& a, Vec&) INLINE_LAMBDA {
      a += load_first(x + i, count);
    });
    for (int c = 0; c < e.channels; c++) means[c] /= static_cast<float>(e.pixels);
    open_gates(e, means, inner, gates);
    Repeated scale(e.channels, period), shift(e.channels, period), skip_scale(e.channels, period);
    scale.fill([&](int c) { return e.in_scale == nullptr ? gates[c] : gates[c] * e.in_scale[c]; });
    shift.fill([&](int c) {
      const float own = e.in_scale == nullptr ? 0.0f : gates[c] * e.in_shift[c];
      return e.skip_scale == nullptr ? own : own + e.skip_shift[c];
    });
    skip_scale.fill([&](int c) { return e.skip_scale == nullptr ? 1.0f : e.skip_scale[c]; });
    float* out = e.out + n * image;
    if (e.skip == nullptr) excite_image<false>(x, nullptr, out, image, period, scale, shift, skip_scale, e.relu);
    else excite_image<true>(x, e.skip + n * image, out, image, period, scale, shift, skip_scale, e.relu);
  });
}

// The gradient goes before the ReLU to what was added, if anybody wants it there; through the gates and the means to the input.
inline void excite_backward(const Excitation& e) {
  const int64_t image = static_cast<int64_t>(e.pixels) * e.channels;
  const int period = period_of(e.channels), channels = e.channels, hidden = e.hidden;
  std::vector<float> d_gates(static_cast<size_t>(e.batch) * channels), d_inner(static_cast<size_t>(e.batch) * hidden);
  std::vector<float> sums(static_cast<size_t>(e.batch) * 2 * channels);
  parallel_for(e.batch, [&](int n) {
    const float *x = e.x + n * image, *d = e.d_out + n * image, *result = e.relu ? e.result + n * image : nullptr;
    const float *inner = e.inner + n * hidden, *gates = e.gates + n * channels;
    float* d_x = e.d_x + n * image;
    float* kept = e.d_skip == nullptr ? nullptr : e.d_skip + n * image;
    float *sum = &sums[static_cast<size_t>(n) * 2 * channels], *product = sum + channels;
    Repeated origin(channels, period);
    if (e.in_mean != nullptr) origin.fill([&](int c) { return e.in_mean[c]; });
    // Lanes beyond count are 0 in d and change nothing.
    channel_sums(image, channels, sum, product, [&](int64_t i, int phase, int count, Vec& a, Vec& b) INLINE_LAMBDA {
      Vec g = load_first(d + i, count);
      if (result != nullptr) g = where_positive(load_first(result + i, count), g);
      if (kept != nullptr) store_first(kept + i, g, count);
      a += g;
      b += g * (load_first(x + i, count) - origin.at(phase));
    });
    // Of the gates before the sigmoid, of the numbers before the ReLU, of the means.
    float *d_gate = &d_gates[static_cast<size_t>(n) * channels], *d_hidden = &d_inner[static_cast<size_t>(n) * hidden];
    std::vector<float> d_mean(channels, 0.0f);
    for (int c = 0; c < channels; c++) {
      float of_input = product[c] + (e.in_mean == nullptr ? 0.0f : e.in_mean[c] * sum[c]);
      if (e.in_scale != nullptr) of_input = of_input * e.in_scale[c] + e.in_shift[c] * sum[c];
      d_gate[c] = of_input * gates[c] * (1.0f - gates[c]);
    }
    for (int h = 0; h < hidden; h++) {
      float all = 0.0f;
      for (int c = 0; c < channels; c++) all += d_gate[c] * e.expand[h * channels + c];
      d_hidden[h] = inner[h] > 0.0f ? all : 0.0f;
    }
    for (int c = 0; c < channels; c++)
      for (int h = 0; h < hidden; h++) d_mean[c] += d_hidden[h] * e.reduce[c * hidden + h];
    Repeated scale(channels, period), shift(channels, period);
    scale.fill([&](int c) { return gates[c]; });
    shift.fill([&](int c) { return d_mean[c] / static_cast<float>(e.pixels); });
    const float* masked = kept != nullptr ? kept : d;
    const bool cut = result != nullptr && kept == nullptr;
    each_phase(image, period, [&](int64_t i, int phase, int count) INLINE_LAMBDA {
      Vec g = load_first(masked + i, count);
      if (cut) g = where_positive(load_first(result + i, count), g);
      store_first(d_x + i, g * scale.at(phase) + shift.at(phase), count);
    });
    if (e.in_mean == nullptr) return;
    // The sums of what has just been written, without reading it again.
    for (int c = 0; c < channels; c++) {
      product[c] = gates[c] * product[c] + d_mean[c] * (e.means[n * channels + c] - e.in_mean[c]);
      sum[c] = gates[c] * sum[c] + d_mean[c];
    }
  });
  if (e.in_mean != nullptr)
    for (int i = 0; i < 2 * channels; i++) {
      double all = 0;
      for (int n = 0; n < e.batch; n++) all += sums[static_cast<size_t>(n) * 2 * channels + i];
      e.in_sums[i] = static_cast<float>(all);
    }
  std::fill(e.d_reduce, e.d_reduce + static_cast<ptrdiff_t>(channels) * hidden, 0.0f);
  std::fill(e.d_reduce_bias, e.d_reduce_bias + hidden, 0.0f);
  std::fill(e.d_expand, e.d_expand + static_cast<ptrdiff_t>(hidden) * channels, 0.0f);
  std::fill(e.d_expand_bias, e.d_expand_bias + channels, 0.0f);
  for (int n = 0; n < e.batch; n++) {
    const float *d_gate = &d_gates[static_cast<size_t>(n) * channels], *d_hidden = &d_inner[static_cast<size_t>(n) * hidden];
    const float *means = e.means + n * channels, *inner = e.inner + n * hidden;
    for (int c = 0; c < channels; c++) {
      const float mean = seen(e, means[c], c);
      for (int h = 0; h < hidden; h++) e.d_reduce[c * hidden + h] += mean * d_hidden[h];
    }
    for (int h = 0; h < hidden; h++) e.d_reduce_bias[h] += d_hidden[h];
    for (int h = 0; h < hidden; h++)
      for (int c = 0; c < channels; c++) e.d_expand[h * channels + c] += inner[h] * d_gate[c];
    for (int c = 0; c < channels; c++) e.d_expand_bias[c] += d_gate[c];
  }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
