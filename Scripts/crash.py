"""Rounds of SIGKILL under write load. Run it with Scripts/crash."""

import http.client
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROUNDS = int(sys.argv[1])
PROGRAM = os.path.abspath(".build/release/usher")
LOAD = os.path.abspath(".build/release/StoreLoad")
LIMIT_MILLISECONDS = 1000


def configuration():
    prefix = "tv.plex.agents.custom.usher."
    return {
        "listen": "127.0.0.1:0", "data": "data", "log": {"level": "warning"},
        "plugins": {"local": {"settings": {"folders": [os.path.abspath("Demo")]}}, "plex": {}},
        "providers": {
            "movie": {"server": "plex", "path": "/movie", "kind": "movie", "title": "Crash",
                      "identifier": prefix + "crash", "sources": ["local"]},
        },
    }


def kill_a_writer(file, first):
    """The numbers of the values that a writer said were kept before it was killed."""
    writer = subprocess.Popen([LOAD, "write", file, str(first)], stdout=subprocess.PIPE)
    first_line = writer.stdout.readline()
    killer = threading.Timer(random.uniform(0.01, 0.3), writer.kill)
    killer.start()
    rest = writer.stdout.read()
    writer.wait()
    killer.join()
    lines = (first_line + rest).split(b"\n")
    return [int(line) for line in lines[:-1]]  # what follows the last line feed was cut by the kill


def verify(file, numbers):
    run = subprocess.run([LOAD, "verify", file], input="".join(f"{n}\n" for n in numbers), text=True,
                         capture_output=True, check=False)
    if run.returncode != 0:
        sys.exit(f"lost or damaged: {run.stdout}{run.stderr}")


def match(connection, title):
    connection.request("POST", "/movie/library/metadata/matches", json.dumps({"type": 1, "title": title}))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"status {answer.status}: {body[:200]}")


def start_host(folder):
    """A host that has answered its first match, and after how many milliseconds that was."""
    began = time.perf_counter()
    host = subprocess.Popen([PROGRAM, "serve", "--config", folder + "/plugins.json"], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)
    line = host.stdout.readline()
    if not line.startswith("listening"):
        sys.exit("usher did not start: " + line + host.stderr.read())
    port = int(line.rsplit(":", 1)[1])
    match(http.client.HTTPConnection("127.0.0.1", port, timeout=10), "Nosferatu")
    return host, port, (time.perf_counter() - began) * 1000


def load_a_host(host, port, number):
    """New titles from four clients, each a write, until the host is killed among them."""
    def ask(client):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            for title in range(100_000):
                match(connection, f"Title {number} {client} {title}")
        except (OSError, http.client.HTTPException):
            return

    clients = [threading.Thread(target=ask, args=(client,)) for client in range(4)]
    for client in clients:
        client.start()
    time.sleep(random.uniform(0.02, 0.2))
    host.send_signal(signal.SIGKILL)
    host.wait()
    for client in clients:
        client.join()


def main():
    folder = tempfile.mkdtemp(prefix="usher-crash-")
    file = folder + "/data/usher.sqlite"
    with open(folder + "/plugins.json", "w", encoding="utf-8") as text:
        json.dump(configuration(), text)
    kept, starts = [], []
    try:
        for number in range(ROUNDS):
            new = kill_a_writer(file, number * 1_000_000)
            kept += new
            host, port, milliseconds = start_host(folder)
            starts.append(milliseconds)
            # Everything is looked for in the end; in between the last round and some of the others.
            verify(file, new + random.sample(kept, min(500, len(kept))))
            load_a_host(host, port, number)
            if sys.stderr.isatty():
                print(f"\r{number + 1} of {ROUNDS}", end="", file=sys.stderr)
        verify(file, kept)
        aside = [name for name in os.listdir(folder + "/data") if "corrupt" in name]
        size = os.path.getsize(file)
        print(f"{ROUNDS} rounds: {2 * ROUNDS} kills, {len(kept):,} values kept and none lost, {len(aside)} databases set "
              f"aside, file {size / 1e6:.0f} MB\nstart to first answer: {statistics.median(starts):.0f} ms in the "
              f"median, {max(starts):.0f} ms at most")
        if aside or max(starts) > LIMIT_MILLISECONDS:
            sys.exit(1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
