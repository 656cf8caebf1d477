"""The wheel: pip install into a fresh environment is enough for any Jupyter client."""

import os
import subprocess
import sys
import textwrap
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
CLIENT = textwrap.dedent(
    """
    from jupyter_client.manager import start_new_kernel
    manager, client = start_new_kernel(kernel_name="odeum", startup_timeout=60)
    try:
        seen = []
        say = lambda message: seen.append((message["msg_type"], message["content"]))
        assert client.execute_interactive("1 + 1", output_hook=say)["content"]["status"] == "ok"
        assert [c["data"]["text/plain"] for k, c in seen if k == "execute_result"] == ["2"], seen
        assert not [c for k, c in seen if k == "stream"], seen
        failed = client.execute_interactive("assert 1 > 2;", output_hook=lambda message: None)
        assert failed["content"]["ename"] == "AssertionError", failed
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    print("fine")
    """
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel that ./odeum test has built, or one built here."""
    given = os.environ.get("ODEUM_WHEEL")
    if given:
        return Path(given)
    if not list((PROJECT / "src" / "odeum" / "jars").glob("*.jar")):
        pytest.fail("src/odeum/jars is empty: run ./odeum setup first")
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_holds_what_it_should(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "odeum/jdk.py" in names
    assert any(name.endswith("share/jupyter/kernels/odeum/kernel.json") for name in names)
    assert any(name.startswith("odeum/jars/") and name.endswith(".jar") for name in names)
    assert not any("jjava" in name for name in names), "JJava comes from its own wheel"
    assert wheel.stat().st_size < 60_000_000


def test_fresh_environment(wheel, tmp_path):
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = str(scripts / "python")
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("ODEUM_", "PYTHON", "JUPYTER"))}
    environ["ODEUM_ARCHIVE"] = "off"

    def run(*argv):
        done = subprocess.run(argv, capture_output=True, text=True, env=environ, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel))
    assert " odeum " in run(str(scripts / "jupyter-kernelspec"), "list").stdout
    talked = run(python, "-c", CLIENT)
    assert (talked.stdout, talked.stderr) == ("fine\n", "")
    assert run(str(scripts / "odeum"), "version").stdout.startswith("odeum ")
