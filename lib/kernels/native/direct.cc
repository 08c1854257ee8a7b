#include "direct.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <mutex>

#include "tensorflow_run.h"

namespace sononas {
namespace {

struct Value {
  Tensor tensor;
  TF_DataType type;
};

// What lies at each place; place 0 is a tensor without numbers, and always there. Places of results are handed out for good, to
// callers that use them again and again; those of what is borrowed come back.
class Table {
 public:
  int reserve(int count) {
    std::lock_guard<std::mutex> lock(mutex_);
    const size_t first = values_.size();
    values_.resize(first + count);
    return static_cast<int>(first);
  }

  int borrow(Value value) {
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

  void put(int place, Value value) {
    std::lock_guard<std::mutex> lock(mutex_);
    require(place > 0 && static_cast<size_t>(place) < values_.size(), "There is no such place.");
    values_[place] = std::make_unique<Value>(std::move(value));
  }

  Value get(int place) {
    std::lock_guard<std::mutex> lock(mutex_);
    require(place >= 0 && static_cast<size_t>(place) < values_.size() && values_[place] != nullptr,
            "There is no tensor at this place any more.");
    return *values_[place];
  }

  // A place is empty where the operation that was to fill it has failed.
  void drop(int place, bool borrowed) {
    std::unique_ptr<Value> dropped;  // released after the lock
    std::lock_guard<std::mutex> lock(mutex_);
    require(place > 0 && static_cast<size_t>(place) < values_.size(), "There is no such place.");
    dropped = std::move(values_[place]);
    if (borrowed) free_.push_back(place);
  }

 private:
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

// Reads the numbers of calls from the front.
class Reader {
 public:
  Reader(const double* numbers, size_t room) : next_(numbers), end_(numbers + room) {}
  bool more() const { return next_ < end_; }
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

int reserve_direct(int count) { return table().reserve(count); }

namespace {

// Puts what an operation gave to the places that follow in the numbers. Whoever wrote them said what shapes there will be, and
// goes by that.
void keep_outputs(Reader& reader, std::vector<Value>* outputs) {
  const size_t count = reader.count();
  if (outputs != nullptr) require(outputs->size() == count, "An operation has another number of outputs than was said.");
  for (size_t i = 0; i < count; i++) {
    const int place = static_cast<int>(reader.number());
    if (place == 0) continue;
    const size_t rank = reader.count();
    const double* sizes = reader.list(rank);
    if (outputs == nullptr) continue;
    Value& value = (*outputs)[i];
    const Shape& shape = value.tensor.shape();
    require(static_cast<size_t>(shape.rank()) == rank && std::equal(shape.begin(), shape.end(), sizes),
            "An output has another shape than was said.");
    table().put(place, std::move(value));
  }
}

}  // namespace

void call_direct(const double* numbers, size_t count) {
  Reader reader(numbers, count);
  std::exception_ptr failure;
  while (reader.more()) {
    const int number = static_cast<int>(reader.number());
    if (number == kRelease || number == kReturn) {
      table().drop(static_cast<int>(reader.number()), number == kReturn);
      continue;
    }
    require(number >= 0 && static_cast<size_t>(number) < operations().size(), "There is no such operation.");
    const DirectOperation& operation = operations()[number];
    const DirectAttributes attributes(operation, reader);
    const size_t inputs = reader.count();
    const double* places = reader.list(inputs);
    if (failure) {
      keep_outputs(reader, nullptr);
      continue;
    }
    Reader here = reader;
    try {
      DirectRun run(places, inputs);
      operation.run(attributes, run);
      keep_outputs(reader, &run.outputs);
    } catch (...) {
      failure = std::current_exception();
      reader = here;
      keep_outputs(reader, nullptr);
    }
  }
  if (failure) std::rethrow_exception(failure);
}

namespace {

// Tensors of TensorFlow's into the table; gives their places. The table holds them until they are dropped.
template <TF_DataType kType>
struct Borrow {
  int count;
  explicit Borrow(const Attributes& a) : count(a.integer("N")) {}
  void run(Run& run) const {
    const Tensor places = run.output({count}, TF_INT32);
    for (int i = 0; i < count; i++)
      reinterpret_cast<int32_t*>(places.bytes())[i] = table().borrow({run.input(i, kType), kType});
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

void register_borrowing() {
  register_operation<Borrow<TF_FLOAT>>("SonoNasLend", {"tensors: N * float"}, {"places: int32"}, {"N: int >= 1"}, true);
  register_operation<Borrow<TF_INT32>>("SonoNasLendWhole", {"tensors: N * int32"}, {"places: int32"}, {"N: int >= 1"}, true);
  register_operation<Take>("SonoNasTake", {"places: int32"}, {"tensors: N * float"}, {"N: int >= 1"}, true);
}

}  // namespace sononas
