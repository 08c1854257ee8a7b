// Convolution of 3 × 3 over all channels, stride 1, `same`, by Winograd's minimal filtering F(2 × 2, 3 × 3) (Lavin and
// Gray, "Fast algorithms for convolutional neural networks", 2016): a tile of 2 × 2 outputs takes 16 products for each
// pair of channels instead of 36. Tiles of 4 × 4 inputs and the weights are transformed into 16 planes by additions; the
// products of a plane are one product of matrices, [tiles, channels] · [channels, filters].
#pragma once

#include "kernels.h"
#include "matrix.h"
#include "parts.h"

namespace sononas {
namespace SONONAS_VARIANT {

constexpr int kPlanes = 16;
constexpr int kTileBlock = 64;  // tiles that are transformed and multiplied together, by one thread

// The tiles of a batch, image by image, row by row.
struct Tiles {
  int batch, height, width, across, down;
  int64_t count;
  Tiles(int images, int rows, int columns)
      : batch(images), height(rows), width(columns), across((columns + 1) / 2), down((rows + 1) / 2),
        count(static_cast<int64_t>(images) * down * across) {}
  struct Place {
    int64_t image;
    int y, x;  // of the first output
  };
  Place place(int64_t tile) const {
    const int64_t rest = tile / across;
    return {rest / down, static_cast<int>(rest % down) * 2, static_cast<int>(tile % across) * 2};
  }
};

// Four numbers along one direction as the input's transform makes them, and as the output's does (three signs of sums).
INLINE void transform_four(const Vec* in, int step, Vec* out) {
  out[0 * step] = in[0 * step] - in[2 * step];
  out[1 * step] = in[1 * step] + in[2 * step];
  out[2 * step] = in[2 * step] - in[1 * step];
  out[3 * step] = in[1 * step] - in[3 * step];
}

// One tile of the input into its row of the 16 planes. `plane` is the floats from one plane to the next.
inline void transform_input(const float* image, const Tiles& t, int channels, Tiles::Place place, float* planes,
                            ptrdiff_t plane, float* patch) {
  const int y = place.y - 1, x = place.x - 1;
  const ptrdiff_t row = static_cast<ptrdiff_t>(t.width) * channels;
  const float* from = image + y * row + static_cast<ptrdiff_t>(x) * channels;
  ptrdiff_t from_row = row;
  if (y < 0 || x < 0 || y + 4 > t.height || x + 4 > t.width) {
    // At the border: a copy with zeros around.
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) {
        float* to = patch + static_cast<ptrdiff_t>(i * 4 + j) * channels;
        const bool inside = y + i >= 0 && y + i < t.height && x + j >= 0 && x + j < t.width;
        if (inside) memcpy(to, from + i * row + static_cast<ptrdiff_t>(j) * channels, sizeof(float) * channels);
        else std::fill(to, to + channels, 0.0f);
      }
    from = patch;
    from_row = static_cast<ptrdiff_t>(4) * channels;
  }
  const auto columns = [&](int c, int count) INLINE_LAMBDA {
    Vec d[16], rows[16];
    UNROLL for (int i = 0; i < 4; i++)
      UNROLL for (int j = 0; j < 4; j++)
        d[i * 4 + j] = load_first(from + i * from_row + static_cast<ptrdiff_t>(j) * channels + c, count);
    UNROLL for (int i = 0; i < 4; i++) transform_four(d + i * 4, 1, rows + i * 4);
    UNROLL for (int j = 0; j < 4; j++) transform_four(rows + j, 4, d + j);
    UNROLL for (int k = 0; k < kPlanes; k++) store_first(planes + k * plane + c, d[k], count);
  };
  int c = 0;
  for (; c + kLanes <= channels; c += kLanes) columns(c, kLanes);
  if (c < channels) columns(c, channels - c);
}

// A tile's 16 planes into its 2 × 2 outputs, those that lie inside of the image.
inline void transform_output(const float* planes, ptrdiff_t plane, const Tiles& t, int filters, Tiles::Place place,
                             const Accumulate& to) {
  const int64_t image = place.image * t.height * t.width;
  const auto columns = [&](int f, int count) INLINE_LAMBDA {
    Vec m[16], half[8];
    UNROLL for (int k = 0; k < kPlanes; k++) m[k] = load_first(planes + k * plane + f, count);
    UNROLL for (int j = 0; j < 4; j++) {
      half[j] = m[j] + m[4 + j] + m[8 + j];
      half[4 + j] = m[4 + j] - m[8 + j] - m[12 + j];
    }
    UNROLL for (int i = 0; i < 2; i++) {
      const Vec* h = half + i * 4;
      const Vec out[2] = {h[0] + h[1] + h[2], h[1] - h[2] - h[3]};
      UNROLL for (int j = 0; j < 2; j++) {
        if (place.y + i >= t.height || place.x + j >= t.width) continue;
        const ptrdiff_t at = (image + static_cast<int64_t>(place.y + i) * t.width + place.x + j) * filters + f;
        store_first(to.out + at, to.base == nullptr ? out[j] : out[j] + load_first(to.base + at, count), count);
      }
    }
  };
  int f = 0;
  for (; f + kLanes <= filters; f += kLanes) columns(f, kLanes);
  if (f < filters) columns(f, filters - f);
}

// The gradient of a tile's 2 × 2 outputs into the 16 planes: the transform above, the other way round.
inline void transform_gradient(const float* gradient, const Tiles& t, int filters, Tiles::Place place, float* planes,
                               ptrdiff_t plane) {
  const int64_t image = place.image * t.height * t.width;
  const auto columns = [&](int f, int count) INLINE_LAMBDA {
    Vec d[4], half[8];
    UNROLL for (int i = 0; i < 2; i++)
      UNROLL for (int j = 0; j < 2; j++) {
        const bool inside = place.y + i < t.height && place.x + j < t.width;
        const ptrdiff_t at = (image + static_cast<int64_t>(place.y + i) * t.width + place.x + j) * filters + f;
        d[i * 2 + j] = inside ? load_first(gradient + at, count) : Vec{};
      }
    UNROLL for (int j = 0; j < 2; j++) {
      half[j] = d[j];
      half[2 + j] = d[j] + d[2 + j];
      half[4 + j] = d[j] - d[2 + j];
      half[6 + j] = -d[2 + j];
    }
    UNROLL for (int i = 0; i < 4; i++) {
      const Vec a = half[i * 2], b = half[i * 2 + 1];
      const Vec out[4] = {a, a + b, a - b, -b};
      UNROLL for (int j = 0; j < 4; j++) store_first(planes + (i * 4 + j) * plane + f, out[j], count);
    }
  };
  int f = 0;
  for (; f + kLanes <= filters; f += kLanes) columns(f, kLanes);
  if (f < filters) columns(f, filters - f);
}

// The 3 × 3 weights into their 16 planes, each packed for `multiply`. For the backward pass the window is turned round, and
// channels and filters change their places.
inline void pack_planes(const float* weights, int channels, int filters, bool back, float* packed) {
  const int inner = back ? filters : channels, columns = back ? channels : filters;
  const size_t size = packed_size(inner, columns);
  const ptrdiff_t tap = static_cast<ptrdiff_t>(channels) * filters;
  float* planes = scratch(kPlaneInputs, kPlanes * static_cast<size_t>(tap));
  parallel_for((channels + 15) / 16, [=](int task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * 16 * filters, end = std::min(tap, first + 16 * filters);
    for (ptrdiff_t i = first; i < end; i += kLanes) {
      const int count = static_cast<int>(std::min<ptrdiff_t>(kLanes, end - i));
      Vec half[12];
      UNROLL for (int j = 0; j < 3; j++) {
        const int x = back ? 2 - j : j;
        const Vec a = load_first(weights + (back ? 6 + x : x) * tap + i, count);
        const Vec b = load_first(weights + (3 + x) * tap + i, count);
        const Vec c = load_first(weights + (back ? x : 6 + x) * tap + i, count);
        half[j] = a;
        half[3 + j] = 0.5f * (a + b + c);
        half[6 + j] = 0.5f * (a - b + c);
        half[9 + j] = c;
      }
      UNROLL for (int r = 0; r < 4; r++) {
        const Vec a = half[r * 3], b = half[r * 3 + 1], c = half[r * 3 + 2];
        const Vec out[4] = {a, 0.5f * (a + b + c), 0.5f * (a - b + c), c};
        UNROLL for (int j = 0; j < 4; j++) store_first(planes + (r * 4 + j) * tap + i, out[j], count);
      }
    }
  });
  parallel_for(kPlanes, [=](int p) {
    pack(planes + p * tap, inner, columns, back ? 1 : filters, back ? filters : 1, packed + p * size);
  });
}

// The convolution of x, [batch, height, width, channels], added to a base if there is one. Backward pass: x is the gradient of
// the output, and what comes out is that of the input.
inline void winograd(const float* x, const float* weights, const Tiles& t, int channels, int filters, bool back,
                     const Accumulate& to) {
  const int inner = back ? filters : channels, columns = back ? channels : filters;
  const size_t size = packed_size(inner, columns);
  float* packed = scratch(kPlaneWeights, kPlanes * size);
  pack_planes(weights, channels, filters, back, packed);
  const int64_t image = static_cast<int64_t>(t.height) * t.width * inner;
  parallel_for(static_cast<int>((t.count + kTileBlock - 1) / kTileBlock), [&](int task) {
    const int64_t first = static_cast<int64_t>(task) * kTileBlock;
    const int count = static_cast<int>(std::min<int64_t>(kTileBlock, t.count - first));
    const ptrdiff_t in_plane = static_cast<ptrdiff_t>(kTileBlock) * inner;
    const ptrdiff_t out_plane = static_cast<ptrdiff_t>(kTileBlock) * columns;
    float* planes = scratch(kTile, kPlanes * in_plane + kLanes);
    float* products = scratch(kTileGradient, kPlanes * out_plane + kLanes);
    float* patch = scratch(kRow, static_cast<size_t>(16) * inner);
    for (int m = 0; m < count; m++) {
      const Tiles::Place place = t.place(first + m);
      float* to_planes = planes + static_cast<ptrdiff_t>(m) * inner;
      transform_input(x + place.image * image, t, inner, place, to_planes, in_plane, patch);
    }
    for (int p = 0; p < kPlanes; p++)
      multiply(planes + p * in_plane, inner, {packed + p * size, inner, columns}, products + p * out_plane, columns,
               count);
    for (int m = 0; m < count; m++)
      transform_output(products + static_cast<ptrdiff_t>(m) * columns, out_plane, t, columns, t.place(first + m), to);
  });
}

inline void winograd_forward(const Convolution& c) {
  winograd(c.x, c.weights, Tiles(c.batch, c.height, c.width), c.channels, c.filters, false, {nullptr, c.out});
}

// The gradient of the weights: for each plane the sum over tiles of input times gradient, transformed back. A plane
// belongs to one task, and tiles are taken in their order, some thousand at a time so that they stay in the cache.
inline void winograd_weights(const Convolution& c, const Tiles& t) {
  const int columns = gram_row(c.filters);
  const size_t plane_sums = static_cast<size_t>(c.channels) * columns;
  float* sums = scratch(kParts, kPlanes * plane_sums);
  parallel_for(kPlanes, [&](int p) { std::fill(sums + p * plane_sums, sums + (p + 1) * plane_sums, 0.0f); });
  const int64_t room = (int64_t(1) << 21) / (kPlanes * (c.channels + c.filters)) / 16 * 16;
  const int64_t most = std::max<int64_t>(64, std::min<int64_t>(room, 4096));
  const ptrdiff_t in_plane = most * c.channels, out_plane = most * c.filters;
  float* inputs = scratch(kPlaneInputs, kPlanes * in_plane + kLanes);
  float* gradients = scratch(kPlaneGradients, kPlanes * out_plane + 3 * kLanes);
  const int64_t image = static_cast<int64_t>(t.height) * t.width * c.channels;
  for (int64_t first = 0; first < t.count; first += most) {
    const int count = static_cast<int>(std::min(most, t.count - first));
    parallel_for((count + 15) / 16, [&](int task) {
      float* patch = scratch(kRow, static_cast<size_t>(16) * c.channels);
      for (int m = task * 16; m < std::min(count, (task + 1) * 16); m++) {
        const Tiles::Place place = t.place(first + m);
        float* input = inputs + static_cast<ptrdiff_t>(m) * c.channels;
        transform_input(c.x + place.image * image, t, c.channels, place, input, in_plane, patch);
        transform_gradient(c.d_out, t, c.filters, place, gradients + static_cast<ptrdiff_t>(m) * c.filters, out_plane);
      }
    });
    parallel_for(kPlanes, [&](int p) {
      add_gram(inputs + p * in_plane, c.channels, gradients + p * out_plane, c.filters, count, c.channels, c.filters,
               sums + p * plane_sums);
    });
  }
  const ptrdiff_t tap = static_cast<ptrdiff_t>(c.channels) * c.filters;
  parallel_for((c.channels + 7) / 8, [&](int task) {
    for (int k = task * 8; k < std::min(c.channels, (task + 1) * 8); k++)
      for (int f = 0; f < c.filters; f += kLanes) {
        const int lanes = std::min(kLanes, c.filters - f);
        Vec m[16], half[12];
        UNROLL for (int p = 0; p < kPlanes; p++) m[p] = load(sums + p * plane_sums + static_cast<size_t>(k) * columns + f);
        UNROLL for (int j = 0; j < 4; j++) {
          half[j] = m[j] + 0.5f * (m[4 + j] + m[8 + j]);
          half[4 + j] = 0.5f * (m[4 + j] - m[8 + j]);
          half[8 + j] = 0.5f * (m[4 + j] + m[8 + j]) + m[12 + j];
        }
        UNROLL for (int i = 0; i < 3; i++) {
          const Vec *h = half + i * 4, middle = 0.5f * (h[1] + h[2]);
          const Vec taps[3] = {h[0] + middle, 0.5f * (h[1] - h[2]), middle + h[3]};
          UNROLL for (int j = 0; j < 3; j++)
            store_first(c.d_weights + (i * 3 + j) * tap + static_cast<ptrdiff_t>(k) * c.filters + f, taps[j], lanes);
        }
      }
  });
}

inline void winograd_backward(const Convolution& c) {
  const Tiles t(c.batch, c.height, c.width);
  if (c.d_x.out != nullptr) winograd(c.d_out, c.weights, t, c.channels, c.filters, true, c.d_x);
  winograd_weights(c, t);
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
