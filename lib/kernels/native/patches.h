// Convolutions of images with few channels, the first of a network. What a window sees is laid side by side, pixel by
// pixel, in a small tile that stays in the cache, and multiplied by the weights as one matrix.
#pragma once

#include "matrix.h"
#include "statistics.h"
#include "windows.h"

namespace sononas {
namespace SONONAS_VARIANT {

constexpr int kPatchPixels = 96;

// Lays the windows of `count` pixels of the output side by side, [count, size · size · channels]. A row of a window is one
// piece of memory in the padded image. Copied from left to right in whole vectors: what is too much is written over by
// what comes next, and the tile has room behind it.
inline void gather_patches(const Patches& c, const float* padded, ptrdiff_t row, int first, int count, float* tile) {
  const int floats = c.size * c.channels;
  float* to = tile;
  ptrdiff_t y = first / c.out_width, x = first % c.out_width;
  for (int m = 0; m < count; m++, x++) {
    if (x == c.out_width) x = 0, y++;
    const float* from = padded + (y * row + x * c.channels) * c.stride;
    for (int ky = 0; ky < c.size; ky++, from += row, to += floats)
      for (int i = 0; i < floats; i += kLanes) store(to + i, load(from + i));
  }
}

// Calls body(first, count, tile) for all pixels of the output of an image, some at a time.
template <class Body>
INLINE void each_patch_tile(const Patches& c, const PaddedSize& size, int n, Body body) {
  float* padded = scratch(kPadded, size.room());
  float* tile = scratch(kTile, static_cast<size_t>(kPatchPixels) * c.size * c.size * c.channels + kLanes);
  const ptrdiff_t image = static_cast<ptrdiff_t>(c.height) * c.width * c.channels;
  pad(c.x + n * image, padded, size, c.height, c.width, 0.0f, copy_row);
  const int pixels = c.out_height * c.out_width;
  for (int m = 0; m < pixels; m += kPatchPixels) {
    const int count = std::min(kPatchPixels, pixels - m);
    gather_patches(c, padded, size.row(), m, count, tile);
    body(m, count, tile);
  }
}

inline void patches_forward(const Patches& c) {
  const PaddedSize size = padded_of(c);
  const int inner = c.size * c.size * c.channels;
  std::vector<float> packed(packed_size(inner, c.filters));
  pack(c.weights, inner, c.filters, c.filters, 1, packed.data());
  const Packed weights{packed.data(), inner, c.filters};
  const ptrdiff_t out_image = static_cast<ptrdiff_t>(c.out_height) * c.out_width * c.filters;
  const bool normalise = c.normalisation.mean != nullptr;
  BatchStatistics statistics(c.batch, c.filters);
  parallel_for(c.batch, [&](int n) {
    float* out = c.out + n * out_image;
    const int pixels = c.out_height * c.out_width;
    int seen = 0;
    each_patch_tile(c, size, n, [&](int m, int count, const float* tile) INLINE_LAMBDA {
      float* place = out + static_cast<ptrdiff_t>(m) * c.filters;
      // Places of the results that come next.
      const auto meanwhile = [=](int row, int rows) INLINE_LAMBDA {
        const float* next = place + static_cast<ptrdiff_t>(kPatchPixels + row) * c.filters;
        for (int i = 0; i < rows * c.filters; i += kLineFloats) soon_write(next + i);
      };
      multiply_onto<false>(tile, inner, weights, place, c.filters, count, meanwhile);
      if (!normalise || ((m + count - seen) * c.filters < kStatisticsFloats && m + count < pixels)) return;
      statistics.more(n, out + static_cast<ptrdiff_t>(seen) * c.filters, m + count - seen);
      seen = m + count;
    });
    if (normalise) statistics.end(n);
  });
  if (normalise) statistics.finish(c.normalisation);
}

// The gradient of the weights alone: nobody wants that of the images.
inline void patches_backward(const Patches& c) {
  const PaddedSize size = padded_of(c);
  const int inner = c.size * c.size * c.channels, gram = gram_row(c.filters);
  const ptrdiff_t out_image = static_cast<ptrdiff_t>(c.out_height) * c.out_width * c.filters;
  const bool normalised = c.gradient.mean != nullptr;
  const int pixels = c.out_height * c.out_width;
  NormalisationBack back = c.d_sums ? NormalisationBack(c.d_sums, c.filters) : NormalisationBack(c.batch, c.filters);
  if (normalised && !c.d_sums) {
    parallel_for(c.batch, [&](int n) {
      back.add(n, c.d_result + n * out_image, c.result + n * out_image, c.gradient.mean, pixels);
    });
  }
  if (normalised) back.finish(c.gradient, static_cast<int64_t>(c.batch) * pixels);
  const size_t part = static_cast<size_t>(inner) * gram;
  const ImageTasks images(c.batch, part);
  const Parts parts(images.tasks, part);
  parallel_for(images.tasks, [&](int task) {
    float* sums = parts.of(task);
    std::fill(sums, sums + part, 0.0f);
    float* d = scratch(kTileGradient, static_cast<size_t>(kPatchPixels) * c.filters + 3 * kLanes);
    for (int n = images.first(task); n < images.end(task); n++)
      each_patch_tile(c, size, n, [&](int m, int count, const float* tile) INLINE_LAMBDA {
        // From memory with room behind it, which the sums read, too.
        const ptrdiff_t place = n * out_image + static_cast<ptrdiff_t>(m) * c.filters;
        const ptrdiff_t floats = static_cast<ptrdiff_t>(count) * c.filters;
        if (normalised) back.apply(c.d_result + place, c.result + place, d, floats);
        else memcpy(d, c.d_result + place, sizeof(float) * floats);
        // What comes next, some for each block of products.
        ptrdiff_t at = floats;
        add_gram(tile, inner, d, c.filters, count, inner, c.filters, sums, [&](int products) INLINE_LAMBDA {
          const ptrdiff_t end = at + floats * products / (inner * (gram / kLanes)) + kLineFloats;
          for (; at < end; at += kLineFloats) soon_read(c.d_result + place + at), soon_read(c.result + place + at);
        });
      });
  });
  parts.sum_rows(0, inner, gram, c.filters, c.d_weights);
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
