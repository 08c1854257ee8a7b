// Sums and concatenations of 1 × 1 convolutions as one product of matrices: the inputs' channels of a pixel are laid
// side by side in a small tile, which stays in the cache, and the weights below each other.
#pragma once

#include <memory>

#include "matrix.h"
#include "parts.h"
#include "statistics.h"

namespace sononas {
namespace SONONAS_VARIANT {

// The pixels of the output, in tasks of whole rows of images, and the places in the inputs that they come from.
struct PixelTasks {
  int out_height, out_width, tasks;
  int64_t pixels, each;

  PixelTasks(int batch, int height, int width, int stride) {
    out_height = (height + stride - 1) / stride;
    out_width = (width + stride - 1) / stride;
    pixels = static_cast<int64_t>(batch) * out_height * out_width;
    // By the shape alone, whatever the number of threads: the sums are the same everywhere.
    each = std::max<int64_t>(256, (pixels + 15) / 16);
    tasks = static_cast<int>((pixels + each - 1) / each);
  }
};

// Where in the input the pixel of the output lies, or -1 outside.
INLINE int64_t source_pixel(const Pointwise& p, const PixelTasks& t, int offset, int64_t pixel) {
  if (p.stride == 1) return pixel;
  const int64_t x = pixel % t.out_width, rest = pixel / t.out_width, y = rest % t.out_height, n = rest / t.out_height;
  const int64_t from_y = y * p.stride + offset, from_x = x * p.stride + offset;
  if (from_y >= p.height || from_x >= p.width) return -1;
  return (n * p.height + from_y) * p.width + from_x;
}

// Scale and shift of a normalisation that was left to the reader of an input: for pieces of memory, and for a pixel, with
// room for a vector behind it.
struct InputNormalisation {
  Affine affine;
  std::vector<float> scale, shift;
  explicit InputNormalisation(const PointwiseInput& input)
      : affine(input.scale, input.shift, input.channels),
        scale(input.channels + kLanes),
        shift(input.channels + kLanes) {
    repeat(input.scale, input.channels, scale.data(), input.channels + kLanes);
    repeat(input.shift, input.channels, shift.data(), input.channels + kLanes);
  }
};

// Of all inputs; null for those that are taken as they are.
using InputNormalisations = std::vector<std::unique_ptr<InputNormalisation>>;
inline InputNormalisations normalisations_of(const Pointwise& p) {
  InputNormalisations all;
  for (int i = 0; i < p.inputs; i++)
    all.emplace_back(p.input[i].scale == nullptr ? nullptr : new InputNormalisation(p.input[i]));
  return all;
}

// Copies the channels of a pixel, normalised if it is to be, and cut off at 0 if asked for. With room to spare both places
// may be overrun by 7 floats.
template <bool kRelu>
INLINE void copy_channels(float* to, const float* from, int channels, bool room, const InputNormalisation* n) {
  const auto copy = [=](auto take) INLINE_LAMBDA {
    int c = 0;
    const int whole = room ? channels : channels / kLanes * kLanes;
    for (; c < whole; c += kLanes) {
      const Vec v = take(c, kLanes);
      store(to + c, kRelu ? relu(v) : v);
    }
    if (c < channels) {
      const Vec v = take(c, channels - c);
      store_first(to + c, kRelu ? relu(v) : v, channels - c);
    }
  };
  if (n == nullptr) return copy([=](int c, int count) INLINE_LAMBDA { return load_first(from + c, count); });
  const float *scale = n->scale.data(), *shift = n->shift.data();
  copy([=](int c, int count) INLINE_LAMBDA { return load_first(from + c, count) * load(scale + c) + load(shift + c); });
}

// Lays the inputs' channels of `count` pixels side by side. Pixel by pixel from left to right: what is written beyond
// the end is written over by what comes next, and the tile has room behind it.
template <bool kRelu>
INLINE void gather_activated(const Pointwise& p, const InputNormalisations& normalisations, const PixelTasks& t,
                             int64_t first, int count, float* tile) {
  const int64_t all = static_cast<int64_t>(p.batch) * p.height * p.width;
  float* to = tile;
  for (int m = 0; m < count; m++)
    for (int i = 0; i < p.inputs; i++) {
      const PointwiseInput& input = p.input[i];
      const int64_t pixel = source_pixel(p, t, input.offset, first + m);
      if (pixel < 0) std::fill(to, to + input.channels, 0.0f);
      // What follows a pixel may be read, too, except behind the last ones.
      else
        copy_channels<kRelu>(to, input.x + pixel * input.channels, input.channels,
                             (all - pixel - 1) * input.channels >= kLanes, normalisations[i].get());
      to += input.channels;
    }
}
inline void gather(const Pointwise& p, const InputNormalisations& normalisations, const PixelTasks& t, int64_t first,
                   int count, float* tile) {
  if (p.relu) gather_activated<true>(p, normalisations, t, first, count, tile);
  else gather_activated<false>(p, normalisations, t, first, count, tile);
}

// Hands the gradient of a pixel's channels over: where the input was positive if it was cut off at 0, and on top of a
// base if there is one.
template <bool kRelu>
INLINE void scatter_channels(float* out, const float* base, const float* d, const float* x, int channels) {
  int c = 0;
  for (; c + kLanes <= channels; c += kLanes) {
    Vec v = kRelu ? where_positive(load(x + c), load(d + c)) : load(d + c);
    if (base != nullptr) v += load(base + c);
    store(out + c, v);
  }
  for (; c < channels; c++) {
    const float v = kRelu && !(x[c] > 0) ? 0.0f : d[c];
    out[c] = base != nullptr ? base[c] + v : v;
  }
}

// All weights as one matrix, [all channels, filters], zeros where an input does not reach a column.
inline std::vector<float> join_weights(const Pointwise& p, int channels) {
  std::vector<float> joined(static_cast<size_t>(channels) * p.filters);
  int at = 0;
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    for (int k = 0; k < input.channels; k++, at++)
      memcpy(&joined[static_cast<size_t>(at) * p.filters + input.column],
             input.weights + static_cast<ptrdiff_t>(k) * input.filters, sizeof(float) * input.filters);
  }
  return joined;
}

INLINE int all_channels(const Pointwise& p) {
  int sum = 0;
  for (int i = 0; i < p.inputs; i++) sum += p.input[i].channels;
  return sum;
}

constexpr int kTilePixels = 96;

// Whether all inputs are read as they lie in memory and add up to the same columns: then a tile of an input is one piece of
// memory, and each input is multiplied by itself.
INLINE bool is_straight_sum(const Pointwise& p) {
  for (int i = 0; i < p.inputs; i++)
    if (p.stride != 1 || p.input[i].offset != 0 || p.input[i].column != 0 || p.input[i].filters != p.filters) return false;
  return true;
}

// The weights of each input, packed behind each other; for the backward pass transposed.
inline std::vector<float> pack_inputs(const Pointwise& p, bool back, std::vector<Packed>& weights) {
  std::vector<size_t> places;
  size_t size = 0;
  for (int i = 0; i < p.inputs; i++) {
    places.push_back(size);
    size += back ? packed_size(p.filters, p.input[i].channels) : packed_size(p.input[i].channels, p.filters);
  }
  std::vector<float> packed(size);
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    float* to = packed.data() + places[i];
    if (back) pack(input.weights, p.filters, input.channels, 1, p.filters, to);
    else pack(input.weights, input.channels, p.filters, p.filters, 1, to);
    weights.push_back(back ? Packed{to, p.filters, input.channels} : Packed{to, input.channels, p.filters});
  }
  return packed;
}

