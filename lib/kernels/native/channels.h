// What is done to each channel of an image: pixels lie behind each other, the channels of a pixel side by side
// ([height, width, channels], "NHWC"), so that a row of memory is cut into vectors without regard to where a pixel
// ends. The numbers of the channels are written out often enough that a vector can be loaded from any place in them.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "parallel.h"
#include "vector.h"

namespace sononas {
namespace SONONAS_VARIANT {

// A row of memory, copied as it is or cut off at 0.
INLINE void copy_row(float* out, const float* in, ptrdiff_t floats) { memcpy(out, in, floats * sizeof(float)); }

INLINE void relu_row(float* out, const float* in, ptrdiff_t floats) {
  ptrdiff_t i = 0;
  for (; i + kLanes <= floats; i += kLanes) store(out + i, relu(load(in + i)));
  for (; i < floats; i++) out[i] = relu(in[i]);
}

// After how many floats vector and channel begin together again.
INLINE int period_of(int channels) { return std::lcm(channels, kLanes); }

// values[c] for c = 0 to channels - 1, repeated over `floats`.
INLINE void repeat(const float* values, int channels, float* out, int floats) {
  for (int i = 0, c = 0; i < floats; i++) {
    out[i] = values[c];
    if (++c == channels) c = 0;
  }
}

// Scale and shift of each channel, ready to be applied to flat memory that begins with channel 0.
class Affine {
 public:
  Affine(const float* scale, const float* shift, int channels)
      : period_(period_of(channels)), scale_(period_), shift_(period_) {
    repeat(scale, channels, scale_.data(), period_);
    repeat(shift, channels, shift_.data(), period_);
  }

  // Calls body(place, scale, shift, count) for vectors that cover `floats`, the last one with fewer lanes
  // perhaps.
  template <class Body>
  INLINE void each(int64_t floats, Body body) const {
    int64_t i = 0;
    for (; i + period_ <= floats; i += period_)
      for (int j = 0; j < period_; j += kLanes) body(i + j, load(&scale_[j]), load(&shift_[j]), kLanes);
    for (int j = 0; i < floats; i += kLanes, j += kLanes)
      body(i, load(&scale_[j]), load(&shift_[j]), static_cast<int>(std::min<int64_t>(kLanes, floats - i)));
  }

 private:
  int period_;
  std::vector<float> scale_, shift_;
};

// A row of memory that begins with channel 0, normalised, and cut off at 0 if asked for.
template <bool kRelu>
INLINE void normalise_row(float* out, const float* in, ptrdiff_t floats, const Affine& affine) {
  affine.each(floats, [=](int64_t i, Vec scale, Vec shift, int count) INLINE_LAMBDA {
    const Vec value = load_first(in + i, count) * scale + shift;
    store_first(out + i, kRelu ? relu(value) : value, count);
  });
}

// The sums of kVectors vectors of a period, `first` the place of the first of them in it; kTurns of them in turn, because
// an addition waits for the one before.
template <int kVectors, int kTurns, class Body>
INLINE void period_sums(int64_t floats, int period, int first, float* sums, Body body) {
  Vec a[kTurns][kVectors] = {}, b[kTurns][kVectors] = {};
  int64_t i = first;
  const int64_t whole = floats / period * period;
  for (; i + (kTurns - 1) * period < whole; i += kTurns * period)
    UNROLL for (int t = 0; t < kTurns; t++) UNROLL for (int v = 0; v < kVectors; v++)
        body(i + t * period + v * kLanes, first + v * kLanes, kLanes, a[t][v], b[t][v]);
  for (; i < floats; i += period)
    UNROLL for (int v = 0; v < kVectors; v++) {
      const int64_t place = i + v * kLanes;
      if (place < floats)
        body(place, first + v * kLanes, static_cast<int>(std::min<int64_t>(kLanes, floats - place)), a[0][v], b[0][v]);
    }
  UNROLL for (int v = 0; v < kVectors; v++) {
    UNROLL for (int t = 1; t < kTurns; t++) a[0][v] += a[t][v], b[0][v] += b[t][v];
    store(sums + first + v * kLanes, a[0][v]);
    store(sums + period + first + v * kLanes, b[0][v]);
  }
}

// For each channel the sums of two functions over the pixels of flat memory: body(place, phase, count, a, b) adds to
// the two vectors; phase is the place within the period. Lanes beyond `count` must be left as they are.
template <class Body>
INLINE void channel_sums(int64_t floats, int channels, float* first, float* second, Body body) {
  const int period = period_of(channels);
  float* sums = scratch(kPeriodSums, size_t(2) * period);
  int phase = 0;
  // Memory is read once, or once for each group of vectors where a period has more than registers hold.
  for (; phase + 5 * kLanes <= period; phase += 5 * kLanes) period_sums<5, 1>(floats, period, phase, sums, body);
  for (; phase + 3 * kLanes <= period; phase += 3 * kLanes) period_sums<3, 1>(floats, period, phase, sums, body);
  for (; phase + 2 * kLanes <= period; phase += 2 * kLanes) period_sums<2, 2>(floats, period, phase, sums, body);
  for (; phase < period; phase += kLanes) period_sums<1, 2>(floats, period, phase, sums, body);
  std::fill(first, first + channels, 0.0f);
  std::fill(second, second + channels, 0.0f);
  for (int i = 0, c = 0; i < period; i++) {
    first[c] += sums[i];
    second[c] += sums[period + i];
    if (++c == channels) c = 0;
  }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
