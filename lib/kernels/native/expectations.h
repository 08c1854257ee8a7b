// What operations expect of their tensors, and how they hand gradients over.
#pragma once

#include "operation.h"

namespace sononas {

inline std::string text_of(const Shape& shape) {
  std::string text;
  for (int64_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "[" + text + "]";
}

inline void expect(const char* name, const Tensor& tensor, const Shape& shape) {
  if (tensor.shape() == shape) return;
  throw std::runtime_error(std::string(name) + " has the shape " + text_of(tensor.shape()) + ", expected " +
                           text_of(shape) + ".");
}

// An image or the weights of a window. The kernels take any sizes from 1.
inline void expect_four(const char* name, const Tensor& tensor) {
  if (tensor.rank() == 4 && tensor.count() > 0) return;
  throw std::runtime_error(std::string(name) + " has the shape " + text_of(tensor.shape()) +
                           ", expected four sizes from 1.");
}

// Numbers whose last size is that of the channels.
inline void expect_channels(const char* name, const Tensor& tensor) {
  if (tensor.rank() >= 1 && tensor.count() > 0) return;
  throw std::runtime_error(std::string(name) + " has the shape " + text_of(tensor.shape()) +
                           ", expected one size from 1 or more of them.");
}
inline int channels_of(const Tensor& tensor) { return tensor.size(tensor.rank() - 1); }

inline std::vector<Tensor> inputs_of(Run& run, int first, int count) {
  std::vector<Tensor> tensors;
  for (int i = 0; i < count; i++) tensors.push_back(run.input(first + i));
  return tensors;
}

// How the gradient of an input is to be handed over: alone, added to a base in new memory, added in place, or added to
// what the same operation has just made for another input that is the same tensor; or nobody wants it.
// With kOver it is written over the gradient of the output, which has the same shape and is not needed any more: its memory
// is in the cache, where new memory would have to be fetched first.
enum Mode { kUnwanted = -1, kAlone = 0, kAdded = 1, kInPlace = 2, kWithPrevious = 3, kOver = 4 };

// Makes the output and says where to write: nowhere with kUnwanted.
inline Accumulate accumulate(Run& run, const Tensor& base, int mode, const Shape& shape) {
  require(mode >= kUnwanted && mode <= kInPlace, "A gradient is handed over in a way that is not known here.");
  if (mode == kUnwanted) {
    run.output({0});
    return {nullptr, nullptr};
  }
  if (mode != kAlone) expect("The base of a gradient", base, shape);
  if (mode == kInPlace) {
    run.pass_on(base);
    return {base.floats(), base.floats()};
  }
  const Tensor out = run.output(shape);
  return {mode == kAdded ? base.floats() : nullptr, out.floats()};
}

// Writes over the gradient of the output.
inline Accumulate over(Run& run, const Tensor& d, const Shape& shape) {
  expect("d", d, shape);
  run.pass_on(d);
  return {nullptr, d.floats()};
}

// Of a gradient that somebody always wants.
inline int wanted(int mode) {
  require(mode != kUnwanted, "This gradient cannot be left out.");
  return mode;
}

}  // namespace sononas
