"""Notebooks in a real JupyterLab in a real, headless and offline browser.

``check_notebook_figures(path, count)`` is the whole check of an executed notebook: each of its figures is drawn by plotly,
shown as SVG where plotly's extension is missing, and shown as SVG by nbconvert. Every host but this machine is blocked.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
PLOTLY_EXTENSIONS = ("jupyterlab-plotly", "@jupyterlab/plotly-extension:factory")
ANNOUNCEMENTS = "@jupyterlab/apputils-extension:announcements"
DRAWN_BY_PLOTLY = ".jp-OutputArea-output.js-plotly-plot"
SHOWN_AS_SVG = ".jp-OutputArea-output.jp-RenderedSVG"

# What plotly puts into a figure that shows data: paths and points, bars, images of heat maps, slices, canvases of 3-D scenes.
PLOTLY_MARKS = (
    ".scatterlayer path, .barlayer path, .heatmaplayer image, .boxlayer path, .pielayer path, .gl-container canvas"
)


def find_chromium():
    """The path of this system's Chromium, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def artefact_directory():
    """Where screenshots go: $ODEUM_ARTEFACTS, or target/browser beside the Python sources."""
    default = Path(__file__).resolve().parents[2] / "target" / "browser"
    directory = Path(os.environ.get("ODEUM_ARTEFACTS", default))
    directory.mkdir(parents=True, exist_ok=True)
    return directory


