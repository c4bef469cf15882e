// From an update rule and its numbers to the emitted kernel and the scalars it wants: see UpdateRule in interface.ts.

import type { UpdateRule } from "../interface.js";
import { type Emitted, kernel } from "./emitted.js";

/** Runs one rule on `count` elements from the given addresses (parameters, gradients, state…). */
export type RunUpdate = (
  rule: UpdateRule,
  addresses: readonly number[],
  count: number,
  numbers: readonly number[],
) => boolean;

type Numbers = readonly number[] & { readonly [index: number]: number };

/** @param emit writes and compiles the kernels of one rule; called at the rule's first use */
export function makeUpdate(emit: (rule: UpdateRule) => Emitted): RunUpdate {
  const families: Partial<Record<UpdateRule, Emitted>> = {};
  return (rule, addresses, count, list) => {
    const n = list as Numbers;
    let family = families[rule];
    if (family === undefined) {
      family = emit(rule);
      families[rule] = family;
    }
    const run = (name: string, ...values: number[]): void => kernel(family, name)(...values);
    const states = addresses.length - 2;
    const [p, g, s0 = 0, s1 = 0] = addresses as [number, number, number?, number?];
    switch (rule) {
      case "sgd": {
        const [rate, lambda, mu, take, isNesterov, isFirst] = n as unknown as SixNumbers;
        const [keep, fresh] = isFirst ? [0, 1] : [mu, take];
        if (states === 0) run("sgd", p, g, count, -rate, lambda);
        else run(isNesterov ? "sgdNesterov" : "sgdMomentum", p, g, s0, count, -rate, lambda, keep, fresh, mu);
        return true;
      }
      case "adam":
      case "adamw": {
        const [rate, lambda, beta1, beta2, eps, correction1, correction2] = n as unknown as SevenNumbers;
        const isDecoupled = rule === "adamw";
        const scalars = [
          isDecoupled ? 0 : lambda,
          isDecoupled ? 1 - rate * lambda : 1,
          beta1,
          1 - beta1,
        ] as const;
        const more = [beta2, 1 - beta2, 1 / Math.sqrt(correction2), eps] as const;
        run(
          states === 2 ? "adam" : "adamAmsgrad",
          ...addresses,
          count,
          -rate / correction1,
          ...scalars,
          ...more,
        );
        return true;
      }
      case "adagrad": {
        const [rate, lambda, eps] = n as unknown as SixNumbers;
        run("adagrad", p, g, s0, count, -rate, lambda, eps);
        return true;
      }
      case "rmsprop": {
        const [rate, lambda, alpha, eps, mu, isCentered] = n as unknown as SixNumbers;
        const name = `rmsprop${mu > 0 ? "Momentum" : ""}${isCentered ? "Centered" : ""}`;
        run(name, ...addresses, count, -rate, lambda, alpha, 1 - alpha, eps, mu);
        return true;
      }
      case "adadelta": {
        const [rate, lambda, rho, eps] = n as unknown as SixNumbers;
        run("adadelta", p, g, s0, s1, count, -rate, lambda, rho, 1 - rho, eps);
        return true;
      }
      case "adamax": {
        const [rate, lambda, beta1, beta2, eps, correction1] = n as unknown as SixNumbers;
        run("adamax", p, g, s0, s1, count, -rate / correction1, lambda, beta1, 1 - beta1, beta2, eps);
        return true;
      }
      case "nadam": {
        const [lambda, beta2, eps, correction2, beta1, forG, forM] = n as unknown as SevenNumbers;
        const root = 1 / Math.sqrt(correction2);
        run(
          "nadam",
          p,
          g,
          s0,
          s1,
          count,
          lambda,
          beta1,
          1 - beta1,
          beta2,
          1 - beta2,
          root,
          eps,
          -forG,
          -forM,
        );
        return true;
      }
      case "radam": {
        const [rate, lambda, beta1, beta2, eps, correction1, rectification] = n as unknown as SevenNumbers;
        const isRectified = rectification !== 0;
        const step = (-rate / correction1) * (isRectified ? rectification : 1);
        const name = isRectified ? "radamRectified" : "radam";
        run(name, p, g, s0, s1, count, step, lambda, beta1, 1 - beta1, beta2, 1 - beta2, eps);
        return true;
      }
      case "moments": {
        const [beta1, beta2] = n as unknown as SixNumbers;
        run("moments", p, g, s0, s1, count, beta1, 1 - beta1, beta2, 1 - beta2);
        return true;
      }
      default:
        return false;
    }
  };
}
type SixNumbers = readonly [number, number, number, number, number, number];
type SevenNumbers = readonly [number, number, number, number, number, number, number];