// A tile of an input, in `tile` where it is normalised or cut off at 0.
INLINE const float* straight_tile(const Pointwise& p, const PointwiseInput& input, const InputNormalisation* n, int64_t m,
                                  int count, float* tile) {
  const float* from = input.x + m * input.channels;
  const ptrdiff_t floats = static_cast<ptrdiff_t>(count) * input.channels;
  if (n != nullptr && p.relu) normalise_row<true>(tile, from, floats, n->affine);
  else if (n != nullptr) normalise_row<false>(tile, from, floats, n->affine);
  else if (p.relu) relu_row(tile, from, floats);
  else return from;
  return tile;
}

INLINE int most_channels(const Pointwise& p) {
  int most = 0;
  for (int i = 0; i < p.inputs; i++) most = std::max(most, p.input[i].channels);
  return most;
}

// Asks for some pixels of an image, to be read or written; null for one that nobody wants.
template <bool kWrite>
INLINE void soon_pixels(const float* x, int channels, int64_t first, int count) {
  if (x == nullptr) return;
  const float* place = x + first * channels;
  for (int i = 0; i < count * channels; i += kLineFloats) kWrite ? soon_write(place + i) : soon_read(place + i);
}

inline void straight_forward(const Pointwise& p, const InputNormalisations& normalisations,
                             const std::vector<Packed>& weights, int64_t m, int count, float* tile) {
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    const float* a = straight_tile(p, input, normalisations[i].get(), m, count, tile);
    // Of the tile that comes next.
    const auto meanwhile = [&](int row, int rows) INLINE_LAMBDA {
      const int64_t pixel = m + kTilePixels + row;
      soon_pixels<false>(input.x, input.channels, pixel, rows);
      if (i == 0) soon_pixels<true>(p.out, p.filters, pixel, rows);
    };
    float* out = p.out + m * p.filters;
    if (i == 0) multiply_onto<false>(a, input.channels, weights[i], out, p.filters, count, meanwhile);
    else multiply_onto<true>(a, input.channels, weights[i], out, p.filters, count, meanwhile);
  }
}

