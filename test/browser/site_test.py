"""The demo site in a real browser: what a first visitor clicks on, with literal expectations.

Needs chromium and chromedriver. POLLUX_SCREENSHOTS names a folder that gets a picture of each page.
"""
import os
import pathlib
import tempfile
import unittest
import urllib.parse
import urllib.request

from pollux_server import Pollux
from webdriver import Driver

SCREENSHOTS = os.environ.get("POLLUX_SCREENSHOTS")


class SiteTest(unittest.TestCase):
    javascript = True

    @classmethod
    def setUpClass(cls):
        cls.pollux = Pollux()
        cls.addClassCleanup(cls.pollux.close)
        cls.browser = Driver(cls.javascript)
        cls.addClassCleanup(cls.browser.close)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)

    def open(self, path):
        self.browser.open(self.pollux.url + path)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def picture(self, name):
        if SCREENSHOTS:
            self.browser.screenshot(f"{SCREENSHOTS}/{name}.png")


class PagesTest(SiteTest):
    def test_front_page_leads_everywhere(self):
        self.open("/")
        self.picture("front")
        self.assertEqual("Pollux: nginx’s twin on the JVM", self.browser.title())
        self.assertEqual("nginx’s twin on the JVM", self.browser.text("h1"))
        self.assertEqual(["Home", "Files", "Upload", "CGI", "Session"], self.browser.texts("nav a"))
        self.assertEqual(480, self.browser.run("return document.querySelector('.hero img').naturalWidth"))

    def test_style_sheet_is_applied(self):
        self.open("/")
        self.assertEqual("grid", self.browser.run("return getComputedStyle(document.querySelector('.cards')).display"))

    def test_no_link_of_the_static_pages_is_broken(self):
        gather = "return [...document.querySelectorAll('main a, nav a')].map((link) => link.getAttribute('href'))"
        status = "const r = new XMLHttpRequest(); r.open('HEAD', arguments[0], false); r.send(); return r.status"
        wanted = {"/no-such-page": 404, "/cgi-bin/missing.sh": 404, "/cgi-bin/status.sh": 418}
        for page in ("/", "/upload.html", "/cgi.html", "/files/note.html"):
            self.open(page)
            for link in self.browser.run(gather):
                if link.startswith("/") and link != "/cgi-bin/slow.sh":
                    with self.subTest(page=page, link=link):
                        self.assertEqual(wanted.get(link, 200), self.browser.run(status, link))

    def test_listing_shows_the_files_and_leads_to_them(self):
        self.open("/files/")
        self.picture("listing")
        self.assertEqual("Index of /files/", self.browser.text("h1"))
        self.assertEqual(
            ["../", "constellations/", "gemini.svg", "note.html", "readme.txt", "stars.csv", "stars.json"],
            self.browser.texts("a"),
        )
        self.browser.click("a[href='constellations/']")
        self.browser.wait_for_text("h1", "Index of /files/constellations/")
        self.assertEqual(["../", "auriga.txt", "gemini.txt"], self.browser.texts("a"))

    def test_redirect_leads_to_the_front_page(self):
        self.open("/old")
        self.assertEqual(f"{self.pollux.url}/", self.browser.url())

    def test_missing_page_shows_the_site_s_own_error(self):
        self.open("/no-such-page")
        self.picture("missing")
        self.assertEqual("404: not found", self.browser.text("h1"))
        self.assertEqual(f"{self.pollux.url}/no-such-page", self.browser.url())
        self.browser.click("main a")
        self.browser.wait_for_text("h1", "nginx’s twin on the JVM")
        self.assertEqual(f"{self.pollux.url}/", self.browser.url())


