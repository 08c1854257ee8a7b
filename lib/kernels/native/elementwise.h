// Batch normalisation by itself, sums of values, and the backward pass through a ReLU: one pass over memory each.
#pragma once

#include <memory>

#include "statistics.h"

namespace sononas {
namespace SONONAS_VARIANT {

// Pieces of flat memory that begin with channel 0, by the shape alone.
struct Pieces {
  int64_t pixels, each;
  int tasks;
  Pieces(int64_t all, int channels) : pixels(all) {
    const int64_t whole = period_of(channels) / channels;
    each = std::max<int64_t>(1, 16384 / (whole * channels)) * whole;
    tasks = static_cast<int>((pixels + each - 1) / each);
  }
  int64_t first(int task) const { return task * each; }
  int64_t count(int task) const { return std::min(each, pixels - task * each); }
};

inline void normalise(const Normalise& n) {
  const Pieces pieces(n.pixels, n.channels);
  BatchStatistics statistics(pieces.tasks, n.channels);
  parallel_for(pieces.tasks,
               [&](int task) { statistics.add(task, n.x + pieces.first(task) * n.channels, pieces.count(task)); });
  statistics.finish(n.normalisation);
  if (n.out == nullptr) return;
  const Affine affine(n.normalisation.scale, n.normalisation.shift, n.channels);
  parallel_for(pieces.tasks, [&](int task) {
    const float* x = n.x + pieces.first(task) * n.channels;
    float* out = n.out + pieces.first(task) * n.channels;
    const bool cut = n.relu;
    affine.each(pieces.count(task) * n.channels, [=](int64_t i, Vec scale, Vec shift, int count) INLINE_LAMBDA {
      Vec v = load_first(x + i, count) * scale + shift;
      if (cut) v = relu(v);
      store_first(out + i, v, count);
    });
  });
}

inline void relu_backward(const ReluBackward& r) {
  constexpr int64_t kEach = 16384;
  parallel_for(static_cast<int>((r.count + kEach - 1) / kEach), [&](int task) {
    const int64_t end = std::min(r.count, (task + 1) * kEach);
    for (int64_t i = task * kEach; i < end; i += kLanes) {
      const int count = static_cast<int>(std::min<int64_t>(kLanes, end - i));
      store_first(r.d_x + i, where_positive(load_first(r.out + i, count), load_first(r.d_out + i, count)), count);
    }
  });
}

inline void normalise_backward(const NormaliseBackward& n) {
  const Pieces pieces(n.pixels, n.channels);
  const NormalisationGradient& g = n.normalisation;
  // The gradient before the ReLU goes to its final place and is worked on there.
  const float* d_normalised = n.d_out;
  if (n.relu) {
    relu_backward({n.pixels * n.channels, n.d_out, n.out, n.d_x});
    d_normalised = n.d_x;
  }
  NormalisationBack back(pieces.tasks, n.channels);
  parallel_for(pieces.tasks, [&](int task) {
    const int64_t at = pieces.first(task) * n.channels;
    back.add(task, d_normalised + at, n.x + at, g.mean, pieces.count(task));
  });
  back.finish(g, n.pixels);
  parallel_for(pieces.tasks, [&](int task) {
    const int64_t at = pieces.first(task) * n.channels;
    back.apply(d_normalised + at, n.x + at, n.d_x + at, pieces.count(task) * n.channels);
  });
}

// All inputs of a vector at a time, so that each is read and the sum is written once.
inline void sum(const Sum& s) {
  const Pieces pieces(s.pixels, s.channels);
  const int period = period_of(s.channels);
  // What is taken as it is has scale 1 and shift 0; the shifts are added up beforehand.
  std::vector<float> scales(static_cast<size_t>(s.inputs) * period), shift(period, 0.0f), repeated(period);
  for (int k = 0; k < s.inputs; k++) {
    float* scale = &scales[static_cast<size_t>(k) * period];
    if (s.scale[k] == nullptr) {
      std::fill(scale, scale + period, 1.0f);
      continue;
    }
    repeat(s.scale[k], s.channels, scale, period);
    repeat(s.shift[k], s.channels, repeated.data(), period);
    for (int i = 0; i < period; i++) shift[i] += repeated[i];
  }
  parallel_for(pieces.tasks, [&](int task) {
    const int64_t at = pieces.first(task) * s.channels, floats = pieces.count(task) * s.channels;
    float* out = s.out + at;
    const auto put = [&](int64_t i, int phase, int count) INLINE_LAMBDA {
      Vec v = load(&shift[phase]);
      for (int k = 0; k < s.inputs; k++)
        v += load_first(s.x[k] + at + i, count) * load(&scales[static_cast<size_t>(k) * period + phase]);
      if (s.relu) v = relu(v);
      store_first(out + i, v, count);
    };
    int64_t i = 0;
    for (; i + period <= floats; i += period)
      for (int phase = 0; phase < period; phase += kLanes) put(i + phase, phase, kLanes);
    for (int phase = 0; i < floats; i += kLanes, phase += kLanes)
      put(i, phase, static_cast<int>(std::min<int64_t>(kLanes, floats - i)));
  });
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
