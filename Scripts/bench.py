"""Usher against nginx: requests per second, latency, memory, start-up. Run it with Scripts/bench."""

import json
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

SECONDS = int(sys.argv[1])
CONNECTIONS = tuple(int(count) for count in sys.argv[2].split(","))
MIXED_MINUTES = int(sys.argv[3])
ROUNDS = 3
PROGRAM = os.path.abspath(".build/release/usher")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def big_film():
    """An NFO whose item is about 8 KB as Plex gets it."""
    actors = "".join(
        f"<actor><name>Player Number {n}</name><role>Person {n} of the Town</role><order>{n}</order>"
        f"<thumb>https://img.example.org/people/{n}.jpg</thumb></actor>"
        for n in range(48)
    )
    return (
        "<movie><title>The Long Credits</title><year>1999</year><premiered>1999-05-01</premiered>"
        f"<plot>{'A film whose many players are all named in the end. ' * 30}</plot>"
        "<uniqueid type=\"imdb\">tt9999901</uniqueid><runtime>120</runtime><genre>Drama</genre>"
        f"<thumb aspect=\"poster\">https://img.example.org/p.jpg</thumb>{actors}</movie>"
    )


def configuration(folder, port, cache=None):
    everything = {name: {"enabled": True} for name in ("tvmaze", "plex", "exampleswift", "examplec")}
    for name in ("tmdb", "tvdb", "tpdb", "omdb", "fanarttv"):
        everything[name] = {"enabled": True, "settings": {"apiKey": "0123456789abcdef0123456789abcdef"}}
    everything["local"] = {"enabled": True, "settings": {"folders": [os.path.abspath("Demo"), folder + "/films"]}}
    prefix = "tv.plex.agents.custom.usher."
    return {
        "listen": f"127.0.0.1:{port}",
        "data": folder + "/data",
        "log": {"level": "warning"},
        "cache": cache or {},
        "plugins": everything,
        "providers": {
            "movie": {"server": "plex", "path": "/movie", "kind": "movie", "title": "Bench",
                      "identifier": prefix + "bench", "sources": ["local"]},
            "tv": {"server": "plex", "path": "/tv", "kind": "show", "title": "Bench TV",
                   "identifier": prefix + "benchtv", "sources": ["local"]},
        },
    }


def request(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=30) as answer:
        return answer.read()


STARTED = []


def end_all():
    for process in STARTED:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)


def start_usher(folder, cache=None):
    port = free_port()
    write(folder + "/plugins.json", json.dumps(configuration(folder, port, cache)))
    began = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAM, "serve", "--config", folder + "/plugins.json"], stdout=subprocess.PIPE, text=True)
    STARTED.append(process)
    line = process.stdout.readline()
    if not line.startswith("listening"):
        sys.exit("usher did not start: " + line)
    request(f"http://127.0.0.1:{port}/movie")
    return process, port, (time.perf_counter() - began) * 1000


def start_nginx(folder):
    port = free_port()
    write(folder + "/nginx.conf", f"""
worker_processes auto; worker_rlimit_nofile 16384; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 8192; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; default_type application/json;
  open_file_cache max=100; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/static; }} }}
""")
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", folder + "/nginx.conf", "-p", folder])
    STARTED.append(process)
    for _ in range(100):
        try:
            request(f"http://127.0.0.1:{port}/item.json")
            return process, port
        except OSError:
            time.sleep(0.02)
    sys.exit("nginx did not start: see " + folder)


def to_milliseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def wrk(url, connections, script=None):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", url]
    if script:
        command[1:1] = ["-s", script]
    text = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS + 20).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"errors from {url}:\n{text}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
    half, most = (to_milliseconds(re.search(rf"^ +{p}%\s+(\S+)", text, re.M).group(1)) for p in (50, 99))
    return rate, half, most


def measure(cases):
    """Each case in turn, several rounds, so that a noisy moment hits all of them; the median round counts."""
    results = {}
    for _ in range(ROUNDS):
        for connections in CONNECTIONS:
            for name, url, script in cases:
                results.setdefault((name, connections), []).append(wrk(url, connections, script))
    return {key: tuple(statistics.median(column) for column in zip(*rows)) for key, rows in results.items()}


def resident(pid, kind="VmRSS"):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(kind + r":\s+(\d+)", file.read()).group(1)) / 1024


MIXED = """
local number = 0
local headers = { ["Content-Type"] = "application/json" }
local known = '{"type":1,"title":"The Long Credits","year":1999}'
function delay() return 8 end
function request()
  number = number + 1
  local kind = number % 10
  if kind < 4 then return wrk.format("GET", "%ITEM%") end
  if kind < 6 then return wrk.format("POST", "/movie/library/metadata/matches", headers, known) end
  if kind == 6 then return wrk.format("GET", "/movie/library/metadata/local-movie-none" .. number) end
  if kind == 7 then return wrk.format("GET", "/movie") end
  if kind == 8 then return wrk.format("POST", "/movie/library/metadata/matches", headers, "{") end
  local title = '{"type":1,"title":"New Title Number ' .. number .. '","year":2001}'
  return wrk.format("POST", "/movie/library/metadata/matches", headers, title)
end
"""