class CgiTest(SiteTest):
    PROGRAMS = [("env.sh", "A shell script ran"), ("env.py", "A Python program ran"), ("env.pl", "A Perl program ran"),
                ("env.php", "A PHP program ran")]
    MESSAGE = "<b>Grüße</b> & 100 % + \"more\" 'still'"

    def variable(self, name):
        return self.browser.run(
            "for (const row of document.querySelectorAll('#environment tr'))"
            "  if (row.cells[0].textContent === arguments[0]) return row.cells[1].textContent;"
            "return null", name)

    def send(self, program, method):
        self.open("/cgi.html")
        self.browser.type("#name", "Leda & Zeus")
        self.browser.type("#message", self.MESSAGE)
        self.browser.click(f"button[formaction='/cgi-bin/{program}'][formmethod={method}]")

    def test_every_program_echoes_the_form_from_the_query(self):
        for program, heading in self.PROGRAMS:
            with self.subTest(program=program):
                self.send(program, "get")
                self.browser.wait_for_text("h1", heading)
                self.picture(f"cgi-{program}")
                self.assertEqual(["name", "message"], self.browser.texts("#form th"))
                self.assertEqual(["Leda & Zeus", self.MESSAGE], self.browser.texts("#form td"))
                self.assertEqual("GET", self.variable("REQUEST_METHOD"))

    def test_every_program_echoes_the_form_from_the_content(self):
        for program, heading in self.PROGRAMS:
            with self.subTest(program=program):
                self.send(program, "post")
                self.browser.wait_for_text("h1", heading)
                self.assertEqual(["Leda & Zeus", self.MESSAGE], self.browser.texts("#form td"))
                self.assertEqual("POST", self.variable("REQUEST_METHOD"))
                self.assertEqual("", self.variable("QUERY_STRING"))
                self.assertEqual("application/x-www-form-urlencoded", self.variable("CONTENT_TYPE"))

    def test_every_program_sees_the_request(self):
        for program, _ in self.PROGRAMS:
            with self.subTest(program=program):
                self.open(f"/cgi-bin/{program}/extra/path?colour=orange")
                self.assertEqual("CGI/1.1", self.variable("GATEWAY_INTERFACE"))
                self.assertEqual(f"/cgi-bin/{program}", self.variable("SCRIPT_NAME"))
                self.assertEqual("/extra/path", self.variable("PATH_INFO"))
                self.assertEqual("colour=orange", self.variable("QUERY_STRING"))
                self.assertEqual("127.0.0.1", self.variable("REMOTE_ADDR"))

    def test_program_chooses_its_status(self):
        self.open("/cgi-bin/status.sh")
        self.assertEqual("418: I’m a teapot", self.browser.text("h1"))

    def test_lines_of_a_slow_program_arrive_one_by_one(self):
        self.open("/cgi.html")
        # The lines that had arrived each time that something arrived: five steps, not one heap at the end.
        self.browser.run(
            "window.steps = [];"
            "const request = new XMLHttpRequest();"
            "request.open('GET', '/cgi-bin/slow.sh');"
            "request.onprogress = () => {"
            "  const lines = request.responseText.split('<li>').length - 1;"
            "  if (lines !== steps.at(-1)) steps.push(lines);"
            "};"
            "request.onload = () => { document.querySelector('h1').textContent = 'done ' + steps.join(' '); };"
            "request.send();")
        self.browser.wait_for_text("h1", "done 0 1 2 3 4 5")

    def test_missing_program_is_not_found(self):
        self.open("/cgi-bin/missing.sh")
        self.assertEqual("404: not found", self.browser.text("h1"))


class SessionTest(SiteTest):
    def setUp(self):
        self.browser.forget_cookies()

    def test_visits_are_counted(self):
        for expected in ("This is your first visit.", "You have been here 2 times.", "You have been here 3 times."):
            self.open("/cgi-bin/visits.py")
            self.assertEqual(expected, self.browser.text("#visits"))

    def test_name_is_remembered_escaped_and_forgotten(self):
        self.open("/cgi-bin/visits.py")
        self.assertEqual("Hello, visitor", self.browser.text("h1"))
        self.browser.type("#name", "<i>Léda</i>")
        self.browser.click("button:not([name])")
        self.browser.wait_for_text("h1", "Welcome back, <i>Léda</i>")
        self.picture("session")
        self.assertEqual("You have been here 2 times.", self.browser.text("#visits"))
        self.browser.click("button[name=forget]")
        self.browser.wait_for_text("h1", "Hello, visitor")
        self.assertEqual("This is your first visit.", self.browser.text("#visits"))

    def test_cookie_is_closed_to_scripts_and_other_sites(self):
        self.open("/cgi-bin/visits.py")
        cookie = self.browser.cookie("POLLUXSID")
        self.assertEqual((True, "Lax", "/"), (cookie["httpOnly"], cookie["sameSite"], cookie["path"]))
        self.assertEqual("", self.browser.run("return document.cookie"))

    def test_invented_cookie_is_not_adopted(self):
        self.open("/")
        self.browser.run("document.cookie = 'POLLUXSID=0123456789abcdef0123456789abcdef; path=/'")
        self.open("/cgi-bin/visits.py")
        self.assertNotEqual("0123456789abcdef0123456789abcdef", self.browser.cookie("POLLUXSID")["value"])


