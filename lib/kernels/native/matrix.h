// Products of a tall matrix, a pixel a row, with a small one, the weights of a 1 × 1 convolution. Plain register
// blocking: three vectors of columns by four rows keep twelve sums in registers, and the small matrix stays in the
// cache.
#pragma once

#include <algorithm>
#include <type_traits>

#include "vector.h"

namespace sononas {
namespace SONONAS_VARIANT {

// Whether there are 32 registers rather than 16.
#if defined(__AVX512F__)
constexpr bool kManyRegisters = true;
#else
constexpr bool kManyRegisters = false;
#endif

// The small matrix, [inner, columns], cut into panels of one to three vectors of columns; missing columns are 0.
struct Packed {
  const float* data;
  int inner, columns;
};

INLINE int vectors_for(int columns) { return (columns + kLanes - 1) / kLanes; }
INLINE size_t packed_size(int inner, int columns) { return static_cast<size_t>(inner) * vectors_for(columns) * kLanes; }

// How many vectors the next panel takes: threes, but two twos rather than a three and a one.
INLINE int panel_width(int vectors_left) {
  return vectors_left == 4 || vectors_left == 2 ? 2 : std::min(3, vectors_left);
}

// Packs weights[k * row + n * column] for k < inner, n < columns.
inline void pack(const float* weights, int inner, int columns, int row, int column, float* out) {
  const int vectors = vectors_for(columns);
  for (int v = 0; v < vectors;) {
    const int width = panel_width(vectors - v) * kLanes;
    for (int k = 0; k < inner; k++)
      for (int j = 0; j < width; j++) {
        const int n = v * kLanes + j;
        *out++ = n < columns ? weights[static_cast<ptrdiff_t>(k) * row + static_cast<ptrdiff_t>(n) * column] : 0.0f;
      }
    v += width / kLanes;
  }
}

// The first `count` lanes of each of some vectors to their rows. A function by itself: inlined, it would push the sums
// of the loop before it out of the registers.
__attribute__((noinline)) inline void copy_lanes(const float* lanes, int rows, float* out, ptrdiff_t out_row,
                                                 int count) {
  for (int r = 0; r < rows; r++, lanes += kLanes, out += out_row) {
    if (count == 4) memcpy(out, lanes, 16);
    else
      for (int lane = 0; lane < count; lane++) out[lane] = lanes[lane];
  }
}

template <bool kAdd, int kRows, int kVectors>
INLINE void multiply_block(const float* a, ptrdiff_t row, const float* panel, int inner, float* out, ptrdiff_t out_row,
                           int last_lanes) {
  Vec sum[kRows][kVectors] = {};
  if (kAdd) {
    UNROLL for (int r = 0; r < kRows; r++) {
      UNROLL for (int v = 0; v + 1 < kVectors; v++) sum[r][v] = load(out + r * out_row + v * kLanes);
      const float* last = out + r * out_row + (kVectors - 1) * kLanes;
      sum[r][kVectors - 1] = last_lanes == kLanes       ? load(last)
                             : last_lanes == kLanes / 2 ? load_half(last)
                                                        : load_first(last, last_lanes);
    }
  }
  for (int k = 0; k < inner; k++) {
    Vec b[kVectors];
    UNROLL for (int v = 0; v < kVectors; v++) b[v] = load(panel + (k * kVectors + v) * kLanes);
    UNROLL for (int r = 0; r < kRows; r++) {
      const Vec x = broadcast(a[r * row + k]);
      UNROLL for (int v = 0; v < kVectors; v++) sum[r][v] += x * b[v];
    }
  }
  UNROLL for (int r = 0; r < kRows; r++) UNROLL for (int v = 0; v + 1 < kVectors; v++)
      store(out + r * out_row + v * kLanes, sum[r][v]);
  float* last = out + (kVectors - 1) * kLanes;
  if (last_lanes == kLanes) {
    UNROLL for (int r = 0; r < kRows; r++) store(last + r * out_row, sum[r][kVectors - 1]);
  } else if (last_lanes == kLanes / 2) {
    UNROLL for (int r = 0; r < kRows; r++) store_half(last + r * out_row, sum[r][kVectors - 1]);
#if defined(__AVX512F__)
  } else {
    UNROLL for (int r = 0; r < kRows; r++) store_first(last + r * out_row, sum[r][kVectors - 1], last_lanes);
#else
  } else {
    float lanes[kRows * kLanes];
    UNROLL for (int r = 0; r < kRows; r++) store(lanes + r * kLanes, sum[r][kVectors - 1]);
    copy_lanes(lanes, kRows, last, out_row, last_lanes);
#endif
  }
}

template <bool kAdd, int kRows, int kVectors, class Meanwhile>
INLINE void multiply_panel(const float* a, ptrdiff_t row, const float* panel, int inner, float* out, ptrdiff_t out_row,
                           int rows, int last_lanes, Meanwhile meanwhile) {
  int m = 0;
  for (; m + kRows <= rows; m += kRows) {
    meanwhile(m, kRows);
    multiply_block<kAdd, kRows, kVectors>(a + m * row, row, panel, inner, out + m * out_row, out_row, last_lanes);
  }
  if (kRows > 4)
    for (; m + 4 <= rows; m += 4)
      multiply_block<kAdd, 4, kVectors>(a + m * row, row, panel, inner, out + m * out_row, out_row, last_lanes);
  for (; m + 2 <= rows; m += 2)
    multiply_block<kAdd, 2, kVectors>(a + m * row, row, panel, inner, out + m * out_row, out_row, last_lanes);
  if (m < rows) multiply_block<kAdd, 1, kVectors>(a + m * row, row, panel, inner, out + m * out_row, out_row, last_lanes);
}

// out[m, n] = sum over k of a[m, k] · b[k, n], or that added to what is there; `row` and `out_row` are the floats from
// one row to the next. meanwhile(m, count) is called for most rows, a few at a time, to ask for memory that comes next.
template <bool kAdd, class Meanwhile>
inline void multiply_onto(const float* a, ptrdiff_t row, const Packed& b, float* out, ptrdiff_t out_row, int rows,
                          Meanwhile meanwhile) {
  const int vectors = vectors_for(b.columns);
  // As many rows at a time as stay in the cache next to the panel.
  const int tile = 96;
  for (int m = 0; m < rows; m += tile) {
    const int count = std::min(tile, rows - m);
    const float* panel = b.data;
    for (int v = 0; v < vectors;) {
      const int width = panel_width(vectors - v), first = v * kLanes;
      const int last = std::min(kLanes, b.columns - (first + (width - 1) * kLanes));
      const float* from = a + m * row;
      float* to = out + m * out_row + first;
      const auto once = [=](int q, int n) INLINE_LAMBDA {
        if (v == 0) meanwhile(m + q, n);
      };
      // Twice as many registers hold twice as many sums.
      if (kManyRegisters && width == 3)
        multiply_panel<kAdd, 8, 3>(from, row, panel, b.inner, to, out_row, count, last, once);
      else if (kManyRegisters && width == 2)
        multiply_panel<kAdd, 8, 2>(from, row, panel, b.inner, to, out_row, count, last, once);
      else if (kManyRegisters)
        multiply_panel<kAdd, 16, 1>(from, row, panel, b.inner, to, out_row, count, last, once);
      else if (width == 3)
        multiply_panel<kAdd, 4, 3>(from, row, panel, b.inner, to, out_row, count, last, once);
      else if (width == 2 && count % 6 == 0)
        multiply_panel<kAdd, 6, 2>(from, row, panel, b.inner, to, out_row, count, last, once);
      else if (width == 2)
        multiply_panel<kAdd, 4, 2>(from, row, panel, b.inner, to, out_row, count, last, once);
      else
        multiply_panel<kAdd, 8, 1>(from, row, panel, b.inner, to, out_row, count, last, once);
      panel += static_cast<ptrdiff_t>(b.inner) * width * kLanes;
      v += width;
    }
  }
}

inline void multiply(const float* a, ptrdiff_t row, const Packed& b, float* out, ptrdiff_t out_row, int rows) {
  multiply_onto<false>(a, row, b, out, out_row, rows, [](int, int) INLINE_LAMBDA {});
}

template <int kInner, int kVectors>
INLINE void gram_block(const float* a, ptrdiff_t a_row, const float* b, ptrdiff_t b_row, int rows, float* out,
                       ptrdiff_t out_row) {
  Vec sum[kInner][kVectors];
  UNROLL for (int k = 0; k < kInner; k++) UNROLL for (int v = 0; v < kVectors; v++) sum[k][v] =
      load(out + k * out_row + v * kLanes);
  for (int m = 0; m < rows; m++) {
    Vec y[kVectors];
    UNROLL for (int v = 0; v < kVectors; v++) y[v] = load(b + m * b_row + v * kLanes);
    UNROLL for (int k = 0; k < kInner; k++) {
      const Vec x = broadcast(a[m * a_row + k]);
      UNROLL for (int v = 0; v < kVectors; v++) sum[k][v] += x * y[v];
    }
  }
  UNROLL for (int k = 0; k < kInner; k++) UNROLL for (int v = 0; v < kVectors; v++)
      store(out + k * out_row + v * kLanes, sum[k][v]);
}

template <int kVectors, class Meanwhile>
INLINE void gram_panel(const float* a, ptrdiff_t a_row, const float* b, ptrdiff_t b_row, int rows, int inner,
                       float* out, ptrdiff_t out_row, Meanwhile meanwhile) {
  constexpr int kSums = kManyRegisters ? 24 : 12, kMost = kSums / 2;
  constexpr int kInner = kSums / kVectors > kMost ? kMost : kSums / kVectors;
  int k = 0;
  for (; k + kInner <= inner; k += kInner) {
    meanwhile(kInner * kVectors);
    gram_block<kInner, kVectors>(a + k, a_row, b, b_row, rows, out + k * out_row, out_row);
  }
  // What is left in one or two blocks: one row of sums alone would wait for itself.
  const auto left = [&](auto count) INLINE_LAMBDA {
    if (count.value >= kInner || k + count.value > inner) return;
    gram_block<count.value, kVectors>(a + k, a_row, b, b_row, rows, out + k * out_row, out_row);
    k += count.value;
  };
  left(std::integral_constant<int, 6>());
  left(std::integral_constant<int, 4>());
  left(std::integral_constant<int, 3>());
  left(std::integral_constant<int, 2>());
  left(std::integral_constant<int, 1>());
}

// The row length of the sums below: whole vectors.
INLINE int gram_row(int columns) { return vectors_for(columns) * kLanes; }

// Adds, for k < inner and n < columns, the sum over m of a[m, k] · b[m, n] to out[k * gram_row(columns) + n]. Reads less
// than a vector beyond the end of b, which may hold anything; out's columns beyond the last hold anything, too.
template <class Meanwhile>
inline void add_gram(const float* a, ptrdiff_t a_row, const float* b, ptrdiff_t b_row, int rows, int inner, int columns,
                     float* out, Meanwhile meanwhile) {
  const int vectors = vectors_for(columns);
  const ptrdiff_t out_row = gram_row(columns);
  const int tile = 128;
  for (int m = 0; m < rows; m += tile) {
    const int count = std::min(tile, rows - m);
    for (int v = 0; v < vectors;) {
      const int width = panel_width(vectors - v);
      const float *x = a + m * a_row, *y = b + m * b_row + v * kLanes;
      if (width == 3) gram_panel<3>(x, a_row, y, b_row, count, inner, out + v * kLanes, out_row, meanwhile);
      else if (width == 2) gram_panel<2>(x, a_row, y, b_row, count, inner, out + v * kLanes, out_row, meanwhile);
      else gram_panel<1>(x, a_row, y, b_row, count, inner, out + v * kLanes, out_row, meanwhile);
      v += width;
    }
  }
}
inline void add_gram(const float* a, ptrdiff_t a_row, const float* b, ptrdiff_t b_row, int rows, int inner, int columns,
                     float* out) {
  add_gram(a, a_row, b, b_row, rows, inner, columns, out, [](int) INLINE_LAMBDA {});
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
