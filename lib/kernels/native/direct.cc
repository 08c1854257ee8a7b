#include "direct.h"

#include <cstdlib>
#include <mutex>

#include "tensorflow_run.h"

namespace sononas {
namespace {

struct Value {
  Tensor tensor;
  TF_DataType type;
};

// Places are handed out again; place 0 is a tensor without numbers, and always there.
class Table {
 public:
  int add(Value value) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (free_.empty()) {
      values_.push_back(std::make_unique<Value>(std::move(value)));
      return static_cast<int>(values_.size()) - 1;
    }
    const int place = free_.back();
    free_.pop_back();
    values_[place] = std::make_unique<Value>(std::move(value));
    return place;
  }

  Value get(int place) {
    std::lock_guard<std::mutex> lock(mutex_);
    require(known(place), "There is no tensor at this place any more.");
    return *values_[place];
  }

  void drop(int place) {
    std::unique_ptr<Value> dropped;  // released after the lock
    std::lock_guard<std::mutex> lock(mutex_);
    require(place != 0 && known(place), "There is no tensor at this place any more.");
    dropped = std::move(values_[place]);
    free_.push_back(place);
  }

 private:
  bool known(int place) const {
    return place >= 0 && place < static_cast<int>(values_.size()) && values_[place] != nullptr;
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Value>> values_ = first();
  std::vector<int> free_;

  static std::vector<std::unique_ptr<Value>> first() {
    std::vector<std::unique_ptr<Value>> values;
    values.push_back(std::make_unique<Value>(Value{Tensor(nullptr, nullptr, {0}), TF_FLOAT}));
    return values;
  }
};

// Never destroyed: JavaScript may let go of places while the process ends.
Table& table() {
  static Table* only = new Table();
  return *only;
}

std::vector<DirectOperation>& operations() {
  static std::vector<DirectOperation>* only = new std::vector<DirectOperation>();
  return *only;
}

// Reads the numbers of a call from the front.
class Reader {
 public:
  Reader(const double* numbers, size_t room) : next_(numbers), end_(numbers + room) {}
  double number() {
    require(next_ < end_, "A call has fewer numbers than it says.");
    return *next_++;
  }
  size_t count() {
    const double value = number();
    require(value >= 0 && value <= kMost, "A call has a count that cannot be.");
    return static_cast<size_t>(value);
  }
  const double* list(size_t length) {
    require(length <= static_cast<size_t>(end_ - next_), "A call has fewer numbers than it says.");
    const double* first = next_;
    next_ += length;
    return first;
  }

 private:
  static constexpr double kMost = 1e6;
  const double *next_, *end_;
};

class DirectAttributes : public Attributes {
 public:
  DirectAttributes(const DirectOperation& operation, Reader& reader) : operation_(operation) {
    for (bool list : operation.lists) {
      const size_t length = list ? reader.count() : 1;
      values_.push_back({reader.list(length), length});
    }
  }
  float number(const char* name) const override { return static_cast<float>(*of(name).first); }
  int integer(const char* name) const override { return static_cast<int>(*of(name).first); }
  bool flag(const char* name) const override { return *of(name).first != 0; }
  std::vector<int> integers(const char* name) const override {
    const auto& [first, length] = of(name);
    return std::vector<int>(first, first + length);
  }

 private:
  const std::pair<const double*, size_t>& of(const char* name) const {
    for (size_t i = 0; i < values_.size(); i++)
      if (operation_.attributes[i] == name) return values_[i];
    throw std::runtime_error(std::string("There is no attribute ") + name + ".");
  }

  const DirectOperation& operation_;
  std::vector<std::pair<const double*, size_t>> values_;
};

class DirectRun : public Run {
 public:
  DirectRun(const double* places, size_t count) : places_(places), count_(count) {}

  Tensor input(int index, TF_DataType type) override {
    require(static_cast<size_t>(index) < count_, "An input is missing.");
    const Value value = table().get(static_cast<int>(places_[index]));
    // One without numbers stands for an input that is not used, of any type.
    if (value.type != type && value.tensor.count() > 0)
      throw std::runtime_error("Input " + std::to_string(index) + (type == TF_FLOAT ? " is not float32." : " is not int32."));
    return value.tensor;
  }

