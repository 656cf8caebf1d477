"""Jupyter's protocol: the tests that jupyter_kernel_test has for every kernel, and what it leaves out."""

import shutil
import sys
import time

import jupyter_kernel_test
import pytest
from jupyter_kernel_test.msgspec_v5 import validate_message

pytestmark = pytest.mark.alone


class ProtocolTest(jupyter_kernel_test.KernelTests):
    kernel_name = "odeum"
    language_name = "java"
    file_extension = ".java"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    completion_samples = [
        {"text": '"abc".toUpper', "matches": {"toUpperCase("}},
        {"text": "%sol", "matches": {"%solve", "%solvers"}},
        {"text": "Math.hyp", "matches": {"hypot("}},
    ]
    complete_code_samples = [
        "1 + 1",
        "int x = 5;",
        "void f() {\n  return;\n}",
        "%solve lotka -o sol",
        "int a = 1;\n%solvers",
        "var r = %solve lotka",
        "%%ode decay\nx' = -k*x\nparam k = 1\n\n",
        "%%ode?",
        "// only a comment",
        "",
    ]
    incomplete_code_samples = [
        "for (int i = 0; i < 3; i++) {",
        "class A {\n  int f() {\n    return 1;\n  }",
        "foo(1,",
        'String s = """\n  text',
        "%%ode decay\nx' = -k*x",
        "%%ode decay",
    ]
    invalid_code_samples = ["int x = ;", "foo)", "} class"]
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a".repeat(3)', "result": "aaa"},
        {"code": "List.of(1, 2, 3)", "result": "[1, 2, 3]"},
    ]
    code_display_data = [
        {"code": 'display("shown");', "mime": "text/plain"},
        {"code": "%solvers", "mime": "text/plain"},
    ]
    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "String.join("
    code_clear_output = "clearOutput(false);"
    test_pager = None  # Help is an output, which stays in the notebook; we have no pager.


def shell(kernel, kind, message_id):
    """The next answer on the shell channel, checked against the protocol."""
    while True:
        message = kernel.client.get_shell_msg(timeout=20)
        if message["parent_header"].get("msg_id") == message_id:
            validate_message(message, kind, message_id)
            return message["content"]


def test_says_who_it_is(kernel):
    info = shell(kernel, "kernel_info_reply", kernel.client.kernel_info())
    assert info["status"] == "ok"
    assert "Odeum" in info["banner"] and "%lsmagic" in info["banner"]
    assert all(link["url"].startswith("https://") for link in info["help_links"])
    language = info["language_info"]
    # What CodeMirror's list of languages and Pygments know.
    assert language["codemirror_mode"] == language["mimetype"] == "text/x-java"
    assert language["pygments_lexer"] == "java"


def test_the_next_line_is_indented(kernel):
    indents = {
        "for (int i = 0; i < 3; i++) {": "  ",
        "class A {\n    int f() {": "      ",
        "class A {\n  int x;": "  ",
        "%%ode decay": "",
    }
    for code, indent in indents.items():
        reply = shell(kernel, "is_complete_reply", kernel.client.is_complete(code))
        assert (reply["status"], reply["indent"]) == ("incomplete", indent), code


