// The door to Node. One binary for each kind of processor, all with these functions: `variant`, whether it can run here
// (`supported()`), and `start(threads)`, which registers the operations with the TensorFlow of this process, once, and
// afterwards gives the list of those that can be called past it.
#include <node_api.h>

#include "direct.h"
#include "parallel.h"

namespace sononas {

const Kernels& kernels() {
#if defined(SONONAS_AVX2)
  return avx2_kernels();
#else
  return portable_kernels();
#endif
}

namespace {

napi_value supported(napi_env env, napi_callback_info) {
#if defined(SONONAS_AVX2)
  const bool here = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  const bool here = true;
#endif
  napi_value value;
  napi_get_boolean(env, here, &value);
  return value;
}

napi_value text_value(napi_env env, const std::string& text) {
  napi_value value;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

// [{name, attributes: [name, …]}, …], in the order of their numbers.
napi_value list_of_operations(napi_env env) {
  napi_value list;
  napi_create_array(env, &list);
  uint32_t number = 0;
  for (const DirectOperation& operation : direct_operations()) {
    napi_value entry, attributes;
    napi_create_object(env, &entry);
    napi_create_array(env, &attributes);
    uint32_t place = 0;
    for (const std::string& name : operation.attributes)
      napi_set_element(env, attributes, place++, text_value(env, name));
    napi_set_named_property(env, entry, "name", text_value(env, operation.name));
    napi_set_named_property(env, entry, "attributes", attributes);
    napi_set_element(env, list, number++, entry);
  }
  return list;
}

napi_value start(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument;
  int32_t threads = 1;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (count < 1 || napi_get_value_int32(env, argument, &threads) != napi_ok) {
    napi_throw_type_error(env, nullptr, "start takes the number of threads.");
    return nullptr;
  }
  // A second call, from a Node worker for example, finds the operations there.
  static bool started = false;
  try {
    if (!started) {
      started = true;
      start_threads(threads);
      register_operations();
    }
  } catch (const std::exception& error) {
    napi_throw_error(env, nullptr, error.what());
    return nullptr;
  }
  return list_of_operations(env);
}

// A call past TensorFlow: call(numbers), a Float64Array; see call_direct.
napi_value call(napi_env env, napi_callback_info info) {
  size_t count = 1, room = 0;
  napi_value argument;
  napi_typedarray_type type = napi_int8_array;
  void* numbers = nullptr;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (count < 1 ||
      napi_get_typedarray_info(env, argument, &type, &room, &numbers, nullptr, nullptr) != napi_ok ||
      type != napi_float64_array) {
    napi_throw_type_error(env, nullptr, "call takes a Float64Array.");
    return nullptr;
  }
  try {
    call_direct(static_cast<double*>(numbers), room);
  } catch (const std::exception& error) { napi_throw_error(env, nullptr, error.what()); }
  return nullptr;
}

napi_value drop(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument;
  int32_t place = 0;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (count < 1 || napi_get_value_int32(env, argument, &place) != napi_ok) {
    napi_throw_type_error(env, nullptr, "drop takes a place.");
    return nullptr;
  }
  try {
    drop_direct(place);
  } catch (const std::exception& error) { napi_throw_error(env, nullptr, error.what()); }
  return nullptr;
}

napi_value kept(napi_env env, napi_callback_info) {
  napi_value value;
  napi_create_double(env, static_cast<double>(kept_memory()), &value);
  return value;
}

napi_value release(napi_env, napi_callback_info) {
  release_memory();
  return nullptr;
}

napi_value init(napi_env env, napi_value exports) {
  napi_value name;
  napi_create_string_utf8(env, kernels().name, NAPI_AUTO_LENGTH, &name);
  napi_set_named_property(env, exports, "variant", name);
  const struct {
    const char* name;
    napi_callback function;
  } functions[] = {{"supported", supported}, {"start", start}, {"keptBytes", kept},
                    {"release", release},     {"call", call},   {"drop", drop}};
  for (const auto& each : functions) {
    napi_value function;
    napi_create_function(env, each.name, NAPI_AUTO_LENGTH, each.function, nullptr, &function);
    napi_set_named_property(env, exports, each.name, function);
  }
  return exports;
}

}  // namespace
}  // namespace sononas

NAPI_MODULE_INIT() { return sononas::init(env, exports); }
