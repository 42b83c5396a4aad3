"""The Rust program, kept alive over many cases."""

import json
import queue
import subprocess
import tempfile
import threading

from oracle import free_memory


class Program:
    """Sends cases to the program and reads its answers; starts it anew when it dies or hangs."""

    def __init__(self, path, timeout):
        self.command = [path]
        self.timeout = timeout
        self.starts = 0
        self.process = None
        self.pending = []
        self.start()

    def start(self):
        """Starts the process and the thread that reads it."""
        self.stop()
        self.starts += 1
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, preexec_fn=free_memory)
        self.answers = queue.Queue()
        threading.Thread(target=self.read, args=(self.process, self.answers), daemon=True).start()

    def stop(self):
        """Ends the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.errors.close()
            self.process = None

    @staticmethod
    def read(process, answers):
        """Hands over all lines of a process, and None at its end."""
        for line in process.stdout:
            answers.put(line)
        answers.put(None)

    @staticmethod
    def write(process, lines):
        """Writes lines to a process, for as long as it takes them."""
        try:
            process.stdin.write(b"".join(lines))
            process.stdin.flush()
        except (OSError, ValueError):
            pass

    def submit(self, cases):
        """Sends cases without waiting for the answers."""
        self.pending = [json.dumps(case, ensure_ascii=False).encode("utf-8") + b"\n" for case in cases]
        self.send(self.pending)

    def send(self, lines):
        threading.Thread(target=self.write, args=(self.process, lines), daemon=True).start()

    def collect(self):
        """The answers to what was submitted, in order. Each is a dict: what the program wrote, or what became of it."""
        results = []
        while len(results) < len(self.pending):
            try:
                line = self.answers.get(timeout=self.timeout)
            except queue.Empty:
                results.append({"timeout": self.timeout})
            else:
                if line is not None:
                    results.append(self.parse(line))
                    continue
                results.append({"crash": self.last_words()})
            self.start()
            self.send(self.pending[len(results):])
        return results

    @staticmethod
    def parse(line):
        """One answer."""
        try:
            answer = json.loads(line)
        except ValueError:
            return {"garbage": line[:200].decode("utf-8", "replace")}
        known = isinstance(answer, dict) and ("text" in answer or "error" in answer or "panic" in answer)
        return answer if known else {"garbage": line[:200].decode("utf-8", "replace")}

    def last_words(self):
        """How the process ended and what it wrote last."""
        code = self.process.wait()
        self.errors.seek(0)
        return f"exit code {code}: " + self.errors.read()[-400:].decode("utf-8", "replace").strip()

    def ask(self, case):
        """The answer to a single case."""
        self.submit([case])
        return self.collect()[0]
