// The largest of each window.
#pragma once

#include "pooling.h"

namespace sononas {
namespace SONONAS_VARIANT {

// Below all numbers: a window always holds a pixel of the image.
constexpr float kLowest = -__builtin_inff();

// Whether any of the numbers is none.
INLINE bool any_nan(const float* row, ptrdiff_t floats) {
  IntVec found = {};
  ptrdiff_t i = 0;
  for (; i + kLanes <= floats; i += kLanes) found |= load(row + i) != load(row + i);
  bool any = false;
  for (; i < floats; i++) any |= row[i] != row[i];
  for (int lane = 0; lane < kLanes; lane++) any |= found[lane] != 0;
  return any;
}

// The larger of two, and its place. What is not a number counts as the largest, so that it is seen; asking for it at each
// place takes time, and is left out where there is none, as the places are where nobody wants them.
template <bool kNan, bool kPlaces>
INLINE void take_larger(Vec v, IntVec place, Vec& best, IntVec& where) {
  const IntVec larger = kNan ? (v > best) | (v != v) : v > best;
  best = larger ? v : best;
  if (kPlaces) where = larger ? place : where;
}

// kRows rows of the output of 3 × 3 windows with stride 1. It walks down the rows and takes the largest of three pixels of
// each but once. finish(offset, row, best, where, count) takes each vector; offset is its place in a row.
template <bool kNan, bool kPlaces, int kRows, class Finish>
INLINE void largest_of_three(const float* in, ptrdiff_t row, int channels, ptrdiff_t floats, Finish finish) {
  row_vectors(floats, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
    Vec best[kRows];
    IntVec where[kRows];
    UNROLL for (int r = 0; r < kRows + 2; r++) {
      const float* place = in + r * row + i;
      Vec most = load(place);
      IntVec column = {};
      take_larger<kNan, kPlaces>(load(place + channels), IntVec{} + 1, most, column);
      take_larger<kNan, kPlaces>(load(place + 2 * channels), IntVec{} + 2, most, column);
      UNROLL for (int q = 0; q < kRows; q++) {
        if (r == q) best[q] = most, where[q] = column;
        else if (r > q && r - q < 3) take_larger<kNan, kPlaces>(most, column + 3 * (r - q), best[q], where[q]);
        if (r - q == 2) finish(i, q, best[q], where[q], count);
      }
    }
  });
}

// Pools one padded image.
template <bool kNan, bool kPlaces>
inline void max_pool_image(const Pool& p, const Taps& taps, const Addend& addend, const float* padded, ptrdiff_t row,
                           int n) {
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels, first = n * p.out_height * out_row;
  const auto put = [&](ptrdiff_t place, ptrdiff_t i, Vec best, IntVec where, int count) INLINE_LAMBDA {
    store_first(p.out + place, addend.onto(best, place, i, count), count);
    if (kPlaces) store_bytes(p.places + place, where, count);
  };
  if (p.size == 3 && p.stride == 1) {
    const PoolAhead ahead(p, n);
    int y = 0;
    const auto put_row = [&](ptrdiff_t i, int q, Vec best, IntVec where, int count) INLINE_LAMBDA {
      const ptrdiff_t place = (y + q) * out_row + i;
      ahead.ask(place, out_row);
      put(first + place, i, best, where, count);
    };
    for (; y + kPoolRows <= p.out_height; y += kPoolRows)
      largest_of_three<kNan, kPlaces, kPoolRows>(padded + y * row, row, p.channels, out_row, put_row);
    for (; y < p.out_height; y++)
      largest_of_three<kNan, kPlaces, 1>(padded + y * row, row, p.channels, out_row, put_row);
    return;
  }
  for (int y = 0; y < p.out_height; y++) {
    const float* in = padded + static_cast<ptrdiff_t>(y) * p.stride * row;
    each_vector(p.out_width, p.channels, p.stride, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
      Vec best = load(in + from);
      IntVec where = {};
      for (int t = 1; t < taps.count; t++)
        take_larger<kNan, kPlaces>(load(in + from + taps.place[t]), IntVec{} + t, best, where);
      put(first + y * out_row + to, to, best, where, count);
    });
  }
}