// The means of inputs whose normalisation wants sums, spread over a period; empty for the others.
inline std::vector<std::vector<float>> input_means(const Pointwise& p) {
  std::vector<std::vector<float>> means(p.inputs);
  for (int i = 0; i < p.inputs; i++) {
    if (p.input[i].in_mean == nullptr) continue;
    means[i].resize(period_of(p.input[i].channels));
    repeat(p.input[i].in_mean, p.input[i].channels, means[i].data(), static_cast<int>(means[i].size()));
  }
  return means;
}

// Of a tile whose gradient is d: adds to the sums of the weights' gradients, and to those of the inputs' normalisations behind
// them, and hands over the inputs' gradients.
inline void straight_backward(const Pointwise& p, const InputNormalisations& normalisations,
                              const std::vector<Packed>& weights, const std::vector<std::vector<float>>& means,
                              const float* d, int64_t m, int count, float* tile, float* d_tile, float* sums) {
  float* in_sums = sums + static_cast<ptrdiff_t>(all_channels(p)) * gram_row(p.filters);
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    const float* a = straight_tile(p, input, normalisations[i].get(), m, count, tile);
    add_gram(a, input.channels, d, p.filters, count, input.channels, p.filters, sums);
    sums += static_cast<ptrdiff_t>(input.channels) * gram_row(p.filters);
    if (input.d_x.out == nullptr) continue;
    // Of the tile that comes next.
    const auto meanwhile = [&](int row, int rows) INLINE_LAMBDA {
      const int64_t pixel = m + kTilePixels + row;
      soon_pixels<false>(input.x, input.channels, pixel, rows);
      soon_pixels<true>(input.d_x.out, input.channels, pixel, rows);
      if (i > 0) return;
      soon_pixels<false>(p.d_result, p.filters, pixel, rows);
      soon_pixels<false>(p.result, p.filters, pixel, rows);
    };
    multiply_onto<false>(d, p.filters, weights[i], d_tile, input.channels, count, meanwhile);
    const ptrdiff_t floats = static_cast<ptrdiff_t>(count) * input.channels;
    const float* base = input.d_x.base == nullptr ? nullptr : input.d_x.base + m * input.channels;
    float* out = input.d_x.out + m * input.channels;
    const auto put = [=](ptrdiff_t c, int lanes) INLINE_LAMBDA {
      Vec v = load_first(d_tile + c, lanes);
      if (p.relu) v = where_positive(load_first(a + c, lanes), v);
      if (base != nullptr) v += load_first(base + c, lanes);
      store_first(out + c, v, lanes);
      return v;
    };
    ptrdiff_t c = 0;
    if (input.in_mean == nullptr) {
      for (; c + kLanes <= floats; c += kLanes) put(c, kLanes);
      if (c < floats) put(c, static_cast<int>(floats - c));
      continue;
    }
    const float *x = input.x + m * input.channels, *mean = means[i].data();
    const int period = static_cast<int>(means[i].size());
    int phase = 0;
    const auto put_and_sum = [&](int lanes) INLINE_LAMBDA {
      const Vec v = put(c, lanes);
      store(in_sums + phase, load(in_sums + phase) + v);
      // Lanes beyond are 0 in v and change nothing.
      const Vec product = v * (load_first(x + c, lanes) - load(mean + phase));
      store(in_sums + period + phase, load(in_sums + period + phase) + product);
      phase += kLanes;
      if (phase == period) phase = 0;
    };
    for (; c + kLanes <= floats; c += kLanes) put_and_sum(kLanes);
    if (c < floats) put_and_sum(static_cast<int>(floats - c));
    in_sums += 2 * period;
  }
}

