#include "memory.h"

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sononas {
namespace {

// The most that is kept without being used. A training step gives all of its memory back when it ends, and the next one
// asks for the same: what it does not find the system has to map and clear, which costs more than to compute it.
constexpr size_t kMostKept = size_t(2) << 30;

struct Block {
  void* memory;
  uint64_t given;  // how many blocks had been given back before it
};

struct Shelf {
  std::mutex mutex;
  std::map<size_t, std::deque<Block>> free;  // by rounded size; the longest unused first
  size_t kept = 0;
  uint64_t given = 0;
};

Shelf& shelf() {
  static Shelf* only = new Shelf();
  return *only;
}

// Sizes in steps of an eighth of a power of two, so that a last, smaller batch fits into the memory of the ones before.
size_t rounded(size_t bytes) {
  size_t step = 4096;
  while (step * 16 < bytes) step *= 2;
  return (bytes + step - 1) / step * step;
}

// Large blocks in pages of 2 MiB where the system has them: a kernel streams through several blocks at once, and looking
// up the place of every 4 KiB of them costs it a few percent.
void* allocate(size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  constexpr size_t kHugePage = size_t(1) << 21;
  if (size >= kHugePage) {
    void* memory = nullptr;
    if (posix_memalign(&memory, kHugePage, size) != 0) return nullptr;
    madvise(memory, size / kHugePage * kHugePage, MADV_HUGEPAGE);  // Advice: it may be declined.
    return memory;
  }
#endif
  return aligned_alloc(64, size);
}

// Gives the blocks that have been unused for longest back to the system, until no more than `most` bytes are kept.
void shrink(Shelf& s, size_t most) {
  while (s.kept > most) {
    auto oldest = s.free.end();
    for (auto each = s.free.begin(); each != s.free.end(); each++)
      if (oldest == s.free.end() || each->second.front().given < oldest->second.front().given) oldest = each;
    auto& [size, blocks] = *oldest;
    free(blocks.front().memory);
    s.kept -= size;
    blocks.pop_front();
    if (blocks.empty()) s.free.erase(oldest);
  }
}

}  // namespace

void* take_memory(size_t bytes) {
  const size_t size = rounded(bytes);
  Shelf& s = shelf();
  {
    std::lock_guard<std::mutex> lock(s.mutex);
    const auto found = s.free.find(size);
    if (found != s.free.end()) {
      void* block = found->second.back().memory;
      found->second.pop_back();
      if (found->second.empty()) s.free.erase(found);
      s.kept -= size;
      return block;
    }
  }
  return allocate(size);
}

void give_memory(void* memory, size_t bytes) {
  const size_t size = rounded(bytes);
  Shelf& s = shelf();
  std::lock_guard<std::mutex> lock(s.mutex);
  s.free[size].push_back({memory, s.given++});
  s.kept += size;
  shrink(s, kMostKept);
}

size_t kept_memory() {
  Shelf& s = shelf();
  std::lock_guard<std::mutex> lock(s.mutex);
  return s.kept;
}

void release_memory() {
  Shelf& s = shelf();
  std::lock_guard<std::mutex> lock(s.mutex);
  shrink(s, 0);
}

}  // namespace sononas