def test_what_is_not_stored_does_not_count(kernel):
    before = kernel.run("1").content["execution_count"]
    messages = []
    reply = kernel.client.execute_interactive("2", store_history=False, output_hook=messages.append)
    assert reply["content"]["status"] == "ok"
    assert [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"] == ["2"]
    messages.clear()
    reply = kernel.client.execute_interactive("int quiet = 3; quiet", silent=True, output_hook=messages.append)
    assert reply["content"]["status"] == "ok"
    assert {m["msg_type"] for m in messages} <= {"status"}
    after = kernel.run("quiet").content["execution_count"]
    assert after == before + 1
    history = shell(kernel, "history_reply", kernel.client.history(hist_access_type="tail", n=2))
    assert [entry[1:] for entry in history["history"]] == [[before, "1"], [after, "quiet"]]


def test_expressions_beside_a_cell(kernel):
    message = kernel.client.execute("int beside = 4;", user_expressions={"good": "beside + 1", "bad": "besides"})
    reply = shell(kernel, "execute_reply", message)
    assert reply["payload"] == []
    assert reply["user_expressions"]["good"]["status"] == "ok"
    assert reply["user_expressions"]["good"]["data"]["text/plain"] == "5"
    assert reply["user_expressions"]["bad"]["status"] == "error"
    assert "besides" in reply["user_expressions"]["bad"]["evalue"]


def test_unknown_comms_are_closed_without_noise(kernel):
    client = kernel.client
    kernel.run("0")
    opened = client.session.msg("comm_open", {"comm_id": "one", "target_name": "nobody", "data": {}})
    client.shell_channel.send(opened)
    client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": "one", "data": {}}))
    client.shell_channel.send(client.session.msg("comm_close", {"comm_id": "one", "data": {}}))
    assert shell(kernel, "comm_info_reply", client.comm_info())["comms"] == {}
    seen = []
    while len(seen) < 2 or seen[-1]["msg_type"] != "status" or seen[-1]["parent_header"]["msg_type"] != "comm_info_request":
        seen.append(client.get_iopub_msg(timeout=10))
    others = [m["msg_type"] for m in seen if m["msg_type"] != "status" and m["parent_header"].get("msg_id") == opened["header"]["msg_id"]]
    assert others == ["comm_close"]
    assert not [m for m in seen if m["msg_type"] == "stream"]


def test_the_user_is_asked(kernel):
    message = kernel.client.execute(
        'System.out.print("Name? "); String name = new Scanner(System.in).nextLine(); name.length()', allow_stdin=True
    )
    assert kernel.client.get_stdin_msg(timeout=20)["content"]["prompt"] == ""
    kernel.client.input("Odeum")
    assert shell(kernel, "execute_reply", message)["status"] == "ok"
    assert kernel.run("name").of("execute_result")[0]["data"]["text/plain"] == "Odeum"


def test_nothing_printed_is_lost(kernel):
    """A hundred thousand lines, some of them not in ASCII, come whole, in order and before the answer."""
    reply = kernel.run('for (int i = 0; i < 100_000; i++) System.out.println("Zeile ä€😀 " + i); 7', timeout=60)
    assert reply.stream("stdout") == "".join(f"Zeile ä€😀 {i}\n" for i in range(100_000))
    kinds = [m["msg_type"] for m in reply.messages]
    assert kinds.index("execute_result") > max(i for i, kind in enumerate(kinds) if kind == "stream")


def test_prints_and_displays_keep_their_order(kernel):
    reply = kernel.run('System.out.println("a"); display("b"); System.out.println("c"); System.err.println("d"); display("e");')
    shown = [
        m["content"].get("text") or m["content"]["data"]["text/plain"]
        for m in reply.messages
        if m["msg_type"] in ("stream", "display_data")
    ]
    assert [text.strip() for text in shown] == ["a", "b", "c", "d", "e"]


def test_threads_print_to_their_cell_and_their_exceptions_are_seen(kernel):
    kernel.run(
        'var late = new Thread(() -> { try { Thread.sleep(300); } catch (InterruptedException e) { }'
        ' System.out.println("later"); throw new IllegalStateException("from a thread"); }); late.start();'
    )
    reply = kernel.run("Thread.sleep(600);")
    assert "later\n" in reply.stream("stdout")
    assert "IllegalStateException: from a thread" in reply.stream("stdout")
    assert reply.stream("stderr") == ""


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("jupyter-console"), reason="needs jupyter console")
def test_jupyter_console(tmp_path):
    pexpect = pytest.importorskip("pexpect")
    console = pexpect.spawn("jupyter-console --kernel odeum --simple-prompt", encoding="utf-8", timeout=60, cwd=tmp_path)
    console.expect("In \\[1\\]:")
    console.sendline("int x = 20 + 22;")
    console.expect("In \\[2\\]:")
    console.sendline("x")
    console.expect("Out\\[2\\]: 42")
    begin = time.monotonic()
    console.sendeof()
    console.expect("exit")
    console.sendline("y")
    console.expect(pexpect.EOF)
    assert time.monotonic() - begin < 10
