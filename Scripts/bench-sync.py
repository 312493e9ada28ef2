"""'usher plex sync' beside python-plexapi: items per second, memory, the second sync. Run it with Scripts/bench sync.

The listing takes long, and the machine may be busier at one time than at another: the first sync is measured once before
it and twice after it, each into an empty catalogue, and the one in the middle counts.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(".build/release/usher")
FAKE = os.path.abspath(".build/release/fakeplex")

LISTING = """
import resource, sys, time
from plexapi.server import PlexServer
section = PlexServer(sys.argv[1], sys.argv[2]).library.sections()[0]
start = time.time()
episodes = section.searchEpisodes()
print(len(episodes), time.time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


class Fake:
    def __init__(self, episodes):
        self.process = subprocess.Popen(
            [FAKE, "--movies", "0", "--shows", str(episodes // 100), "--episodes", "100"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.places = json.loads(self.process.stdout.readline())

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        lines = []
        while (line := self.process.stdout.readline().strip()) != "done":
            lines.append(line)
        return lines

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


def usher(folder, *arguments):
    """Seconds, memory in MB, and the answer."""
    start = time.time()
    process = subprocess.Popen(
        [PROGRAM, "plex", *arguments, "--json", "--config", folder + "/plugins.json"], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: usher plex {arguments[0]} ended with {process.returncode}")
    return time.time() - start, usage.ru_maxrss / 1024, json.loads(output) if output.strip() else None


def first_sync(fake, folder):
    """Seconds, memory in MB, requests and items of a sync into an empty catalogue."""
    os.makedirs(folder)
    with open(folder + "/plugins.json", "w", encoding="utf-8") as file:
        json.dump({"data": folder + "/data", "plugins": {"plex": {"enabled": True}}}, file)
    usher(folder, "connect", "--url", fake.places["server"], "--token", fake.places["token"])
    fake.order("forget")
    seconds, memory, report = usher(folder, "sync")
    return seconds, memory, int(fake.order("requests")[0]), report[0]["added"]


def measure(episodes):
    fake = Fake(episodes)
    # Both clients meet a server that has its rows ready, as one with a warm database: "warm" makes them.
    fake.order("warm")
    with tempfile.TemporaryDirectory() as folder:
        firsts = [first_sync(fake, folder + "/before")]
        listing = subprocess.run(
            [sys.executable, "-c", LISTING, fake.places["server"], fake.places["token"]],
            capture_output=True, text=True, check=True)
        listed, listing_seconds, listing_memory = listing.stdout.split()
        firsts += [first_sync(fake, folder + "/after"), first_sync(fake, folder + "/last")]
        fake.order("touch 1000")
        fake.order("forget")
        second, second_memory, report = usher(folder + "/last", "sync")
        second_requests = int(fake.order("requests")[0])
    fake.stop()
    first = statistics.median(seconds for seconds, _, _, _ in firsts)
    first_memory = max(memory for _, memory, _, _ in firsts)
    _, _, first_requests, items = firsts[0]
    ours, theirs = items / first, int(listed) / float(listing_seconds)
    print(f"{episodes:,} episodes ({items:,} items with shows and seasons)")
    print(f"  usher plex sync, first    {first:7.2f} s  {ours:9,.0f} items/s  {first_memory:5.0f} MB  {first_requests} requests")
    print("    each:", ", ".join(f"{seconds:.2f} s" for seconds, _, _, _ in firsts))
    print(
        f"  python-plexapi listing    {float(listing_seconds):7.2f} s  {theirs:9,.0f} items/s  "
        f"{int(listing_memory) / 1024:5.0f} MB")
    print(
        f"  usher plex sync, second   {second:7.2f} s  {report[0]['updated']:9,} updated  {second_memory:5.0f} MB  "
        f"{second_requests} requests")
    print(f"  ratio {ours / theirs:.1f}", flush=True)


for number in sys.argv[1:]:
    measure(int(number))
