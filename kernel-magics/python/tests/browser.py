"""Notebooks in a real JupyterLab in a real, headless and offline browser.

``Looks`` holds one browser and two servers, with plotly's extension and without, for all notebooks. Its
``check_notebook(path, count)`` is the whole check of an executed notebook: each of its figures is drawn by plotly in both
themes, shown as SVG where plotly's extension is missing, and shown as SVG by nbconvert. Every host but this machine is blocked.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request
import zlib
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
    ".scatterlayer path, .barlayer path, .heatmaplayer image, .imagelayer image, .boxlayer path, .pielayer path,"
    " .contourlayer path, .violinlayer path, .gl-container canvas"
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
def open_browser():
    """Yields a headless Chromium that reaches no other machine."""
    from playwright.sync_api import sync_playwright

    executable = find_chromium()
    if executable is None:
        raise RuntimeError(f"No browser found on PATH, looked for {', '.join(CHROMIUM_NAMES)}. Try: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def open_page(browser, width=1300, height=900):
    """Yields a fresh page that knows nothing of the ones before."""
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        yield page
    finally:
        page.close()


class Lab:
    """A JupyterLab server on a free local port with its own empty configuration; use as a context manager."""

    def __init__(self, directory, *, plotly=True, python=sys.executable):
        self.root = Path(directory) / "root"
        self.home = Path(directory) / "home"
        self.python = python
        self.root.mkdir(parents=True)
        self.environment = self._environment()
        self._configure(plotly)
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

    def _configure(self, plotly):
        disabled = dict.fromkeys((ANNOUNCEMENTS,) if plotly else (ANNOUNCEMENTS, *PLOTLY_EXTENSIONS), True)
        self._write("config/labconfig/page_config.json", {"disabledExtensions": disabled})
        # All cells are drawn, not only those in view, and no kernel is started to look at outputs.
        tracker = {"windowingMode": "none", "autoStartDefaultKernel": False}
        self._write("settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings", tracker)

    def use_theme(self, theme):
        """Takes the theme for pages that are opened from now on: "Light" or "Dark"."""
        settings = {"theme": f"JupyterLab {theme}"}
        self._write("settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings", settings)

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
        if target.exists():
            return target.name
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

    def open(self, page, name, theme):
        """Shows a notebook of this server in the page and waits until its outputs are there."""
        self.use_theme(theme)
        page.goto(f"http://127.0.0.1:{self.port}/lab/tree/{name}?token={self.token}&reset", wait_until="domcontentloaded")
        page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
        decline_kernel(page)


def decline_kernel(page, seconds=90):
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


class Looks:
    """One browser and two servers, each started when first needed; use as a context manager."""

    def __init__(self, directory, python=sys.executable):
        self.directory = Path(directory)
        self.python = python
        self.stack = contextlib.ExitStack()
        self.labs = {}
        self.browser = None

    def __enter__(self):
        self.browser = self.stack.enter_context(open_browser())
        return self

    def __exit__(self, *exception):
        self.stack.close()

    def lab(self, *, plotly):
        if plotly not in self.labs:
            lab = Lab(self.directory / ("plotly" if plotly else "plain"), plotly=plotly, python=self.python)
            self.labs[plotly] = self.stack.enter_context(lab)
        return self.labs[plotly]

    def check_notebook(self, path, expected):
        """The check of an executed notebook, every other one in the dark; screenshots go to artefact_directory().

        Each kind of figure is checked in both themes, and as SVG, elsewhere.
        """
        odd = Path(path).stem[:2].isdigit() and int(Path(path).stem[:2]) % 2
        self.check_drawn_by_plotly(path, expected, "Dark" if odd else "Light")
        self.check_nbconvert(path, expected)

    def check_drawn_by_plotly(self, path, expected, theme):
        """Asserts that plotly's extension draws every figure of the notebook, with marks in it."""
        lab = self.lab(plotly=True)
        with open_page(self.browser) as page:
            lab.open(page, lab.add(path), theme)
            found = wait_for_count(page, f"{DRAWN_BY_PLOTLY} .main-svg", expected)
            page.wait_for_timeout(1000)
            saved = screenshot(page, f"{Path(path).stem}-plotly-{theme.lower()}")
            assert page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").count() == 1, f"not {theme}, see {saved}"
            figures = page.locator(DRAWN_BY_PLOTLY)
            assert figures.count() == expected, f"{figures.count()} of {expected} figures drawn by plotly ({found} svg), see {saved}"
            for index in range(expected):
                figure = figures.nth(index)
                size = figure.locator(".main-svg").first.bounding_box()
                assert size and size["width"] >= 200 and size["height"] >= 120, f"figure {index + 1} is {size}, see {saved}"
                assert figure.locator(PLOTLY_MARKS).count() > 0, f"figure {index + 1} shows no data, see {saved}"

    def check_shown_as_svg(self, path, expected, theme):
        """Asserts that a JupyterLab without plotly's extension shows every figure as SVG."""
        lab = self.lab(plotly=False)
        with open_page(self.browser) as page:
            lab.open(page, lab.add(path), theme)
            wait_for_count(page, f"{SHOWN_AS_SVG} :is({OUTER_SVG}, img)", expected)
            saved = screenshot(page, f"{Path(path).stem}-svg-{theme.lower()}")
            check_sizes(boxes(page, f"{SHOWN_AS_SVG} :is({OUTER_SVG}, img)"), expected, "shown as SVG", saved)

    def html(self, path):
        """Converts a notebook with nbconvert; returns the HTML file."""
        lab = self.lab(plotly=True)
        target = lab.root / f"{Path(path).stem}.html"
        if not target.exists():
            lab.run("nbconvert", "--to", "html", "--output", target.name, lab.add(path))
        return target

    def check_nbconvert(self, path, expected):
        """Asserts that nbconvert's HTML shows every figure as SVG, with lines in it and without any network."""
        with open_page(self.browser) as page:
            page.goto(self.html(path).as_uri(), wait_until="domcontentloaded")
            page.wait_for_timeout(500)
            saved = screenshot(page, f"{Path(path).stem}-nbconvert")
            check_sizes(boxes(page, f"{OUTER_SVG}, img[src^='data:image/svg']"), expected, "shown by nbconvert", saved)

    def print_pdf(self, path):
        """Prints nbconvert's HTML as PDF, which is what its webpdf does; returns the file."""
        target = artefact_directory() / f"{Path(path).stem}.pdf"
        with open_page(self.browser) as page:
            page.goto(self.html(path).as_uri(), wait_until="domcontentloaded")
            page.emulate_media(media="print")
            page.wait_for_timeout(500)
            page.pdf(path=target, print_background=True, format="A4", scale=0.8)
        return target

    def check_alone(self, files, name):
        """Asserts that SVG files are drawings by themselves, on white (left) and on dark ground (right)."""
        images = "".join(
            f"<img src='{Path(file).as_uri()}' style='background:{ground};width:100%'>"
            for file in files
            for ground in ("#ffffff", "#111111")
        )
        sheet = self.directory / f"{name}.html"
        sheet.write_text(f"<body style='margin:0;display:grid;grid-template-columns:1fr 1fr'>{images}", encoding="utf-8")
        with open_page(self.browser, width=1400) as page:
            page.goto(sheet.as_uri(), wait_until="load")
            page.screenshot(path=artefact_directory() / f"{name}.png", full_page=True)
            widths = page.locator("img").evaluate_all("all => all.map(image => image.complete ? image.naturalWidth : 0)")
            assert len(widths) == 2 * len(files) and min(widths) >= 300, f"widths of the SVG files: {widths}"


