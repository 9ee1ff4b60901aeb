"""Measures, compares with budgets and baseline. Started by run.sh."""

import argparse
import json
import os
import shutil
import subprocess
import sys

import terraform

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.join(HERE, "../../build/release/bin")
BENCH = os.path.join(BIN, "bench")
STACKCTL = os.path.realpath(os.path.join(BIN, "stackctl"))
BASELINE = os.path.join(HERE, "baseline.json")

# figure, budget (None: none), where it stands
ROWS = [
    ("start, CPU (ms)", 5, "start cpu_seconds", 1e3),
    ("start, peak memory (MB)", 15, "start peak_megabytes", 1),
    ("plan of 1,000 resources, offline, CPU (ms)", None, "offline create 0 cpu_seconds", 1e3),
    ("plan of 10,000 resources, offline, CPU (ms)", 150, "offline create 1 cpu_seconds", 1e3),
    ("the same, peak memory (MB)", 150, "offline create 1 peak_megabytes", 1),
    ("the same, nothing to do, CPU (ms)", 150, "offline quiet 1 cpu_seconds", 1e3),
    ("plan of 100,000 resources, offline, CPU (ms)", 2000, "offline create 2 cpu_seconds", 1e3),
    ("plan beside 1,000 owned objects of 8 types, calls", 30, "plan calls", 1),
    ("the same, CPU (ms)", None, "plan cpu_seconds", 1e3),
    ("apply of 1,000 objects, makespan ÷ bound", 1.05, "engine 0 slow makespan_ratio", 1),
    ("apply of 10,000 objects, makespan ÷ bound", 1.05, "engine 1 slow makespan_ratio", 1),
    ("apply of 10,000, engine CPU a call (µs)", 10, "engine 1 slow engine_microseconds_per_call", 1),
    ("the same at 500 writes a second, makespan ÷ bound", None, "engine 1 fast makespan_ratio", 1),
    ("apply of 1,000, provider and simulator, makespan ÷ bound", None, "apply 0 makespan_ratio", 1),
    ("apply of 10,000, provider and simulator, makespan ÷ bound", None, "apply 1 makespan_ratio", 1),
    ("the same, whole CPU a call (µs)", None, "apply 1 whole_microseconds_per_call", 1),
    ("waiting for 500 members, calls", None, "members calls", 1),
    ("the example, makespan ÷ that of an impatient client", 1.05, "example makespan_ratio", 1),
]


def bench(*words):
    printed = subprocess.run([BENCH, *map(str, words)], check=True, capture_output=True, text=True).stdout
    return json.loads(printed)


def part(name, *numbers):
    return bench(name, *numbers)[name]


def run(command, folder, environment, patience):
    """What a command costs; nothing when it takes too long."""
    try:
        printed = subprocess.run(
            [BENCH, "run", "1", "timeout", "-k", "10", str(patience), *command],
            check=True, capture_output=True, text=True, cwd=folder, env={**os.environ, **environment}).stdout
    except subprocess.CalledProcessError as fault:
        sys.exit("%s: %s" % (" ".join(command), fault.stderr))
    cost = json.loads(printed)
    if cost["exit_code"] in (124, 137):
        return None
    if cost["exit_code"] != 0:
        sys.exit("%s: exit code %d" % (" ".join(command), cost["exit_code"]))
    return {name: cost[name] for name in ("cpu_seconds", "wall_seconds", "peak_megabytes")}


def engine(objects):
    """The run that was disturbed least: virtual time is the same in all."""
    runs = [part("engine", objects) for _ in range(3)]
    return min(runs, key=lambda figures: figures["slow"]["engine_microseconds_per_call"])


def beside_terraform(sizes):
    figures = {"stackctl": [terraform.stackctl(run, STACKCTL, size) for size in sizes]}
    if shutil.which("terraform") is None:
        print("no terraform here: nothing is compared with it", file=sys.stderr)
        return figures
    figures["terraform"] = [terraform.terraform(run, size) for size in sizes]
    return figures


def measure(quick):
    sizes = [1000] if quick else [1000, 10000]
    figures = {
        "start": bench("run", 50, STACKCTL, "--version"),
        "offline": part("offline", *sizes, *([] if quick else [100000])),
        "plan": part("plan", 1000),
        "engine": [engine(size) for size in sizes],
        "apply": [part("apply", size) for size in sizes],
        "members": part("members", 500),
        "example": part("example"),
    }
    if not quick:
        figures["beside_terraform"] = beside_terraform(sizes)
    return figures


def find(figures, path):
    for word in path.split():
        try:
            figures = figures[int(word) if word.isdigit() else word]
        except (KeyError, IndexError, TypeError):
            return None
    return figures


def number(value):
    return "-" if value is None else "%.3g" % value if value < 1000 else "%.0f" % value


def compare(figures, baseline):
    """Prints the table; returns what misses its budget."""
    missed = []
    print("%-60s %9s %9s %12s" % ("", "budget", "measured", "÷ baseline"), file=sys.stderr)
    for name, budget, path, factor in ROWS:
        value, before = find(figures, path), find(baseline, path)
        if value is None:
            continue
        ratio = "%.2f" % (value / before) if before else "-"
        late = budget is not None and value * factor > budget
        missed += [name] if late else []
        print("%-60s %9s %9s %12s%s" % (name, number(budget), number(value * factor), ratio,
                                        "  MISSED" if late else ""), file=sys.stderr)
    return missed


def compare_programs(figures):
    for program, rows in figures.get("beside_terraform", {}).items():
        for row in rows:
            for what in ("create", "quiet_plan"):
                cost = row.get(what)
                if cost is None:
                    continue
                text = cost if isinstance(cost, str) else "%7.2f s CPU %8.1f MB" % (
                    cost["cpu_seconds"], cost["peak_megabytes"])
                print("%-10s %6d resources %-10s %s" % (program, row["resources"], what, text), file=sys.stderr)


def main():
    arguments = argparse.ArgumentParser()
    for flag in ("--check", "--accept", "--quick"):
        arguments.add_argument(flag, action="store_true")
    wanted = arguments.parse_args()
    baseline = {}
    if os.path.exists(BASELINE):
        with open(BASELINE, encoding="utf-8") as file:
            baseline = json.load(file)
    figures = measure(wanted.quick)
    text = json.dumps(figures, indent=1, sort_keys=True)
    print(text)
    missed = compare(figures, baseline)
    compare_programs(figures)
    if wanted.accept:
        with open(BASELINE, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    return 1 if wanted.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
