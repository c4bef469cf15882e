/** The whole text of the error a call throws, with its name: for tables that pin many messages. */
export function errorOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
}