@contextlib.contextmanager
def open_browser(width=1300, height=900):
    """Yields an offline page of a headless Chromium."""
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None:
        raise RuntimeError(f"No browser found on PATH, looked for {', '.join(CHROMIUM_NAMES)}. Try: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser.new_page(viewport={"width": width, "height": height})
        finally:
            browser.close()


class Lab:
    """A JupyterLab server on a free local port with its own empty configuration; use as a context manager."""

    def __init__(self, directory, *, plotly=True, theme="JupyterLab Light", python=sys.executable):
        self.root = Path(directory) / "root"
        self.home = Path(directory) / "home"
        self.python = python
        self.root.mkdir(parents=True)
        self.environment = self._environment()
        self._configure(plotly, theme)
        self.token = secrets.token_hex(16)

    def _environment(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "IPYTHON"))}
        places = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        for name, place in places.items():
            (self.home / place).mkdir(parents=True)
            environment[name] = str(self.home / place)
        return environment

    def _configure(self, plotly, theme):
        disabled = dict.fromkeys((ANNOUNCEMENTS,) if plotly else (ANNOUNCEMENTS, *PLOTLY_EXTENSIONS), True)
        self._write("config/labconfig/page_config.json", {"disabledExtensions": disabled})
        self._write("settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings", {"theme": theme})
        # All cells are drawn, not only those in view, and no kernel is started to look at outputs.
        tracker = {"windowingMode": "none", "autoStartDefaultKernel": False}
        self._write("settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings", tracker)

    def _write(self, name, content):
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))

    def run(self, *arguments):
        """Runs a Jupyter command with this server's configuration."""
        command = [self.python, "-m", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=self.root, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")

    def add(self, notebook):
        """Copies a notebook here and trusts it, as JupyterLab hides the SVG of strangers; returns its name.

        The copy names no kernel, so that none is started only to look at outputs.
        """
        content = json.loads(Path(notebook).read_text(encoding="utf-8"))
        content["metadata"].pop("kernelspec", None)
        target = self.root / Path(notebook).name
        target.write_text(json.dumps(content), encoding="utf-8")
        self.run("nbformat.sign", target.name)
        return target.name

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = open(self.home / "server.log", "w")
        self.process = subprocess.Popen(
            [self.python, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
            + [f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={self.root}"]
            + [f"--IdentityProvider.token={self.token}"],
            env=self.environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait(self, seconds=90):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/status?token={self.token}", timeout=5).close()
                return
            except OSError:
                time.sleep(0.3)
        raise RuntimeError(f"JupyterLab did not start:\n{(self.home / 'server.log').read_text()[-2000:]}")

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.log.close()

    def open(self, page, name):
        """Shows a notebook of this server in the page and waits until its outputs are there."""
        page.goto(f"http://127.0.0.1:{self.port}/lab/tree/{name}?token={self.token}&reset", wait_until="domcontentloaded")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
        decline_kernel(page)


def decline_kernel(page, seconds=20):
    """Answers JupyterLab's question for a kernel with "no"."""
    button = page.locator(".jp-Dialog button:has-text('No Kernel')")
    button.first.click(timeout=seconds * 1000)
    page.wait_for_selector(".jp-Dialog", state="detached")


def boxes(page, selector):
    """Width and height of each element on the page as it is shown."""
    script = "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.width, b.height]; })"
    return page.locator(selector).evaluate_all(script)


def wait_for_count(page, selector, count, seconds=60):
    """Waits until at least so many elements are there; returns how many there are."""
    deadline = time.monotonic() + seconds
    while page.locator(selector).count() < count and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    return page.locator(selector).count()


def screenshot(page, name):
    """Saves all of the notebook, not only the part in view, as a PNG among the artefacts."""
    height = page.evaluate(
        "() => Math.max(0, ...Array.from(document.querySelectorAll('.jp-WindowedPanel-outer, body')).map(e => e.scrollHeight))"
    )
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(max(900, height + 120), 12_000)})
    page.wait_for_timeout(500)
    path = artefact_directory() / f"{name}.png"
    page.screenshot(path=path)
    return path


def check_drawn_by_plotly(lab, notebook, expected, name):
    """Asserts that plotly's extension draws every figure of the notebook, with marks in it."""
    with open_browser() as page:
        lab.open(page, lab.add(notebook))
        found = wait_for_count(page, f"{DRAWN_BY_PLOTLY} .main-svg", expected)
        page.wait_for_timeout(1000)
        saved = screenshot(page, name)
        figures = page.locator(DRAWN_BY_PLOTLY)
        assert figures.count() == expected, f"{figures.count()} of {expected} figures drawn by plotly ({found} svg), see {saved}"
        for index in range(expected):
            figure = figures.nth(index)
            size = figure.locator(".main-svg").first.bounding_box()
            assert size and size["width"] >= 200 and size["height"] >= 150, f"figure {index + 1} is {size}, see {saved}"
            assert figure.locator(PLOTLY_MARKS).count() > 0, f"figure {index + 1} shows no data, see {saved}"


def check_shown_as_svg(lab, notebook, expected, name):
    """Asserts that a JupyterLab without plotly's extension shows every figure as SVG."""
    with open_browser() as page:
        lab.open(page, lab.add(notebook))
        wait_for_count(page, f"{SHOWN_AS_SVG} :is(svg[role=img], img)", expected)
        saved = screenshot(page, name)
        shown = boxes(page, f"{SHOWN_AS_SVG} :is(svg[role=img], img)")
        assert len(shown) == expected, f"{len(shown)} of {expected} figures shown as SVG, see {saved}"
        assert all(width >= 200 and height >= 150 for width, height in shown), f"sizes {shown}, see {saved}"


def check_nbconvert(lab, notebook, expected, name):
    """Asserts that nbconvert's HTML shows every figure as SVG, with lines in it and without any network."""
    copy = lab.add(notebook)
    lab.run("nbconvert", "--to", "html", "--output", "converted.html", copy)
    with open_browser() as page:
        page.goto((lab.root / "converted.html").as_uri(), wait_until="domcontentloaded")
        page.wait_for_timeout(500)
        saved = screenshot(page, name)
        shown = boxes(page, "svg[role=img], img[src^='data:image/svg']")
        assert len(shown) == expected, f"nbconvert shows {len(shown)} of {expected} figures, see {saved}"
        assert all(width >= 200 and height >= 150 for width, height in shown), f"sizes {shown}, see {saved}"


def count_figures(path):
    """How many plotly figures the outputs of a notebook hold."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return sum("application/vnd.plotly.v1+json" in output.get("data", {}) for output in outputs)


def check_notebook_figures(path, expected_count, python=sys.executable):
    """The whole check of an executed notebook; screenshots go to artefact_directory()."""
    name = Path(path).stem
    with tempfile.TemporaryDirectory() as scratch:
        with Lab(Path(scratch) / "plotly", python=python) as lab:
            check_drawn_by_plotly(lab, path, expected_count, f"{name}-plotly-light")
            check_nbconvert(lab, path, expected_count, f"{name}-nbconvert")
        with Lab(Path(scratch) / "dark", python=python, theme="JupyterLab Dark") as lab:
            check_drawn_by_plotly(lab, path, expected_count, f"{name}-plotly-dark")
        with Lab(Path(scratch) / "svg", python=python, plotly=False) as lab:
            check_shown_as_svg(lab, path, expected_count, f"{name}-svg-light")