class UploadTest(SiteTest):
    def setUp(self):
        self.pollux.uploads.mkdir(exist_ok=True)
        # Through the server: what others remove it may show for another second.
        for stored in self.pollux.uploads.iterdir():
            name = urllib.parse.quote(stored.name)
            request = urllib.request.Request(f"{self.pollux.url}/uploads/{name}", method="DELETE")
            urllib.request.urlopen(request).close()
        self.open("/upload.html")

    def stored(self):
        return self.browser.texts("#rows a")

    def test_files_are_uploaded_listed_opened_and_deleted(self):
        self.browser.wait_for_text("#empty", "Nothing is stored yet.")
        first = self.file("castor and pollux.txt", b"two stars\n")
        second = self.file("größe.bin", bytes(range(256)) * 8192)
        self.browser.type("#files", f"{first}\n{second}")
        self.browser.click("#send")
        self.browser.wait_for_text("#status", "2 files stored.")
        self.browser.wait_for_text("#rows tr:nth-child(2) a", "größe.bin")
        self.picture("upload")
        self.assertEqual(["castor and pollux.txt", "größe.bin"], self.stored())
        self.assertEqual(["10 B", "2.0 MiB"], self.browser.texts("#rows td:nth-child(2)"))
        self.assertEqual(
            [2097152, 255],
            self.browser.run(
                "const r = new XMLHttpRequest();"
                "r.open('GET', document.querySelectorAll('#rows a')[1].href, false);"
                "r.overrideMimeType('text/plain; charset=x-user-defined'); r.send();"
                "return [r.responseText.length, r.responseText.charCodeAt(2097151) & 255]"))
        self.browser.click("button[aria-label='Delete castor and pollux.txt']")
        self.browser.wait_for_text("#list-status", "castor and pollux.txt deleted.")
        self.assertEqual(["größe.bin"], self.stored())
        self.browser.click("button[aria-label='Delete größe.bin']")
        self.browser.wait_for_text("#empty", "Nothing is stored yet.")

    def test_name_that_is_taken_gets_a_number(self):
        path = self.file("twin.txt", b"one")
        for count in (1, 2):
            self.browser.type("#files", path)
            self.browser.click("#send")
            self.browser.wait_for_text(f"#rows tr:nth-child({count}) td:nth-child(2)", "3 B")
        self.assertEqual(2, len(set(self.stored())))
        self.assertIn("twin.txt", self.stored())

    def test_progress_is_shown_to_the_end(self):
        self.browser.run(
            "window.seen = [];"
            "const bar = document.getElementById('progress');"
            "const set = Object.getOwnPropertyDescriptor(HTMLProgressElement.prototype, 'value').set;"
            "Object.defineProperty(bar, 'value', { set(v) { seen.push(v); set.call(this, v); } });")
        self.browser.type("#files", self.file("large.bin", bytes(8 << 20)))
        self.browser.click("#send")
        self.browser.wait_for_text("#status", "1 file stored.")
        seen = self.browser.run("return seen")
        self.assertEqual((0, 100), (seen[0], seen[-1]))
        self.assertEqual(sorted(seen), seen)

    def test_failure_to_delete_is_said(self):
        self.browser.type("#files", self.file("kept.txt", b"x"))
        self.browser.click("#send")
        self.browser.wait_for_text("#rows a", "kept.txt")
        self.browser.run("window.fetch = new Proxy(fetch, { apply: (f, self, [url, how]) =>"
                         " f(how?.method === 'DELETE' ? '/index.html' : url, how) })")
        self.browser.click("#rows button")
        self.browser.wait_for_text("#list-status", "kept.txt was not deleted: the server does not allow it here.")
        self.open("/upload.html")
        self.browser.wait_for_text("#rows a", "kept.txt")


class WithoutScriptsTest(SiteTest):
    javascript = False

    def test_form_uploads_by_itself(self):
        self.open("/upload.html")
        self.assertEqual(["the server’s own list"], self.browser.texts("noscript a"))
        self.browser.type("#files", self.file("plain.txt", b"no script\n"))
        self.browser.click("#send")
        self.browser.wait_for_url(f"{self.pollux.url}/upload")
        self.picture("upload-without-scripts")
        self.assertIn("plain.txt", self.browser.text("body"))
        self.open("/uploads/plain.txt")
        self.assertEqual("no script", self.browser.text("body"))


if __name__ == "__main__":
    unittest.main()
