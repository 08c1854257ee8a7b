#include "parallel.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#if defined(__x86_64__)
#include <immintrin.h>
#define PAUSE() _mm_pause()
#else
#define PAUSE() std::this_thread::yield()
#endif

namespace sononas {
namespace {

// A worker that has nothing to do spins for a while, because the next operation follows within microseconds, then
// sleeps.
constexpr auto kSpin = std::chrono::microseconds(150);

// One piece of work at a time: a caller opens it, everybody takes tasks from a counter, the caller closes it and waits
// for those who are inside. A worker that comes late finds it closed and is not waited for.
class Pool {
 public:
  void start(int count) {
    for (int worker = 1; worker < count; worker++) std::thread([this] { work(); }).detach();
    workers_ = count - 1;
  }

  int threads() const { return workers_ + 1; }

  void run(int tasks, void (*function)(void*, int), void* argument) {
    if (workers_ == 0 || tasks <= 1) {
      for (int task = 0; task < tasks; task++) function(argument, task);
      return;
    }
    function_ = function;
    argument_ = argument;
    tasks_ = tasks;
    next_.store(0);
    open_.store(true);
    generation_.fetch_add(1);
    if (sleeping_.load() > 0) {
      std::lock_guard<std::mutex> lock(mutex_);
      wake_.notify_all();
    }
    take();
    open_.store(false);
    while (inside_.load() > 0) PAUSE();
  }

 private:
  void take() {
    for (int task; (task = next_.fetch_add(1)) < tasks_;) function_(argument_, task);
  }

  void work() {
    for (int seen = 0;;) {
      wait_for_more_than(seen);
      seen = generation_.load();
      inside_.fetch_add(1);
      if (open_.load()) take();
      inside_.fetch_sub(1);
    }
  }

  void wait_for_more_than(int seen) {
    const auto until = std::chrono::steady_clock::now() + kSpin;
    while (std::chrono::steady_clock::now() < until) {
      for (int turn = 0; turn < 64; turn++) {
        if (generation_.load(std::memory_order_acquire) != seen) return;
        PAUSE();
      }
    }
    std::unique_lock<std::mutex> lock(mutex_);
    sleeping_++;
    wake_.wait(lock, [&] { return generation_.load() != seen; });
    sleeping_--;
  }

  std::atomic<int> generation_{0}, next_{0}, inside_{0}, sleeping_{0};
  std::atomic<bool> open_{false};
  void (*function_)(void*, int) = nullptr;
  void* argument_ = nullptr;
  int tasks_ = 0, workers_ = 0;
  std::mutex mutex_;
  std::condition_variable wake_;
};

// Never destroyed: its threads run until the process ends.
Pool& pool() {
  static Pool* only = new Pool();
  return *only;
}

struct Buffer {
  float* memory = nullptr;
  size_t floats = 0;
  ~Buffer() { free(memory); }
};

}  // namespace

void start_threads(int count) {
  static std::once_flag once;
  std::call_once(once, [count] { pool().start(count < 1 ? 1 : count); });
}

int threads() { return pool().threads(); }

void run_tasks(int tasks, void (*function)(void*, int), void* argument) {
  // One caller at a time: TensorFlow may run operations of several Node workers side by side.
  static std::mutex turn;
  std::lock_guard<std::mutex> lock(turn);
  pool().run(tasks, function, argument);
}

float* scratch(Scratch slot, size_t floats) {
  static thread_local Buffer buffers[kSlots];
  Buffer& buffer = buffers[slot];
  if (buffer.floats < floats) {
    free(buffer.memory);
    buffer.floats = (floats + 1024 + 15) / 16 * 16;
    buffer.memory = static_cast<float*>(aligned_alloc(64, buffer.floats * sizeof(float)));
    if (buffer.memory == nullptr) abort();
  }
  return buffer.memory;
}

}  // namespace sononas
