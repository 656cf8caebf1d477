"""Finds a JDK that can run the kernel: version 25 or later, with the module jdk.jshell.

Stand-alone and standard library only, so that a clone can run it before anything is installed:
``python3 jdk.py --print-home`` prints the home of the JDK, or exits 1 and says what was looked at.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterator, Mapping, Optional

LEAST = 25
MODULE = "jdk.jshell"
ADVICE = """\
To get one, do one of these:
  odeum install-jdk                   downloads Eclipse Temurin 25 for this user, after asking
  conda install -c conda-forge openjdk=25
  https://adoptium.net                installers for every system
A JDK in any other place is used when ODEUM_JAVA_HOME names its folder."""


def run(argv: list[str]) -> str:
    """What a program prints, on both streams; raises OSError when it cannot run or fails."""
    try:
        done = subprocess.run(
            argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20
        )
    except subprocess.TimeoutExpired as slow:
        raise OSError(f"{argv[0]} gave no answer within 20 s") from slow
    if done.returncode != 0:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        said = "; ".join(lines[:2]) or f"exit code {done.returncode}"
        raise OSError(f"{argv[0]} failed: {said}")
    return done.stdout + done.stderr


@dataclass(frozen=True)
class System:
    """The machine as the search sees it; tests give another one."""

    environ: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    platform: str = sys.platform
    root: Path = Path("/")
    prefix: Path = Path(sys.prefix)
    run: Callable[[list[str]], str] = run

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def home(self) -> Path:
        given = self.environ.get("USERPROFILE" if self.windows else "HOME")
        return Path(given) if given else Path.home()

    @property
    def cache(self) -> Path:
        """The folder where Odeum keeps what it can make again, its own JDKs too."""
        if self.windows:
            base = self.environ.get("LOCALAPPDATA")
            return (Path(base) if base else self.home / "AppData" / "Local") / "odeum" / "cache"
        if self.platform == "darwin":
            return self.home / "Library" / "Caches" / "odeum"
        base = self.environ.get("XDG_CACHE_HOME")
        return (Path(base) if base else self.home / ".cache") / "odeum"

    def java(self, home: Path) -> Path:
        return home / "bin" / ("java.exe" if self.windows else "java")


@dataclass(frozen=True)
class Jdk:
    """A Java that was found. It fits when there is no problem."""

    home: Path
    version: str = "?"
    problem: Optional[str] = None

    @property
    def feature(self) -> int:
        first = re.match(r"(?:1\.)?(\d+)", self.version)
        return int(first.group(1)) if first else 0

    def __str__(self) -> str:
        return f"{self.home} ({self.version})" + (f": {self.problem}" if self.problem else ": fits")


@dataclass(frozen=True)
class Look:
    """One place that was looked at, and what was there."""

    place: str
    found: tuple[Jdk, ...] = ()
    note: str = "nothing there"

    def lines(self) -> list[str]:
        if not self.found:
            return [f"  {self.place}: {self.note}"]
        return [f"  {self.place}: {jdk}" for jdk in self.found]


class Facts:
    """What running a java told about it, kept per path and time so that it runs once."""

    def __init__(self, system: System):
        self._system = system
        self._file = system.cache / "java-facts.json"
        try:
            known = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        self._known: dict = known if isinstance(known, dict) else {}

    def ask(self, java: Path, *arguments: str) -> str:
        stamp = java.stat().st_mtime_ns
        key = " ".join((str(java),) + arguments)
        known = self._known.get(key)
        if isinstance(known, dict) and known.get("stamp") == stamp:
            return str(known.get("said"))
        said = self._system.run([str(java), *arguments])
        self._known[key] = {"stamp": stamp, "said": said}
        self._write()
        return said

    def _write(self) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(f".{os.getpid()}.tmp")
            draft.write_text(json.dumps(self._known), "utf-8")
            draft.replace(self._file)
        except OSError:
            pass  # A cache that cannot be written only costs time.


class Search:
    """The search in the order of the places; the first JDK that fits is the one to use."""

    def __init__(self, system: Optional[System] = None):
        self.system = system or System()
        self._facts = Facts(self.system)

    def looks(self) -> Iterator[Look]:
        """Looks at one place after another, only as far as it is asked."""
        named = self.system.environ.get("ODEUM_JAVA_HOME")
        if named:
            yield self._variable("ODEUM_JAVA_HOME")
            return  # Who names a JDK wants that one and no other.
        yield Look("ODEUM_JAVA_HOME", note="not set")
        yield self._conda()
        yield self._variable("JAVA_HOME")
        yield self._path()
        if self.system.platform == "darwin":
            yield self._java_home_tool()
        for place, base, pattern in self._folders():
            yield self._look(place, sorted(base.glob(pattern)) if base.is_dir() else [])

    def find(self) -> Optional[Jdk]:
        for look in self.looks():
            fit = [jdk for jdk in look.found if jdk.problem is None]
            if fit:
                return fit[0]
        return None

    def report(self) -> str:
        """What was looked at and how to get a JDK, for the case that none fits."""
        lines = [f"Odeum needs a JDK {LEAST} or later with the module {MODULE}. Looked at:"]
        for look in self.looks():
            lines += look.lines()
        return "\n".join(lines) + "\n" + ADVICE

    def examine(self, home: Path) -> Jdk:
        """Reads the version and the modules of one Java, running it only where files do not tell."""
        java = self.system.java(home)
        if not java.is_file():
            return Jdk(home, problem=f"no {java.name} in its bin folder")
        version = _release(home).get("JAVA_VERSION")
        try:
            if version is None:
                version = self._property(java, "java.version")
            jdk = Jdk(home, version)
            if jdk.feature < LEAST:
                return Jdk(home, version, f"too old, {LEAST} or later is needed")
            if MODULE not in self.modules(jdk):
                return Jdk(home, version, f"lacks the module {MODULE} (a JRE, or a reduced JDK)")
        except OSError as broken:
            return Jdk(home, version or "?", str(broken))
        return jdk

    def modules(self, jdk: Jdk) -> list[str]:
        """The names of a JDK's modules; raises OSError when it does not tell."""
        listed = _release(jdk.home).get("MODULES")
        if listed is None:
            said = self._facts.ask(self.system.java(jdk.home), "--list-modules")
            listed = " ".join(line.split("@")[0] for line in said.split())
        return listed.split()

    def starts(self, jdk: Jdk, options: list[str]) -> None:
        """Raises OSError, with what the JVM said, when it does not start with these options."""
        self._facts.ask(self.system.java(jdk.home), *options, "-version")

    def _property(self, java: Path, name: str) -> str:
        said = self._facts.ask(java, "-XshowSettings:properties", "-version")
        value = re.search(rf"^\s*{re.escape(name)} = (.+?)\s*$", said, re.MULTILINE)
        if not value:
            raise OSError(f"{java} did not tell its {name}")
        return value.group(1)

    def _look(self, place: str, homes: list[Path]) -> Look:
        seen: dict[str, Jdk] = {}
        for home in homes:
            for inner in (home, home / "Contents" / "Home"):
                if self.system.java(inner).is_file():
                    seen.setdefault(os.path.realpath(inner), self.examine(inner))
                    break
        # What was built on 25 is safest on 25: the lowest feature release, then its latest update.
        found = sorted(seen.values(), key=lambda jdk: (jdk.feature, [-n for n in _numbers(jdk)]))
        return Look(place, tuple(found))

    def _variable(self, name: str) -> Look:
        value = self.system.environ.get(name)
        if not value:
            return Look(name, note="not set")
        home = Path(value)
        inner = home / "Contents" / "Home"
        return Look(name, (self.examine(inner if inner.is_dir() else home),))

    def _conda(self) -> Look:
        named = self.system.environ.get("CONDA_PREFIX")
        homes = []
        for prefix in [Path(named)] if named else [self.system.prefix]:
            homes += [prefix / "lib" / "jvm", prefix / "Library" / "lib" / "jvm", prefix / "Library"]
        look = self._look("CONDA_PREFIX", homes)
        return look if look.found or named else Look("CONDA_PREFIX", note="not set")

    def _path(self) -> Look:
        homes = []
        separator = ";" if self.system.windows else ":"
        for folder in self.system.environ.get("PATH", "").split(separator):
            java = Path(folder, "java.exe" if self.system.windows else "java")
            if folder and java.is_file():
                homes.append(self._home_of(java))
        return self._look("PATH", [home for home in homes if home is not None])

    def _home_of(self, java: Path) -> Optional[Path]:
        """The home behind a java on the PATH, which may be a link, a script or a stub."""
        real = Path(os.path.realpath(java))
        if real.parent.name == "bin" and _release(real.parent.parent):
            return real.parent.parent
        try:
            return Path(self._property(java, "java.home"))
        except OSError:
            return None

    def _java_home_tool(self) -> Look:
        tool = self.system.root / "usr" / "libexec" / "java_home"
        place = "/usr/libexec/java_home"
        if not tool.is_file():
            return Look(place, note="not on this system")
        try:
            said = self.system.run([str(tool), "-V"])
        except OSError:
            return Look(place)
        homes = [Path(m.group(1)) for m in re.finditer(r"\s(/\S.*?)\s*$", said, re.MULTILINE)]
        return self._look(place, homes)

    def _folders(self) -> Iterator[tuple[str, Path, str]]:
        system, home, root = self.system, self.system.home, self.system.root
        if system.windows:
            yield from self._windows_folders()
        elif system.platform == "darwin":
            jvms = Path("Library", "Java", "JavaVirtualMachines")
            yield f"/{jvms.as_posix()}", root / jvms, "*/Contents/Home"
            yield f"~/{jvms.as_posix()}", home / jvms, "*/Contents/Home"
            brewed = "openjdk*/libexec/openjdk.jdk/Contents/Home"
            yield "Homebrew (/opt/homebrew)", root / "opt" / "homebrew" / "opt", brewed
            yield "Homebrew (/usr/local)", root / "usr" / "local" / "opt", brewed
        else:
            for place in ("usr/lib/jvm", "usr/lib64/jvm", "usr/java", "opt/java"):
                yield f"/{place}", root / place, "*"
        sdkman = system.environ.get("SDKMAN_DIR")
        base = Path(sdkman) if sdkman else home / ".sdkman"
        yield "SDKMAN", base / "candidates" / "java", "*"
        yield "~/.jdks", home / ".jdks", "*"
        yield "~/.jbang/cache/jdks", home / ".jbang" / "cache" / "jdks", "*"
        yield "~/.jdk", home / ".jdk", "*"
        yield f"Odeum's own ({system.cache / 'jdks'})", system.cache / "jdks", "*"

    def _windows_folders(self) -> Iterator[tuple[str, Path, str]]:
        environ = self.system.environ
        bases = [environ.get("ProgramW6432"), environ.get("ProgramFiles")]
        bases += [environ["LOCALAPPDATA"] + "/Programs"] if "LOCALAPPDATA" in environ else []
        if not any(bases):
            bases = [str(self.system.root / "Program Files")]
        vendors = ("Eclipse Adoptium", "Java", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft")
        for base in dict.fromkeys(Path(base) for base in bases if base):
            for vendor in vendors:
                yield str(base / vendor), base / vendor, "*"


def _numbers(jdk: Jdk) -> list[int]:
    return [int(n) for n in re.findall(r"\d+", jdk.version)]


def _release(home: Path) -> dict[str, str]:
    """The `release` file that builds of the JDK carry; empty when there is none."""
    try:
        text = (home / "release").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    return dict(re.findall(r'^(\w+)="?(.*?)"?\s*$', text, re.MULTILINE))


def main(arguments: list[str]) -> int:
    search = Search()
    if arguments == ["--print-home"]:
        jdk = search.find()
        if jdk:
            print(jdk.home)
            return 0
        print(search.report(), file=sys.stderr)
        return 1
    if arguments == ["--list"]:
        print("\n".join(line for look in search.looks() for line in look.lines()))
        return 0
    print("usage: jdk.py --print-home | --list", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
