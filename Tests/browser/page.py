#!/usr/bin/env python3
"""runbook.html in a headless Chromium: what its boxes, keys, clock and files do.

Plans samples with the real command and looks at the pages as a browser shows them. With
ZONECUT_DEEP=1 the checks of every page run on all samples. `--pictures DIR` also takes
pictures to look at: desktop, phone, dark, print.
"""

import argparse
import base64
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import devtools

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
SAMPLES = CHECKOUT / "ZoneSamples"
DEEP = os.environ.get("ZONECUT_DEEP") == "1"
START = "2026-12-01T09:00:00Z"
PHONE, NARROWEST, DESKTOP = (390, 844), (320, 640), (1400, 900)

# Names that mean something to HTML, to a script, to SVG or to a reader's eye.
HOSTILE = r"""$ORIGIN example.com.
$TTL 3600
@ SOA ns1.example.net. hostmaster 1 3600 900 604800 300
@ NS ns1.example.net.
@ NS \<img\032src=x\032onerror=alert\(1\)\>.example.net.
@ A 192.0.2.1
@ TXT "</script><script>alert(2)</script>" "]]> -->" "\226\128\174evil"
@ TXT "'; alert(3); '" "\" onmouseover=\"alert(4)" "${alert(5)}" "`alert(6)`"
www CNAME \<svg\032onload=alert\(7\)\>.example.net.
_acme-challenge.\<script\>alert\(8\)\<\/script\> TXT "x"
\"\'\]\]\> NS ns1.example.net.
"""

