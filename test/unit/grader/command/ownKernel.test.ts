import { expect, test } from "vitest";
import { startOwnKernel } from "../../../../grader/command/ownKernel.js";

test("a kernel that cannot start is the user's to repair: one message, with the reason", async () => {
  await expect(startOwnKernel("/no/such/folder")).rejects.toThrow(
    /^the kernel did not start, it ended with exit code null\n.*ENOENT[\s\S]*\n {2}help: in a copy of the sources run: npm ci && npm run build$/,
  );
});
