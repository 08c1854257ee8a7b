// What an operation sees: its inputs, outputs and attributes, whoever calls it. TensorFlow does (tensorflow_run.h), and so
// does JavaScript past TensorFlow (direct.h).
#pragma once

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kernels.h"
#include "memory.h"
#include "tensorflow/c/tf_datatype.h"

namespace sononas {

// Says what does not fit; the message reaches JavaScript as an error.
inline void require(bool holds, const char* message) {
  if (!holds) throw std::runtime_error(message);
}

// The sizes of a tensor. No memory of its own: shapes are made and compared many times in each operation.
class Shape {
 public:
  static constexpr int kMost = 8;
  Shape() = default;
  Shape(std::initializer_list<int64_t> sizes) {
    for (int64_t size : sizes) add(size);
  }
  void add(int64_t size) {
    require(rank_ < kMost, "A tensor has at most 8 axes.");
    sizes_[rank_++] = size;
  }
  int rank() const { return rank_; }
  int64_t operator[](int axis) const { return sizes_[axis]; }
  const int64_t* data() const { return sizes_; }
  const int64_t* begin() const { return sizes_; }
  const int64_t* end() const { return sizes_ + rank_; }
  int64_t count() const {
    int64_t product = 1;
    for (int64_t size : *this) product *= size;
    return product;
  }
  bool operator==(const Shape& other) const {
    if (rank_ != other.rank_) return false;
    for (int axis = 0; axis < rank_; axis++)
      if (sizes_[axis] != other.sizes_[axis]) return false;
    return true;
  }

 private:
  int rank_ = 0;
  int64_t sizes_[kMost] = {};
};

// A tensor that an operation reads or has made: a view, which holds the memory as long as its owner is there.
class Tensor {
 public:
  Tensor(std::shared_ptr<void> owner, void* data, const Shape& shape)
      : owner_(std::move(owner)), data_(data), shape_(shape) {}
  float* floats() const { return static_cast<float*>(data_); }
  uint8_t* bytes() const { return static_cast<uint8_t*>(data_); }
  int rank() const { return shape_.rank(); }
  int size(int axis) const { return static_cast<int>(shape_[axis]); }
  int64_t count() const { return shape_.count(); }
  const Shape& shape() const { return shape_; }
  const std::shared_ptr<void>& owner() const { return owner_; }

 private:
  std::shared_ptr<void> owner_;
  void* data_;
  Shape shape_;
};

// An operation's attributes by name.
class Attributes {
 public:
  virtual ~Attributes() = default;
  virtual float number(const char* name) const = 0;
  virtual int integer(const char* name) const = 0;
  virtual bool flag(const char* name) const = 0;
  virtual std::vector<int> integers(const char* name) const = 0;
};

// One run of an operation. Outputs are numbered as they are made.
class Run {
 public:
  virtual ~Run() = default;
  // An input of that type; of another one it is refused.
  virtual Tensor input(int index, TF_DataType type = TF_FLOAT) = 0;
  // The next output, float32 unless said otherwise; large ones from memory that is kept.
  virtual Tensor output(const Shape& shape, TF_DataType type = TF_FLOAT) = 0;
  // An input, or what else there is, as the next output on the same memory.
  virtual void pass_on(const Tensor& tensor, TF_DataType type = TF_FLOAT) = 0;
};

// From so many bytes on, memory is kept to be used again.
constexpr size_t kLargeResult = 65536;

inline size_t bytes_of(const Shape& shape, TF_DataType type) {
  return static_cast<size_t>(shape.count()) * (type == TF_FLOAT ? sizeof(float) : sizeof(int32_t));
}

// Memory for a result that is large, kept or not.
inline void* memory_for_result(size_t bytes) {
  void* memory = take_memory(bytes);
  if (memory == nullptr)
    throw std::runtime_error("There is no memory for a result of " + std::to_string(bytes) + " bytes.");
  return memory;
}

// Registers all operations (operations.cc).
void register_operations();

// The kernels that this binary holds.
const Kernels& kernels();

}  // namespace sononas
