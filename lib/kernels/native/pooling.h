// What goes into both pools and what comes out: an image that is normalised on the way, and a sum that needs no pass of its
// own.
#pragma once

#include <memory>

#include "windows.h"

namespace sononas {
namespace SONONAS_VARIANT {

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
  pad_normalised<false>(image, padded, size, p.height, p.width, border, affine);
}

INLINE std::unique_ptr<Affine> affine_of(const Pool& p) {
  return std::unique_ptr<Affine>(p.in_scale ? new Affine(p.in_scale, p.in_shift, p.channels) : nullptr);
}

// While one image is computed, the next one is asked for, and the places of the results before they are written. With
// stride 1 image and result are alike.
struct PoolAhead {
  const float *x, *addend;
  float* out;
  PoolAhead(const Pool& p, int n) {
    const ptrdiff_t next = image_after(n, 1, p.batch);
    const ptrdiff_t image = static_cast<ptrdiff_t>(p.out_height) * p.out_width * p.channels;
    x = p.x + next * p.height * p.width * p.channels;
    addend = p.addend == nullptr ? nullptr : p.addend + next * image;
    out = p.out + n * image;
  }
  INLINE void ask(ptrdiff_t place, ptrdiff_t out_row) const {
    soon_read(x + place);
    if (addend != nullptr) soon_read(addend + place);
    soon_write(out + place + kPoolRows * out_row);
  }
};
struct GradientAhead {
  const float *d_out, *d_x;
  GradientAhead(const Pool& p, int n) {
    const ptrdiff_t next = image_after(n, 1, p.batch);
    d_out = p.d_out + next * p.out_height * p.out_width * p.channels;
    d_x = p.d_x.out + next * p.height * p.width * p.channels;
  }
  INLINE void ask(ptrdiff_t place) const {
    soon_read(d_out + place);
    soon_write(d_x + place);
  }
};

}  // namespace SONONAS_VARIANT
}  // namespace sononas
