// From an update rule and its numbers to the emitted kernel and the scalars it wants: see UpdateRule in interface.ts.
import { type Emitted, type EmittedKernel, kernel } from "./emitted.js";
import type { UpdateRule } from "./interface.js";

/** Runs one rule on `count` elements from the given addresses (parameters, gradients, state…). */
export type RunUpdate = (
  rule: UpdateRule,
  addresses: readonly number[],
  count: number,
  numbers: readonly number[],
) => boolean;

type Numbers = readonly number[] & { readonly [index: number]: number };

export function makeUpdate(emitted: Emitted): RunUpdate {
  const get = (name: string): EmittedKernel => kernel(emitted, name);
  const sgd = get("sgd");
  const sgdMomentum = [get("sgdMomentum"), get("sgdNesterov")] as const;
  const adam = [get("adam"), get("adamAmsgrad")] as const;
  const adagrad = get("adagrad");
  const rmsprop = [
    get("rmsprop"),
    get("rmspropCentered"),
    get("rmspropMomentum"),
    get("rmspropMomentumCentered"),
  ] as const;
  const adadelta = get("adadelta");
  const adamax = get("adamax");
  const nadam = get("nadam");
  const radam = [get("radam"), get("radamRectified")] as const;
  const moments = get("moments");

  return (rule, addresses, count, list) => {
    const n = list as Numbers;
    const states = addresses.length - 2;
    const [p, g, s0 = 0, s1 = 0, s2 = 0] = addresses as [number, number, number?, number?, number?];
    switch (rule) {
      case "sgd": {
        const [rate, lambda, mu, take, isNesterov, isFirst] = n as unknown as SixNumbers;
        if (states === 0) sgd(p, g, count, -rate, lambda);
        else
          sgdMomentum[isNesterov === 0 ? 0 : 1](
            p,
            g,
            s0,
            count,
            -rate,
            lambda,
            isFirst ? 0 : mu,
            isFirst ? 1 : take,
            mu,
          );
        return true;
      }
      case "adam":
      case "adamw": {
        const [rate, lambda, beta1, beta2, eps, correction1, correction2] = n as unknown as SevenNumbers;
        const isDecoupled = rule === "adamw";
        const l2 = isDecoupled ? 0 : lambda;
        const shrink = isDecoupled ? 1 - rate * lambda : 1;
        const step = -rate / correction1;
        const root = 1 / Math.sqrt(correction2);
        if (states === 2)
          adam[0](p, g, s0, s1, count, step, l2, shrink, beta1, 1 - beta1, beta2, 1 - beta2, root, eps);
        else
          adam[1](p, g, s0, s1, s2, count, step, l2, shrink, beta1, 1 - beta1, beta2, 1 - beta2, root, eps);
        return true;
      }
      case "adagrad":
        adagrad(p, g, s0, count, -(n[0] as number), n[1] as number, n[2] as number);
        return true;
      case "rmsprop": {
        const [rate, lambda, alpha, eps, mu, isCentered] = n as unknown as SixNumbers;
        const variant = rmsprop[((mu > 0 ? 2 : 0) + (isCentered === 0 ? 0 : 1)) as 0 | 1 | 2 | 3];
        variant(...addresses, count, -rate, lambda, alpha, 1 - alpha, eps, mu);
        return true;
      }
      case "adadelta": {
        const [rate, lambda, rho, eps] = n as unknown as SixNumbers;
        adadelta(p, g, s0, s1, count, -rate, lambda, rho, 1 - rho, eps);
        return true;
      }
      case "adamax": {
        const [rate, lambda, beta1, beta2, eps, correction1] = n as unknown as SixNumbers;
        adamax(p, g, s0, s1, count, -rate / correction1, lambda, beta1, 1 - beta1, beta2, eps);
        return true;
      }
      case "nadam": {
        const [lambda, beta2, eps, correction2, beta1, forG, forM] = n as unknown as SevenNumbers;
        nadam(
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
          1 / Math.sqrt(correction2),
          eps,
          -forG,
          -forM,
        );
        return true;
      }
      case "radam": {
        const [rate, lambda, beta1, beta2, eps, correction1, rectification] = n as unknown as SevenNumbers;
        const step = (-rate / correction1) * (rectification === 0 ? 1 : rectification);
        radam[rectification === 0 ? 0 : 1](
          p,
          g,
          s0,
          s1,
          count,
          step,
          lambda,
          beta1,
          1 - beta1,
          beta2,
          1 - beta2,
          eps,
        );
        return true;
      }
      case "moments":
        moments(
          p,
          g,
          s0,
          s1,
          count,
          n[0] as number,
          1 - (n[0] as number),
          n[1] as number,
          1 - (n[1] as number),
        );
        return true;
      default:
        return false;
    }
  };
}
type SixNumbers = readonly [number, number, number, number, number, number];
type SevenNumbers = readonly [number, number, number, number, number, number, number];
