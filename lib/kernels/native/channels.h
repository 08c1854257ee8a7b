// What is done to each channel of an image: pixels lie behind each other, the channels of a pixel side by side
// ([height, width, channels], "NHWC"), so that a row of memory is cut into vectors without regard to where a pixel
// ends. The numbers of the channels are written out often enough that a vector can be loaded from any place in them.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

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

  // Calls body(place, scale, shift, count) for vectors that cover `floats`, the last one with fewer than 8 lanes
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

// For each channel the sums of two functions over the pixels of flat memory: body(place, phase, count, a, b) adds to
// the two vectors; phase is the place within the period. Lanes beyond `count` must be left as they are.
template <class Body>
INLINE void channel_sums(int64_t floats, int channels, float* first, float* second, Body body) {
  const int period = period_of(channels);
  std::fill(first, first + channels, 0.0f);
  std::fill(second, second + channels, 0.0f);
  for (int phase = 0; phase < period; phase += kLanes) {
    // Two sums in turn, because an addition waits for the one before.
    Vec a[2] = {}, b[2] = {};
    int64_t i = phase;
    for (; i + period + kLanes <= floats; i += 2 * period) {
      body(i, phase, kLanes, a[0], b[0]);
      body(i + period, phase, kLanes, a[1], b[1]);
    }
    for (; i < floats; i += period) body(i, phase, static_cast<int>(std::min<int64_t>(kLanes, floats - i)), a[0], b[0]);
    a[0] += a[1];
    b[0] += b[1];
    for (int lane = 0, c = phase % channels; lane < kLanes; lane++) {
      first[c] += a[0][lane];
      second[c] += b[0][lane];
      if (++c == channels) c = 0;
    }
  }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
