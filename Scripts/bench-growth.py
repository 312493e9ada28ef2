"""The store as it grows: lookups, inserts, opening, size. Run it with Scripts/bench growth."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

BYTES = int(sys.argv[1]) if len(sys.argv) > 1 else 250
SIZES = [int(size) for size in sys.argv[2:]] or [10_000, 100_000, 1_000_000, 5_000_000]
PROGRAM = os.path.abspath(".build/release/StoreLoad")
# Per entry beside the value: key, row, an index, half-filled pages. And a copy of some of it in the journal.
OVERHEAD = 300


def main():
    folder = tempfile.mkdtemp(prefix="usher-growth-")
    needed = max(SIZES) * (BYTES + OVERHEAD) + (1 << 28)
    if shutil.disk_usage(folder).free < 2 * needed:
        sys.exit(f"{folder} has no room for {needed / 1e9:.1f} GB twice; set TMPDIR, or ask for fewer entries")
    print(f'values of {BYTES} bytes; times in microseconds; "first" are the 20,000 after opening, "smallest" a store\n'
          "of the first size, looked at in turn with the others\n")
    heads = ["entries", "inserts/s", "open", "hit p50", "hit p99", "first p99", "smallest p50", "smallest p99",
             "miss p50", "miss p99", "file"]
    print("| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|")
    rows = []
    command = [PROGRAM, "grow", folder + "/store.sqlite", str(BYTES)] + [str(size) for size in SIZES]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as growth:
        try:
            for line in growth.stdout:
                row = json.loads(line)
                rows.append(row)
                names = ("hitP50", "hitP99", "firstP99", "smallP50", "smallP99", "missP50", "missP99")
                times = [row[name] / 1000 for name in names]
                print(f"| {row['entries']:,} | {row['insertsPerSecond']:,} | {row['openMicroseconds']:,} | "
                      + " | ".join(f"{time:.1f}" for time in times) + f" | {row['fileBytes'] / 1e6:,.0f} MB |", flush=True)
        finally:
            growth.kill()
            shutil.rmtree(folder, ignore_errors=True)
    if len(rows) < len(SIZES):
        sys.exit("the measuring program ended early")
    last = rows[-1]
    half, most = last["hitP50"] / last["smallP50"], last["hitP99"] / last["smallP99"]
    print(f"\nlookups among {last['entries']:,} entries against {rows[0]['entries']:,}, in turn: p50 {half:.2f}, "
          f"p99 {most:.2f} times as long (1.5 at most is right)")
    sys.exit(0 if max(half, most) <= 1.5 else 1)


main()
