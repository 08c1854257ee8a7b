// TensorFlow's C interface with the ends rounded off: how an operation that TensorFlow calls gets at its tensors and
// attributes, and how one is registered. Only the stable interface is used, so that the binary does not depend on one
// version of TensorFlow.
#pragma once

#include "direct.h"
#include "operation.h"
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

inline Tensor tensor_of(TF_Tensor* tensor) {
  Shape shape;
  for (int axis = 0; axis < TF_NumDims(tensor); axis++) shape.add(TF_Dim(tensor, axis));
  void* data = TF_TensorData(tensor);
  return Tensor(std::shared_ptr<void>(tensor, [](void* each) { TF_DeleteTensor(static_cast<TF_Tensor*>(each)); }), data,
                shape);
}

// Attributes are read when TensorFlow makes its kernel, once for each set of values.
class TensorflowAttributes : public Attributes {
 public:
  explicit TensorflowAttributes(TF_OpKernelConstruction* construction) : construction_(construction) {}
  float number(const char* name) const override {
    Status status;
    float value = 0;
    TF_OpKernelConstruction_GetAttrFloat(construction_, name, &value, status);
    status.check();
    return value;
  }
  int integer(const char* name) const override {
    Status status;
    int32_t value = 0;
    TF_OpKernelConstruction_GetAttrInt32(construction_, name, &value, status);
    status.check();
    return value;
  }
  bool flag(const char* name) const override {
    Status status;
    TF_Bool value = 0;
    TF_OpKernelConstruction_GetAttrBool(construction_, name, &value, status);
    status.check();
    return value != 0;
  }
  std::vector<int> integers(const char* name) const override {
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

class TensorflowRun : public Run {
 public:
  explicit TensorflowRun(TF_OpKernelContext* context) : context_(context) {}

  // TensorFlow has looked at the types before.
  Tensor input(int index, TF_DataType) override {
    Status status;
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, index, &tensor, status);
    status.check();
    return tensor_of(tensor);
  }

  Tensor output(const Shape& shape, TF_DataType type) override {
    const size_t bytes = bytes_of(shape, type);
    if (bytes < kLargeResult) {
      Status status;
      TF_Tensor* small = TF_AllocateOutput(context_, next_++, type, shape.data(), shape.rank(), bytes, status);
      status.check();
      return tensor_of(small);
    }
    void* memory = memory_for_result(bytes);
    const auto release = [](void* data, size_t length, void*) { give_memory(data, length); };
    return set(TF_NewTensor(type, shape.data(), shape.rank(), memory, bytes, release, nullptr));
  }

  void pass_on(const Tensor& tensor, TF_DataType type) override {
    const Shape& shape = tensor.shape();
    const auto release = [](void*, size_t, void* owner) { delete static_cast<std::shared_ptr<void>*>(owner); };
    const Tensor output = set(TF_NewTensor(type, shape.data(), shape.rank(), tensor.floats(), bytes_of(shape, type), release,
                                           new std::shared_ptr<void>(tensor.owner())));
    // TensorFlow would copy what lies at a place that it does not like.
    require(tensor.count() == 0 || output.floats() == tensor.floats(), "A tensor cannot be passed on where it lies.");
  }

 private:
  Tensor set(TF_Tensor* tensor) {
    Tensor output = tensor_of(tensor);
    Status status;
    TF_SetOutput(context_, next_++, tensor, status);
    status.check();
    return output;
  }

  TF_OpKernelContext* context_;
  int next_ = 0;
};

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
          return new Operation(TensorflowAttributes(construction));
        } catch (const std::exception& error) {
          Status failed;
          TF_SetStatus(failed, TF_INVALID_ARGUMENT, error.what());
          TF_OpKernelConstruction_Failure(construction, failed);
          return nullptr;
        }
      },
      [](void* operation, TF_OpKernelContext* context) {
        try {
          TensorflowRun run(context);
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
  add_direct(name, attributes, [](const Attributes& given, Run& run) { Operation(given).run(run); });
}

}  // namespace sononas
