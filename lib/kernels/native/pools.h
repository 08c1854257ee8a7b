// Pools, and depthwise convolutions with any stride. With stride 1 a row is one flat row of floats, as in depthwise.h;
// with a larger stride each pixel of the output is computed by itself, eight channels at a time.
#pragma once

#include "depthwise.h"
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

// Calls body(input place, output place, count) for the vectors of one row of the output: whole rows where the stride is
// 1, the channels of one pixel after the other elsewhere. The input place is that of the window's first pixel.
template <class Body>
INLINE void each_vector(int out_width, int channels, int stride, Body body) {
  if (stride == 1) {
    const ptrdiff_t floats = static_cast<ptrdiff_t>(out_width) * channels;
    ptrdiff_t i = 0;
    for (; i + kLanes <= floats; i += kLanes) body(i, i, kLanes);
    if (i < floats) body(i, i, static_cast<int>(floats - i));
    return;
  }
  for (int x = 0; x < out_width; x++) {
    const ptrdiff_t from = static_cast<ptrdiff_t>(x) * stride * channels, to = static_cast<ptrdiff_t>(x) * channels;
    int c = 0;
    for (; c + kLanes <= channels; c += kLanes) body(from + c, to + c, kLanes);
    if (c < channels) body(from + c, to + c, channels - c);
  }
}

// Where the taps of a window lie, in floats from its first pixel; the first pixel's place for bytes that name no tap.
struct Taps {
  int count;
  ptrdiff_t place[256] = {};
  Taps(int size, ptrdiff_t row, int channels) : count(size * size) {
    for (int t = 0; t < count; t++) place[t] = t / size * row + static_cast<ptrdiff_t>(t % size) * channels;
  }
};

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

// What is added to the results of a pool: a sum needs no pass of its own then. Scale and shift are spread over a row of
// the output, with room for a vector behind.
struct Addend {
  const float* from;
  std::vector<float> scale, shift;
  explicit Addend(const Pool& p) : from(p.addend) {
    if (from == nullptr || p.scale == nullptr) return;
    const int floats = p.out_width * p.channels + kLanes;
    scale.resize(floats), shift.resize(floats);
    repeat(p.scale, p.channels, scale.data(), floats);
    repeat(p.shift, p.channels, shift.data(), floats);
  }
  // At a place of the whole result, which is `i` floats into its row.
  INLINE Vec onto(Vec v, ptrdiff_t place, ptrdiff_t i, int count) const {
    if (from == nullptr) return v;
    const Vec a = load_first(from + place, count);
    return scale.empty() ? v + a : v + (a * load(&scale[i]) + load(&shift[i]));
  }
};

// The padded image of a pool, normalised on the way where its input is to be.
INLINE void pad_pooled(const Pool& p, int n, float* padded, const PaddedSize& size, float border,
                       const Affine* affine) {
  const float* image = p.x + static_cast<ptrdiff_t>(n) * p.height * p.width * p.channels;
  if (affine == nullptr) {
    pad(image, padded, size, p.height, p.width, border, copy_row);
    return;
  }
  pad(image, padded, size, p.height, p.width, border, [affine](float* out, const float* in, ptrdiff_t floats)
      INLINE_LAMBDA {
        affine->each(floats, [=](int64_t i, Vec scale, Vec shift, int count) INLINE_LAMBDA {
          store_first(out + i, load_first(in + i, count) * scale + shift, count);
        });
      });
}

INLINE std::unique_ptr<Affine> affine_of(const Pool& p) {
  return std::unique_ptr<Affine>(p.in_scale ? new Affine(p.in_scale, p.in_shift, p.channels) : nullptr);
}