# Text of a step's every contrast that WCAG 2.1 AA does not allow (1.4.3): 4.5, or 3 for large text.
CONTRAST = r"""
(() => {
  const parse = (text) => {
    const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const light = ({ rgb }) => {
    const [r, g, b] = rgb.map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at instanceof SVGSVGElement) {
        return parse(getComputedStyle(at.querySelector('.ground')).fill);
      }
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.alpha === 1) return color;
    }
    return { rgb: [255, 255, 255], alpha: 1 };
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('script, style, title, desc')) continue;
    if (!element.checkVisibility() || element.closest('.unseen')) continue;
    const style = getComputedStyle(element);
    const isText = element instanceof SVGElement;
    const [a, b] = [light(parse(isText ? style.fill : style.color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) {
      found.add(`${element.tagName} ${element.className.baseVal ?? element.className}: ` +
        `${ratio.toFixed(2)} in "${walker.currentNode.data.trim().slice(0, 30)}"`);
    }
  }
  return [...found];
})()
"""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves plans on loopback and counts what is asked for."""

    asked = []

    def log_message(self, *_):
        self.asked.append(self.path)


class Plans:
    """Plans made for the tests, by name."""

    def __init__(self, zonecut, folder):
        self.zonecut, self.folder = zonecut, Path(folder)

    def make(self, name, zone, *options):
        out = self.folder / name
        command = [self.zonecut, "plan", str(zone), "--start", START, "--out", str(out), *options]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        if done.returncode > 1:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr}")
        return out

    def make_all(self):
        company = SAMPLES / "company"
        self.make("company", company / "example.com.zone", "--into", str(company / "route53.json"))
        self.make("signed", SAMPLES / "signed" / "signed.example.zone", "--tz", "Australia/Perth",
                  "--parent-ds", "present")
        hostile = self.folder / "hostile.zone"
        hostile.write_text(HOSTILE, encoding="ascii")
        self.make("hostile", hostile)
        blocked = self.folder / "blocked.zone"
        blocked.write_text(HOSTILE + "rp TYPE65333 \\# 1 00\n", encoding="ascii")
        self.make("blocked", blocked)
        if DEEP:
            for folder in ("delegations", "every-type", "large", "mailless", "reverse", "update"):
                [zone] = (SAMPLES / folder).glob("*.zone")
                # Without the option the plan of every type is blocked, and its page has no steps.
                skipped = ["--unsupported", "skip"] if folder == "every-type" else []
                self.make(folder, zone, *skipped)


class PageTests(unittest.TestCase):
    """The page of example.com, unless a test says otherwise."""

    browser: devtools.Browser
    plans: Plans
    address: str

    def setUp(self):
        self.browser.call("Emulation.clearDeviceMetricsOverride")
        self.browser.media()
        self.browser.screen(*DESKTOP)

    def tearDown(self):
        # What this test kept in the browser is not the next one's.
        self.browser.run("try { localStorage.clear() } catch {}")

    def open(self, name="company", now=None, http=False):
        base = self.address if http else self.plans.folder.as_uri()
        self.browser.events.clear()
        self.browser.open(f"{base}/{name}/runbook.html" + (f"?now={now}" if now else ""))

    def run_js(self, script):
        return self.browser.run(script)

    def text(self, selector):
        return self.run_js(f"document.querySelector({json.dumps(selector)}).textContent")

    def click(self, selector):
        self.run_js(f"document.querySelector({json.dumps(selector)}).click()")

    def type(self, selector, text):
        self.run_js(f"document.querySelector({json.dumps(selector)}).focus()")
        self.browser.call("Input.insertText", text=text)

    def complaints(self):
        """What the browser logged, and every request but the page's own."""
        kinds = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
        found = [event["params"] for event in self.browser.events if event["method"] in kinds]
        for event in self.browser.events:
            if event["method"] == "Network.requestWillBeSent":
                request = event["params"]["request"]["url"]
                if not request.split("?")[0].endswith("/runbook.html"):
                    found.append(request)
            if event["method"] == "Page.javascriptDialogOpening":
                found.append(event["params"]["message"])
        return found

    def names(self):
        return sorted(path.name for path in self.plans.folder.iterdir() if path.is_dir())

    # Every page

    def test_asks_for_nothing_and_logs_nothing(self):
        for name in self.names():
            with self.subTest(name):
                self.open(name)
                self.run_js("new Promise((done) => setTimeout(done, 50))")
                self.assertEqual(self.complaints(), [])

    def test_asks_a_server_for_nothing_but_itself(self):
        Quiet.asked.clear()
        self.open("company", http=True)
        self.run_js("new Promise((done) => setTimeout(done, 200))")
        self.assertEqual([path for path in Quiet.asked if "runbook.html" not in path], [])
        self.assertEqual(self.complaints(), [])

    def test_policy_names_its_style_and_script_and_stops_all_else(self):
        self.open()
        policy = self.run_js(
            "document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
        self.assertTrue(policy.startswith("default-src 'none'; script-src 'sha256-"), policy)
        self.assertNotIn("unsafe", policy)
        ran = self.run_js("""(() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = true';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red">x</p>');
          return [window.ran === true, getComputedStyle(byID('styled')).color];
        })()""")
        self.assertFalse(ran[0])
        self.assertNotEqual(ran[1], "rgb(255, 0, 0)")
        # A request is stopped before it leaves.
        self.assertEqual(self.run_js(
            f"fetch({json.dumps(self.address + '/x')}).then(() => 'sent', () => 'stopped')"),
            "stopped")

    def test_links_lead_somewhere_and_ids_are_unique(self):
        for name in self.names():
            with self.subTest(name):
                self.open(name)
                self.assertEqual(self.run_js("""[...document.querySelectorAll('a[href]')]
                  .map((link) => link.getAttribute('href'))
                  .filter((href) => !href.startsWith('#') ||
                    document.querySelectorAll('#' + CSS.escape(href.slice(1))).length !== 1)"""), [])
                self.assertEqual(self.run_js("""(() => {
                  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
                  return ids.filter((id, index) => ids.indexOf(id) !== index);
                })()"""), [])

    def test_every_control_has_a_name(self):
        self.open()
        self.assertEqual(self.run_js("""
          [...document.querySelectorAll('input, textarea, button')]
            .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() ||
              [...(one.labels ?? [])].some((label) => label.textContent.trim())))
            .map((one) => one.outerHTML)"""), [])

    def test_fits_the_width_of_screens(self):
        for name in self.names():
            for size in (PHONE, NARROWEST, (768, 1024), DESKTOP):
                with self.subTest(f"{name} at {size[0]}"):
                    self.browser.screen(*size, phone=size[0] < 400)
                    self.open(name)
                    self.assertLessEqual(self.run_js(OVERFLOW), 0)

    def test_contrast_in_light_and_dark(self):
        for name in self.names() if DEEP else ("signed", "blocked"):
            for scheme in ("light", "dark"):
                with self.subTest(f"{name}, {scheme}"):
                    self.browser.media(scheme=scheme)
                    # Past the lowering of TTLs: steps that are late are shown too.
                    self.open(name, now="2026-12-03T09:00:00Z")
                    if name != "blocked":
                        self.click("#shell .finished-box")
                        self.click("#access .started")
                        self.click("#page-show-help")
                        self.run_js("byID('page-help').close(), byID('page-help').show()")
                    self.assertEqual(self.run_js(CONTRAST), [])

    def test_hostile_names_are_text(self):
        self.open("hostile", now=START)
        self.run_js("new Promise((done) => setTimeout(done, 50))")
        self.assertEqual(self.complaints(), [])
        self.assertEqual(self.run_js("document.querySelectorAll('script, img, iframe').length"), 1)
        self.assertEqual(self.run_js("""[...document.querySelectorAll('*')].filter((element) =>
          [...element.attributes].some((one) => /^on/i.test(one.name))).length"""), 0)
        self.assertIn("alert(2)", self.text("body"))
        self.assertNotIn("\u202e", self.text("body"))

    def test_a_blocked_plan_says_so_and_nothing_else(self):
        self.open("blocked")
        self.assertTrue(self.text("h1").startswith("BLOCKED: "))
        self.assertEqual(self.run_js("document.querySelectorAll('.step, script, input').length"), 0)

    # Boxes, notes and times

    def test_boxes_notes_and_times_outlast_a_reload(self):
        self.open(now="2026-12-01T09:00:00Z")
        self.type("#page-operator", "Ada")
        self.click("#access .checklist input")
        self.click("#access .finished-box")
        self.type("#access .notes textarea", "line 1\n</script> & \u00e9")
        self.type("#page-notes", "quiet night")
        for reload in (False, True):
            if reload:
                self.browser.reload()
            with self.subTest(reload=reload):
                state = self.run_js("""(() => {
                  const step = byID('access');
                  const value = (selector) => step.querySelector(selector).value;
                  return [step.querySelector('.checklist input').checked,
                    step.querySelector('.finished-box').checked, value('.by input'),
                    value('.notes textarea'), byID('page-notes').value,
                    byID('page-operator').value,
                    value('.started-at').slice(0, 16), value('.finished-at').slice(0, 16)];
                })()""")
                self.assertEqual(state, [
                    True, True, "Ada", "line 1\n</script> & \u00e9", "quiet night", "Ada",
                    "2026-12-01T09:00", "2026-12-01T09:00"])

    def test_plans_and_rehearsals_are_kept_apart(self):
        self.open()
        self.click("#access .finished-box")
        checked = "document.querySelector('#access .finished-box').checked"
        self.open("hostile")
        self.assertFalse(self.run_js(checked))
        self.open(now=START)
        self.assertFalse(self.run_js(checked))
        self.open()
        self.assertTrue(self.run_js(checked))

    def test_an_instant_is_typed_or_refused(self):
        self.open()
        field = "#access .finished-at"
        edit = (f"(() => {{ const field = document.querySelector('{field}');"
                "field.value = %s; field.dispatchEvent(new Event('change')); "
                "return [field.getAttribute('aria-invalid'), "
                "document.querySelector('#access .finished-box').checked]; })()")
        self.assertEqual(self.run_js(edit % "'2 a.m.'"), ["true", False])
        self.assertEqual(self.run_js(edit % "'2026-12-01T02:00:00Z'"), [None, True])
        self.assertEqual(self.run_js(edit % "''"), [None, False])

    def test_gates_that_nobody_passed_are_told_where_it_matters(self):
        self.open()
        warning = "#redelegate .unpassed"
        self.assertIn("Go or no-go (GATE)", self.text(warning))
        self.run_js("""steps.slice(0, steps.findIndex((step) => step.id === 'redelegate'))
          .filter((step) => ['GATE', 'HARD STOP'].includes(step.mark))
          .forEach((step) => step.finished.click())""")
        self.assertTrue(self.run_js(f"document.querySelector('{warning}').hidden"))

    def test_what_cannot_be_read_is_set_aside(self):
        self.open()
        self.run_js("localStorage.setItem(storageKey, '{\"schema\": 1}')")
        self.browser.reload()
        self.assertIn("set aside", self.text("#page-trouble"))
        self.assertEqual(
            self.run_js("localStorage.getItem(storageKey + '.unreadable')"), '{"schema": 1}')

    # The clock

    def test_countdown_and_marker(self):
        # Two minutes and a little before the TTLs are lowered.
        self.open(now="2026-12-01T08:57:54Z")
        left = self.text("#page-countdown")
        self.assertIn(left, [f"00:02:0{second}" for second in range(7)])
        self.assertIn("Lower the TTLs", self.text("#page-next"))
        self.assertIn("1.1", self.text("#page-todo"))
        self.assertIn("UTC", self.text("#page-utc"))
        self.assertFalse(self.run_js("byID('page-rehearsal').hidden"))
        before = "byID('page-now').previousElementSibling?.dataset.step ?? null"
        after = "byID('page-now').nextElementSibling.dataset.step"
        self.assertIsNone(self.run_js(before))
        self.assertIn("Inventory", self.run_js("byID('page-now').nextElementSibling.textContent"))
        self.open(now="2026-12-01T09:00:01Z")
        self.assertEqual(self.run_js(before), "wait")
        self.open(now="2027-01-05T09:09:00Z")
        self.assertEqual(self.run_js(after), "test-25-minutes")
        self.assertIn("in 15 min", self.text("#test-25-minutes .due"))
        self.assertEqual(self.text("#test-at-once .due"), "due since 9 min")
        self.open(now="2030-01-01T00:00:00Z")
        self.assertEqual(self.text("#page-countdown"), "")
        self.assertIn("nothing more", self.text("#page-next"))

    def test_the_clock_ticks(self):
        self.open(now="2026-12-01T08:00:00Z")
        first = self.text("#page-countdown")
        self.run_js("""new Promise((done) => new MutationObserver(done)
          .observe(byID('page-countdown'), { childList: true, characterData: true }))""")
        self.assertLess(self.text("#page-countdown"), first)

    def test_a_step_that_comes_due_is_told(self):
        self.open(now="2026-12-01T08:59:58Z")
        self.run_js("""new Promise((done) => {
          const look = () => byID('page-status').textContent ? done() : setTimeout(look, 20);
          look();
        })""")
        self.assertRegex(self.text("#page-status"), r"^3\.1 Lower the TTLs .*: due now$")

    def test_local_time(self):
        self.open("signed", now="2026-12-01T08:00:00Z")
        self.assertEqual(self.text("#page-local")[:9], "Tue 16:00")
        self.assertIn("Australia/Perth", self.text("#page-local"))
        self.assertIn("(Tue 2026-12-01 17:00 Australia/Perth)", self.text("#lower-ttls .facts"))

    def test_a_clock_that_cannot_be_read_is_told(self):
        self.open(now="tonight")
        self.assertIn("not an instant", self.text("#page-rehearsal"))
        self.assertFalse(self.run_js("byID('page-rehearsal').hidden"))

    def test_progress(self):
        self.open()
        self.assertTrue(self.text("#page-progress-text").startswith("0 of "))
        self.click("#shell .finished-box")
        self.assertTrue(self.text("#page-progress-text").startswith("1 of "))
        self.assertEqual(self.run_js("byID('page-progress').value"), 1)
        self.assertIn("1.2", self.text("#page-todo"))

    # Copying, keys, files

    def test_copy_gives_the_command_as_it_stands(self):
        self.open()
        self.browser.call("Browser.grantPermissions",
                          permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.browser.call("Page.bringToFront")
        for step in ("shell", "redelegate"):
            wanted = self.text(f"#{step} .do .command code")
            self.run_js(f"copy(document.querySelector('#{step} .do .command .copy'))")
            self.assertEqual(self.run_js("navigator.clipboard.readText()"), wanted)
        self.assertEqual(self.text("#page-status"), "Copied")
        # Copying what is about to be run begins a step.
        self.click("#shell .do .copy")
        self.assertTrue(self.run_js("document.querySelector('#shell .started').checked"))

    def test_keys(self):
        self.open(now=START)
        at = "document.activeElement.closest('.step')?.id"
        self.run_js("document.activeElement.blur()")
        for key, step in (("t", "shell"), ("j", "access"), ("j", "inventory"), ("k", "access")):
            self.browser.key(key)
            self.assertEqual(self.run_js(at), step)
        self.browser.key("x")
        self.assertTrue(self.run_js("document.querySelector('#access .finished-box').checked"))
        self.browser.key("x")
        self.assertFalse(self.run_js("document.querySelector('#access .finished-box').checked"))
        self.browser.key("s")
        self.assertTrue(self.run_js("document.querySelector('#access .started').checked"))
        # In a field the same keys write.
        self.browser.key("n")
        self.browser.key("j")
        self.assertEqual(self.run_js("document.querySelector('#access textarea').value"), "j")
        self.browser.key("Escape", code="Escape", windowsVirtualKeyCode=27)
        self.assertEqual(self.run_js("document.activeElement.id"), "access")
        self.browser.key("c")
        self.assertEqual(self.run_js("document.activeElement.className.split(' ')[0]"), "copy")
        self.browser.key("r")
        self.assertTrue(self.run_js("document.activeElement.dataset.number").startswith("R"))
        self.browser.key("?")
        self.assertTrue(self.run_js("byID('page-help').open"))
        self.click("#page-keys")
        self.click("#page-close-help")
        self.run_js("document.activeElement.blur()")
        self.browser.key("?")
        self.assertFalse(self.run_js("byID('page-help').open"))

    def test_tab_begins_at_the_skip_link_and_shows_the_focus(self):
        self.open()
        self.browser.key("Tab", code="Tab", windowsVirtualKeyCode=9)
        self.assertEqual(self.run_js("document.activeElement.className"), "skip")
        top = self.run_js("document.activeElement.getBoundingClientRect().top")
        self.assertGreaterEqual(top, 0)
        self.browser.key("Tab", code="Tab", windowsVirtualKeyCode=9)
        self.assertNotEqual(
            self.run_js("getComputedStyle(document.activeElement).outlineStyle"), "none")

    def test_export_and_import(self):
        self.open(now=START)
        self.type("#page-operator", "Ada")
        self.click("#shell .checklist input, #access .checklist input")
        self.click("#shell .finished-box")
        self.type("#shell .notes textarea", "all well")
        with tempfile.TemporaryDirectory() as folder:
            self.browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder,
                              eventsEnabled=True)
            self.click("#page-export")
            while self.browser.wait("Browser.downloadProgress")["state"] != "completed":
                pass
            [file] = Path(folder).iterdir()
            plan = self.run_js("document.body.dataset.plan")
            self.assertEqual(file.name, f"example.com-run-{plan}.json")
            run = json.loads(file.read_text(encoding="utf-8"))
            self.assertEqual(run["schema"], {"name": "zonecut.run", "version": 1})
            self.assertEqual((run["plan"], run["zone"]), (plan, "example.com."))
            self.assertEqual(list(run), sorted(run))
            self.assertEqual(
                len(run["steps"]), self.run_js("document.querySelectorAll('.step').length"))
            shell = next(step for step in run["steps"] if step["id"] == "shell")
            self.assertEqual((shell["by"], shell["notes"]), ("Ada", "all well"))
            self.assertRegex(shell["finishedAt"], r"^2026-12-01T09:00:\d\dZ$")
            lower = next(step for step in run["steps"] if step["id"] == "lower-ttls")
            self.assertEqual(lower["plannedAt"], START)
            ticked = [check for step in run["steps"] for check in step["checks"]
                      if check["tickedAt"]]
            self.assertEqual(len(ticked), 1)

            # Into the browser of somebody else.
            self.run_js("localStorage.clear()")
            self.browser.reload()
            self.load(file)
            self.assertIn("Imported", self.text("#page-status"))
            self.assertTrue(self.run_js("document.querySelector('#shell .finished-box').checked"))
            again = json.loads(self.run_js("runText()"))
            self.assertEqual({**again, "exportedAt": ""}, {**run, "exportedAt": ""})

            # What is not this plan's run changes nothing.
            for change, told in (
                ({"plan": "other"}, "run of plan other"),
                ({"schema": {"name": "zonecut.run", "version": 2}}, "version 2"),
                ({"schema": None}, "schema zonecut.run"),
                ({"steps": [{"id": "shell"}]}, "points"),
                ({"steps": [{**shell, "finishedAt": "yesterday"}]}, "expected an instant"),
                ({"operator": 7}, "expected a string"),
            ):
                with self.subTest(told):
                    file.write_text(json.dumps({**run, **change}), encoding="utf-8")
                    self.load(file)
                    self.assertIn("not imported", self.text("#page-status"))
                    self.assertIn(told, self.text("#page-status"))
                    self.assertEqual(
                        json.loads(self.run_js("runText()"))["operator"], "Ada")
            file.write_text("{", encoding="utf-8")
            self.load(file)
            self.assertIn("no JSON", self.text("#page-status"))

    def load(self, file):
        """Imports a file as the button does, and waits for what is said of it."""
        self.run_js("byID('page-status').textContent = ''")
        root = self.browser.call("DOM.getDocument")["root"]["nodeId"]
        node = self.browser.call("DOM.querySelector", nodeId=root, selector="#page-file")["nodeId"]
        self.browser.call("DOM.setFileInputFiles", files=[str(file)], nodeId=node)
        self.run_js("""new Promise((done) => {
          const look = () => byID('page-status').textContent ? done() : setTimeout(look, 10);
          look();
        })""")

    def test_the_timeline_of_a_phone_comes_and_goes(self):
        self.browser.screen(*PHONE, phone=True)
        self.open(now=START)
        shown = "byID('page-timeline').checkVisibility()"
        self.assertFalse(self.run_js(shown))
        self.click("#page-to-timeline")
        self.assertTrue(self.run_js(shown))
        self.assertEqual(
            self.run_js("byID('page-to-timeline').getAttribute('aria-expanded')"), "true")
        self.assertLessEqual(self.run_js(OVERFLOW), 0)
        self.browser.key("Escape", code="Escape", windowsVirtualKeyCode=27)
        self.assertFalse(self.run_js(shown))
        self.click("#page-to-timeline")
        self.click(".timeline a[href='#redelegate']")
        self.assertFalse(self.run_js(shown))
        # The step stands below the bar, not under it.
        self.assertGreaterEqual(self.run_js(
            "byID('redelegate').getBoundingClientRect().top - "
            "byID('page-bar').getBoundingClientRect().bottom"), 0)

    # Paper, and no scripts

    def test_print_hides_controls_and_shows_all_steps(self):
        self.open()
        self.click("#shell .finished-box")
        self.click("#page-fold")
        self.browser.media("print")
        shown = """[...document.querySelectorAll('%s')]
          .filter((one) => one.checkVisibility()).length"""
        self.assertEqual(self.run_js(shown % "button, .bar, .timeline, .skip"), 0)
        self.assertEqual(
            self.run_js(shown % ".step .body"), self.run_js("steps.length"))
        self.assertEqual(
            self.run_js("getComputedStyle(document.querySelector('pre')).whiteSpace"), "pre-wrap")

    def test_reads_without_scripts(self):
        self.browser.call("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.open()
            self.assertEqual(self.run_js(
                "[...document.querySelectorAll('.scripted')].filter((one) => "
                "getComputedStyle(one).display !== 'none').length"), 0)
            self.assertGreater(self.run_js("document.querySelectorAll('.step').length"), 20)
            self.assertEqual(
                self.run_js("getComputedStyle(document.querySelector('.timeline')).display"),
                "block")
        finally:
            self.browser.call("Emulation.setScriptExecutionDisabled", value=False)


def take_pictures(browser, plans, folder):
    """Pictures for the eye; no test."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    views = [
        ("desktop", DESKTOP, "light", 0), ("dark", DESKTOP, "dark", 0), ("phone", PHONE, "light", 0),
        ("phone-dark", PHONE, "dark", 3000), ("desktop-steps", DESKTOP, "light", "redelegate"),
        ("desktop-stop", DESKTOP, "dark", "decommission"), ("phone-steps", PHONE, "light", "go-no-go"),
    ]
    for name in sorted(path.name for path in plans.folder.iterdir() if path.is_dir()):
        for view, size, scheme, place in views:
            browser.screen(*size, phone=size == PHONE)
            browser.media(scheme=scheme)
            browser.open((plans.folder / name / "runbook.html").as_uri() + f"?now={START}")
            browser.run("document.documentElement.style.scrollBehavior = 'auto'")
            browser.run(f"document.getElementById('{place}')?.scrollIntoView()"
                        if isinstance(place, str) else f"scrollTo(0, {place})")
            browser.picture(folder / f"{name}-{view}.png")
        browser.media()
        data = browser.call("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27,
                            paperHeight=11.69)["data"]
        (folder / f"{name}.pdf").write_bytes(base64.b64decode(data))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--zonecut", required=True, help="the command")
    arguments.add_argument("--pictures", help="a directory for pictures")
    arguments.add_argument("-k", action="append", default=[], help="only tests of this name")
    options = arguments.parse_args()
    if devtools.chromium() is None:
        print("runbook.html was not tried: there is no Chromium", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="zonecut-page-") as folder:
        plans = Plans(os.path.abspath(options.zonecut), folder)
        plans.make_all()
        handler = lambda *given: Quiet(*given, directory=folder)  # noqa: E731
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = devtools.Browser()
        try:
            PageTests.browser, PageTests.plans = browser, plans
            PageTests.address = f"http://127.0.0.1:{server.server_port}"
            loader = unittest.TestLoader()
            loader.testNamePatterns = [f"*{name}*" for name in options.k] or None
            suite = loader.loadTestsFromTestCase(PageTests)
            result = unittest.TextTestRunner(verbosity=2 if options.k else 1).run(suite)
            if options.pictures:
                take_pictures(browser, plans, options.pictures)
        finally:
            browser.close()
            server.shutdown()
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
