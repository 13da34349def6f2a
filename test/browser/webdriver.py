"""A small client of the W3C WebDriver protocol: what the browser test needs of it, with the standard library alone.

One Driver is one chromedriver process with one headless Chromium, on a profile that is new and goes with it.
"""
import base64
import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

DEADLINE = 15  # seconds to wait for anything that a page does by itself
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver section 12.1: the key of an element's reference
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",  # root has no sandbox of Chromium's; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--window-size=1100,1400",
    "--lang=en",
]


class WebDriverError(Exception):
    """The driver refused a command; the message is its own."""


class Driver:
    """A browser. Close it with close(), which also ends the process."""

    def __init__(self, javascript=True):
        self._profile = tempfile.mkdtemp(prefix="pollux-browser-")
        self._process = subprocess.Popen(
            ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._session = None
        try:
            self._base = f"http://127.0.0.1:{self._read_port()}"
            self._session = self._open_session(javascript)
        except BaseException:
            self.close()
            raise

    def _read_port(self):
        for line in self._process.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return found.group(1)
        raise WebDriverError("chromedriver ended before it named its port")

    def _open_session(self, javascript):
        options = {"binary": shutil.which("chromium"), "args": [*CHROMIUM_FLAGS, f"--user-data-dir={self._profile}"]}
        if not javascript:
            options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
        capabilities = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
        return self._call("POST", "/session", capabilities)["sessionId"]

    def close(self):
        if self._session:
            self._call("DELETE", f"/session/{self._session}")
        self._process.terminate()
        self._process.communicate()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise WebDriverError(f"{value['error']}: {value['message']}") from None

    def _command(self, method, path, body=None):
        return self._call(method, f"/session/{self._session}{path}", body)

    # --- Pages ---

    def open(self, url):
        """Goes to a page and waits until it is loaded."""
        self._command("POST", "/url", {"url": url})

    def url(self):
        return self._command("GET", "/url")

    def title(self):
        return self._command("GET", "/title")

    def run(self, script, *arguments):
        """Runs the body of a function in the page and hands back what it returns."""
        return self._command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def forget_cookies(self):
        self._command("DELETE", "/cookie")

    def cookie(self, name):
        return self._command("GET", f"/cookie/{name}")

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self._command("GET", "/screenshot")))

    # --- Elements, named by CSS selectors ---

    def find(self, selector):
        return self._command("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def texts(self, selector):
        """The visible texts of all elements that match, in the order of the page."""
        found = self._command("POST", "/elements", {"using": "css selector", "value": selector})
        return [self._command("GET", f"/element/{element[ELEMENT]}/text") for element in found]

    def text(self, selector):
        return self._command("GET", f"/element/{self.find(selector)}/text")

    def click(self, selector):
        """Clicks. Where that leads to another page, wait for something that only the other page shows."""
        self._command("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector, text):
        """Replaces the text of a field; for a file field, the paths, one a line."""
        element = self.find(selector)
        if self._command("GET", f"/element/{element}/property/type") != "file":
            self._command("POST", f"/element/{element}/clear", {})
        self._command("POST", f"/element/{element}/value", {"text": text})

    def wait_for_url(self, expected):
        """Waits until the browser is at an address; fails with the one where it is instead."""
        end = time.monotonic() + DEADLINE
        while self.url() != expected:
            if time.monotonic() >= end:
                raise AssertionError(f"the browser is at {self.url()!r} and not at {expected!r}")
            time.sleep(0.02)

    def wait_for_text(self, selector, expected):
        """Waits until an element is there and shows exactly this text; fails with what it shows instead."""
        shown = None
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            try:
                shown = self.text(selector)
            except WebDriverError as error:  # not there yet, or replaced between the two commands
                shown = str(error)
            if shown == expected:
                return
            time.sleep(0.02)
        raise AssertionError(f"{selector} shows {shown!r} and not {expected!r}")
