// The door to Node. One binary for each kind of processor, all with these functions: `variant`, whether it can run here
// (`supported()`), and `start(threads)`, which registers the operations with the TensorFlow of this process, once, and
// afterwards gives the list of those that can be called past it.
#include <node_api.h>

#include "direct.h"
#include "parallel.h"

namespace sononas {

const Kernels& kernels() {
#if defined(SONONAS_AVX512)
  return avx512_kernels();
#elif defined(SONONAS_AVX2)
  return avx2_kernels();
#else
  return portable_kernels();
#endif
}

namespace {

napi_value supported(napi_env env, napi_callback_info) {
#if defined(SONONAS_AVX512)
  const bool here = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
#elif defined(SONONAS_AVX2)
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

// Calls past TensorFlow: call(numbers, count), a Float64Array and how many of its numbers there are; see call_direct.
napi_value call(napi_env env, napi_callback_info info) {
  size_t count = 2, room = 0;
  napi_value arguments[2];
  napi_typedarray_type type = napi_int8_array;
  void* numbers = nullptr;
  int64_t used = 0;
  napi_get_cb_info(env, info, &count, arguments, nullptr, nullptr);
  if (count < 2 ||
      napi_get_typedarray_info(env, arguments[0], &type, &room, &numbers, nullptr, nullptr) != napi_ok ||
      type != napi_float64_array || napi_get_value_int64(env, arguments[1], &used) != napi_ok || used < 0 ||
      static_cast<size_t>(used) > room) {
    napi_throw_type_error(env, nullptr, "call takes a Float64Array and how many of its numbers there are.");
    return nullptr;
  }
  try {
    call_direct(static_cast<const double*>(numbers), static_cast<size_t>(used));
  } catch (const std::exception& error) { napi_throw_error(env, nullptr, error.what()); }
  return nullptr;
}

// reserve(count): places for results; see reserve_direct.
napi_value reserve(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, first;
  int32_t places = 0;
  napi_get_cb_info(env, info, &count, &argument, nullptr, nullptr);
  if (count < 1 || napi_get_value_int32(env, argument, &places) != napi_ok || places < 1) {
    napi_throw_type_error(env, nullptr, "reserve takes a number of places from 1.");
    return nullptr;
  }
  napi_create_int32(env, reserve_direct(places), &first);
  return first;
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
                    {"release", release},     {"call", call},   {"reserve", reserve}};
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
