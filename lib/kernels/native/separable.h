// ReLU, depthwise convolution, 1 × 1 convolution and the statistics of the batch normalisation, image by image: what
// lies between stays in the cache of the processor that computes it and is never written to memory. The backward pass
// computes it again from the input.
#pragma once

#include <memory>

#include "depthwise.h"
#include "matrix.h"
#include "parts.h"
#include "statistics.h"

namespace sononas {
namespace SONONAS_VARIANT {

// Makes the call with the window's size as a constant, kSize.
#define FOR_SIZE(size, call)   \
  switch (size) {              \
    case 3: {                  \
      constexpr int kSize = 3; \
      call;                    \
      break;                   \
    }                          \
    case 5: {                  \
      constexpr int kSize = 5; \
      call;                    \
      break;                   \
    }                          \
    default: {                 \
      constexpr int kSize = 7; \
      call;                    \
      break;                   \
    }                          \
  }

// Computing keeps a core so busy, and memory is so far away, that they are worth doing at the same time: while an image
// is computed, the next one and the places of the results are asked for, vector by vector. A processor's own foresight
// ends where an image does.

// How many rows of the image pass through the intermediate buffer at a time.
constexpr int kBandRows = 8;

INLINE PaddedSize padded_for(int height, int width, int channels, int size) {
  const int border = size / 2;
  return {border, border, height + 2 * border, width + 2 * border, channels};
}

template <int kSize>
void separable_forward_of(const SeparableForward& s) {
  const int pixels = s.height * s.width;
  const ptrdiff_t row = static_cast<ptrdiff_t>(s.width) * s.channels;
  const PaddedSize size = padded_for(s.height, s.width, s.channels, kSize);
  std::vector<float> window(spread_size(kSize, s.channels)), packed(packed_size(s.channels, s.filters));
  spread_window(s.depthwise, kSize, s.channels, false, window.data());
  pack(s.pointwise, s.channels, s.filters, s.filters, 1, packed.data());
  const Packed weights{packed.data(), s.channels, s.filters};
  std::unique_ptr<Affine> affine(s.in_scale ? new Affine(s.in_scale, s.in_shift, s.channels) : nullptr);
  const bool normalise = s.normalisation.mean != nullptr;
  BatchStatistics statistics(s.batch, s.filters);

  parallel_for(s.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    float* band = scratch(kBand, kBandRows * row + kLanes);
    pad_normalised<true>(s.x + static_cast<ptrdiff_t>(n) * pixels * s.channels, padded, size, s.height, s.width, 0.0f,
                         affine.get());
    float* out = s.out + static_cast<ptrdiff_t>(n) * pixels * s.filters;
    const float* next = s.x + static_cast<ptrdiff_t>(image_after(n, 1, s.batch)) * pixels * s.channels;
    for (int y = 0; y < s.height; y += kBandRows) {
      const int rows = std::min(kBandRows, s.height - y);
      convolve_rows<kSize>(padded + y * size.row(), size.row(), s.channels, window.data(), row, rows,
                           [=](ptrdiff_t i, int q, Vec v, int count) INLINE_LAMBDA {
                             const ptrdiff_t place = (y + q) * row + i;
                             soon_read(next + place);
                             soon_write(out + place);
                             if (count == kLanes) store(band + q * row + i, v);
                             else store_first(band + q * row + i, v, count);
                           });
      multiply(band, s.channels, weights, out + static_cast<ptrdiff_t>(y) * s.width * s.filters, s.filters,
               rows * s.width);
    }
    if (normalise) statistics.add(n, out, pixels);
  });
  if (normalise) statistics.finish(s.normalisation);
}

template <int kSize>
void separable_backward_of(const SeparableBackward& s) {
  const int pixels = s.height * s.width, taps = kSize * kSize;
  const ptrdiff_t row = static_cast<ptrdiff_t>(s.width) * s.channels;
  const ptrdiff_t image_in = static_cast<ptrdiff_t>(pixels) * s.channels,
                  image_out = static_cast<ptrdiff_t>(pixels) * s.filters;
  const PaddedSize size = padded_for(s.height, s.width, s.channels, kSize);
  const ptrdiff_t inside = size.inside();
  std::vector<float> window(spread_size(kSize, s.channels)), backwards(spread_size(kSize, s.channels));
  std::vector<float> transposed(packed_size(s.filters, s.channels));
  spread_window(s.depthwise, kSize, s.channels, false, window.data());
  spread_window(s.depthwise, kSize, s.channels, true, backwards.data());
  pack(s.pointwise, s.filters, s.channels, 1, s.filters, transposed.data());
  const Packed weights{transposed.data(), s.filters, s.channels};
  std::unique_ptr<Affine> affine(s.in_scale ? new Affine(s.in_scale, s.in_shift, s.channels) : nullptr);

  NormalisationBack back = s.d_sums ? NormalisationBack(s.d_sums, s.filters) : NormalisationBack(s.batch, s.filters);
  if (!s.d_sums)
    parallel_for(s.batch, [&](int n) {
      back.add(n, s.d_normalised + n * image_out, s.out + n * image_out, s.normalisation.mean, pixels);
    });
  back.finish(s.normalisation, static_cast<int64_t>(s.batch) * pixels);

  const int gram = gram_row(s.filters), period = period_of(s.channels);
  // Of each task: the gradients of both weights, and the sums for the normalisation of the input, a number for each place in
  // a period.
  const size_t gram_part = static_cast<size_t>(s.channels) * gram, window_part = static_cast<size_t>(taps) * s.channels;
  const size_t sums_part = s.in_mean ? static_cast<size_t>(2) * period : 0, part = gram_part + window_part + sums_part;
  const ImageTasks images(s.batch, gram_part + window_part);
  const Parts parts(images.tasks, part);
  std::vector<float> in_mean(s.in_mean ? period : 0);
  if (s.in_mean) repeat(s.in_mean, s.channels, in_mean.data(), period);
  const auto one = [&](int n, float* d_pointwise, float* d_depthwise, float* in_sums) {
    float* padded = scratch(kPadded, size.room());
    float* d_padded = scratch(kPaddedGradient, size.room());
    float* band = scratch(kBand, kBandRows * row + kLanes);
    float* d_band = scratch(kTileGradient, static_cast<size_t>(kBandRows) * s.width * s.filters + 3 * kLanes);
    pad_normalised<true>(s.x + n * image_in, padded, size, s.height, s.width, 0.0f, affine.get());
    fill_border(d_padded, size, s.height, s.width, 0.0f);
    float* d_x = s.d_x.out + n * image_in;
    const ptrdiff_t after = images.after(n);
    const float* next_x = s.x + after * image_in;
    const float *next_out = s.out + after * image_out, *next_d = s.d_normalised + after * image_out;
    for (int y = 0; y < s.height; y += kBandRows) {
      const int rows = std::min(kBandRows, s.height - y);
      const ptrdiff_t place = n * image_out + static_cast<ptrdiff_t>(y) * s.width * s.filters;
      back.apply(s.d_normalised + place, s.out + place, d_band, static_cast<int64_t>(rows) * s.width * s.filters);
      convolve_rows<kSize>(padded + y * size.row(), size.row(), s.channels, window.data(), row, rows,
                           [=](ptrdiff_t i, int q, Vec v, int count) INLINE_LAMBDA {
                             const ptrdiff_t place = (y + q) * row + i;
                             soon_write(d_x + place);
                             soon_read(next_x + place);
                             soon_read(next_out + place);
                             soon_read(next_d + place);
                             if (count == kLanes) store(band + q * row + i, v);
                             else store_first(band + q * row + i, v, count);
                           });
      add_gram(band, s.channels, d_band, s.filters, rows * s.width, s.channels, s.filters, d_pointwise);
      for (int q = 0; q < rows; q++)
        multiply(d_band + static_cast<ptrdiff_t>(q) * s.width * s.filters, s.filters, weights,
                 d_padded + inside + (y + q) * size.row(), s.channels, s.width);
    }
    add_filter_gradient<kSize>(padded, size.row(), d_padded + inside, size.row(), s.height, s.width, s.channels,
                           scratch(kFilterSums, static_cast<size_t>(taps) * period_of(s.channels)), d_depthwise);
    const float* base = s.d_x.base ? s.d_x.base + n * image_in : nullptr;
    // The input was cut off at 0 where its padded copy is not positive.
    const float* active = padded + inside;
    const ptrdiff_t active_row = size.row();
    const auto put = [=](ptrdiff_t i, int y, Vec v, int count) INLINE_LAMBDA {
      const ptrdiff_t place = y * row + i;
      if (count == kLanes) {
        v = where_positive(load(active + y * active_row + i), v);
        if (base) v += load(base + place);
        store(d_x + place, v);
      } else {
        v = where_positive(load_first(active + y * active_row + i, count), v);
        if (base) v += load_first(base + place, count);
        store_first(d_x + place, v, count);
      }
      return v;
    };
    if (!s.in_mean)
      return convolve_rows<kSize>(d_padded, size.row(), s.channels, backwards.data(), row, s.height, put);
    const float* x = s.x + n * image_in;
    int phase = 0;
    convolve_columns<kSize>(d_padded, size.row(), s.channels, backwards.data(), row, s.height,
                            [&](ptrdiff_t i, int y, auto rows, const Vec* sums, int count) INLINE_LAMBDA {
                              if (i == 0) phase = 0;
                              const Vec mean = load(&in_mean[phase]);
                              Vec sum = {}, product = {};
                              UNROLL for (int q = 0; q < rows.value; q++) {
                                const ptrdiff_t place = (y + q) * row + i;
                                // Lanes beyond count are 0 in d and change nothing.
                                const Vec d = put(i, y + q, sums[q], count);
                                const Vec value = count == kLanes ? load(x + place) : load_first(x + place, count);
                                sum += d;
                                product += d * (value - mean);
                              }
                              store(in_sums + phase, load(in_sums + phase) + sum);
                              store(in_sums + period + phase, load(in_sums + period + phase) + product);
                              phase += kLanes;
                              if (phase == period) phase = 0;
                            });
  };
  parallel_for(images.tasks, [&](int task) {
    float* sums = parts.of(task);
    std::fill(sums, sums + part, 0.0f);
    for (int n = images.first(task); n < images.end(task); n++)
      one(n, sums, sums + gram_part, sums + gram_part + window_part);
  });
  parts.sum_rows(0, s.channels, gram, s.filters, s.d_pointwise);
  parts.sum_rows(gram_part, taps, s.channels, s.channels, s.d_depthwise);
  if (s.in_mean) fold_sums(parts, gram_part + window_part, images.tasks, s.channels, s.in_sums);
}

inline void separable_forward(const SeparableForward& s) { FOR_SIZE(s.size, separable_forward_of<kSize>(s)) }
inline void separable_backward(const SeparableBackward& s) { FOR_SIZE(s.size, separable_backward_of<kSize>(s)) }

}  // namespace SONONAS_VARIANT
}  // namespace sononas
