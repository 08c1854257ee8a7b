// Operations called from JavaScript past TensorFlow: its executor and its binding take longer than the kernels of small
// images. What they compute lies in a table, and JavaScript holds numbers of places in it. TensorFlow's tensors are lent to
// the table and taken out of it without a copy, by two operations that TensorFlow calls.
#pragma once

#include "operation.h"

namespace sononas {

// An operation's name, the declarations of its attributes in order ("offsets: list(int)"), and how it is run.
using DirectFunction = void (*)(const Attributes&, Run&);
struct DirectOperation {
  std::string name;
  std::vector<std::string> attributes;  // the names alone
  std::vector<bool> lists;              // which of them are lists
  DirectFunction run;
};

void add_direct(const char* name, const std::vector<const char*>& attributes, DirectFunction run);
const std::vector<DirectOperation>& direct_operations();

// A call. `numbers` has: the operation's place in the list above; the values of its attributes in order, of a list its length
// before them; the count of inputs and their places. What came out is written over them: the count of outputs, and for each
// its place, its rank and its sizes. Throws what the operation throws.
void call_direct(double* numbers, size_t room);

// Lets go of a place.
void drop_direct(int place);

// Registers the operations that lend and take.
void register_lending();

}  // namespace sononas
