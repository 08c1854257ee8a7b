// Convolutions over all channels with any window and stride, a row of the output at a time. What one row of a window sees is one
// piece of memory of the padded image, and the next pixel's begins a little later: a product of matrices whose rows overlap, which
// nobody has to copy. So few channels as blocks of other libraries do not fill cost no more than they are.
#pragma once

#include "matrix.h"
#include "statistics.h"
#include "windows.h"

namespace sononas {
namespace SONONAS_VARIANT {

INLINE void add_product(const float* a, ptrdiff_t row, const Packed& b, float* out, ptrdiff_t out_row, int rows) {
  multiply_onto<true>(a, row, b, out, out_row, rows, [](int, int) INLINE_LAMBDA {});
}

// The image as the windows see it: normalised and cut off at 0 if asked for, with a border of zeros.
inline void pad_input(const RowConvolution& c, int n, const PaddedSize& size, const Affine* affine, float* padded) {
  const float* x = c.x + static_cast<ptrdiff_t>(n) * c.height * c.width * c.channels;
  if (c.relu) pad_normalised<true>(x, padded, size, c.height, c.width, 0.0f, affine);
  else pad_normalised<false>(x, padded, size, c.height, c.width, 0.0f, affine);
}

inline void row_convolution(const RowConvolution& c) {
  const PaddedSize size = padded_of(c);
  const int inner = c.size * c.channels;
  const size_t each = packed_size(inner, c.filters);
  std::vector<float> packed(each * c.size);
  for (int ky = 0; ky < c.size; ky++)
    pack(c.weights + static_cast<ptrdiff_t>(ky) * inner * c.filters, inner, c.filters, c.filters, 1, &packed[ky * each]);
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(c.out_width) * c.filters, out_image = c.out_height * out_row;
  const bool normalise = c.normalisation.mean != nullptr;
  std::unique_ptr<Affine> affine(c.in_scale ? new Affine(c.in_scale, c.in_shift, c.channels) : nullptr);
  BatchStatistics statistics(c.batch, c.filters);
  parallel_for(c.batch, [&](int n) {
    float* padded = scratch(kPadded, size.room());
    pad_input(c, n, size, affine.get(), padded);
    float* out = c.out + n * out_image;
    const ptrdiff_t step = static_cast<ptrdiff_t>(c.stride) * c.channels;
    int seen = 0;
    for (int y = 0; y < c.out_height; y++) {
      float* to = out + y * out_row;
      for (int ky = 0; ky < c.size; ky++) {
        const float* from = padded + (static_cast<ptrdiff_t>(y) * c.stride + ky) * size.row();
        const Packed weights{&packed[ky * each], inner, c.filters};
        if (ky == 0) multiply(from, step, weights, to, c.filters, c.out_width);
        else add_product(from, step, weights, to, c.filters, c.out_width);
      }
      const int pixels = (y + 1 - seen) * c.out_width;
      if (!normalise || (pixels * c.filters < kStatisticsFloats && y + 1 < c.out_height)) continue;
      statistics.more(n, out + seen * out_row, pixels);
      seen = y + 1;
    }
    if (normalise) statistics.end(n);
  });
  if (normalise) statistics.finish(c.normalisation);
}

// The taps of a window that reach the input's pixels of one residue by the stride, from the last to the first: what they see of
// the gradient lies side by side.
struct Phase {
  int first, taps, shift;  // the first pixel; how many taps; which pixel of the gradient the first tap from the end sees at `first`
  Phase(const RowConvolution& c, int residue, int before) {
    // Pixel i is seen by tap k of output (i + before - k) / stride.
    first = ((residue - before) % c.stride + c.stride) % c.stride;
    taps = residue < c.size ? (c.size - residue - 1) / c.stride + 1 : 0;
    shift = (first + before - residue) / c.stride - (taps - 1);
  }
};

inline void row_convolution_backward(const RowConvolution& c) {
  const PaddedSize size = padded_of(c);
  const int inner = c.size * c.channels, gram = gram_row(c.filters), pixels = c.out_height * c.out_width;
  const ptrdiff_t out_row = static_cast<ptrdiff_t>(c.out_width) * c.filters, out_image = c.out_height * out_row;
  const ptrdiff_t row = static_cast<ptrdiff_t>(c.width) * c.channels, image = c.height * row;
  const bool normalised = c.gradient.mean != nullptr, wanted = c.d_x.out != nullptr;
  NormalisationBack back = c.d_sums ? NormalisationBack(c.d_sums, c.filters) : NormalisationBack(c.batch, c.filters);
  if (normalised && !c.d_sums)
    parallel_for(c.batch, [&](int n) {
      back.add(n, c.d_result + n * out_image, c.result + n * out_image, c.gradient.mean, pixels);
    });
  if (normalised) back.finish(c.gradient, static_cast<int64_t>(c.batch) * pixels);

  // The weights from the other side, for each row of the window and each residue of columns.
  std::vector<Phase> phases;
  std::vector<size_t> starts;
  size_t packed_floats = 0;
  for (int residue = 0; residue < c.stride; residue++) {
    phases.emplace_back(c, residue, c.left);
    starts.push_back(packed_floats);
    packed_floats += packed_size(phases.back().taps * c.filters, c.channels);
  }
  std::vector<float> packed(wanted ? packed_floats * c.size : 0);
  std::vector<float> turned(static_cast<size_t>(c.size) * c.filters * c.channels);
  if (wanted)
    for (int ky = 0; ky < c.size; ky++)
      for (int residue = 0; residue < c.stride; residue++) {
        const Phase& phase = phases[residue];
        for (int t = 0; t < phase.taps; t++) {
          const int kx = residue + c.stride * (phase.taps - 1 - t);
          const float* from = c.weights + (static_cast<ptrdiff_t>(ky) * c.size + kx) * c.channels * c.filters;
          for (int f = 0; f < c.filters; f++)
            for (int k = 0; k < c.channels; k++)
              turned[(static_cast<size_t>(t) * c.filters + f) * c.channels + k] = from[k * c.filters + f];
        }
        pack(turned.data(), phase.taps * c.filters, c.channels, c.channels, 1,
             &packed[ky * packed_floats + starts[residue]]);
      }

  const size_t part = static_cast<size_t>(c.size) * inner * gram;
  const ImageTasks images(c.batch, part);
  const Parts parts(images.tasks, part);
  std::unique_ptr<Affine> affine(c.in_scale ? new Affine(c.in_scale, c.in_shift, c.channels) : nullptr);
  std::vector<float> in_sums(c.in_mean ? static_cast<size_t>(c.batch) * 2 * c.channels : 0), in_mean(period_of(c.channels));
  if (c.in_mean) repeat(c.in_mean, c.channels, in_mean.data(), period_of(c.channels));
  // Zeros before and behind each row of the gradient, as many as any window reaches.
  const int border = c.size + 1;
  const ptrdiff_t d_row = static_cast<ptrdiff_t>(c.out_width + 2 * border + c.size) * c.filters;
  parallel_for(images.tasks, [&](int task) {
    float* sums = parts.of(task);
    std::fill(sums, sums + part, 0.0f);
    for (int n = images.first(task); n < images.end(task); n++) {
      float* padded = scratch(kPadded, size.room());
      pad_input(c, n, size, affine.get(), padded);
      float* d = scratch(kPaddedGradient, static_cast<size_t>(c.out_height) * d_row + 3 * kLanes);
      std::fill(d, d + c.out_height * d_row + 3 * kLanes, 0.0f);
      for (int y = 0; y < c.out_height; y++) {
        const ptrdiff_t place = n * out_image + y * out_row;
        float* to = d + y * d_row + static_cast<ptrdiff_t>(border) * c.filters;
        if (normalised) back.apply(c.d_result + place, c.result + place, to, out_row);
        else memcpy(to, c.d_result + place, sizeof(float) * out_row);
        for (int ky = 0; ky < c.size; ky++)
          add_gram(padded + (static_cast<ptrdiff_t>(y) * c.stride + ky) * size.row(),
                   static_cast<ptrdiff_t>(c.stride) * c.channels, to, c.filters, c.out_width, inner, c.filters,
                   sums + static_cast<ptrdiff_t>(ky) * inner * gram);
      }
      if (!wanted) continue;
      float* line = scratch(kRow, static_cast<size_t>(row) + kLanes);
      for (int y = 0; y < c.height; y++) {
        std::fill(line, line + row, 0.0f);
        for (int ky = (y + c.top) % c.stride; ky < c.size && ky <= y + c.top; ky += c.stride) {
          const int from = (y + c.top - ky) / c.stride;
          if (from >= c.out_height) continue;
          for (int residue = 0; residue < c.stride; residue++) {
            const Phase& phase = phases[residue];
            const int count = (c.width - phase.first + c.stride - 1) / c.stride;
            if (phase.taps == 0 || count <= 0) continue;
            const Packed weights{&packed[ky * packed_floats + starts[residue]], phase.taps * c.filters, c.channels};
            // Beyond the last output there are zeros for as long as the border is; further pixels see nothing.
            add_product(d + from * d_row + static_cast<ptrdiff_t>(border + phase.shift) * c.filters, c.filters, weights,
                        line + static_cast<ptrdiff_t>(phase.first) * c.channels,
                        static_cast<ptrdiff_t>(c.stride) * c.channels, count);
          }
        }
        const float* active = padded + size.inside() + y * size.row();
        row_vectors(row, [&](ptrdiff_t i, int count) INLINE_LAMBDA {
          Vec v = load_first(line + i, count);
          if (c.relu) v = where_positive(load_first(active + i, count), v);
          put_gradient(c.d_x, n * image + y * row + i, v, count);
        });
      }
      if (!c.in_mean) continue;
      const float *x = c.x + n * image, *d_x = c.d_x.out + n * image;
      float* to = &in_sums[static_cast<size_t>(n) * 2 * c.channels];
      channel_sums(image, c.channels, to, to + c.channels, [&](int64_t i, int phase, int count, Vec& a, Vec& b) INLINE_LAMBDA {
        const Vec g = load_first(d_x + i, count);
        a += g;
        b += g * (load_first(x + i, count) - load(&in_mean[phase]));
      });
    }
  });
  parts.sum_rows(0, c.size * inner, gram, c.filters, c.d_weights);
  if (c.in_mean)
    for (int i = 0; i < 2 * c.channels; i++) {
      double all = 0;
      for (int n = 0; n < c.batch; n++) all += in_sums[static_cast<size_t>(n) * 2 * c.channels + i];
      c.in_sums[i] = static_cast<float>(all);
    }
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
