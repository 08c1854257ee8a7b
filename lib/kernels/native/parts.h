// Sums that several tasks compute parts of. Each task has a part of its own; they are added up in the order of the tasks,
// so that the result does not depend on who did what. There are as many tasks as the shape says, whatever the number of
// threads.
#pragma once

#include <algorithm>

#include "parallel.h"
#include "vector.h"

namespace sononas {
namespace SONONAS_VARIANT {

class Parts {
 public:
  // Parts of `floats` numbers each, not yet set. Only one such object at a time: they are in scratch memory.
  Parts(int tasks, size_t floats) : tasks_(tasks), floats_(floats), memory_(scratch(kParts, tasks * floats)) {}

  float* of(int task) const { return memory_ + task * floats_; }

  // Adds up rows of all parts: out[r * columns + i] = the sum over tasks of part[first + r * row + i].
  void sum_rows(size_t first, int rows, ptrdiff_t row, int columns, float* out) const {
    // So few numbers for each thread that it is worth waking it.
    const int each = std::max(1, 16384 / std::max(1, columns * tasks_));
    parallel_for((rows + each - 1) / each, [=](int piece) {
      const int end = std::min(rows, (piece + 1) * each);
      for (int r = piece * each; r < end; r++) {
        const float* from = memory_ + first + r * row;
        float* to = out + static_cast<ptrdiff_t>(r) * columns;
        for (int i = 0; i < columns; i += kLanes) {
          const int count = std::min(kLanes, columns - i);
          Vec sum = {};
          for (int task = 0; task < tasks_; task++) sum += load_first(from + task * floats_ + i, count);
          store_first(to + i, sum, count);
        }
      }
    });
  }

 private:
  int tasks_;
  size_t floats_;
  float* memory_;
};

// The image that a thread most likely takes after image n, where a task is `each` images and threads take tasks in turn.
INLINE int image_after(int n, int each, int batch) {
  const int next = n + 1;
  return std::min(next % each == 0 ? next + (threads() - 1) * each : next, batch - 1);
}

// A batch in tasks of some images each: 32 of them, so that threads end together, or 16 where each leaves many sums behind.
struct ImageTasks {
  int batch, each, tasks;
  ImageTasks(int images, size_t floats) : batch(images) {
    const int most = floats <= 4096 ? 32 : 16;
    each = (images + most - 1) / most;
    tasks = (images + each - 1) / each;
  }
  int first(int task) const { return task * each; }
  int end(int task) const { return std::min(batch, (task + 1) * each); }
  // The image that the thread of this one most likely takes after it.
  int after(int n) const { return image_after(n, each, batch); }
};

}  // namespace SONONAS_VARIANT
}  // namespace sononas