inline void pointwise_forward(const Pointwise& p) {
  const PixelTasks t(p.batch, p.height, p.width, p.stride);
  const bool straight = is_straight_sum(p);
  const int channels = straight ? most_channels(p) : all_channels(p);
  std::vector<Packed> inputs;
  std::vector<float> packed;
  if (straight) {
    packed = pack_inputs(p, false, inputs);
  } else {
    packed.resize(packed_size(channels, p.filters));
    pack(join_weights(p, channels).data(), channels, p.filters, p.filters, 1, packed.data());
  }
  const Packed weights{packed.data(), channels, p.filters};
  const InputNormalisations normalisations = normalisations_of(p);
  const bool normalise = p.normalisation.mean != nullptr;
  BatchStatistics statistics(t.tasks, p.filters);
  parallel_for(t.tasks, [&](int task) {
    const int64_t begin = task * t.each, end = std::min(t.pixels, begin + t.each);
    float* tile = scratch(kTile, static_cast<size_t>(kTilePixels) * channels + kLanes);
    int64_t seen = begin;
    for (int64_t m = begin; m < end; m += kTilePixels) {
      const int count = static_cast<int>(std::min<int64_t>(kTilePixels, end - m));
      if (straight) {
        straight_forward(p, normalisations, inputs, m, count, tile);
      } else {
        gather(p, normalisations, t, m, count, tile);
        multiply(tile, channels, weights, p.out + m * p.filters, p.filters, count);
      }
      if (!normalise || ((m + count - seen) * p.filters < kStatisticsFloats && m + count < end)) continue;
      statistics.more(task, p.out + seen * p.filters, m + count - seen);
      seen = m + count;
    }
    if (normalise) statistics.end(task);
  });
  if (normalise) statistics.finish(p.normalisation);
}

