"""odeum install-jdk, against a made-up download site."""

import hashlib
import io
import json
import tarfile

import pytest

from odeum import install
from odeum.jdk import Search, System

MODULES = "java.base jdk.jshell jdk.incubator.vector"


class Answer(io.BytesIO):
    headers = {}


class Site:
    """Answers as Adoptium does: a description, and the archive it links to."""

    def __init__(self, damaged=False, folders=("jdk-25.0.3+9",)):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            for folder in folders:
                self.add(archive, f"{folder}/bin/java", b"")
                release = f'JAVA_VERSION="25.0.3"\nMODULES="{MODULES}"\n'
                self.add(archive, f"{folder}/release", release.encode())
        self.archive = packed.getvalue()
        checksum = hashlib.sha256(b"other" if damaged else self.archive).hexdigest()
        package = {"name": "jdk.tar.gz", "link": "https://site/jdk.tar.gz", "checksum": checksum}
        self.description = json.dumps([{"binary": {"package": package}}]).encode()
        self.asked = []

    @staticmethod
    def add(archive, name, content):
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))

    def open(self, link):
        self.asked.append(link)
        return Answer(self.archive if link.endswith(".tar.gz") else self.description)


@pytest.fixture
def system(tmp_path):
    return System({"HOME": str(tmp_path / "home")}, "linux", tmp_path, tmp_path / "python")


def test_the_search_finds_what_was_installed(system):
    site = Site()
    home = install.download(system, "x86_64", site.open)
    assert "architecture=x64&image_type=jdk&os=linux" in site.asked[0]
    assert home == system.cache / "jdks" / "jdk-25.0.3+9"
    assert Search(system).find().home == home
    install.download(system, "x86_64", Site().open)
    assert [entry.name for entry in (system.cache / "jdks").iterdir()] == ["jdk-25.0.3+9"]


@pytest.mark.parametrize(
    "site, said", [(Site(damaged=True), "damaged"), (Site(folders=("a", "b")), "2 folders")]
)
def test_a_bad_download_leaves_nothing(system, site, said):
    with pytest.raises(ValueError, match=said):
        install.download(system, "x86_64", site.open)
    assert list((system.cache / "jdks").iterdir()) == []


@pytest.mark.parametrize(
    "platform, machine, part",
    [
        ("darwin", "arm64", "architecture=aarch64&image_type=jdk&os=mac"),
        ("win32", "AMD64", "architecture=x64&image_type=jdk&os=windows"),
    ],
)
def test_each_system_gets_its_own(tmp_path, platform, machine, part):
    assert part in install.address(System({}, platform, tmp_path), machine)


def test_alpine_and_unknown_processors(system):
    with pytest.raises(ValueError, match="sparc"):
        install.address(system, "sparc")
    (system.root / "etc").mkdir()
    (system.root / "etc" / "alpine-release").write_text("3.22")
    assert "os=alpine-linux" in install.address(system, "x86_64")


def test_it_asks_and_heeds_a_no(system, monkeypatch, capsys):
    monkeypatch.setattr(install, "System", lambda: system)
    monkeypatch.setattr(install, "download", lambda *_: pytest.fail("downloaded without a yes"))
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert install.install(yes=False) == 1
    assert "--yes" in capsys.readouterr().err, "a pipe is nobody who can answer"

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert install.install(yes=False) == 1
