import { defineConfig } from "vitest/config";

/** One project per folder of test/; `requireAssertions` fails a test that asserts nothing. */
const project = (name: string, testTimeout = 15_000) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    expect: { requireAssertions: true },
    testTimeout,
    maxConcurrency: 2,
    hookTimeout: Math.max(testTimeout, 60_000),
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "tiny",
          include: ["test/tiny.test.ts"],
          expect: { requireAssertions: true },
          testTimeout: 60_000,
        },
      },
      project("architecture", 60_000),
      project("unit"),
      project("suites", 60_000),
      project("gradcheck", 60_000),
      project("reference", 60_000),
      project("plots", 60_000),
      project("protocol", 60_000),
      project("grading", 60_000),
      project("notebooks", 180_000),
    ],
  },
});
