"""The kernel for a machine without a JDK that fits: it answers each cell with what to do.

A few messages of Jupyter's protocol, enough for every client to show the answer.
"""

from __future__ import annotations

import json

import zmq
from jupyter_client.session import Session

from . import __version__

CHANNELS = ("shell", "control", "stdin", "iopub", "hb")


class Fallback:
    """Answers requests until it is told to shut down."""

    def __init__(self, connection: dict, trouble: str):
        self.trouble = trouble
        self.count = 0
        self.session = Session(
            key=connection["key"].encode(), signature_scheme=connection["signature_scheme"]
        )
        self.context = zmq.Context()
        kinds = {"iopub": zmq.PUB, "hb": zmq.REP}
        self.sockets = {}
        for name in CHANNELS:
            socket = self.context.socket(kinds.get(name, zmq.ROUTER))
            socket.linger = 1000
            mark = "-" if connection["transport"] == "ipc" else ":"
            address = f"{connection['transport']}://{connection['ip']}{mark}{connection[name + '_port']}"
            socket.bind(address)
            self.sockets[name] = socket

    def serve(self) -> None:
        poller = zmq.Poller()
        for name in ("shell", "control", "hb"):
            poller.register(self.sockets[name], zmq.POLLIN)
        while True:
            for socket, _ in poller.poll():
                if socket is self.sockets["hb"]:
                    socket.send(socket.recv())
                elif not self.answer(socket):
                    self.context.destroy()
                    return

    def answer(self, socket) -> bool:
        """Answers one request; False after a shutdown."""
        try:
            identities, message = self.session.recv(socket, mode=0)
        except ValueError:
            return True  # Not signed with our key: not for us.
        kind = message["msg_type"]
        self.publish("status", {"execution_state": "busy"}, message)
        content = self.reply(kind, message)
        if content is not None:
            reply = kind.replace("_request", "_reply")
            self.session.send(socket, reply, content, parent=message, ident=identities)
        self.publish("status", {"execution_state": "idle"}, message)
        return kind != "shutdown_request"

    def reply(self, kind: str, message: dict):
        asked = message["content"]
        if kind == "kernel_info_request":
            return self.info()
        if kind == "execute_request":
            return self.execute(message)
        if kind == "complete_request":
            at = asked.get("cursor_pos", 0)
            return _ok(matches=[], cursor_start=at, cursor_end=at, metadata={})
        if kind == "inspect_request":
            return _ok(found=False, data={}, metadata={})
        if kind == "is_complete_request":
            return {"status": "unknown"}
        if kind == "history_request":
            return _ok(history=[])
        if kind == "comm_info_request":
            return _ok(comms={})
        if kind == "shutdown_request":
            return _ok(restart=asked.get("restart", False))
        return _ok() if kind == "interrupt_request" else None

    def execute(self, message: dict) -> dict:
        self.count += 1
        code = message["content"]["code"]
        error = {"ename": "NoJava", "evalue": self.trouble, "traceback": self.trouble.split("\n")}
        self.publish("execute_input", {"code": code, "execution_count": self.count}, message)
        self.publish("error", error, message)
        return {"status": "error", "execution_count": self.count, **error}

    def info(self) -> dict:
        return _ok(
            protocol_version="5.3",
            implementation="odeum-fallback",
            implementation_version=__version__,
            language_info={
                "name": "java",
                "version": "none",
                "mimetype": "text/x-java-source",
                "file_extension": ".java",
                "pygments_lexer": "java",
                "codemirror_mode": "text/x-java",
            },
            banner=self.trouble,
            help_links=[],
        )

    def publish(self, kind: str, content: dict, parent: dict) -> None:
        self.session.send(self.sockets["iopub"], kind, content, parent=parent, ident=kind.encode())


def _ok(**content) -> dict:
    return {"status": "ok", **content}


def serve(connection_file: str, trouble: str) -> int:
    with open(connection_file, encoding="utf-8") as file:
        connection = json.load(file)
    Fallback(connection, trouble).serve()
    return 0
