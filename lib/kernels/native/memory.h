// Memory for large results. TensorFlow gives each back to the system when it is no longer needed, and the system hands
// it out again page by page, filled with zeros, which takes about as long as a fast kernel. Kept and used again it
// costs nothing.
#pragma once

#include <cstddef>

namespace sononas {

// At least `bytes`, 64-byte aligned; null where the system has none left.
void* take_memory(size_t bytes);

// Gives memory of take_memory back, for the next who wants as much.
void give_memory(void* memory, size_t bytes);

// Bytes that are kept for later at this moment.
size_t kept_memory();

// Hands everything that is kept back to the system.
void release_memory();

}  // namespace sononas
