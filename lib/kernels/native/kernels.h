// The kernels: what each computes, on which memory. Images are float32, [batch, height, width, channels], pixels behind
// each other and the channels of a pixel side by side. Any number of channels, any height and width from 1.
//
// The table is filled once for each kind of processor from the same source (variant.cc), and chosen when it is loaded.
#pragma once

#include <cstdint>

namespace sononas {

// Where the gradient of an input goes: out = base + gradient, with base null for 0; out may be base.
struct Accumulate {
  const float* base;
  float* out;
};

// A batch normalisation's values of each channel. In training `mean` and `variance` (of the batch, divided by the
// number of pixels) are computed, and with them scale = gamma / √(variance + epsilon) and shift = beta - mean · scale.
struct Normalisation {
  const float *gamma, *beta;
  float *mean, *variance, *scale, *shift;
  float epsilon;
};
struct NormalisationGradient {
  const float *gamma, *mean, *variance;
  float *d_gamma, *d_beta;
  float epsilon;
};

// ReLU, depthwise convolution (stride 1, `same`, odd size 3, 5 or 7), 1 × 1 convolution, statistics of a batch
// normalisation: half of ENAS's separable operation, in one pass over each image. The input may be x · in_scale +
// in_shift, a batch normalisation that was left to its reader. `out` is what the 1 × 1 convolution gives; whoever reads
// it applies scale and shift.
struct SeparableForward {
  int batch, height, width, channels, filters, size;
  const float *x, *in_scale, *in_shift;  // the latter two null where x is to be taken as it is
  const float *depthwise, *pointwise;    // [size, size, channels], [channels, filters]
  float* out;                            // [batch, height, width, filters]
  Normalisation normalisation;           // mean null for none
};
struct SeparableBackward {
  int batch, height, width, channels, filters, size;
  const float *x, *in_scale, *in_shift, *depthwise, *pointwise;
  const float *out, *d_normalised;  // what forward gave, and the gradient of its normalisation
  const float* d_sums;  // [2, filters]: the sums of d_normalised and of d_normalised · (out - mean); null: found here
  NormalisationGradient normalisation;
  float *d_depthwise, *d_pointwise;
  // Where the input is another normalisation's, x as it was left: the same sums for that one, of all of d_x, are cheap to find
  // here.
  const float* in_mean;  // null: nobody wants them
  float* in_sums;        // [2, channels]
  Accumulate d_x;  // the gradient of x · in_scale + in_shift; may be over d_normalised
};

// Sum of 1 × 1 convolutions of several inputs, after a ReLU if asked for, and the statistics of a batch normalisation.
// With stride 2 input i is read at the pixels (2y + offset, 2x + offset), zeros outside. Its filters go to the columns
// of the output from `column` on: side by side they are a concatenation, at the same place a sum.
constexpr int kMostInputs = 32;
struct PointwiseInput {
  const float *x, *weights;    // [batch, height, width, channels], [channels, filters]
  const float *scale, *shift;  // of a normalisation that was left to the reader of x; null: x is taken as it is
  int channels, filters, offset, column;
  Accumulate d_x;    // of the backward pass; out null where nobody wants it, and one may be over d_result with stride 1
  float* d_weights;  // the same
  const float* in_mean;  // of the backward pass of a sum with stride 1, as in SeparableBackward
  float* in_sums;
};
struct Pointwise {
  int batch, height, width, stride, filters, inputs;  // filters of the whole output
  bool relu;
  PointwiseInput input[kMostInputs];
  float* out;                      // forward: [batch, ⌈height / stride⌉, ⌈width / stride⌉, filters]
  Normalisation normalisation;     // forward; mean null for none
  const float *result, *d_result;  // backward: what forward gave, the gradient of it or of its normalisation
  const float* d_sums;             // backward, as in SeparableBackward; null: found here
  NormalisationGradient gradient;  // backward; mean null for none
};

// Batch normalisation by itself, with a ReLU if asked for.
struct Normalise {
  int64_t pixels;
  int channels;
  bool relu;
  const float* x;
  float* out;  // null: statistics alone, the rest is left to the reader
  Normalisation normalisation;
};
struct NormaliseBackward {
  int64_t pixels;
  int channels;
  bool relu;
  const float *x, *out, *d_out;  // out: what forward gave, read with a ReLU alone
  NormalisationGradient normalisation;
  float* d_x;
};

// The sum of values, each taken as it is or as x · scale + shift, and a ReLU if asked for.
struct Sum {
  int64_t pixels;
  int channels, inputs;
  bool relu;
  const float *x[kMostInputs], *scale[kMostInputs], *shift[kMostInputs];  // scale null: as it is
  float* out;
};

// Depthwise convolution by itself, after a ReLU if asked for; out = ⌈size / stride⌉ with `same`, else as given.
struct Depthwise {
  int batch, height, width, channels, size, stride, top, left, out_height, out_width;
  bool relu;
  const float *x, *weights;
  float* out;          // forward
  const float* d_out;  // backward
  float* d_weights;    // backward
  Accumulate d_x;      // backward
};

// Convolution of 3 × 3 over all channels, stride 1, `same`.
struct Convolution {
  int batch, height, width, channels, filters;
  const float *x, *weights;  // [batch, height, width, channels], [3, 3, channels, filters]
  float* out;                // forward: [batch, height, width, filters]
  const float* d_out;        // backward
  float* d_weights;          // backward
  Accumulate d_x;            // backward; out null where nobody wants it
};

// Convolution of few channels with any window, stride and border, without a gradient of its input.
struct Patches {
  int batch, height, width, channels, size, stride, top, left, out_height, out_width, filters;
  const float *x, *weights;  // [batch, height, width, channels], [size, size, channels, filters]
  float* out;                      // forward: [batch, out_height, out_width, filters]
  Normalisation normalisation;     // forward; mean null for none
  const float *result, *d_result;  // backward: what forward gave, the gradient of it or of its normalisation
  const float* d_sums;             // backward, as in SeparableBackward; null: found here
  NormalisationGradient gradient;  // backward; mean null for none
  float* d_weights;                // backward
};

// Convolution over all channels with any window, stride and border, and the statistics of a batch normalisation. Its input may be
// x · in_scale + in_shift, a batch normalisation that was left to its reader, and is cut off at 0 if asked for.
struct RowConvolution {
  int batch, height, width, channels, size, stride, top, left, out_height, out_width, filters;
  bool relu;
  const float *x, *in_scale, *in_shift;  // the latter two null where x is to be taken as it is
  const float* weights;                  // [size, size, channels, filters]
  float* out;                            // forward: [batch, out_height, out_width, filters]
  Normalisation normalisation;           // forward; mean null for none
  const float *result, *d_result;  // backward: what forward gave, the gradient of it or of its normalisation
  const float* d_sums;             // backward, as in SeparableBackward; null: found here
  NormalisationGradient gradient;  // backward; mean null for none
  float* d_weights;                // backward
  const float* in_mean;            // backward, as in SeparableBackward; null: nobody wants the sums
  float* in_sums;
  Accumulate d_x;                  // backward: the gradient of x as it is read, before the ReLU; out null where nobody wants it
};

// Pools. The maximum remembers where it was found, a byte for each number of the output; the first of equal ones
// counts. The mean is over the pixels inside of the image.
constexpr int kLargestPool = 15;  // on a side: a place fits into a byte
struct Pool {
  int batch, height, width, channels, size, stride, top, left, out_height, out_width;
  const float *x, *in_scale, *in_shift;  // forward: the input, as it is (in_scale null) or to be normalised
  float* out;                            // forward
  const float *addend, *scale, *shift;  // forward: added to the result, as it is (scale null) or normalised; null: none
  uint8_t* places;     // maximum: written forward unless null, read backward
  const float* d_out;  // backward
  Accumulate d_x;      // backward
};

// The mean over an image, after a ReLU if asked for; of x as it is (in_scale null) or normalised.
struct GlobalAverage {
  int batch, pixels, channels;
  bool relu;
  const float *x, *in_scale, *in_shift;  // backward: read with a ReLU alone
  float* out;                            // forward: [batch, channels]
  const float* d_out;                    // backward
  Accumulate d_x;                        // backward
};

// The largest of each channel of an image, and at which pixel it was found, the first of equal ones; what is not a number is the
// largest.
struct GlobalMax {
  int batch, pixels, channels;
  const float* x;
  float* out;          // forward: [batch, channels]
  int32_t* places;     // written forward, read backward
  const float* d_out;  // backward
  Accumulate d_x;      // backward
};

// Squeeze-and-excitation with what follows it: x, as it is (in_scale null) or normalised, times a gate for each image and channel,
// plus `skip` (null: nothing), as it is (skip_scale null) or normalised, and a ReLU if asked for. The gates are
// σ(ReLU(mean · reduce + reduce_bias) · expand + expand_bias).
struct Excitation {
  int batch, pixels, channels, hidden;
  bool relu;
  const float *x, *in_scale, *in_shift;
  const float *reduce, *reduce_bias, *expand, *expand_bias;  // [channels, hidden], [hidden], [hidden, channels], [channels]
  const float *skip, *skip_scale, *skip_shift;               // forward
  float* out;                                                // forward: [batch, height, width, channels]
  float *means, *inner, *gates;  // written forward, read backward: [batch, channels] of x as it is, [batch, hidden], [batch, channels]
  const float *d_out, *result;   // backward; what forward gave, read with a ReLU alone
  float *d_x, *d_skip;           // backward; of x as it was read; d_skip null where nobody wants it
  float *d_reduce, *d_reduce_bias, *d_expand, *d_expand_bias;  // backward
  const float* in_mean;          // backward, as in SeparableBackward: null: nobody wants the sums
  float* in_sums;
};

// x · weights + bias of each row.
struct Dense {
  int batch, inputs, outputs;
  const float *x, *weights, *bias;  // [batch, inputs], [inputs, outputs], [outputs] or null
  float* out;                       // forward: [batch, outputs]
  const float* d_out;               // backward
  float *d_weights, *d_bias;        // backward; d_bias null where there is no bias
  Accumulate d_x;                   // backward; out null where nobody wants it
};

// Softmax cross entropy: the mean over the images of weight · loss, and its gradient.
struct CrossEntropy {
  int batch, classes;
  const float *logits, *labels, *weights;  // [batch, classes] twice, [batch] or null
  float *loss, *gradient;                  // [], [batch, classes]
};

// The gradient of a ReLU, where its result was positive.
struct ReluBackward {
  int64_t count;
  const float *d_out, *out;
  float* d_x;  // may be d_out
};

// Gradient descent with momentum, in place, as PyTorch does it: the gradients are scaled by bound / norm where their
// common norm exceeds bound; g = gradient + decay · weight; m = momentum · m + g; weight -= rate · (g + momentum · m),
// or rate · m without Nesterov's step. Returns the norm before.
struct Momentum {
  int count;
  float* const* weights;
  float* const* moments;
  const float* const* gradients;
  const int64_t* sizes;
  float rate, momentum, decay, bound;  // bound 0: none
  bool nesterov;
};

// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), in place.
struct Adam {
  int count;
  float* const* weights;
  float* const* first;
  float* const* second;
  const float* const* gradients;
  const int64_t* sizes;
  float rate, beta1, beta2, epsilon, decay, bound;
  int64_t step;  // from 1
};

// Moving averages, in place: average = keep · average + (1 - keep) · value.
struct Averages {
  int count;
  float* const* averages;
  const float* const* values;
  const int64_t* sizes;
  float keep;
};

struct Kernels {
  const char* name;
  void (*separable_forward)(const SeparableForward&);
  void (*separable_backward)(const SeparableBackward&);
  void (*pointwise_forward)(const Pointwise&);
  void (*pointwise_backward)(const Pointwise&);
  void (*normalise)(const Normalise&);
  void (*normalise_backward)(const NormaliseBackward&);
  void (*sum)(const Sum&);
  void (*depthwise_forward)(const Depthwise&);
  void (*depthwise_backward)(const Depthwise&);
  void (*convolution_forward)(const Convolution&);
  void (*convolution_backward)(const Convolution&);
  void (*patches_forward)(const Patches&);
  void (*patches_backward)(const Patches&);
  void (*row_convolution)(const RowConvolution&);
  void (*row_convolution_backward)(const RowConvolution&);
  void (*max_pool)(const Pool&);
  void (*max_pool_backward)(const Pool&);
  void (*average_pool)(const Pool&);
  void (*average_pool_backward)(const Pool&);
  void (*relu_backward)(const ReluBackward&);
  void (*global_average)(const GlobalAverage&);
  void (*global_average_backward)(const GlobalAverage&);
  void (*global_max)(const GlobalMax&);
  void (*global_max_backward)(const GlobalMax&);
  void (*excite)(const Excitation&);
  void (*excite_backward)(const Excitation&);
  void (*dense)(const Dense&);
  void (*dense_backward)(const Dense&);
  void (*cross_entropy)(const CrossEntropy&);
  double (*momentum)(const Momentum&);
  double (*adam)(const Adam&);
  void (*move_averages)(const Averages&);
};

// The sizes of a depthwise window for which there is a kernel.
inline bool has_window(int size) { return size == 3 || size == 5 || size == 7; }

const Kernels& portable_kernels();
#if defined(__x86_64__)
const Kernels& avx2_kernels();
const Kernels& avx512_kernels();

#endif

}  // namespace sononas
