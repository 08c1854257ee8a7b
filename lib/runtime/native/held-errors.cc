// What is written to the descriptor of errors, put into a file for a moment: by native code too, which no function of Node's reaches.
// A process that crashes meanwhile gives back what it has said, so that the reason of a crash is never lost.

#include <csignal>
#include <node_api.h>
#include <unistd.h>

namespace {

constexpr int kErrors = 2;
constexpr int kCrashes[] = {SIGABRT, SIGSEGV, SIGILL, SIGBUS, SIGFPE};
constexpr int kCount = sizeof(kCrashes) / sizeof(*kCrashes);

int real = -1;  // where errors went before; -1: nothing is held
int file = -1;
struct sigaction before[kCount];

// Calls only what a handler of signals may call.
void PutBack() {
  dup2(real, kErrors);
  close(real);
  real = -1;
  for (int index = 0; index < kCount; ++index) sigaction(kCrashes[index], &before[index], nullptr);
}

void OnCrash(int signal) {
  char text[4096];
  PutBack();
  lseek(file, 0, SEEK_SET);
  for (ssize_t count; (count = read(file, text, sizeof(text))) > 0;)
    if (write(kErrors, text, count) < 0) break;
  raise(signal);
}

// hold(descriptor): what is written to errors goes to this file from now on.
napi_value Hold(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value given;
  napi_get_cb_info(env, info, &count, &given, nullptr, nullptr);
  if (real >= 0 || count < 1 || napi_get_value_int32(env, given, &file) != napi_ok || (real = dup(kErrors)) < 0) {
    napi_throw_error(env, nullptr, "Errors cannot be held: they are already, or there is no such file.");
    return nullptr;
  }
  struct sigaction action = {};
  action.sa_handler = OnCrash;
  for (int index = 0; index < kCount; ++index) sigaction(kCrashes[index], &action, &before[index]);
  dup2(file, kErrors);
  return nullptr;
}

// release(): what is written to errors goes where it went before.
napi_value Release(napi_env, napi_callback_info) {
  if (real >= 0) PutBack();
  return nullptr;
}

}  // namespace

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"hold", nullptr, Hold, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"release", nullptr, Release, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, 2, functions);
  return exports;
}
