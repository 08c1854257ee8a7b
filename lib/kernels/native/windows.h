// What windows that move over an image have in common, of pools and of depthwise convolutions with any stride. With stride
// 1 a row is one flat row of floats, as in depthwise.h; with a larger stride each pixel of the output is computed by
// itself, eight channels at a time.
#pragma once

#include "depthwise.h"
#include "kernels.h"
#include "parts.h"

namespace sononas {
namespace SONONAS_VARIANT {

// The image with the border that its windows want, of a pool or a depthwise convolution.
template <class Window>
INLINE PaddedSize padded_of(const Window& w) {
  return {w.top, w.left, std::max(w.top + w.height, (w.out_height - 1) * w.stride + w.size),
          std::max(w.left + w.width, (w.out_width - 1) * w.stride + w.size), w.channels};
}

// With stride 1: the gradient of the output with the border that windows from the other side want. What such a window
// sees begins as far before a pixel as the tap from the other end.
template <class Window>
INLINE PaddedSize padded_back(const Window& w) {
  return {w.size - 1 - w.top, w.size - 1 - w.left, w.height + w.size - 1, w.width + w.size - 1, w.channels};
}

// Calls body(place, count) for the vectors of one row of memory.
template <class Body>
INLINE void row_vectors(ptrdiff_t floats, Body body) {
  ptrdiff_t i = 0;
  for (; i + kLanes <= floats; i += kLanes) body(i, kLanes);
  if (i < floats) body(i, static_cast<int>(floats - i));
}

// Calls body(input place, output place, count) for the vectors of one row of the output: whole rows where the stride is
// 1, the channels of one pixel after the other elsewhere. The input place is that of the window's first pixel.
template <class Body>
INLINE void each_vector(int out_width, int channels, int stride, Body body) {
  if (stride == 1) {
    row_vectors(static_cast<ptrdiff_t>(out_width) * channels,
                [=](ptrdiff_t i, int count) INLINE_LAMBDA { body(i, i, count); });
    return;
  }
  for (int x = 0; x < out_width; x++)
    row_vectors(channels, [=](ptrdiff_t c, int count) INLINE_LAMBDA {
      body(static_cast<ptrdiff_t>(x) * stride * channels + c, static_cast<ptrdiff_t>(x) * channels + c, count);
    });
}

// Where the taps of a window lie, in floats from its first pixel; the first pixel's place for bytes that name no tap.
struct Taps {
  int count;
  ptrdiff_t place[256] = {};
  Taps(int size, ptrdiff_t row, int channels) : count(size * size) {
    for (int t = 0; t < count; t++) place[t] = t / size * row + static_cast<ptrdiff_t>(t % size) * channels;
  }
};

// How many rows of windows with stride 1 are computed at a time.
constexpr int kPoolRows = 8;

// Adds base, where there is one, and stores.
INLINE void put_gradient(const Accumulate& d_x, ptrdiff_t place, Vec v, int count) {
  if (d_x.base != nullptr) v += load_first(d_x.base + place, count);
  store_first(d_x.out + place, v, count);
}

// The gradients of one image's pool from a padded image that they were added up in.
INLINE void store_padded(const Accumulate& d_x, const float* padded, const PaddedSize& size, int height, int width,
                         ptrdiff_t first) {
  const ptrdiff_t row = static_cast<ptrdiff_t>(width) * size.channels;
  for (int y = 0; y < height; y++)
    row_vectors(row, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
      put_gradient(d_x, first + y * row + i, load_first(padded + size.inside() + y * size.row() + i, count), count);
    });
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