# The outermost element of each figure: charts side by side hold further ones.
OUTER_SVG = "svg[role=img]:not(svg svg)"


def check_sizes(shown, expected, how, saved):
    """Asserts that so many figures of a readable size are on the page."""
    assert len(shown) == expected, f"{len(shown)} of {expected} figures {how}, see {saved}"
    assert all(width >= 200 and height >= 120 for width, height in shown), f"sizes {shown}, see {saved}"


def render_pdf(path, scale=1):
    """Draws the pages of a PDF; yields width, height and the RGB bytes of each, and saves them as PNG beside it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        bitmap = page.render(scale=scale, rev_byteorder=True)
        data, stride, length = bytes(bitmap.buffer), bitmap.stride, 3 * bitmap.width
        assert bitmap.n_channels == 3, bitmap.n_channels
        pixels = b"".join(data[row * stride : row * stride + length] for row in range(bitmap.height))
        write_png(Path(path).with_name(f"{Path(path).stem}-pdf-{number + 1}.png"), bitmap.width, bitmap.height, pixels)
        yield bitmap.width, bitmap.height, pixels


def pdf_text(path):
    """All text of a PDF, without line breaks."""
    import pypdfium2

    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    return " ".join(" ".join(pages).split())


def write_png(path, width, height, rgb):
    """Saves RGB bytes as PNG."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + rgb[3 * width * row : 3 * width * (row + 1)] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    Path(path).write_bytes(b"\x89PNG\r\n\x1a\n" + data)


def count_figures(path):
    """How many plotly figures the outputs of a notebook hold."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return sum("application/vnd.plotly.v1+json" in output.get("data", {}) for output in outputs)
