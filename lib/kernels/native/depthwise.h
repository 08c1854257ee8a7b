// Convolution of each channel by itself, on one image in memory. The image is first copied into a larger one whose
// border is filled, so that no window needs a special case; then, with stride 1, a row of pixels and channels is one
// flat row of floats, and the next pixel's window is the same vectors moved by `channels` floats.
#pragma once

#include <type_traits>

#include "channels.h"
#include "parallel.h"
#include "vector.h"

namespace sononas {
namespace SONONAS_VARIANT {

// An image with a border. The room behind it lets vectors run over the end.
struct PaddedSize {
  int top, left, rows, columns, channels;
  ptrdiff_t row() const { return static_cast<ptrdiff_t>(columns) * channels; }
  size_t floats() const { return static_cast<size_t>(rows) * row(); }
  size_t room() const { return floats() + period_of(channels) + 2 * kLanes; }
  ptrdiff_t inside() const { return top * row() + static_cast<ptrdiff_t>(left) * channels; }
};

// Fills the border of a padded image whose inside is [height, width, channels], and the room behind it.
inline void fill_border(float* padded, const PaddedSize& size, int height, int width, float value) {
  const ptrdiff_t row = size.row(), left = static_cast<ptrdiff_t>(size.left) * size.channels;
  const ptrdiff_t inside = static_cast<ptrdiff_t>(width) * size.channels;
  std::fill(padded, padded + size.top * row, value);
  for (int y = 0; y < height; y++) {
    float* place = padded + (size.top + y) * row;
    std::fill(place, place + left, value);
    std::fill(place + left + inside, place + row, value);
  }
  std::fill(padded + (size.top + height) * row, padded + size.room(), value);
}

// Copies an image into a padded one, each row through transform(out, in, floats).
template <class Transform>
INLINE void pad(const float* image, float* padded, const PaddedSize& size, int height, int width, float border,
                Transform transform) {
  fill_border(padded, size, height, width, border);
  const ptrdiff_t row = static_cast<ptrdiff_t>(width) * size.channels;
  for (int y = 0; y < height; y++) transform(padded + size.inside() + y * size.row(), image + y * row, row);
}

// The same for an image whose normalisation was left to its reader, where there is an affine; with kRelu cut off at 0.
template <bool kRelu>
inline void pad_normalised(const float* image, float* padded, const PaddedSize& size, int height, int width,
                           float border, const Affine* affine) {
  if (affine == nullptr) return pad(image, padded, size, height, width, border, kRelu ? relu_row : copy_row);
  pad(image, padded, size, height, width, border, [affine](float* out, const float* in, ptrdiff_t floats) INLINE_LAMBDA {
    normalise_row<kRelu>(out, in, floats, *affine);
  });
}

// The weights of a window, [size, size, channels], each row of channels written on for a vector more; backwards on
// request, which turns the gradient's scattering into the same gathering.
inline void spread_window(const float* weights, int size, int channels, bool backwards, float* out) {
  const int taps = size * size;
  for (int t = 0; t < taps; t++)
    repeat(weights + static_cast<ptrdiff_t>(backwards ? taps - 1 - t : t) * channels, channels,
           out + static_cast<ptrdiff_t>(t) * (channels + kLanes), channels + kLanes);
}
INLINE size_t spread_size(int size, int channels) { return static_cast<size_t>(size) * size * (channels + kLanes); }

// One vector of columns in kRows rows. For each column of the window its weights and one row of the image at a time are
// held in registers, and each value that is loaded serves up to kSize rows of the output.
template <int kSize, int kRows>
INLINE void window_column(const float* in, ptrdiff_t in_row, int channels, const float* weights, Vec* sum) {
  const ptrdiff_t tap = channels + kLanes;
  UNROLL for (int q = 0; q < kRows; q++) sum[q] = Vec{};
  for (int kx = 0; kx < kSize; kx++) {
    Vec w[kSize];
    UNROLL for (int ky = 0; ky < kSize; ky++) w[ky] = load(weights + (ky * kSize + kx) * tap);
    const float* place = in + static_cast<ptrdiff_t>(kx) * channels;
    UNROLL for (int r = 0; r < kRows + kSize - 1; r++) {
      const Vec x = load(place + r * in_row);
      UNROLL for (int q = 0; q < kRows; q++) if (r - q >= 0 && r - q < kSize) sum[q] += x * w[r - q];
    }
  }
}

// kRows rows of the output. finish(offset, sums, count) takes a vector of each row; offset is its place in the row.
template <int kSize, int kRows, class Finish>
INLINE void window_rows(const float* in, ptrdiff_t in_row, int channels, const float* weights, ptrdiff_t floats,
                        Finish finish) {
  Vec sum[kRows];
  int phase = 0;
  ptrdiff_t i = 0;
  for (; i + kLanes <= floats; i += kLanes) {
    window_column<kSize, kRows>(in + i, in_row, channels, weights + phase, sum);
    finish(i, sum, kLanes);
    phase += kLanes;
    while (phase >= channels) phase -= channels;
  }
  if (i < floats) {
    window_column<kSize, kRows>(in + i, in_row, channels, weights + phase, sum);
    finish(i, sum, static_cast<int>(floats - i));
  }
}

// The convolution with stride 1 of `rows` rows of the output, from a padded image, some rows at a time.
// finish(offset, row, Rows, sums, count) takes a vector of each of Rows::value rows from `row` on.
template <int kSize, class Finish>
INLINE void convolve_columns(const float* in, ptrdiff_t in_row, int channels, const float* weights, ptrdiff_t floats,
                             int rows, Finish finish) {
  int y = 0;
  const auto some = [&](auto count) INLINE_LAMBDA {
    for (; y + count.value <= rows; y += count.value)
      window_rows<kSize, count.value>(
          in + y * in_row, in_row, channels, weights, floats,
          [&](ptrdiff_t i, const Vec* sums, int n) INLINE_LAMBDA { finish(i, y, count, sums, n); });
  };
  some(std::integral_constant<int, kSize <= 5 ? 8 : 4>());
  some(std::integral_constant<int, 2>());
  some(std::integral_constant<int, 1>());
}

// The same, vector by vector: finish(offset, row, sum, count) stores.
template <int kSize, class Finish>
INLINE void convolve_rows(const float* in, ptrdiff_t in_row, int channels, const float* weights, ptrdiff_t floats,
                          int rows, Finish finish) {
  convolve_columns<kSize>(in, in_row, channels, weights, floats, rows,
                          [&](ptrdiff_t i, int y, auto count, const Vec* sums, int n) INLINE_LAMBDA {
                            UNROLL for (int q = 0; q < count.value; q++) finish(i, y + q, sums[q], n);
                          });
}

// kColumns columns of the window, one vector of each of some periods: adds sums over pixels, in registers. It walks down the
// rows and holds the gradients of the last kSize of them, so that each value that is loaded serves kSize or kColumns
// products.
template <int kSize, int kColumns>
INLINE void filter_sums(const float* x, ptrdiff_t x_row, const float* gradient, ptrdiff_t gradient_row, int channels,
                        int period, int periods, int height, float* sums) {
  Vec sum[kSize][kColumns];
  UNROLL for (int ky = 0; ky < kSize; ky++) UNROLL for (int kx = 0; kx < kColumns; kx++)
      sum[ky][kx] = load(sums + static_cast<ptrdiff_t>(ky * kSize + kx) * period);
  for (int p = 0; p < periods; p++, x += period, gradient += period) {
    Vec last[kSize] = {};
    // Row r of the padded image with the rows of the gradient that it belongs to: ky from `first` to `end`.
    const auto row = [&](int r, Vec next, int first, int end) INLINE_LAMBDA {
      UNROLL for (int ky = kSize - 1; ky > 0; ky--) last[ky] = last[ky - 1];
      last[0] = next;
      UNROLL for (int kx = 0; kx < kColumns; kx++) {
        const Vec value = load(x + r * x_row + static_cast<ptrdiff_t>(kx) * channels);
        UNROLL for (int ky = 0; ky < kSize; ky++) if (ky >= first && ky < end) sum[ky][kx] += value * last[ky];
      }
    };
    int r = 0;
    if (height >= kSize) {
      UNROLL for (int t = 0; t < kSize - 1; t++) row(t, load(gradient + t * gradient_row), 0, t + 1);
      r = kSize - 1;
    }
    for (; r < height; r++) row(r, load(gradient + r * gradient_row), 0, kSize);
    UNROLL for (int t = 0; t < kSize - 1; t++) row(height + t, Vec{}, t + 1, kSize);
  }
  UNROLL for (int ky = 0; ky < kSize; ky++) UNROLL for (int kx = 0; kx < kColumns; kx++)
      store(sums + static_cast<ptrdiff_t>(ky * kSize + kx) * period, sum[ky][kx]);
}

// Floats that the nearest cache of a processor surely holds, with room for other things.
constexpr int kNearFloats = 6144;

// Adds the gradient of the window's weights for one image with stride 1 to out[ky, kx, c]: the sum over pixels of
// x[y + ky, x + kx, c] · gradient[y, x, c]. Both are rows of floats in padded images; `sums` is room for size² ·
// period floats.
template <int kSize>
inline void add_filter_gradient(const float* x, ptrdiff_t x_row, const float* gradient, ptrdiff_t gradient_row, int height,
                            int width, int channels, float* sums, float* out) {
  const int period = period_of(channels);
  const ptrdiff_t floats = static_cast<ptrdiff_t>(width) * channels;
  const int periods = static_cast<int>(floats / period);
  constexpr int kColumns = kSize == 3 ? 3 : kSize == 5 ? 2 : 1;
  std::fill(sums, sums + static_cast<ptrdiff_t>(kSize) * kSize * period, 0.0f);
  // So many periods at a time that what is read again and again stays in the nearest cache.
  const int rows = height + kSize - 1, most = kNearFloats / rows - (kSize - 1) * channels;
  const int block = std::max(1, most / (2 * period));
  for (int p = 0; p < periods; p += block) {
    const int count = std::min(block, periods - p);
    for (int v = 0; v < period; v += kLanes) {
      const float *from = x + static_cast<ptrdiff_t>(p) * period + v;
      const float *d = gradient + static_cast<ptrdiff_t>(p) * period + v;
      int kx = 0;
      for (; kx + kColumns <= kSize; kx += kColumns)
        filter_sums<kSize, kColumns>(from + static_cast<ptrdiff_t>(kx) * channels, x_row, d, gradient_row, channels,
                                     period, count, height, sums + static_cast<ptrdiff_t>(kx) * period + v);
      for (; kx < kSize; kx++)
        filter_sums<kSize, 1>(from + static_cast<ptrdiff_t>(kx) * channels, x_row, d, gradient_row, channels, period,
                              count, height, sums + static_cast<ptrdiff_t>(kx) * period + v);
    }
  }
  for (int t = 0; t < kSize * kSize; t++) {
    float* to = out + static_cast<ptrdiff_t>(t) * channels;
    for (int i = 0, c = 0; i < period; i++) {
      to[c] += sums[static_cast<ptrdiff_t>(t) * period + i];
      if (++c == channels) c = 0;
    }
  }
  // Columns beyond the last whole period: pixel by pixel, a vector of channels at a time.
  for (ptrdiff_t first = static_cast<ptrdiff_t>(periods) * period; first < floats; first += channels)
    for (int y = 0; y < height; y++)
      for (int t = 0; t < kSize * kSize; t++) {
        const float* from = x + (y + t / kSize) * x_row + first + static_cast<ptrdiff_t>(t % kSize) * channels;
        const float* dy = gradient + y * gradient_row + first;
        float* to = out + static_cast<ptrdiff_t>(t) * channels;
        int c = 0;
        for (; c + kLanes <= channels; c += kLanes) store(to + c, load(to + c) + load(from + c) * load(dy + c));
        for (; c < channels; c++) to[c] += from[c] * dy[c];
      }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
