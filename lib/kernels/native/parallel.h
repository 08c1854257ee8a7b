// The threads that share the work, and the memory that each of them works in. Independent of the processor's kind.
#pragma once

#include <cstddef>

namespace sononas {

// How many threads there are, the caller among them. Takes effect once, before the first work; later calls change nothing.
void start_threads(int count);

// How many there are, the caller's with them.
int threads();

// Calls run(argument, task) for each task from 0 to tasks - 1, on all threads, and returns when all are done. Which thread
// does which task is left to chance, and results must not depend on it: a task writes to places of its own, and whoever
// sums up does so in the order of the tasks. A task must not throw.
void run_tasks(int tasks, void (*run)(void* argument, int task), void* argument);

template <class Body>
void parallel_for(int tasks, Body body) {
  run_tasks(tasks, [](void* argument, int task) { (*static_cast<Body*>(argument))(task); }, &body);
}

// Memory of the calling thread, kept for the next call; 64-byte aligned. Several slots serve one task at the same time.
enum Scratch {
  kPadded, kPaddedGradient, kBand, kRow, kTile, kTileGradient, kSums, kPeriodSums, kFilterSums, kParts, kPlaneWeights,
  kPlaneInputs, kPlaneGradients, kSlots
};
float* scratch(Scratch slot, size_t floats);

}  // namespace sononas
