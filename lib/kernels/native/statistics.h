// Mean and variance of each channel over a batch, put together from parts. Each task leaves its mean and its sum of
// squared deviations; they are combined in the order of the tasks, in double precision (Chan, Golub and LeVeque, 1983),
// so that the result is accurate and does not depend on who did what.
#pragma once

#include <cmath>
#include <vector>

#include "channels.h"
#include "kernels.h"
#include "parallel.h"
#include "parts.h"

namespace sononas {
namespace SONONAS_VARIANT {

// So many numbers are taken in at a time while they are in the cache: fewer would not be worth the beginning.
constexpr int kStatisticsFloats = 16384;

class BatchStatistics {
 public:
  BatchStatistics(int tasks, int channels)
      : channels_(channels), pixels_(tasks), parts_(size_t(tasks) * 2 * channels) {}

  // Takes in the pixels of one task.
  void add(int task, const float* x, int64_t pixels) {
    more(task, x, pixels);
    end(task);
  }

  // Takes in some pixels of a task, which are still in the cache perhaps. They are summed relative to the first of all, which
  // keeps small differences. A thread finishes a task before it begins another one.
  void more(int task, const float* x, int64_t pixels) {
    if (pixels == 0) return;
    const int period = period_of(channels_);
    float *sum = &parts_[size_t(task) * 2 * channels_], *squares = sum + channels_;
    float *origin = scratch(kSums, size_t(period) + 2 * channels_), *d_sum = origin + period, *d_squares = d_sum + channels_;
    if (pixels_[task] == 0) repeat(x, channels_, origin, period);
    pixels_[task] += pixels;
    channel_sums(pixels * channels_, channels_, d_sum, d_squares,
                 [=](int64_t i, int phase, int count, Vec& a, Vec& b) INLINE_LAMBDA {
                   // Lanes beyond count are 0 in both and change nothing.
                   const Vec d = load_first(x + i, count) - load_first(origin + phase, count);
                   a += d;
                   b += d * d;
                 });
    for (int c = 0; c < channels_; c++) sum[c] += d_sum[c], squares[c] += d_squares[c];
  }

  // Ends a task: of its sums the mean and the squared deviations are left.
  void end(int task) {
    if (pixels_[task] == 0) return;
    float *mean = &parts_[size_t(task) * 2 * channels_], *squares = mean + channels_;
    const float* origin = scratch(kSums, size_t(period_of(channels_)) + 2 * channels_);
    for (int c = 0; c < channels_; c++) {
      const float m = mean[c] / static_cast<float>(pixels_[task]);
      squares[c] = std::max(0.0f, squares[c] - m * mean[c]);
      mean[c] = m + origin[c];
    }
  }

  void finish(const Normalisation& n) const {
    for (int c = 0; c < channels_; c++) {
      double count = 0, mean = 0, squares = 0;
      for (size_t task = 0; task < pixels_.size(); task++) {
        const double more = static_cast<double>(pixels_[task]);
        if (more == 0) continue;
        const float* part = &parts_[task * 2 * channels_];
        const double difference = part[c] - mean, all = count + more;
        mean += difference * more / all;
        squares += part[channels_ + c] + difference * difference * count * more / all;
        count = all;
      }
      n.mean[c] = static_cast<float>(mean);
      n.variance[c] = static_cast<float>(squares / count);
      n.scale[c] = static_cast<float>(n.gamma[c] / std::sqrt(squares / count + n.epsilon));
      n.shift[c] = static_cast<float>(n.beta[c] - mean * n.scale[c]);
    }
  }

 private:
  int channels_;
  std::vector<int64_t> pixels_;
  std::vector<float> parts_;
};

// Adds up what tasks have left for a normalisation: two sums for each place of a period, from `first` in their parts on.
inline void fold_sums(const Parts& parts, size_t first, int tasks, int channels, float* sums) {
  const int period = period_of(channels);
  for (int c = 0; c < channels; c++) {
    double sum = 0, product = 0;
    for (int task = 0; task < tasks; task++) {
      const float* of = parts.of(task) + first;
      for (int place = c; place < period; place += channels) sum += of[place], product += of[period + place];
    }
    sums[c] = static_cast<float>(sum), sums[channels + c] = static_cast<float>(product);
  }
}

// The backward pass through a batch normalisation: d_x = a · d_normalised + b · x + c for each channel, where a, b and c
// follow from the sums of d_normalised and of d_normalised · (x - mean).
class NormalisationBack {
 public:
  NormalisationBack(int tasks, int channels) : channels_(channels), parts_(size_t(tasks) * 2 * channels) {}

  // Of sums that are known already, [2, channels].
  NormalisationBack(const float* sums, int channels) : channels_(channels), parts_(sums, sums + 2 * channels) {}

  void add(int task, const float* d, const float* x, const float* mean, int64_t pixels) {
    float* part = &parts_[size_t(task) * 2 * channels_];
    float* origin = scratch(kSums, period_of(channels_));
    repeat(mean, channels_, origin, period_of(channels_));
    channel_sums(pixels * channels_, channels_, part, part + channels_,
                 [=](int64_t i, int phase, int count, Vec& a, Vec& b) INLINE_LAMBDA {
                   // Lanes beyond count are 0 in d and change nothing.
                   const Vec g = load_first(d + i, count);
                   a += g;
                   b += g * (load_first(x + i, count) - load(origin + phase));
                 });
  }

  void finish(const NormalisationGradient& n, int64_t pixels) {
    const size_t tasks = parts_.size() / (2 * channels_);
    a_.resize(channels_), b_.resize(channels_), c_.resize(channels_);
    for (int c = 0; c < channels_; c++) {
      double sum = 0, product = 0;
      for (size_t task = 0; task < tasks; task++) {
        sum += parts_[task * 2 * channels_ + c];
        product += parts_[(task * 2 + 1) * channels_ + c];
      }
      const double inverse = 1 / std::sqrt(static_cast<double>(n.variance[c]) + n.epsilon);
      n.d_beta[c] = static_cast<float>(sum);
      n.d_gamma[c] = static_cast<float>(product * inverse);
      const double a = n.gamma[c] * inverse, slope = product * inverse * inverse / pixels;
      a_[c] = static_cast<float>(a);
      b_[c] = static_cast<float>(-a * slope);
      c_[c] = static_cast<float>(a * (slope * n.mean[c] - sum / pixels));
    }
    const int period = period_of(channels_);
    spread_.resize(size_t(3) * period);
    repeat(a_.data(), channels_, &spread_[0], period);
    repeat(b_.data(), channels_, &spread_[period], period);
    repeat(c_.data(), channels_, &spread_[2 * period], period);
  }

  // out = a · d + b · x + c over flat memory that begins with channel 0.
  void apply(const float* d, const float* x, float* out, int64_t floats) const {
    const int period = period_of(channels_);
    const float *a = spread_.data(), *b = a + period, *c = b + period;
    int64_t i = 0;
    for (; i + period <= floats; i += period)
      for (int j = 0; j < period; j += kLanes)
        store(out + i + j, load(a + j) * load(d + i + j) + (load(b + j) * load(x + i + j) + load(c + j)));
    for (int j = 0; i < floats; i += kLanes, j += kLanes) {
      const int count = static_cast<int>(std::min<int64_t>(kLanes, floats - i));
      const Vec v = load(a + j) * load_first(d + i, count) + (load(b + j) * load_first(x + i, count) + load(c + j));
      store_first(out + i, v, count);
    }
  }

 private:
  int channels_;
  std::vector<float> parts_, a_, b_, c_, spread_;
};

}  // namespace SONONAS_VARIANT
}  // namespace sononas
