import { expect, test } from "vitest";
import { kernelInfo } from "../../../../kernel/server/kernelInfo.js";
import { checkContent } from "../../../../kernel/wire/schema.js";

test("kernelInfo is what the protocol asks for", () => {
  const info = kernelInfo("1.2.3", "5.9.3");
  expect(checkContent("kernel_info_reply", info)).toEqual([]);
  expect(info).toMatchObject({
    protocol_version: "5.5",
    implementation: "gradbook",
    implementation_version: "1.2.3",
    language_info: { version: "5.9.3", mimetype: "text/typescript" },
    supported_features: [],
  });
  expect(info.banner).toBe(`gradbook 1.2.3: TypeScript 5.9.3 on Node ${process.version}`);
});
