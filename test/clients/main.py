"""Runs the tests of this folder and ends with one line, `12 passed, 0 failed`. Arguments: names of modules; default all."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

names = sys.argv[1:] or ["conformance", "notebooks", "widgets", "console", "browser"]
result = unittest.TextTestRunner(verbosity=2, stream=sys.stdout).run(
    unittest.TestLoader().loadTestsFromNames(names)
)
failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
for test, reason in result.skipped:
    # a tool that is missing, or a feature not declared, must not pass for a test
    print(f"skipped: {test}: {reason}")
    failed += 1
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
