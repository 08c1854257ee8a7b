// Several floats at once, in the vector types of GCC and Clang: sixteen with AVX-512 and eight with AVX2 where the file is compiled
// for them, eight in pairs of SSE or NEON registers elsewhere. The same source serves all; only the compiler's flags differ.
#pragma once

#include <cstdint>
#include <cstddef>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#if defined(__GNUC__)
// Vectors are passed within inlined functions alone: how a register set would pass them is of no concern.
#pragma GCC diagnostic ignored "-Wpsabi"
#endif

// The namespace that keeps the code for one kind of processor apart from that for another.
#ifndef SONONAS_VARIANT
#error "Compile with -DSONONAS_VARIANT=avx512, avx2 or portable."
#endif

#define INLINE inline __attribute__((always_inline))
#define INLINE_LAMBDA __attribute__((always_inline))
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

namespace sononas {
namespace SONONAS_VARIANT {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
#else
constexpr int kLanes = 8;
#endif

typedef float Vec __attribute__((vector_size(4 * kLanes)));
typedef int32_t IntVec __attribute__((vector_size(4 * kLanes)));
typedef float UnalignedVec __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

INLINE Vec load(const float* place) { return *reinterpret_cast<const UnalignedVec*>(place); }
INLINE void store(float* place, Vec value) { *reinterpret_cast<UnalignedVec*>(place) = value; }
// Asks for memory that will be read or written soon, and does not wait for it. Any place will do, also one that is
// nobody's. Only in functions that are inlined by force: compilers leave a call out that does nothing else.
constexpr int kLineFloats = 16;  // of a line of the cache
INLINE void soon_read(const float* place) { __builtin_prefetch(place, 0, 2); }
INLINE void soon_write(const float* place) { __builtin_prefetch(place, 1, 2); }

// The first lanes alone, 1 to all of them; and the first half, for which there may be a shorter way.
#if defined(__AVX512F__)
INLINE Vec broadcast(float value) { return reinterpret_cast<Vec>(_mm512_set1_ps(value)); }
INLINE __mmask16 first_lanes(int count) { return static_cast<__mmask16>(count >= kLanes ? 0xFFFF : (1 << count) - 1); }
INLINE void store_first(float* place, Vec value, int count) {
  _mm512_mask_storeu_ps(place, first_lanes(count), reinterpret_cast<__m512>(value));
}
INLINE Vec load_first(const float* place, int count) {
  return reinterpret_cast<Vec>(_mm512_maskz_loadu_ps(first_lanes(count), place));
}
INLINE void store_half(float* place, Vec value) {
  _mm256_storeu_ps(place, _mm512_castps512_ps256(reinterpret_cast<__m512>(value)));
}
INLINE Vec load_half(const float* place) { return reinterpret_cast<Vec>(_mm512_zextps256_ps512(_mm256_loadu_ps(place))); }
#else
INLINE Vec broadcast(float value) { return Vec{value, value, value, value, value, value, value, value}; }

typedef float HalfVec __attribute__((vector_size(16)));
typedef float UnalignedHalfVec __attribute__((vector_size(16), aligned(4), may_alias));
INLINE void store_half(float* place, Vec value) {
  *reinterpret_cast<UnalignedHalfVec*>(place) = HalfVec{value[0], value[1], value[2], value[3]};
}
INLINE Vec load_half(const float* place) {
  const HalfVec half = *reinterpret_cast<const UnalignedHalfVec*>(place);
  return Vec{half[0], half[1], half[2], half[3]};
}

// The first `count` lanes, 1 to 8. A copy of constant size becomes one or two moves; it is made from memory of its own,
// because the compiler would otherwise keep the sums in memory, too, all through the loop before.
INLINE void store_first(float* place, Vec value, int count) {
  if (count >= kLanes) return store(place, value);
  float lanes[kLanes];
  store(lanes, value);
  switch (count) {
    case 1: memcpy(place, lanes, 4); break;
    case 2: memcpy(place, lanes, 8); break;
    case 3: memcpy(place, lanes, 12); break;
    case 4: memcpy(place, lanes, 16); break;
    case 5: memcpy(place, lanes, 20); break;
    case 6: memcpy(place, lanes, 24); break;
    default: memcpy(place, lanes, 28); break;
  }
}

// The first `count` numbers, the other lanes 0.
INLINE Vec load_first(const float* place, int count) {
  if (count >= kLanes) return load(place);
  float lanes[kLanes] = {};
  switch (count) {
    case 1: memcpy(lanes, place, 4); break;
    case 2: memcpy(lanes, place, 8); break;
    case 3: memcpy(lanes, place, 12); break;
    case 4: memcpy(lanes, place, 16); break;
    case 5: memcpy(lanes, place, 20); break;
    case 6: memcpy(lanes, place, 24); break;
    default: memcpy(lanes, place, 28); break;
  }
  return load(lanes);
}
#endif

// What is not a number stays so: a training that has blown up shows it.
INLINE Vec relu(Vec value) { return value < 0.0f ? Vec{} : value; }
INLINE float relu(float value) { return value < 0.0f ? 0.0f : value; }

// `value` where `mask` is positive, else 0.
INLINE Vec where_positive(Vec mask, Vec value) { return mask > 0.0f ? value : Vec{}; }

// So many bytes as whole numbers, and back. Compilers take the portable loops apart lane by lane.
#if defined(__AVX512F__)
INLINE IntVec load_bytes(const uint8_t* place) {
  return reinterpret_cast<IntVec>(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(place))));
}
INLINE void store_bytes(uint8_t* place, IntVec value, int count) {
  _mm512_mask_cvtepi32_storeu_epi8(place, first_lanes(count), reinterpret_cast<__m512i>(value));
}
#elif defined(__AVX2__)
INLINE IntVec load_bytes(const uint8_t* place) {
  return reinterpret_cast<IntVec>(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(place))));
}
INLINE void store_bytes(uint8_t* place, IntVec value, int count) {
  const __m256i words = _mm256_packus_epi32(reinterpret_cast<__m256i>(value), _mm256_setzero_si256());
  const __m256i bytes = _mm256_packus_epi16(words, _mm256_setzero_si256());
  const uint64_t low = static_cast<uint32_t>(_mm256_extract_epi32(bytes, 0));
  const uint64_t all = low | static_cast<uint64_t>(static_cast<uint32_t>(_mm256_extract_epi32(bytes, 4))) << 32;
  if (count == kLanes) memcpy(place, &all, kLanes);
  else memcpy(place, &all, count);
}
#else
INLINE IntVec load_bytes(const uint8_t* place) {
  IntVec value;
  for (int lane = 0; lane < kLanes; lane++) value[lane] = place[lane];
  return value;
}
INLINE void store_bytes(uint8_t* place, IntVec value, int count) {
  for (int lane = 0; lane < count; lane++) place[lane] = static_cast<uint8_t>(value[lane]);
}
#endif

#if defined(__AVX512F__)
INLINE float sum_of(Vec v) { return _mm512_reduce_add_ps(reinterpret_cast<__m512>(v)); }
#else
INLINE float sum_of(Vec v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }
#endif

}  // namespace SONONAS_VARIANT
}  // namespace sononas
