"""A headless browser, spoken to over a pipe by its DevTools protocol: no network, no display."""

import json
import os
import select
import subprocess
import tempfile

PATIENCE = 120  # seconds until a browser that says nothing is given up


class Browser:
    """with Browser(program) as page: page.open(path); page.evaluate("1 + 1")."""

    def __init__(self, program):
        self.program = program
        self.number = 0
        self.session = None
        self.rest = b""
        self.faults = []  # what the console and the Content-Security-Policy complained of

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        # The browser reads commands from descriptor 3 and writes answers to 4.
        shell = f'exec "$@" 3<&{commands} 4>&{answers}'
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                   "--no-first-run", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
                   f"--user-data-dir={self.folder.name}", "--remote-debugging-pipe", "about:blank"]
        self.process = subprocess.Popen(["bash", "-c", shell, "bash", self.program, *options],
                                        pass_fds=[commands, answers], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL,
                                        env={**os.environ, "HOME": self.folder.name})
        os.close(commands)
        os.close(answers)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        self.session = None
        self.process.terminate()
        self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.folder.cleanup()

    def message(self):
        while b"\0" not in self.rest:
            if not select.select([self.answers], [], [], PATIENCE)[0]:
                raise SystemExit("the browser does not answer")
            got = os.read(self.answers, 1 << 20)
            if not got:
                raise SystemExit("the browser ended")
            self.rest += got
        line, self.rest = self.rest.split(b"\0", 1)
        return json.loads(line)

    def note(self, event):
        """Remembers what must not happen: errors, and requests of anything but the file."""
        kind, what = event.get("method"), event.get("params", {})
        if kind == "Runtime.exceptionThrown":
            self.faults.append(what["exceptionDetails"]["text"])
        elif kind == "Runtime.consoleAPICalled":
            self.faults.append(f"console.{what['type']}")
        elif kind == "Log.entryAdded":
            self.faults.append(what["entry"]["text"])
        elif kind == "Network.requestWillBeSent":
            url = what["request"]["url"]
            if not url.startswith(("file:", "about:")):
                self.faults.append(f"request of {url}")

    def call(self, method, **params):
        self.number += 1
        command = {"id": self.number, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.note(answer)

    def open(self, path, width=1300, height=900, dark=False, script=True):
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url="file://" + os.path.abspath(path))
        while self.message_noted().get("method") != "Page.loadEventFired":
            pass

    def message_noted(self):
        event = self.message()
        self.note(event)
        return event

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def point(self, selector, click=False):
        """Moves the pointer onto the middle of an element, after scrolling there."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', inline: 'center'}})")
        x, y = self.evaluate("(() => { const box = document.querySelector(%s).getBoundingClientRect();"
                             " return [(box.left + box.right) / 2, (box.top + box.bottom) / 2]; })()"
                             % json.dumps(selector))
        self.mouse("mouseMoved", x, y)
        if click:
            self.mouse("mousePressed", x, y, button="left", clickCount=1)
            self.mouse("mouseReleased", x, y, button="left", clickCount=1)

    def mouse(self, kind, x, y, **more):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def key(self, name, code=None):
        text = "\r" if name == "Enter" else ""
        keys = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "Home": 36, "ArrowLeft": 37,
                "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=code or name,
                      windowsVirtualKeyCode=keys[name], text=text if kind == "keyDown" else "")

    def picture(self, path, whole=False):
        import base64
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]))
