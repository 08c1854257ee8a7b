// TensorFlow's C interface with the ends rounded off: inputs, outputs and attributes of an operation, and how one is
// registered. Only the stable interface is used, so that the binary does not depend on one version of TensorFlow.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "kernels.h"
#include "memory.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace sononas {

class Status {
 public:
  Status() : status_(TF_NewStatus()) {}
  ~Status() { TF_DeleteStatus(status_); }
  Status(const Status&) = delete;
  operator TF_Status*() { return status_; }
  bool ok() const { return TF_GetCode(status_) == TF_OK; }
  void check() const {
    if (!ok()) throw std::runtime_error(TF_Message(status_));
  }

 private:
  TF_Status* status_;
};

// A tensor that an operation reads or has made. Released with it; TensorFlow keeps what it needs.
class Tensor {
 public:
  explicit Tensor(TF_Tensor* tensor = nullptr) : tensor_(tensor) {}
  Tensor(Tensor&& other) noexcept : tensor_(other.tensor_) { other.tensor_ = nullptr; }
  ~Tensor() {
    if (tensor_ != nullptr) TF_DeleteTensor(tensor_);
  }
  float* floats() const { return static_cast<float*>(TF_TensorData(tensor_)); }
  uint8_t* bytes() const { return static_cast<uint8_t*>(TF_TensorData(tensor_)); }
  int rank() const { return TF_NumDims(tensor_); }
  int size(int axis) const { return static_cast<int>(TF_Dim(tensor_, axis)); }
  int64_t count() const { return TF_TensorElementCount(tensor_); }
  std::vector<int64_t> shape() const {
    std::vector<int64_t> sizes(rank());
    for (int axis = 0; axis < rank(); axis++) sizes[axis] = TF_Dim(tensor_, axis);
    return sizes;
  }
  TF_Tensor* get() const { return tensor_; }

 private:
  TF_Tensor* tensor_;
};

// An operation's attributes, read when TensorFlow makes its kernel, once for each set of values.
class Attributes {
 public:
  explicit Attributes(TF_OpKernelConstruction* construction) : construction_(construction) {}
  float number(const char* name) const {
    Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status);
    status.check();
    return value;
  }
  int integer(const char* name) const {
    Status status;
    int32_t value = 0;
    TF_OpKernelConstruction_GetAttrInt32(construction_, name, &value, status);
    status.check();
    return value;
  }
  bool flag(const char* name) const {
    Status status;
    TF_Bool value = 0;
    TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status);
    status.check();
    return value != 0;
  }
  std::vector<int> integers(const char* name) const {
    Status status;
    int32_t length = 0, total = 0;
    TF_OpKernelConstruction_GetAttrSize(construction_, name, &length, &total, status);
    status.check();
    std::vector<int> values(length);
    if (length > 0) TF_OpKernelConstruction_GetAttrInt32List(construction_, name, values.data(), length, status);
    status.check();
    return values;
  }

 private:
  TF_OpKernelConstruction* construction_;
};

// One run of an operation. Outputs are numbered as they are made.
class Run {
 public:
  explicit Run(TF_OpKernelContext* context) : context_(context) {}

  Tensor input(int index) const {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status);
    status.check();
    return Tensor(tensor);
  }

  // The next output, float32 unless said otherwise; large ones from memory that is kept.
  Tensor output(const std::vector<int64_t>& shape, TF_DataType type = TF_FLOAT) {
    size_t bytes = TF_DataTypeSize(type);
    for (int64_t size : shape) bytes *= size;
    Status status;
    if (bytes < kLarge) {
      TF_Tensor* small =
          TF_AllocateOutput(context_, next_++, type, shape.data(), static_cast<int>(shape.size()), bytes, status);
      status.check();
      return Tensor(small);
    }
    void* memory = take_memory(bytes);
    if (memory == nullptr)
      throw std::runtime_error("There is no memory for a result of " + std::to_string(bytes) + " bytes.");
    const auto release = [](void* data, size_t length, void*) { give_memory(data, length); };
    Tensor large(TF_NewTensor(type, shape.data(), static_cast<int>(shape.size()), memory, bytes, release, nullptr));
    TF_SetOutput(context_, next_++, large.get(), status);
    status.check();
    return large;
  }

  // An input as the next output, on the same memory: changed in place.
  void pass_on(const Tensor& tensor) {
    Status status;
    TF_SetOutput(context_, next_++, tensor.get(), status);
    status.check();
  }

 private:
  static constexpr size_t kLarge = 65536;
  TF_OpKernelContext* context_;
  int next_ = 0;
};

// Says what does not fit; the message reaches JavaScript as an error.
inline void require(bool holds, const char* message) {
  if (!holds) throw std::runtime_error(message);
}

// Registers an operation and its kernel for processors. `Operation` reads its attributes in its constructor and
// computes in run(Run&); whatever it throws becomes TensorFlow's status.
template <class Operation>
void register_operation(const char* name, std::vector<const char*> inputs, std::vector<const char*> outputs,
                        std::vector<const char*> attributes, bool changes_inputs = false) {
  TF_OpDefinitionBuilder* definition = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(definition, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(definition, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(definition, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(definition, [](TF_ShapeInferenceContext* context, TF_Status* status) {
    TF_ShapeInferenceContextSetUnknownShape(context, status);
  });
  if (changes_inputs) TF_OpDefinitionBuilderSetIsStateful(definition, true);
  Status status;
  TF_RegisterOpDefinition(definition, status);
  status.check();
  TF_KernelBuilder* kernel = TF_NewKernelBuilder(
      name, "CPU",
      [](TF_OpKernelConstruction* construction) -> void* {
        try {
          return new Operation(Attributes(construction));
        } catch (const std::exception& error) {
          Status failed;
          TF_SetStatus(failed, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelConstruction_Failure(construction, failed);
          return nullptr;
        }
      },
      [](void* operation, TF_OpKernelContext* context) {
        try {
          Run run(context);
          static_cast<const Operation*>(operation)->run(run);
        } catch (const std::exception& error) {
          Status failed;
          TF_SetStatus(failed, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelContext_Failure(context, failed);
        }
      },
      [](void* operation) { delete static_cast<Operation*>(operation); });
  TF_RegisterKernelBuilder(name, kernel, status);
  status.check();
}

// Registers all operations (operations.cc).
void register_operations();

// The kernels that this binary holds.
const Kernels& kernels();

}  // namespace sononas
