// Networks, convolution and gradients: the first third of the glossary.
import { type Term, term } from "./term.js";

export const NETWORK_TERMS: readonly Term[] = [
  term(
    "neuron",
    "뉴런",
    "N01",
    "A weighted sum of the inputs plus a bias, followed by an activation function.",
    ["unit", "뉴련"],
  ),
  term("weight", "가중치", "N01", "A number of the model that multiplies an input and is learned from data."),
  term(
    "parameter",
    "매개변수",
    "N01",
    "A number set by training: weights, biases, and γ, β of normalization.",
    ["파라미터"],
  ),
  term("activation function", "활성함수", "N01", "The non-linear function applied to each weighted sum.", [
    "activation",
  ]),
  term(
    "multilayer perceptron",
    "다층신경망",
    "N01",
    "Fully connected layers with activation functions between them.",
    ["MLP", "다층 퍼셉트론"],
  ),
  term("fully connected layer", "완전연결층", "N01", "A layer where every output looks at every input.", [
    "dense layer",
    "linear layer",
    "fully connected",
  ]),
  term(
    "convolution",
    "합성곱",
    "N01",
    "Sliding a kernel over a signal and summing products. In mathematics the kernel is flipped first; in deep learning, and in this course where nothing else is said, it is not.",
    ["컨볼루션"],
  ),
  term("cross-correlation", "교차상관", "N01", "Sliding a kernel over a signal without flipping it.", [
    "correlation",
    "상호상관",
  ]),
  term("kernel", "커널", "N01", "The small array of weights that a convolution slides over its input.", [
    "filter",
    "필터",
  ]),
  term("receptive field", "수용영역", "N02", "The part of the input that one output can depend on.", [
    "수용장",
  ]),
  term(
    "local",
    "국소적",
    "N01",
    "Depending only on a window around the place: the kernel is zero elsewhere.",
    ["locality"],
  ),
  term("weight sharing", "가중치 공유", "N01", "Using the same weights at every position."),
  term(
    "equivariance",
    "등변성",
    "N01",
    "Shifting the input shifts the output: f(shift x) = shift f(x). A convolution is equivariant away from the borders.",
    ["translation equivariance"],
  ),
  term(
    "invariance",
    "불변성",
    "N01",
    "Shifting the input leaves the output as it is: f(shift x) = f(x). It needs pooling over all places.",
    ["translation invariance", "translation invariant"],
  ),
  term("stride", "보폭", "N02", "How many elements the kernel moves between two outputs.", ["스트라이드"]),
  term("padding", "패딩", "N02", "Elements, usually zeros, put around the input before the kernel slides."),
  term(
    "channel",
    "채널",
    "N02",
    "One of several signals or images that lie over each other, such as red, green and blue.",
  ),
  term("tensor", "텐서", "N00", "An array of numbers with a shape: any number of axes, from none up."),
  term(
    "pooling",
    "풀링",
    "N03",
    "Replacing each window by one number, its maximum or mean; nothing is learned.",
  ),
  term(
    "gradient",
    "기울기",
    "N00",
    "The vector of all partial derivatives; it points where the function grows fastest.",
    ["그라디언트", "경사"],
  ),
  term(
    "backpropagation",
    "역전파",
    "N03",
    "The chain rule applied from the loss back to every parameter, each intermediate result visited once.",
    ["backprop"],
  ),
  term(
    "gradient check",
    "기울기 검사",
    "N00",
    "Comparing a computed gradient with difference quotients of the function.",
    ["gradcheck"],
  ),
  term(
    "loss function",
    "손실함수",
    "N00",
    "The number that training makes small: how wrong the predictions are on average.",
    ["loss", "cost function", "비용함수"],
  ),
];
