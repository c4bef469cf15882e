"""The classic Notebook in headless Chromium: run, error, picture, completion, interrupt, restart, as a person does it.

Chromium is spoken to through two pipes (--remote-debugging-pipe): JSON messages that end with a zero byte.
The screenshot of the page with the figure is written to GRADBOOK_SCREENSHOT when that names a file.
"""
import base64
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

CELLS = [
    "const learningRate: number = 0.1;\nlearningRate * 2",
    'import * as Plot from "@observablehq/plot";\nimport { JSDOM } from "jsdom";\n'
    'Plot.plot({ document: new JSDOM("").window.document, marks: [Plot.lineY([4, 2, 1, 0.5])] })',
    "const text: string = learningRate;",
    'console.log("looping"); while (true) {}',
    "learn",
]


class Browser:
    """One page of a headless Chromium."""

    def __init__(self, profile):
        to_chromium, self._out = os.pipe()
        self._in, from_chromium = os.pipe()

        def wire():
            # Chromium reads descriptor 3 and writes descriptor 4
            os.dup2(to_chromium, 13)
            os.dup2(from_chromium, 14)
            os.dup2(13, 3)
            os.dup2(14, 4)

        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                   "--window-size=1000,1400", f"--user-data-dir={profile}", "about:blank"]  # fmt: skip
        self.process = subprocess.Popen(
            command, preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(to_chromium)
        os.close(from_chromium)
        self._buffer = b""
        self._id = 0
        self._session = None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]

    def call(self, method, **params):
        self._id += 1
        message = {"id": self._id, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self._buffer:
                self._buffer += os.read(self._in, 1 << 20)
            text, self._buffer = self._buffer.split(b"\0", 1)
            answer = json.loads(text)
            if answer.get("id") == self._id:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def until(self, expression, seconds=60):
        """Waits until the expression is true in the page, and returns its value."""
        end = time.monotonic() + seconds
        while True:
            try:
                found = self.value(expression)
            except RuntimeError as error:
                found, last = None, error
            else:
                last = found
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"{expression}: {last} after {seconds} s")
            time.sleep(0.1)

    def key(self, key, code):
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def close(self):
        self.process.kill()
        self.process.wait()


def until_open(port, seconds=60):
    end = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def outputs(cell):
    return f"JSON.stringify(Jupyter.notebook.get_cell({cell}).output_area.outputs)"


class ClassicNotebook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        for tool in ["chromium", "jupyter-notebook"]:
            assert shutil.which(tool), f"{tool} must be installed"
        cls.folder = tempfile.mkdtemp()
        book = new_notebook(
            cells=[new_code_cell(source) for source in CELLS],
            metadata={"kernelspec": {"name": "gradbook", "display_name": "TypeScript (gradbook)", "language": "typescript"}},
        )
        nbformat.write(book, pathlib.Path(cls.folder) / "lesson.ipynb")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cls.server = subprocess.Popen(
            ["jupyter-notebook", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0",
             "--NotebookApp.token=secret", f"--notebook-dir={cls.folder}"],
            stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        cls.addClassCleanup(cls.end_server)
        until_open(port)
        cls.browser = Browser(os.path.join(cls.folder, "profile"))
        cls.addClassCleanup(cls.browser.close)
        cls.browser.call("Page.enable")
        cls.browser.call("Page.navigate", url=f"http://127.0.0.1:{port}/notebooks/lesson.ipynb?token=secret")
        cls.browser.until("window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()")

    @classmethod
    def end_server(cls):
        os.killpg(cls.server.pid, signal.SIGTERM)
        cls.server.wait()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def run_cell(self, cell):
        self.browser.value(f"Jupyter.notebook.select({cell}); Jupyter.notebook.execute_cell(); 1")

    def finished(self, cell):
        self.browser.until(f"Number.isInteger(Jupyter.notebook.get_cell({cell}).input_prompt_number)")
        return json.loads(self.browser.value(outputs(cell)))

    # one after another, as a person works: the names put them in order
    def test_1_a_value(self):
        self.run_cell(0)
        self.assertEqual(self.finished(0)[0]["data"]["text/plain"], "0.2")

    def test_2_a_picture_is_visible(self):
        self.run_cell(1)
        self.finished(1)
        box = json.loads(
            self.browser.until(
                "(() => { const svg = document.querySelector('.output_area svg');"
                " return svg && JSON.stringify(svg.getBoundingClientRect()) })()"
            )
        )
        self.assertGreater(box["width"], 300)
        self.assertGreater(box["height"], 200)
        picture = base64.b64decode(self.browser.call("Page.captureScreenshot", format="png")["data"])
        self.assertGreater(len(picture), 10_000)
        if os.environ.get("GRADBOOK_SCREENSHOT"):
            pathlib.Path(os.environ["GRADBOOK_SCREENSHOT"]).write_bytes(picture)

    def test_3_a_type_error_is_shown(self):
        self.run_cell(2)
        error = self.finished(2)[0]
        self.assertEqual(error["ename"], "TypeScriptError")
        shown = self.browser.value("document.querySelector('.output_error').innerText")
        self.assertIn("TS2322", shown)
        self.assertIn("1 | const text: string = learningRate;", shown)

    def test_4_completion_by_the_tab_key(self):
        self.browser.value(
            "Jupyter.notebook.select(4); Jupyter.notebook.edit_mode();"
            "var editor = Jupyter.notebook.get_cell(4).code_mirror; editor.focus(); editor.setCursor(0, 5); 1"
        )
        self.browser.key("Tab", 9)
        self.browser.until("editor.getValue() === 'learningRate' || document.querySelector('.completions') !== null")
        if self.browser.value("document.querySelector('.completions') !== null"):
            self.browser.key("Enter", 13)
        self.assertEqual(self.browser.until("editor.getValue() !== 'learn' && editor.getValue()"), "learningRate")

    def test_5_the_stop_button_keeps_the_variables(self):
        self.run_cell(3)
        self.browser.until(f"{outputs(3)}.includes('looping')")
        self.browser.value("document.querySelector('button[data-jupyter-action=\"jupyter-notebook:interrupt-kernel\"]').click(); 1")
        self.assertEqual(self.finished(3)[-1]["ename"], "KeyboardInterrupt")
        self.run_cell(4)
        self.assertEqual(self.finished(4)[0]["data"]["text/plain"], "0.1")
        self.browser.until("document.querySelector('#kernel_indicator_icon').className.includes('kernel_idle_icon')")

    def test_6_a_restart_forgets_them(self):
        self.browser.value("Jupyter.notebook.clear_all_output(); Jupyter.notebook.kernel.restart(); 1")
        self.browser.until("Jupyter.notebook.kernel.is_connected() && document.querySelector('#kernel_indicator_icon').className.includes('kernel_idle_icon')")
        self.browser.value("Jupyter.notebook.get_cell(4).set_input_prompt(null); 1")
        self.run_cell(4)
        self.assertEqual(self.finished(4)[0]["ename"], "TypeScriptError")