// Pools one padded image. What is not a number counts as the largest, so that it is seen; asking for it at each place
// takes time, and is left out where there is none, as the places are where nobody wants them.
template <bool kNan, bool kPlaces>
inline void max_pool_image(const Pool& p, const Taps& taps, const Addend& addend, const float* padded, ptrdiff_t row,
                           int n) {
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels;
  for (int y = 0; y < p.out_height; y++) {
    const ptrdiff_t at = (static_cast<ptrdiff_t>(n) * p.out_height + y) * out_row;
    const float* in = padded + static_cast<ptrdiff_t>(y) * p.stride * row;
    each_vector(p.out_width, p.channels, p.stride, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
      Vec best = load(in + from);
      IntVec where = {};
      for (int t = 1; t < taps.count; t++) {
        const Vec v = load(in + from + taps.place[t]);
        const IntVec larger = kNan ? (v > best) | (v != v) : v > best;
        best = larger ? v : best;
        if (kPlaces) where = larger ? IntVec{} + t : where;
      }
      store_first(p.out + at + to, addend.onto(best, at + to, to, count), count);
      if (kPlaces) store_bytes(p.places + at + to, where, count);
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
    for (ptrdiff_t i = 0; i < row; i += kLanes) {
      const int count = static_cast<int>(std::min<ptrdiff_t>(kLanes, row - i));
      put_gradient(d_x, first + y * row + i, load_first(padded + size.inside() + y * size.row() + i, count), count);
    }
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
    // Stride 1: each pixel asks the windows that it was in whether it was their maximum. Windows outside never were.
    const PaddedSize back = padded_back(p);
    float* gradients = scratch(kPaddedGradient, back.room());
    uint8_t* padded_places = reinterpret_cast<uint8_t*>(scratch(kRow, back.room() / sizeof(float) + 1));
    pad(d_out, gradients, back, p.out_height, p.out_width, 0.0f, copy_row);
    memset(padded_places, 255, back.room());
    for (int y = 0; y < p.out_height; y++)
      memcpy(padded_places + back.inside() + y * back.row(), places + y * out_row, out_row);
    const Taps taps(p.size, back.row(), p.channels);
    for (int y = 0; y < p.height; y++)
      each_vector(p.width, p.channels, 1, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
        Vec sum = {};
        const ptrdiff_t first = y * back.row() + from;
        for (int t = 0; t < taps.count; t++) {
          const ptrdiff_t at = first + taps.place[taps.count - 1 - t];
          sum += load_bytes(padded_places + at) == t ? load(gradients + at) : Vec{};
        }
        put_gradient(p.d_x, n * image + static_cast<ptrdiff_t>(y) * p.width * p.channels + to, sum, count);
      });
  });
}

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

inline void average_pool(const Pool& p) {
  const PaddedSize size = padded_of(p);
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(p.out_width) * p.channels, out_image = p.out_height * out_row;
  const std::vector<float> columns = column_shares(p);
  const Addend addend(p);
  const std::unique_ptr<Affine> affine = affine_of(p);
  parallel_for(p.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    pad_pooled(p, n, padded, size, 0.0f, affine.get());
    for (int y = 0; y < p.out_height; y++) {
      const float* row = padded + static_cast<ptrdiff_t>(y) * p.stride * size.row();
      const ptrdiff_t at = n * out_image + y * out_row;
      const Vec share = broadcast(1.0f / inside_count(y, p.stride, p.size, p.top, p.height));
      each_vector(p.out_width, p.channels, p.stride, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
        Vec sum = {};
        for (int ky = 0; ky < p.size; ky++)
          for (int kx = 0; kx < p.size; kx++)
            sum += load(row + from + ky * size.row() + static_cast<ptrdiff_t>(kx) * p.channels);
        const Vec mean = sum * share * load(&columns[to]);
        store_first(p.out + at + to, addend.onto(mean, at + to, to, count), count);
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
      for (ptrdiff_t i = 0; i < out_row; i += kLanes) {
        const int count = static_cast<int>(std::min<ptrdiff_t>(kLanes, out_row - i));
        store_first(to + i, load_first(d_out + y * out_row + i, count) * share * load(&columns[i]), count);
      }
    }
    for (int y = 0; y < p.height; y++)
      each_vector(p.width, p.channels, 1, [&](ptrdiff_t from, ptrdiff_t to, int count) INLINE_LAMBDA {
        Vec sum = {};
        for (int ky = 0; ky < p.size; ky++)
          for (int kx = 0; kx < p.size; kx++)
            sum += load(shares + (y + ky) * back.row() + from + static_cast<ptrdiff_t>(kx) * p.channels);
        put_gradient(p.d_x, n * image + static_cast<ptrdiff_t>(y) * p.width * p.channels + to, sum, count);
      });
  });
}

inline void load_padded(const Depthwise& d, const float* image, float* padded, const PaddedSize& size) {
  if (d.relu) pad(image, padded, size, d.height, d.width, 0.0f, relu_row);
  else pad(image, padded, size, d.height, d.width, 0.0f, copy_row);
}

template <int kSize>
void depthwise_forward_of(const Depthwise& d) {
  const PaddedSize size = padded_of(d);
  const ptrdiff_t image = static_cast<ptrdiff_t>(d.height) * d.width * d.channels;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(d.out_width) * d.channels, out_image = d.out_height * out_row;
  std::vector<float> window(spread_size(kSize, d.channels));
  spread_window(d.weights, kSize, d.channels, false, window.data());
  parallel_for(d.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    load_padded(d, d.x + n * image, padded, size);
    float* out = d.out + n * out_image;
    if (d.stride == 1) {
      convolve_rows<kSize>(padded, size.row(), d.channels, window.data(), out_row, d.out_height,
                           [=](ptrdiff_t i, int y, Vec v, int count)
                               INLINE_LAMBDA { store_first(out + y * out_row + i, v, count); });
      return;
    }
    for (int y = 0; y < d.out_height; y++) {
      const float* row = padded + static_cast<ptrdiff_t>(y) * d.stride * size.row();
      for (int x = 0; x < d.out_width; x++)
        for (int c = 0; c < d.channels; c += kLanes) {
          Vec sum[1];
          window_column<kSize, 1>(row + static_cast<ptrdiff_t>(x) * d.stride * d.channels + c, size.row(), d.channels,
                                  window.data() + c, sum);
          store_first(out + y * out_row + static_cast<ptrdiff_t>(x) * d.channels + c, sum[0],
                      std::min(kLanes, d.channels - c));
        }
    }
  });
}

