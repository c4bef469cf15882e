// Jupyter counts code points, JavaScript strings count UTF-16 units: "𝐚" is one of the first and two of the second.
// Converted at the border of the protocol; everything inside uses UTF-16 offsets.

/**
 * The UTF-16 offset of a position counted in code points. A position beyond the end is the end.
 *
 * @example
 * toUtf16Offset("𝐚.b", 2) // 3
 */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let n = 0; n < codePoints && offset < text.length; n++) offset += unitsAt(text, offset);
  return offset;
}

/**
 * How many code points lie before a UTF-16 offset.
 *
 * @example
 * toCodePoints("𝐚.b", 3) // 2
 */
export function toCodePoints(text: string, offset: number): number {
  let n = 0;
  for (let i = 0; i < offset && i < text.length; n++) i += unitsAt(text, i);
  return n;
}

const unitsAt = (text: string, offset: number): number => ((text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1);
