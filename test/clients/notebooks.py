"""Notebooks through nbclient and `jupyter nbconvert --execute`, the runners that courses use."""
import pathlib
import subprocess
import tempfile
import unittest

import nbclient
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = pathlib.Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def notebook(*sources):
    return new_notebook(
        cells=[new_code_cell(source) for source in sources],
        metadata={"kernelspec": {"name": "gradbook", "display_name": "TypeScript", "language": "typescript"}},
    )


def run(book, **options):
    with tempfile.TemporaryDirectory() as folder:
        client = nbclient.NotebookClient(book, kernel_name="gradbook", resources={"metadata": {"path": folder}}, **options)
        return client.execute()


def texts(cell):
    return "".join(output.get("text", "") for output in cell.outputs)


class NbClient(unittest.TestCase):
    def test_values_types_and_pictures(self):
        book = run(
            notebook(
                "const x: number = 20; x + 1",
                "console.log('to stdout'); console.error('to stderr')",
                'import * as Plot from "@observablehq/plot";\nimport { JSDOM } from "jsdom";\n'
                'Plot.plot({ document: new JSDOM("").window.document, marks: [Plot.dot([[1, 2], [3, 4]])] })',
            )
        )
        nbformat.validate(book)
        first, second, third = book.cells
        self.assertEqual(first.outputs[0].data["text/plain"], "21")
        self.assertEqual(first.execution_count, 1)
        self.assertEqual({o.name: o.text for o in second.outputs}, {"stdout": "to stdout\n", "stderr": "to stderr\n"})
        self.assertTrue(third.outputs[0].data["image/svg+xml"].startswith("<svg"))

    def test_an_error_names_the_line_and_later_cells_can_run(self):
        book = run(notebook("let a = 1;\nthrow new RangeError('too far')", "a"), allow_errors=True)
        error = book.cells[0].outputs[0]
        self.assertEqual((error.output_type, error.ename, error.evalue), ("error", "RangeError", "too far"))
        self.assertIn("In[1]:2:", "\n".join(error.traceback))
        self.assertEqual(book.cells[1].outputs[0].data["text/plain"], "1")

    def test_an_error_stops_the_notebook(self):
        with self.assertRaises(nbclient.exceptions.CellExecutionError) as caught:
            run(notebook("const n: number = 'text'"))
        self.assertIn("TS2322", str(caught.exception))

    def test_a_cell_that_takes_too_long_is_interrupted_and_later_cells_go_on(self):
        book = run(notebook("let kept = 7", "while (true) {}", "kept"), timeout=15, interrupt_on_timeout=True, allow_errors=True)
        self.assertEqual(book.cells[1].outputs[0].ename, "KeyboardInterrupt")
        self.assertEqual(book.cells[2].outputs[0].data["text/plain"], "7")

    def test_a_crash_costs_one_cell(self):
        book = run(notebook("process.exit(3)", "1 + 1"), allow_errors=True)
        self.assertEqual(book.cells[0].outputs[0].ename, "SessionDied")
        self.assertEqual(book.cells[1].outputs[0].data["text/plain"], "2")

    def test_100_000_lines_arrive_in_order(self):
        book = run(notebook("for (let i = 0; i < 100_000; i++) console.log(i)"), timeout=120)
        self.assertEqual(texts(book.cells[0]), "".join(f"{i}\n" for i in range(100_000)))


class Lessons(unittest.TestCase):
    def test_every_lesson_runs_in_nbclient(self):
        self.assertTrue(LESSONS)
        for lesson in LESSONS:
            with self.subTest(lesson=lesson.name):
                book = nbformat.read(lesson, as_version=4)
                resources = {"metadata": {"path": str(lesson.parent)}}
                nbclient.NotebookClient(book, kernel_name="gradbook", timeout=300, resources=resources).execute()
                nbformat.validate(book)
                outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
                self.assertTrue(any("image/svg+xml" in output.get("data", {}) for output in outputs))

    def test_nbconvert_executes_a_lesson_to_html(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", folder, str(LESSONS[0])],
                check=True, capture_output=True, text=True, timeout=400,
            )  # fmt: skip
            page = next(pathlib.Path(folder).glob("*.html")).read_text()
            self.assertIn("<svg", page)