template <int kSize>
void depthwise_backward_of(const Depthwise& d) {
  const PaddedSize size = padded_of(d);
  const int taps = kSize * kSize;
  const ptrdiff_t image = static_cast<ptrdiff_t>(d.height) * d.width * d.channels;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(d.out_width) * d.channels, out_image = d.out_height * out_row;
  std::vector<float> window(spread_size(kSize, d.channels));
  spread_window(d.weights, kSize, d.channels, d.stride == 1, window.data());
  const size_t part = static_cast<size_t>(taps) * d.channels;
  const ImageTasks images(d.batch, part);
  const Parts parts(images.tasks, part);
  const PaddedSize back = padded_back(d);
  const auto one = [&](int n, float* d_weights) {
    float* padded = scratch(kPadded, size.room());
    load_padded(d, d.x + n * image, padded, size);
    const float* d_out = d.d_out + n * out_image;
    const float* active = padded + size.inside();
    const auto put = [&](ptrdiff_t i, int y, Vec v, int count) INLINE_LAMBDA {
      if (d.relu) v = where_positive(load_first(active + y * size.row() + i, count), v);
      put_gradient(d.d_x, n * image + static_cast<ptrdiff_t>(y) * d.width * d.channels + i, v, count);
    };
    if (d.stride == 1) {
      float* d_padded = scratch(kPaddedGradient, back.room());
      pad(d_out, d_padded, back, d.out_height, d.out_width, 0.0f, copy_row);
      add_filter_gradient<kSize>(padded, size.row(), d_padded + back.inside(), back.row(), d.out_height, d.out_width,
                                 d.channels, scratch(kFilterSums, static_cast<size_t>(taps) * period_of(d.channels)),
                                 d_weights);
      if (d.d_x.out != nullptr)
        convolve_rows<kSize>(d_padded, back.row(), d.channels, window.data(),
                             static_cast<ptrdiff_t>(d.width) * d.channels, d.height, put);
      return;
    }
    float* d_padded = scratch(kPaddedGradient, size.room());
    std::fill(d_padded, d_padded + size.room(), 0.0f);
    for (int y = 0; y < d.out_height; y++)
      for (int x = 0; x < d.out_width; x++)
        for (int c = 0; c < d.channels; c += kLanes) {
          const int count = std::min(kLanes, d.channels - c);
          const Vec g = load_first(d_out + y * out_row + static_cast<ptrdiff_t>(x) * d.channels + c, count);
          const ptrdiff_t first =
              static_cast<ptrdiff_t>(y) * d.stride * size.row() + static_cast<ptrdiff_t>(x) * d.stride * d.channels + c;
          for (int t = 0; t < taps; t++) {
            const ptrdiff_t at = first + t / kSize * size.row() + static_cast<ptrdiff_t>(t % kSize) * d.channels;
            store_first(d_padded + at,
                        load_first(d_padded + at, count) +
                            g * load(&window[static_cast<size_t>(t) * (d.channels + kLanes) + c]),
                        count);
            float* to = d_weights + static_cast<ptrdiff_t>(t) * d.channels + c;
            store_first(to, load_first(to, count) + g * load_first(padded + at, count), count);
          }
        }
    if (d.d_x.out == nullptr) return;
    const ptrdiff_t row = static_cast<ptrdiff_t>(d.width) * d.channels;
    for (int y = 0; y < d.height; y++)
      for (ptrdiff_t i = 0; i < row; i += kLanes) {
        const int count = static_cast<int>(std::min<ptrdiff_t>(kLanes, row - i));
        put(i, y, load_first(d_padded + size.inside() + y * size.row() + i, count), count);
      }
  };
  parallel_for(images.tasks, [&](int task) {
    float* sums = parts.of(task);
    std::fill(sums, sums + part, 0.0f);
    for (int n = images.first(task); n < images.end(task); n++) one(n, sums);
  });
  parts.sum_rows(0, taps, d.channels, d.channels, d.d_weights);
}

inline void depthwise_forward(const Depthwise& d) { FOR_SIZE(d.size, depthwise_forward_of<kSize>(d)) }
inline void depthwise_backward(const Depthwise& d) { FOR_SIZE(d.size, depthwise_backward_of<kSize>(d)) }

}  // namespace SONONAS_VARIANT
}  // namespace sononas