def watch_mixed_traffic(folder, item):
    """Memory a minute, with caches small enough to be full by then: what grows after that is a leak."""
    cache = {"memoryBytes": 16 << 20, "diskBytes": 128 << 20}
    usher, port, _ = start_usher(folder, cache)
    write(folder + "/mixed.lua", MIXED.replace("%ITEM%", "/movie" + item))
    load = subprocess.Popen(
        ["nice", "wrk", "-t1", "-c64", f"-d{MIXED_MINUTES * 60 + 5}s", "-s", folder + "/mixed.lua",
         f"http://127.0.0.1:{port}/"], stdout=subprocess.PIPE, text=True)
    STARTED.append(load)
    minutes = []
    for minute in range(1, MIXED_MINUTES + 1):
        # The middle of ten looks: one may fall into a burst.
        looks = []
        for _ in range(10):
            time.sleep(6)
            looks.append((resident(usher.pid, "RssAnon"), resident(usher.pid)))
        minutes.append(statistics.median(look[0] for look in looks))
        disk = os.path.getsize(folder + "/data/usher.sqlite") / 1e6
        print(f"minute {minute}: {minutes[-1]:.1f} MB of its own, {looks[-1][1]:.1f} MB resident with what is mapped "
              f"of files, store {disk:.0f} MB", flush=True)
    text = load.communicate()[0]
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    print(f"mixed traffic: {float(rate.group(1)):,.0f} requests/s")
    if MIXED_MINUTES > 2:
        growth = minutes[-1] / minutes[1] - 1
        print(f"memory after minute {MIXED_MINUTES} against minute 2: {growth:+.1%} (at most +5 % is right)")
        if growth > 0.05:
            sys.exit(1)


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 16384), hard))
    folder = tempfile.mkdtemp(prefix="usher-bench-")
    os.chmod(folder, 0o755)  # nginx's workers run as another user
    write(folder + "/films/The Long Credits (1999)/movie.nfo", big_film())
    starts = []
    for _ in range(5):
        usher, usher_port, milliseconds = start_usher(folder)
        idle = resident(usher.pid)
        starts.append(milliseconds)
        usher.send_signal(signal.SIGTERM)
        usher.wait()
    usher, usher_port, milliseconds = start_usher(folder)
    base = f"http://127.0.0.1:{usher_port}/movie"
    hints = {"type": 1, "title": "The Long Credits", "year": 1999}
    match = json.loads(request(base + "/library/metadata/matches", hints))
    item = base + match["MediaContainer"]["Metadata"][0]["key"]
    bodies = {"item.json": request(item), "root.json": request(base)}
    for name, body in bodies.items():
        write(f"{folder}/static/{name}", body.decode())
    nginx, nginx_port = start_nginx(folder)
    write(folder + "/match.lua", f"wrk.method = 'POST'\nwrk.body = '{json.dumps(hints)}'\n"
          "wrk.headers['Content-Type'] = 'application/json'\n")
    static = f"http://127.0.0.1:{nginx_port}/"
    results = measure([
        ("nginx item", static + "item.json", None),
        ("GET metadata", item, None),
        ("POST match", base + "/library/metadata/matches", folder + "/match.lua"),
        ("nginx root", static + "root.json", None),
        ("root document", base, None),
    ])
    busy = resident(usher.pid)
    usher.send_signal(signal.SIGTERM)
    usher.wait()
    yardstick = {"GET metadata": "nginx item", "POST match": "nginx item", "root document": "nginx root"}
    print(f"{len(bodies['item.json'])} bytes an item, {len(bodies['root.json'])} a root document; "
          f"{os.cpu_count()} cores; wrk on the same machine; median of {ROUNDS} rounds of {SECONDS} s\n")
    print("| what | connections | requests/s | p50 ms | p99 ms | ratio to nginx | p99 to nginx |")
    print("|---|---|---|---|---|---|---|")
    for (name, connections), (rate, half, most) in results.items():
        other = results.get((yardstick.get(name), connections))
        ratios = f"{rate / other[0]:.2f} | {most / other[2]:.2f}" if other else "1 | 1"
        print(f"| {name} | {connections} | {rate:,.0f} | {half:.3f} | {most:.3f} | {ratios} |")
    print(f"\nstart to first answer: {statistics.median(starts):.0f} ms (median of 5); "
          f"resident memory: idle with all plugins {idle:.1f} MB, after the load {busy:.1f} MB")
    if MIXED_MINUTES > 0:
        watch_mixed_traffic(folder, match["MediaContainer"]["Metadata"][0]["key"])


try:
    main()
finally:
    end_all()