  Tensor output(const Shape& shape, TF_DataType type) override {
    const size_t bytes = bytes_of(shape, type);
    std::shared_ptr<void> owner;
    if (bytes >= kLargeResult) {
      owner = std::shared_ptr<void>(memory_for_result(bytes), [bytes](void* data) { give_memory(data, bytes); });
    } else {
      owner = std::shared_ptr<void>(aligned_alloc(64, (bytes + 64) / 64 * 64), free);
      if (owner == nullptr) throw std::bad_alloc();
    }
    outputs.push_back({Tensor(owner, owner.get(), shape), type});
    return outputs.back().tensor;
  }

  void pass_on(const Tensor& tensor, TF_DataType type) override { outputs.push_back({tensor, type}); }

  std::vector<Value> outputs;

 private:
  const double* places_;
  size_t count_;
};

}  // namespace

void add_direct(const char* name, const std::vector<const char*>& attributes, DirectFunction run) {
  DirectOperation operation{name, {}, {}, run};
  for (const std::string declaration : attributes) {
    operation.attributes.push_back(declaration.substr(0, declaration.find(':')));
    operation.lists.push_back(declaration.find("list") != std::string::npos);
  }
  operations().push_back(std::move(operation));
}

const std::vector<DirectOperation>& direct_operations() { return operations(); }

void call_direct(double* numbers, size_t room) {
  Reader reader(numbers, room);
  const size_t number = static_cast<size_t>(reader.number());
  require(number < operations().size(), "There is no such operation.");
  const DirectOperation& operation = operations()[number];
  const DirectAttributes attributes(operation, reader);
  const size_t inputs = reader.count();
  DirectRun run(reader.list(inputs), inputs);
  operation.run(attributes, run);
  size_t needed = 1;
  for (const Value& value : run.outputs) needed += 2 + value.tensor.rank();
  require(needed <= room, "A call has more outputs than there is room for.");
  *numbers++ = static_cast<double>(run.outputs.size());
  for (Value& value : run.outputs) {
    const Shape shape = value.tensor.shape();
    *numbers++ = table().add(std::move(value));
    *numbers++ = shape.rank();
    for (int64_t size : shape) *numbers++ = static_cast<double>(size);
  }
}

void drop_direct(int place) { table().drop(place); }

namespace {

// Tensors of TensorFlow's into the table; gives their places. The table holds them until they are dropped.
template <TF_DataType kType>
struct Lend {
  int count;
  explicit Lend(const Attributes& a) : count(a.integer("N")) {}
  void run(Run& run) const {
    const Tensor places = run.output({count}, TF_INT32);
    for (int i = 0; i < count; i++)
      reinterpret_cast<int32_t*>(places.bytes())[i] = table().add({run.input(i, kType), kType});
  }
};

// Tensors of the table as TensorFlow's, on the same memory; the table goes on holding them.
struct Take {
  int count;
  explicit Take(const Attributes& a) : count(a.integer("N")) {}
  void run(Run& run) const {
    const Tensor places = run.input(0, TF_INT32);
    require(places.rank() == 1 && places.size(0) == count, "Places: one for each tensor.");
    for (int i = 0; i < count; i++) {
      const Value value = table().get(reinterpret_cast<const int32_t*>(places.bytes())[i]);
      require(value.type == TF_FLOAT, "Only float32 can be taken.");
      run.pass_on(value.tensor);
    }
  }
};

}  // namespace

void register_lending() {
  register_operation<Lend<TF_FLOAT>>("SonoNasLend", {"tensors: N * float"}, {"places: int32"}, {"N: int >= 1"}, true);
  register_operation<Lend<TF_INT32>>("SonoNasLendWhole", {"tensors: N * int32"}, {"places: int32"}, {"N: int >= 1"}, true);
  register_operation<Take>("SonoNasTake", {"places: int32"}, {"tensors: N * float"}, {"N: int >= 1"}, true);
}

}  // namespace sononas