inline void max_pool(const Pool& p) {
  const PaddedSize size = padded_of(p);
  const Taps taps(p.size, size.row(), p.channels);
  const Addend addend(p);
  const std::unique_ptr<Affine> affine = affine_of(p);
  parallel_for(p.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    pad_pooled(p, n, padded, size, kLowest, affine.get());
    const bool nan = any_nan(padded, size.floats());
    if (p.places != nullptr) {
      if (nan) max_pool_image<true, true>(p, taps, addend, padded, size.row(), n);
      else max_pool_image<false, true>(p, taps, addend, padded, size.row(), n);
    } else {
      if (nan) max_pool_image<true, false>(p, taps, addend, padded, size.row(), n);
      else max_pool_image<false, false>(p, taps, addend, padded, size.row(), n);
    }
  });
}

// With stride 1: each pixel asks the windows that it was in whether it was their maximum. kSize is the window's, or 0 for
// any.
template <int kSize>
INLINE void collect(const Pool& p, int n, const float* gradients, const uint8_t* places, const PaddedSize& back) {
  const Taps taps(p.size, back.row(), p.channels);
  const int count_of_taps = kSize == 0 ? taps.count : kSize * kSize;
  const ptrdiff_t row = static_cast<ptrdiff_t>(p.width) * p.channels, first = n * p.height * row;
  const GradientAhead ahead(p, n);
  for (int y = 0; y < p.height; y++)
    row_vectors(row, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
      Vec sum = {};
      ahead.ask(y * row + i);
      UNROLL for (int t = 0; t < count_of_taps; t++) {
        const ptrdiff_t at = y * back.row() + i + taps.place[count_of_taps - 1 - t];
        sum += load_bytes(places + at) == t ? load(gradients + at) : Vec{};
      }
      put_gradient(p.d_x, first + y * row + i, sum, count);
    });
}

inline void max_pool_backward(const Pool& p) {
  const PaddedSize size = padded_of(p);
  const ptrdiff_t image = static_cast<ptrdiff_t>(p.height) * p.width * p.channels;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels, out_image = p.out_height * out_row;
  parallel_for(p.batch, [&](int n) {
    const float* d_out = p.d_out + n * out_image;
    const uint8_t* places = p.places + n * out_image;
    if (p.stride > 1) {
      const Taps taps(p.size, size.row(), p.channels);
      float* padded = scratch(kPadded, size.room());
      std::fill(padded, padded + size.room(), 0.0f);
      for (int y = 0; y < p.out_height; y++)
        for (int x = 0; x < p.out_width; x++) {
          float* window = padded + static_cast<ptrdiff_t>(y) * p.stride * size.row() +
                          static_cast<ptrdiff_t>(x) * p.stride * p.channels;
          const ptrdiff_t at = y * out_row + static_cast<ptrdiff_t>(x) * p.channels;
          for (int c = 0; c < p.channels; c++) {
            const int t = places[at + c];
            window[taps.place[t] + c] += d_out[at + c];
          }
        }
      store_padded(p.d_x, padded, size, p.height, p.width, n * image);
      return;
    }
    // Stride 1: each pixel is given what it was the maximum of. Windows outside have none.
    const PaddedSize back = padded_back(p);
    float* gradients = scratch(kPaddedGradient, back.room());
    uint8_t* padded_places = reinterpret_cast<uint8_t*>(scratch(kRow, back.room() / sizeof(float) + 1));
    pad(d_out, gradients, back, p.out_height, p.out_width, 0.0f, copy_row);
    memset(padded_places, 255, back.room());
    for (int y = 0; y < p.out_height; y++)
      memcpy(padded_places + back.inside() + y * back.row(), places + y * out_row, out_row);
    if (p.size == 3) collect<3>(p, n, gradients, padded_places, back);
    else collect<0>(p, n, gradients, padded_places, back);
  });
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
