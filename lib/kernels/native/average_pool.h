// The mean of each window's places inside the image.
#pragma once

#include "pooling.h"

namespace sononas {
namespace SONONAS_VARIANT {

// How many of the window's places lie inside, for one row or column of the output.
INLINE int inside_count(int place, int stride, int size, int before, int length) {
  const int first = place * stride - before;
  return std::min(first + size, length) - std::max(first, 0);
}

// For each float of a row of the output one over the count of its columns inside, with room for a vector behind.
inline std::vector<float> column_shares(const Pool& p) {
  std::vector<float> shares(static_cast<size_t>(p.out_width) * p.channels + kLanes);
  for (int x = 0; x < p.out_width; x++) {
    float* place = shares.data() + static_cast<ptrdiff_t>(x) * p.channels;
    std::fill(place, place + p.channels, 1.0f / inside_count(x, p.stride, p.size, p.left, p.width));
  }
  return shares;
}

// The sum over one window.
INLINE Vec window_sum(const float* in, ptrdiff_t row, int channels, int size) {
  Vec sum = {};
  for (int ky = 0; ky < size; ky++)
    for (int kx = 0; kx < size; kx++) sum += load(in + ky * row + static_cast<ptrdiff_t>(kx) * channels);
  return sum;
}

// kRows rows of sums over 3 × 3 windows with stride 1. It walks down the rows and adds three pixels of each but once.
// finish(offset, row, sum, count) takes each vector; offset is its place in a row.
template <int kRows, class Finish>
INLINE void sums_of_three(const float* in, ptrdiff_t row, int channels, ptrdiff_t floats, Finish finish) {
  row_vectors(floats, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
    Vec sum[kRows];
    UNROLL for (int r = 0; r < kRows + 2; r++) {
      const float* place = in + r * row + i;
      const Vec three = load(place) + load(place + channels) + load(place + 2 * channels);
      UNROLL for (int q = 0; q < kRows; q++) {
        if (r == q) sum[q] = three;
        else if (r > q && r - q < 3) sum[q] += three;
        if (r - q == 2) finish(i, q, sum[q], count);
      }
    }
  });
}

// Sums over all windows with stride 1 of one padded image, `rows` rows of `floats`.
template <class Finish>
INLINE void window_sums(const float* in, ptrdiff_t row, int channels, int size, ptrdiff_t floats, int rows,
                        Finish finish) {
  int y = 0;
  if (size == 3) {
    const auto put = [&](ptrdiff_t i, int q, Vec sum, int count) INLINE_LAMBDA { finish(i, y + q, sum, count); };
    for (; y + kPoolRows <= rows; y += kPoolRows)
      sums_of_three<kPoolRows>(in + y * row, row, channels, floats, put);
    for (; y < rows; y++) sums_of_three<1>(in + y * row, row, channels, floats, put);
    return;
  }
  for (; y < rows; y++)
    row_vectors(floats, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
      finish(i, y, window_sum(in + y * row + i, row, channels, size), count);
    });
}

inline void average_pool(const Pool& p) {
  const PaddedSize size = padded_of(p);
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels, out_image = p.out_height * out_row;
  const std::vector<float> columns = column_shares(p);
  const Addend addend(p);
  const std::unique_ptr<Affine> affine = affine_of(p);
  parallel_for(p.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    pad_pooled(p, n, padded, size, 0.0f, affine.get());
    const auto put = [&](int y, ptrdiff_t i, Vec sum, int count) INLINE_LAMBDA {
      const ptrdiff_t place = n * out_image + y * out_row + i;
      const Vec mean = sum * broadcast(1.0f / inside_count(y, p.stride, p.size, p.top, p.height)) * load(&columns[i]);
      store_first(p.out + place, addend.onto(mean, place, i, count), count);
    };
    if (p.stride == 1) {
      const PoolAhead ahead(p, n);
      window_sums(padded, size.row(), p.channels, p.size, out_row, p.out_height,
                  [&](ptrdiff_t i, int y, Vec sum, int count) INLINE_LAMBDA {
                    ahead.ask(y * out_row + i, out_row);
                    put(y, i, sum, count);
                  });
      return;
    }
    for (int y = 0; y < p.out_height; y++) {
      const float* row = padded + static_cast<ptrdiff_t>(y) * p.stride * size.row();
      each_vector(p.out_width, p.channels, p.stride, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
        put(y, to, window_sum(row + from, size.row(), p.channels, p.size), count);
      });
    }
  });
}

inline void average_pool_backward(const Pool& p) {
  const PaddedSize size = padded_of(p);
  const ptrdiff_t image = static_cast<ptrdiff_t>(p.height) * p.width * p.channels;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels, out_image = p.out_height * out_row;
  const std::vector<float> columns = column_shares(p);
  parallel_for(p.batch, [&](int n) {
    const float* d_out = p.d_out + n * out_image;
    float* padded = scratch(kPadded, size.room());
    if (p.stride > 1) {
      std::fill(padded, padded + size.room(), 0.0f);
      for (int y = 0; y < p.out_height; y++) {
        float* row = padded + static_cast<ptrdiff_t>(y) * p.stride * size.row();
        const Vec share = broadcast(1.0f / inside_count(y, p.stride, p.size, p.top, p.height));
        each_vector(p.out_width, p.channels, p.stride, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
          const Vec v = load_first(d_out + y * out_row + to, count) * share * load(&columns[to]);
          for (int ky = 0; ky < p.size; ky++)
            for (int kx = 0; kx < p.size; kx++) {
              float* place = row + from + ky * size.row() + static_cast<ptrdiff_t>(kx) * p.channels;
              store_first(place, load_first(place, count) + v, count);
            }
        });
      }
      store_padded(p.d_x, padded, size, p.height, p.width, n * image);
      return;
    }
    // Stride 1: the shares, then the same sums over windows from the other side.
    const PaddedSize back = padded_back(p);
    float* shares = scratch(kPaddedGradient, back.room());
    fill_border(shares, back, p.out_height, p.out_width, 0.0f);
    for (int y = 0; y < p.out_height; y++) {
      float* to = shares + back.inside() + y * back.row();
      const Vec share = broadcast(1.0f / inside_count(y, 1, p.size, p.top, p.height));
      row_vectors(out_row, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
        store_first(to + i, load_first(d_out + y * out_row + i, count) * share * load(&columns[i]), count);
      });
    }
    const ptrdiff_t row = static_cast<ptrdiff_t>(p.width) * p.channels;
    const GradientAhead ahead(p, n);
    window_sums(shares, back.row(), p.channels, p.size, row, p.height,
                [&](ptrdiff_t i, int y, Vec sum, int count) INLINE_LAMBDA {
                  ahead.ask(y * row + i);
                  put_gradient(p.d_x, n * image + y * row + i, sum, count);
                });
  });
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
