"""``odeum doctor``: what was found on this machine, and what to do about each problem."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from typing import Optional

from . import __version__
from .jdk import ADVICE, Jdk, Search, System
from .archive import place
from .launch import Incomplete, command, jars, jjava_jar, own_jars


class Doctor:
    """Prints findings and counts problems."""

    def __init__(self, system: System):
        self.system = system
        self.search = Search(system)
        self.problems = 0

    def fine(self, finding: str) -> None:
        print(f"  ok  {finding}")

    def note(self, finding: str) -> None:
        print(f"      {finding}")

    def problem(self, finding: str, advice: str = "") -> None:
        self.problems += 1
        print(f"  !!  {finding}")
        for line in advice.splitlines():
            print(f"      {line}")

    def jdks(self) -> Optional[Jdk]:
        print("\nJDK")
        chosen = self.search.find()
        for look in self.search.looks():
            for line in look.lines():
                self.note(line.strip())
        if chosen:
            self.fine(f"the kernel uses {chosen.home} ({chosen.version})")
        else:
            self.problem("no JDK fits", ADVICE)
        return chosen

    def processor(self, jdk: Jdk) -> None:
        print("\nProcessor")
        try:
            said = self.system.run(
                [str(self.system.java(jdk.home)), "-XX:+PrintFlagsFinal", "-version"]
            )
        except OSError as broken:
            self.problem(f"the JVM does not run: {broken}")
            return
        flags = dict(re.findall(r"^\s*\w+ (\w+)\s+:?= (\S+)", said, re.MULTILINE))
        self.vector(flags, jdk)
        if flags.get("UseFMA") == "false":
            self.problem(
                "no fused multiply-add in hardware: the numbers are the same, but slow",
                "A processor since 2013 has it; in a virtual machine, let the guest see the host's CPU.",
            )
        else:
            self.fine("fused multiply-add in hardware")

    def vector(self, flags: dict, jdk: Jdk) -> None:
        if self.system.environ.get("ODEUM_VECTOR", "").lower() == "off":
            self.note("Vector API off (ODEUM_VECTOR=off): the numbers are the same, but slower")
        elif "jdk.incubator.vector" not in self.search.modules(jdk):
            self.problem(
                "this JDK lacks the Vector API (jdk.incubator.vector): the numbers are the same, but slower",
                "Use a full JDK, such as the one of 'odeum install-jdk'.",
            )
        else:
            bits = 8 * int(flags.get("MaxVectorSize", "0"))
            self.fine(f"Vector API on, vectors of {bits} bits")

    def parts(self, jdk: Optional[Jdk]) -> bool:
        print("\nKernel")
        try:
            self.fine(f"Odeum's jars ({len(own_jars())}): {own_jars()[0].parent}")
            self.fine(f"JJava: {jjava_jar()}")
            if jdk:
                command(self.search, "")
                self.archive(jdk)
        except Incomplete as lacking:
            first, *rest = str(lacking).splitlines()
            self.problem(first, "\n".join(rest))
            return False
        try:
            from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
        except ImportError:
            self.problem("Jupyter's client is not installed", "Try: pip install jupyterlab odeum")
            return False
        try:
            spec = KernelSpecManager().get_kernel_spec("odeum")
        except NoSuchKernel:
            self.problem(
                "Jupyter does not see the kernelspec 'odeum'",
                f"Try: {sys.executable} -m pip install --force-reinstall --no-deps odeum",
            )
            return False
        self.fine(f"kernelspec: {spec.resource_dir}")
        return True

    def archive(self, jdk: Jdk) -> None:
        archive = place(self.system, jdk, jars())
        if archive.is_file():
            self.fine(f"quick starts: {archive}")
        else:
            self.note("no archive for quick starts yet: some time after the first start, or now by 'odeum prepare'")

    def start(self) -> None:
        from jupyter_client.manager import start_new_kernel

        begin = time.monotonic()
        try:
            manager, client = start_new_kernel(kernel_name="odeum", startup_timeout=60)
        except RuntimeError as died:
            self.problem(f"the kernel does not start: {died}", "What the JVM said stands above.")
            return
        try:
            reply = client.execute("int odeum = 6 * 7;", reply=True, timeout=60)["content"]
            seconds = time.monotonic() - begin
            if reply["status"] == "ok":
                self.fine(f"it starts, and answered after {seconds:.1f} s")
            else:
                self.problem(f"the kernel answered with an error: {reply.get('evalue')}")
        finally:
            client.stop_channels()
            manager.shutdown_kernel()


def doctor() -> int:
    if os.name == "nt" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    patient = Doctor(System())
    print(f"Odeum {__version__}, Python {platform.python_version()} at {sys.prefix}")
    print(f"{platform.system()} {platform.release()}, {platform.machine()}")
    jdk = patient.jdks()
    if jdk:
        patient.processor(jdk)
    if patient.parts(jdk) and jdk:
        patient.start()
    count = patient.problems
    print("\nAll is well." if count == 0 else f"\n{count} problem{'s' if count > 1 else ''}.")
    return 0 if count == 0 else 1
