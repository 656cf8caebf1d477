"""Shared by the tests: a kernel per module, and a home without caches."""

import fcntl
import os
import pwd
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.manager import KernelManager
from odeum.jdk import Search

ROOT = Path(__file__).resolve().parents[3]


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

    def __init__(self, environ=None, name="odeum", **options):
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(env={**os.environ, **(environ or {})}, **options)
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


@pytest.fixture(scope="session")
def jdk():
    """The home of the JDK that our kernel runs on."""
    return Path(Search().find().home)


@pytest.fixture(scope="session")
def class_path():
    """The library's jars, as users get them."""
    done = subprocess.run([sys.executable, "-m", "odeum", "classpath"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """What ./odeum dist leaves for a course to host; made once, also where several processes test."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder = shared / "dist"
    with (shared / "dist.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            done = subprocess.run([str(ROOT / "odeum"), "dist", str(folder)], capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def local_repository(tmp_path_factory):
    """A Maven repository that has what the user's has but for our own artifacts, which go only here."""
    scratch = tmp_path_factory.mktemp("repository")

    def mirror(source, target, own):
        target.mkdir(exist_ok=True)
        for entry in source.iterdir():
            if entry.name == own[0] and len(own) > 1:
                mirror(entry, target / entry.name, own[1:])
            elif entry.name != own[0]:
                (target / entry.name).symlink_to(entry)

    # Java's home is the user's, whatever HOME says.
    home = Path(pwd.getpwuid(os.getuid()).pw_dir)
    mirror(home / ".m2" / "repository", scratch, ["io", "github", "odeum"])
    return scratch


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
