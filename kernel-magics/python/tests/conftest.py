"""Shared by the tests: a kernel per module, and a home without caches."""

import os
import time
from queue import Empty

import pytest
from jupyter_client.manager import KernelManager


class Reply:
    """What came back for one cell."""

    def __init__(self):
        self.content = {}
        self.messages = []

    @property
    def status(self):
        return self.content["status"]

    def of(self, kind):
        return [message["content"] for message in self.messages if message["msg_type"] == kind]

    def stream(self, name):
        return "".join(part["text"] for part in self.of("stream") if part["name"] == name)

    @property
    def traceback(self):
        return "\n".join(line for error in self.of("error") for line in error["traceback"])


class Kernel:
    """A running kernel and its client."""

    def __init__(self, environ=None, name="odeum", cwd=None):
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(env={**os.environ, **(environ or {})}, cwd=cwd)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code, timeout=30):
        reply = Reply()
        reply.content = self.client.execute_interactive(
            code, timeout=timeout, allow_stdin=False, output_hook=reply.messages.append
        )["content"]
        return reply

    def answer(self, message_id, timeout=20):
        """The reply on the shell channel to a request sent before."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                message = self.client.get_shell_msg(timeout=1)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == message_id:
                return message["content"]
        raise AssertionError("no reply")

    def close(self):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel():
    running = Kernel()
    yield running
    running.close()


@pytest.fixture
def start_kernel():
    """Starts kernels with an environment of their own, and ends them after the test."""
    started = []

    def start(cwd=None, **environ):
        started.append(Kernel(environ, cwd=cwd))
        return started[-1]

    yield start
    for running in started:
        running.close()
