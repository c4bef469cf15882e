import { errorText, showShape, showValue } from "../errors.js";
import { Tensor } from "../tensor/tensor.js";

/** Some parameters with options of their own; what is not given comes from the optimizer's options. */
export type GroupOptions<Options> = { readonly parameters: readonly Tensor[] } & Partial<Options>;

/** What an optimizer takes: tensors, or groups of them. */
export type ParametersOf<Options> = readonly Tensor[] | readonly GroupOptions<Options>[];

/**
 * The parameters as groups: a list of tensors is one group.
 *
 * @throws {TypeError} when something is not a tensor or dtypes are mixed
 * @throws {RangeError} when there is no parameter, one comes twice, or one requires no gradient or is a result
 */
export function readGroups<Options>(
  where: string,
  parameters: ParametersOf<Options>,
): readonly GroupOptions<Options>[] {
  if (!Array.isArray(parameters))
    throw new TypeError(
      errorText(
        where,
        `parameters must be an array of tensors or groups, got ${showValue(parameters)}`,
        "",
        "pass model.parameters()",
      ),
    );
  const isGroups = parameters.some(
    (item) => !(item instanceof Tensor) && typeof item === "object" && item !== null,
  );
  const groups = (isGroups ? parameters : [{ parameters }]) as readonly GroupOptions<Options>[];
  const seen = new Set<Tensor>();
  let dtype: string | undefined;
  for (const [g, group] of groups.entries()) {
    if (group instanceof Tensor || !Array.isArray(group?.parameters))
      throw new TypeError(
        errorText(
          where,
          `group ${g} must be {parameters: [...], ...options}, got ${showValue(group)}`,
          "",
          "pass only tensors, or only groups",
        ),
      );
    if (group.parameters.length === 0)
      throw new RangeError(
        errorText(
          where,
          `there must be at least one parameter${isGroups ? ` in group ${g}` : ""}, got none`,
          "",
          "does the model have layers with parameters that require gradients?",
        ),
      );
    for (const [i, parameter] of group.parameters.entries()) {
      const name = `parameter ${i}${isGroups ? ` of group ${g}` : ""}`;
      if (!(parameter instanceof Tensor))
        throw new TypeError(errorText(where, `${name} must be a tensor, got ${showValue(parameter)}`));
      if (parameter.node !== null)
        throw new RangeError(
          errorText(
            where,
            `${name} must be a leaf, got the result of ${parameter.node.operation.name}`,
            `shape ${showShape(parameter.shape)}`,
            "pass the tensors it was computed from",
          ),
        );
      if (!parameter.requiresGrad)
        throw new RangeError(
          errorText(
            where,
            `${name} must require gradients`,
            `shape ${showShape(parameter.shape)}`,
            "create it with {requiresGrad: true}",
          ),
        );
      if (seen.has(parameter))
        throw new RangeError(
          errorText(
            where,
            `each parameter must come once, got ${name} twice`,
            `shape ${showShape(parameter.shape)}`,
          ),
        );
      seen.add(parameter);
      dtype ??= parameter.dtype;
      if (parameter.dtype !== dtype)
        throw new TypeError(
          errorText(
            where,
            `all parameters must have one dtype, got ${dtype} and ${parameter.dtype}`,
            `${name} ${showShape(parameter.shape)}`,
            "use one optimizer for each dtype",
          ),
        );
    }
  }
  if (groups.length === 0)
    throw new RangeError(
      errorText(
        where,
        "there must be at least one parameter, got none",
        "",
        "does the model have layers with parameters that require gradients?",
      ),
    );
  return groups;
}
