// Depthwise convolutions by themselves, with any stride.
#pragma once

#include "separable.h"
#include "windows.h"

namespace sononas {
namespace SONONAS_VARIANT {

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
    // A row of the window at a time: its weights and their sums stay in registers. Lanes beyond the last channel add 0.
    for (int c = 0; c < d.channels; c += kLanes) {
      const int count = std::min(kLanes, d.channels - c);
      for (int ky = 0; ky < kSize; ky++) {
        const float* weights = &window[static_cast<size_t>(ky) * kSize * (d.channels + kLanes) + c];
        Vec sum[kSize] = {};
        for (int y = 0; y < d.out_height; y++) {
          const float* g_row = d_out + y * out_row + c;
          const ptrdiff_t first = (static_cast<ptrdiff_t>(y) * d.stride + ky) * size.row() + c;
          for (int x = 0; x < d.out_width; x++) {
            const Vec g = load_first(g_row + static_cast<ptrdiff_t>(x) * d.channels, count);
            const ptrdiff_t at = first + static_cast<ptrdiff_t>(x) * d.stride * d.channels;
            UNROLL for (int kx = 0; kx < kSize; kx++) {
              float* to = d_padded + at + static_cast<ptrdiff_t>(kx) * d.channels;
              store(to, load(to) + g * load(weights + static_cast<ptrdiff_t>(kx) * (d.channels + kLanes)));
              sum[kx] += g * load(padded + at + static_cast<ptrdiff_t>(kx) * d.channels);
            }
          }
        }
        for (int kx = 0; kx < kSize; kx++) {
          float* to = d_weights + static_cast<ptrdiff_t>(ky * kSize + kx) * d.channels + c;
          store_first(to, load_first(to, count) + sum[kx], count);
        }
      }
    }
    if (d.d_x.out == nullptr) return;
    const ptrdiff_t row = static_cast<ptrdiff_t>(d.width) * d.channels;
    for (int y = 0; y < d.height; y++)
      row_vectors(row, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
        put(i, y, load_first(d_padded + size.inside() + y * size.row() + i, count), count);
      });
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
