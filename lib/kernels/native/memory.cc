#include "memory.h"

#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sononas {
namespace {

// The most that is kept without being used.
constexpr size_t kMostKept = size_t(1) << 30;

struct Shelf {
  std::mutex mutex;
  std::map<size_t, std::vector<void*>> free;  // by rounded size
  size_t kept = 0;
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

void empty(Shelf& s) {
  for (auto& [size, blocks] : s.free)
    for (void* block : blocks) free(block);
  s.free.clear();
  s.kept = 0;
}

}  // namespace

void* take_memory(size_t bytes) {
  const size_t size = rounded(bytes);
  Shelf& s = shelf();
  {
    std::lock_guard<std::mutex> lock(s.mutex);
    const auto found = s.free.find(size);
    if (found != s.free.end() && !found->second.empty()) {
      void* block = found->second.back();
      found->second.pop_back();
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
  if (s.kept + size > kMostKept) empty(s);
  s.free[size].push_back(memory);
  s.kept += size;
}

size_t kept_memory() {
  Shelf& s = shelf();
  std::lock_guard<std::mutex> lock(s.mutex);
  return s.kept;
}

void release_memory() {
  Shelf& s = shelf();
  std::lock_guard<std::mutex> lock(s.mutex);
  empty(s);
}

}  // namespace sononas
