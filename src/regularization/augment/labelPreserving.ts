import { checkChoice, checkNumber, checkOptions, rejectUnknownOptions } from "../../errors.js";

/** Augmentations by name. */
export type AugmentationName =
  | "flipHorizontal"
  | "flipVertical"
  | "rotate"
  | "translate"
  | "scale"
  | "shear"
  | "affine"
  | "elastic"
  | "crop"
  | "colorJitter";

/** What is to be recognized. */
export type AugmentationTask = "digits" | "letters" | "objects" | "texture" | "aerial" | "color";

const names: readonly AugmentationName[] = [
  "flipHorizontal",
  "flipVertical",
  "rotate",
  "translate",
  "scale",
  "shear",
  "affine",
  "elastic",
  "crop",
  "colorJitter",
];

/** What changes the label, by task. Whatever is not listed keeps it. */
const changing: Readonly<Record<AugmentationTask, Partial<Record<AugmentationName, true>>>> = {
  digits: { flipHorizontal: true, flipVertical: true },
  letters: { flipHorizontal: true, flipVertical: true },
  objects: { flipVertical: true },
  texture: {},
  aerial: {},
  color: { colorJitter: true },
};

/** The largest rotation in degrees that keeps the label: a 6 upside down is a 9, an N on its side a Z, a tree does not stand on its head. */
const largestTurn: Readonly<Record<AugmentationTask, number>> = {
  digits: 45,
  letters: 30,
  objects: 45,
  texture: 180,
  aerial: 180,
  color: 180,
};

/**
 * Does an augmentation keep the label for a task? A 6 turned over is a 9; a cat seen in a mirror is a cat; the colour of a
 * traffic light is its label.
 *
 * @param name of the augmentation
 * @param task "digits", "letters", "objects" (photographs), "texture", "aerial" (seen from above), "color" (the colour is the label)
 * @param options.angle largest rotation in degrees, for "rotate" and "affine"; default 15
 * @throws {RangeError} for an unknown name or task
 * @example
 * regularization.augment.labelPreserving("rotate", "digits") // true
 * regularization.augment.labelPreserving("rotate", "digits", { angle: 180 }) // false
 */
export function labelPreserving(
  name: AugmentationName,
  task: AugmentationTask,
  options: { readonly angle?: number } = {},
): boolean {
  checkChoice("labelPreserving", "name", name, names);
  checkChoice("labelPreserving", "task", task, Object.keys(changing) as AugmentationTask[]);
  checkOptions("labelPreserving", options);
  const { angle = 15, ...rest } = options;
  rejectUnknownOptions("labelPreserving", rest, ["angle"]);
  checkNumber("labelPreserving", "angle", angle, { min: -180, max: 180 });
  if (name === "rotate" || name === "affine") return Math.abs(angle) <= largestTurn[task];
  return changing[task][name] !== true;
}
