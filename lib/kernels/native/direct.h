// Operations called from JavaScript past TensorFlow: its executor and its binding take longer than the kernels of small
// images. Many calls are made at once: after each kernel the caches are full of images, and JavaScript would find nothing of
// its own there. What they compute lies in a table, and JavaScript holds numbers of places in it. The table borrows
// TensorFlow's tensors, and they are taken out of it, without a copy, by two operations that TensorFlow calls.
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

// Places for results, `count` of them one after the other; they are the caller's to use again and again. Gives the first.
int reserve_direct(int count);

// Calls, one after the other. Each has: the operation's place in the list above; the values of its attributes in order, of a
// list its length before them; the count of inputs and their places; the count of outputs, and for each its place, its rank
// and its sizes, or place 0 and nothing more where nobody wants it. Between them stand places that are not needed any more:
// kRelease and the place, which stays the caller's, or kReturn and the place, of what was borrowed. Where an operation throws,
// those behind it are left out, places are let go of all the same, and in the end it is thrown.
constexpr int kRelease = -1, kReturn = -2;
void call_direct(const double* numbers, size_t count);

// Registers the operations that borrow and take.
void register_borrowing();

}  // namespace sononas