inline void pointwise_backward(const Pointwise& p) {
  const PixelTasks t(p.batch, p.height, p.width, p.stride);
  const int channels = all_channels(p), gram = gram_row(p.filters);
  const bool straight = is_straight_sum(p);
  std::vector<Packed> inputs;
  std::vector<float> transposed;
  if (straight) {
    transposed = pack_inputs(p, true, inputs);
  } else {
    transposed.resize(packed_size(p.filters, channels));
    pack(join_weights(p, channels).data(), p.filters, channels, 1, p.filters, transposed.data());
  }
  const Packed weights{transposed.data(), p.filters, channels};
  const InputNormalisations normalisations = normalisations_of(p);

  const bool normalised = p.gradient.mean != nullptr;
  NormalisationBack back = p.d_sums ? NormalisationBack(p.d_sums, p.filters) : NormalisationBack(t.tasks, p.filters);
  if (normalised && !p.d_sums) {
    parallel_for(t.tasks, [&](int task) {
      const int64_t begin = task * t.each, end = std::min(t.pixels, begin + t.each);
      back.add(task, p.d_result + begin * p.filters, p.result + begin * p.filters, p.gradient.mean, end - begin);
    });
  }
  if (normalised) back.finish(p.gradient, t.pixels);
  // With a stride most pixels of an input get nothing.
  const int64_t image = static_cast<int64_t>(p.height) * p.width;
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    if (input.d_x.out != nullptr && p.stride > 1) {
      parallel_for(p.batch, [&](int n) {
        float* out = input.d_x.out + n * image * input.channels;
        // Two inputs may be the same; then the first begins and the second adds.
        if (input.d_x.base == nullptr) std::fill(out, out + image * input.channels, 0.0f);
        else if (input.d_x.base != input.d_x.out)
          memcpy(out, input.d_x.base + n * image * input.channels, sizeof(float) * image * input.channels);
      });
    }
  }

  const std::vector<std::vector<float>> means = input_means(p);
  const size_t gram_part = static_cast<size_t>(channels) * gram;
  size_t part = gram_part;
  for (const std::vector<float>& mean : means) part += 2 * mean.size();
  const Parts parts(t.tasks, part);
  parallel_for(t.tasks, [&](int task) {
    const int64_t begin = task * t.each, end = std::min(t.pixels, begin + t.each);
    float* tile = scratch(kTile, static_cast<size_t>(kTilePixels) * channels + kLanes);
    float* d_out = scratch(kTileGradient, static_cast<size_t>(kTilePixels) * p.filters + 3 * kLanes);
    float* d_tile = scratch(kBand, static_cast<size_t>(kTilePixels) * channels + kLanes);
    float* sums = parts.of(task);
    std::fill(sums, sums + part, 0.0f);
    for (int64_t m = begin; m < end; m += kTilePixels) {
      const int count = static_cast<int>(std::min<int64_t>(kTilePixels, end - m));
      const float* d_result = p.d_result + m * p.filters;
      if (normalised) back.apply(d_result, p.result + m * p.filters, d_out, static_cast<int64_t>(count) * p.filters);
      else memcpy(d_out, d_result, sizeof(float) * count * p.filters);
      if (straight) {
        straight_backward(p, normalisations, inputs, means, d_out, m, count, tile, d_tile, sums);
        continue;
      }
      gather(p, normalisations, t, m, count, tile);
      add_gram(tile, channels, d_out, p.filters, count, channels, p.filters, sums);
      multiply(d_out, p.filters, weights, d_tile, channels, count);
      int at = 0;
      for (int i = 0; i < p.inputs; i++) {
        const PointwiseInput& input = p.input[i];
        if (input.d_x.out != nullptr)
          for (int row = 0; row < count; row++) {
            const int64_t pixel = source_pixel(p, t, input.offset, m + row);
            if (pixel < 0) continue;
            const float* d = d_tile + static_cast<ptrdiff_t>(row) * channels + at;
            const float* x = tile + static_cast<ptrdiff_t>(row) * channels + at;
            float* out = input.d_x.out + pixel * input.channels;
            // With a stride the base has been copied to its place already.
            const float* base = p.stride > 1 ? out : input.d_x.base ? input.d_x.base + pixel * input.channels : nullptr;
            if (p.relu) scatter_channels<true>(out, base, d, x, input.channels);
            else scatter_channels<false>(out, base, d, x, input.channels);
          }
        at += input.channels;
      }
    }
  });

  int at = 0;
  size_t in_sums = gram_part;
  for (int i = 0; i < p.inputs; i++) {
    const PointwiseInput& input = p.input[i];
    if (input.in_mean != nullptr) {
      fold_sums(parts, in_sums, t.tasks, input.channels, input.in_sums);
      in_sums += 2 * means[i].size();
    }
    parts.sum_rows(static_cast<size_t>(at) * gram + input.column, input.channels, gram, input.filters, input.d_weights);
    at += input.channels;
  }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
