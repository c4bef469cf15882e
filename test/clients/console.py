"""`jupyter console` in a pipe: what a person in a terminal types, and what comes back."""
import shutil
import subprocess
import unittest

SESSION = """\
let x = 20
x + 1
function f(n: number) { return n * 2 }
f(x)
throw new Error("boom")
x
"""


class Console(unittest.TestCase):
    def test_a_session(self):
        self.assertTrue(shutil.which("jupyter-console"), "jupyter-console must be installed")
        process = subprocess.run(
            ["jupyter-console", "--kernel", "gradbook", "--simple-prompt"],
            input=SESSION, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        for expected in ["Out[2]: 21", "Out[4]: 40", "Out[6]: 20"]:
            self.assertIn(expected, process.stdout)
        self.assertIn("Error: boom", process.stderr)
        self.assertIn("In[5]:1:7", process.stderr)
