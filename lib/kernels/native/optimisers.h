// Steps of an optimiser and of moving averages over all weights at once, in place.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels.h"
#include "parallel.h"
#include "vector.h"

namespace sononas {
namespace SONONAS_VARIANT {

// Weights in pieces of about the same size: a few large ones and hundreds of small ones are shared out evenly.
struct WeightPieces {
  static constexpr int64_t kEach = 16384;
  std::vector<std::pair<int, int64_t>> first;  // which weight, from which place
  WeightPieces(const int64_t* sizes, int count) {
    for (int k = 0; k < count; k++)
      for (int64_t at = 0; at < sizes[k]; at += kEach) first.push_back({k, at});
  }
  // Calls body(weight, place, count) for the vectors of the task's pieces: some pieces a task, by the sizes alone.
  static constexpr int kPiecesPerTask = 8;
  int tasks() const { return static_cast<int>((first.size() + kPiecesPerTask - 1) / kPiecesPerTask); }
  template <class Body>
  INLINE void each(int task, const int64_t* sizes, Body body) const {
    const size_t end = std::min(first.size(), static_cast<size_t>(task + 1) * kPiecesPerTask);
    for (size_t piece = static_cast<size_t>(task) * kPiecesPerTask; piece < end; piece++) {
      const int k = first[piece].first;
      const int64_t to = std::min(sizes[k], first[piece].second + kEach);
      int64_t i = first[piece].second;
      for (; i + kLanes <= to; i += kLanes) body(k, i, kLanes);
      if (i < to) body(k, i, static_cast<int>(to - i));
    }
  }
};

// The norm of all gradients together.
inline double norm_of(const WeightPieces& pieces, const int64_t* sizes, const float* const* gradients) {
  std::vector<double> squares(pieces.tasks());
  parallel_for(pieces.tasks(), [&](int task) {
    double total = 0;
    pieces.each(task, sizes, [&](int k, int64_t i, int count) INLINE_LAMBDA {
      const Vec g = load_first(gradients[k] + i, count);
      total += sum_of(g * g);
    });
    squares[task] = total;
  });
  double sum = 0;
  for (double each : squares) sum += each;
  return std::sqrt(sum);
}

// A norm that is not a number makes a factor that is none: a training that has blown up shows it.
INLINE float clip_factor(double norm, float bound) {
  return bound > 0 && !(norm <= bound) ? static_cast<float>(bound / norm) : 1.0f;
}

inline double momentum(const Momentum& m) {
  const WeightPieces pieces(m.sizes, m.count);
  const double norm = norm_of(pieces, m.sizes, m.gradients);
  const float factor = clip_factor(norm, m.bound);
  parallel_for(pieces.tasks(), [&](int task) {
    pieces.each(task, m.sizes, [&](int k, int64_t i, int count) INLINE_LAMBDA {
      const Vec w = load_first(m.weights[k] + i, count);
      const Vec g = load_first(m.gradients[k] + i, count) * factor + m.decay * w;
      const Vec moment = m.momentum * load_first(m.moments[k] + i, count) + g;
      store_first(m.moments[k] + i, moment, count);
      store_first(m.weights[k] + i, w - m.rate * (m.nesterov ? g + m.momentum * moment : moment), count);
    });
  });
  return norm;
}

inline double adam(const Adam& a) {
  const WeightPieces pieces(a.sizes, a.count);
  const double norm = norm_of(pieces, a.sizes, a.gradients);
  const float factor = clip_factor(norm, a.bound);
  // Both moments begin at 0, which the corrections make up for.
  const float correction1 = static_cast<float>(1 - std::pow(static_cast<double>(a.beta1), static_cast<double>(a.step)));
  const float correction2 = static_cast<float>(1 - std::pow(static_cast<double>(a.beta2), static_cast<double>(a.step)));
  parallel_for(pieces.tasks(), [&](int task) {
    pieces.each(task, a.sizes, [&](int k, int64_t i, int count) INLINE_LAMBDA {
      const Vec w = load_first(a.weights[k] + i, count);
      const Vec g = load_first(a.gradients[k] + i, count) * factor;
      const Vec first = a.beta1 * load_first(a.first[k] + i, count) + (1 - a.beta1) * g;
      const Vec second = a.beta2 * load_first(a.second[k] + i, count) + (1 - a.beta2) * g * g;
      store_first(a.first[k] + i, first, count);
      store_first(a.second[k] + i, second, count);
      const Vec corrected = second / correction2;
      Vec root;
      for (int lane = 0; lane < kLanes; lane++) root[lane] = std::sqrt(corrected[lane]);
      store_first(a.weights[k] + i, w - a.rate * (first / correction1 / (root + a.epsilon) + a.decay * w), count);
    });
  });
  return norm;
}

inline void move_averages(const Averages& a) {
  const WeightPieces pieces(a.sizes, a.count);
  const Vec keep = broadcast(a.keep), take = broadcast(1 - a.keep);
  parallel_for(pieces.tasks(), [&](int task) {
    pieces.each(task, a.sizes, [&](int k, int64_t i, int count) INLINE_LAMBDA {
      float* average = a.averages[k] + i;
      store_first(average, keep * load_first(average, count) + take * load_first(a.values[k] + i, count), count);
    });
  });
}

}  // namespace SONONAS_VARIANT
}  // namespace sononas
