"""Widgets and `interact` with programs nobody here wrote: nbclient saves their state, Jupyter's schema checks it, and Jupyter's
own widget page (@jupyter-widgets/html-manager, fetched from npm into a temporary folder) draws it in headless Chromium.

The screenshot is written to GRADBOOK_WIDGETS_SCREENSHOT when that names a file.
"""
import base64
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

import jsonschema
import nbformat
from browser import Browser
from notebooks import ROOT, notebook, run

HTML_MANAGER = "@jupyter-widgets/html-manager@1.0.15"
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
SCHEMA = ROOT / "node_modules" / "@jupyter-widgets" / "schema" / "v2" / "state.schema.json"

CELLS = [
    'interact({ learningRate: [0, 1, 0.25], optimizer: ["sgd", "adam"], nesterov: true }, ({ learningRate, optimizer }) => {\n'
    "  console.log(optimizer);\n"
    "  return `${learningRate}`;\n"
    "})",
    "const button = widgets.Button({ description: 'Go' });\n"
    "const picture = widgets.Image({ format: 'svg+xml', value: new TextEncoder().encode("
    "\"<svg xmlns='http://www.w3.org/2000/svg' width='30' height='30'><circle r='15'/></svg>\") });\n"
    "const out = widgets.Output(); out.show(42);\n"
    "widgets.VBox({ children: [button, picture, widgets.HTML({ value: '<b>bold</b>' }), out] })",
]


def models(book):
    """Name and attributes of each model; ids differ from run to run."""
    state = book.metadata["widgets"][STATE]["state"]
    names = {f"IPY_MODEL_{key}": f"a {model['model_name']}" for key, model in state.items()}

    def rename(value):
        if isinstance(value, list):
            return [rename(item) for item in value]
        if isinstance(value, dict):
            return {key: rename(inner) for key, inner in value.items()}
        return names.get(value, value) if isinstance(value, str) else value

    return sorted(json.dumps(rename(dict(model)), sort_keys=True) for model in state.values())


class Widgets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = run(notebook(*CELLS))

    def test_1_nbclient_saves_a_state_that_the_schema_allows(self):
        nbformat.validate(self.book)
        jsonschema.validate(self.book.metadata["widgets"][STATE], json.loads(SCHEMA.read_text()))
        controls, result = self.book.cells[0].outputs
        self.assertIn(controls.data[VIEW]["model_id"], self.book.metadata["widgets"][STATE]["state"])
        self.assertIn("learningRate: slider 0 … 1, starts at 0.5", controls.data["text/plain"])
        # the result is an ordinary output, for pages without widgets
        self.assertNotIn(VIEW, result.data)
        self.assertEqual(result.data["text/plain"], "sgd\n'0.5'")

    def test_2_our_own_runner_saves_the_same_state(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "lesson.ipynb"
            nbformat.write(notebook(*CELLS), source)
            command = ["node", ROOT / "dist" / "lab" / "cli" / "main.js", "run", source, "--output", f"{folder}/out"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            ours = nbformat.read(f"{folder}/out/lesson.ipynb", 4)
        nbformat.validate(ours)
        jsonschema.validate(ours.metadata["widgets"][STATE], json.loads(SCHEMA.read_text()))
        self.assertEqual(models(ours), models(self.book))

    def test_3_the_page_of_jupyter_draws_them(self):
        state = self.book.metadata["widgets"][STATE]
        views = [output.data[VIEW] for cell in self.book.cells for output in cell.outputs if VIEW in output.get("data", {})]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", "--silent", HTML_MANAGER], cwd=folder, check=True, stdout=subprocess.DEVNULL
            )
            subprocess.run(["tar", "xzf", *pathlib.Path(folder).glob("*.tgz")], cwd=folder, check=True)
            scripts = [
                f'<script type="{kind}">{json.dumps(value)}</script>'.replace("<b>", "\\u003cb>").replace("</b>", "\\u003c/b>")
                for kind, value in [(STATE, state), *((VIEW, view) for view in views)]
            ]
            page = pathlib.Path(folder) / "page.html"
            page.write_text(
                '<!doctype html><meta charset="utf-8"><body><script src="package/dist/embed.js"></script>' + "\n".join(scripts)
            )
            browser = Browser(os.path.join(folder, "profile"))
            self.addCleanup(browser.close)
            browser.call("Page.enable")
            browser.call("Page.navigate", url=page.as_uri())
            browser.until("document.querySelectorAll('.widget-output, .jupyter-widget-output, .jupyter-widgets-output-area').length > 0")
            shown = browser.until("document.body.innerText.includes('42') && document.body.innerText")
            for text in ["learningRate", "0.50", "optimizer", "nesterov", "Go", "bold", "42"]:
                self.assertIn(text, shown)
            self.assertEqual(browser.value("document.querySelectorAll('.noUi-handle').length"), 1)
            self.assertEqual(browser.value("document.querySelector('select').value"), "sgd")
            self.assertTrue(browser.value("document.querySelector('input[type=checkbox]').checked"))
            self.assertEqual(browser.until("document.querySelector('img').naturalWidth"), 30)
            if os.environ.get("GRADBOOK_WIDGETS_SCREENSHOT"):
                picture = base64.b64decode(browser.call("Page.captureScreenshot", format="png")["data"])
                pathlib.Path(os.environ["GRADBOOK_WIDGETS_SCREENSHOT"]).write_bytes(picture)
