"""jupyter_kernel_test with every feature it knows declared."""
import jupyter_kernel_test


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = "gradbook"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "consol", "matches": {"console"}},
        {"text": "Math.hyp", "matches": {"hypot"}},
    ]
    complete_code_samples = ["1 + 1", "function f(x: number) { return x }", "const a = [1, 2]"]
    incomplete_code_samples = ["function f(x: number) {", "const a = [1,", "`abc"]
    invalid_code_samples = ["const = 3;", "f(]"]
    code_page_something = 'notebook.page("hello")'
    code_generate_error = 'throw new Error("boom")'
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"a" + "b"', "result": "'ab'"},
    ]
    code_display_data = [{"code": 'display.html("<b>x</b>")', "mime": "text/html"}]
    code_history_pattern = "1?+?2"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console.log"
    code_clear_output = "clearOutput()"


# the module's own class is not a test of this kernel
del jupyter_kernel_test.KernelTests
