// All kernels for one kind of processor. Compiled with -mavx512f and its like -DSONONAS_VARIANT=avx512 and with -mavx2 -mfma
// -DSONONAS_VARIANT=avx2, where the compiler can, and once for any processor with -DSONONAS_VARIANT=portable.
#include "average_pool.h"
#include "elementwise.h"
#include "excitation.h"
#include "head.h"
#include "kernels.h"
#include "max_pool.h"
#include "optimisers.h"
#include "patches.h"
#include "pointwise.h"
#include "row_convolution.h"
#include "separable.h"
#include "strided.h"
#include "winograd.h"

#define PASTE(a, b) a##b
#define NAME_OF(variant) PASTE(variant, _kernels)
#define QUOTE(text) #text
#define TEXT_OF(variant) QUOTE(variant)

namespace sononas {

const Kernels& NAME_OF(SONONAS_VARIANT)() {
  using namespace SONONAS_VARIANT;
  static const Kernels kernels = {
      TEXT_OF(SONONAS_VARIANT), separable_forward,  separable_backward, pointwise_forward, pointwise_backward,
      normalise,                normalise_backward, sum,                depthwise_forward, depthwise_backward,
      winograd_forward,         winograd_backward,  patches_forward,   patches_backward,
      row_convolution,          row_convolution_backward,
      max_pool,                 max_pool_backward,  average_pool,       average_pool_backward,
      relu_backward,            global_average,     global_average_backward,
      global_max,               global_max_backward, excite,            excite_backward,
      dense,                    dense_backward,     cross_entropy,
      momentum,                 adam,               move_averages,
  };
  return kernels;
}

}  // namespace sononas
