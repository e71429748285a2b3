"""What Lighthouse says of front, results and resource page: a gate on what is exact, the median of what is measured.

    python benchmarks/lighthouse.py --gate         # accessibility, best practices and SEO must each be 100
    python benchmarks/lighthouse.py [--runs 5]     # and performance, as the median of so many runs

Wants node and Chromium, and Lighthouse itself: `npm ci --ignore-scripts --prefix benchmarks/lighthouse` installs the
version that is locked there. The site is `aardekast serve` over the project's own cards. Nothing but loopback is
asked: Chromium may look up no host but 127.0.0.1, and Lighthouse reports no errors home. Performance is that of
Lighthouse's slow phone (simulated throttling); it falls on a busy machine, so it is printed and only the rest gated.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from load_servers import aardekast

LIGHTHOUSE = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'",
)
GATED = ("accessibility", "best-practices", "seo")
PERFORMANCE, WANTED = "performance", 95
QUESTION = "kriisiplaan"
PATIENCE = 180  # seconds for one page


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs that are run."""

    node: str
    chromium: str

    @classmethod
    def found(cls) -> Tools:
        """Those of this machine; leaves with what to install where one is missing."""
        node = shutil.which("node")
        if node is None:
            sys.exit("Lighthouse wants node 18.16 or newer. Install it, on Debian with: apt-get install nodejs npm")
        chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
        if chromium is None:
            sys.exit("Lighthouse wants Chromium. Install it, on Debian with: apt-get install chromium")
        if not LIGHTHOUSE.exists():
            sys.exit("Install Lighthouse first: npm ci --ignore-scripts --prefix benchmarks/lighthouse")
        return cls(node, chromium)

    def look_at(self, address: str, categories: Sequence[str]) -> dict[str, Any]:
        """Lighthouse's report on one first visit. Raises CalledProcessError where it did not finish."""
        command = [self.node, str(LIGHTHOUSE), address, "--quiet", "--output=json", "--no-enable-error-reporting"]
        command += [f"--only-categories={','.join(categories)}", f"--chrome-flags={' '.join(FLAGS)}"]
        environ = os.environ | {"CHROME_PATH": self.chromium, "CI": "1"}
        answer = subprocess.run(command, env=environ, check=True, capture_output=True, timeout=PATIENCE)
        report: dict[str, Any] = json.loads(answer.stdout)
        if report.get("runtimeError"):
            sys.exit(f"{address}: {report['runtimeError']['message']}")
        return report


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gate", action="store_true", help="only what must be 100, once for each page")
    parser.add_argument("--runs", type=int, default=5, help="of which the median is printed (5)")
    wanted = parser.parse_args()
    tools = Tools.found()
    with tempfile.TemporaryDirectory() as folder:
        environ = os.environ | {"AARDEKAST_HOME": folder, "PYTHONPATH": str(Path(__file__).parents[1])}
        subprocess.run([sys.executable, "-m", "aardekast", "index"], env=environ, check=True, capture_output=True)
        with aardekast(Path(folder), workers=1, cores=os.sched_getaffinity(0)) as served:
            pages = addresses(served.address)
            missed = gate(tools, pages) if wanted.gate else measure(tools, pages, wanted.runs)
    if missed:
        sys.exit("Missed: " + "; ".join(missed))


def addresses(site: str) -> dict[str, str]:
    """The pages to look at, by their names."""
    with urllib.request.urlopen(f"{site}/api/v1/search?q={QUESTION}", timeout=30) as answer:  # noqa: S310 - loopback
        first = json.load(answer)["hits"][0]["id"]
    return {"front": f"{site}/", "results": f"{site}/otsing?q={QUESTION}", "resource": f"{site}/materjal/{first}"}


def gate(tools: Tools, pages: dict[str, str]) -> list[str]:
    """One look at each page; what is not 100, with the audits that took points."""
    missed = []
    for name, address in pages.items():
        report = tools.look_at(address, GATED)
        print(f"{name:<10}", *(f"{category} {score(report, category):.0f}" for category in GATED))
        missed += [f"{name}: {fault}" for category in GATED for fault in faults(report, category)]
    return missed


def measure(tools: Tools, pages: dict[str, str], runs: int) -> list[str]:
    """The medians of some runs, with what they were measured by; what is below the figures that are wanted."""
    missed = []
    for name, address in pages.items():
        reports = [tools.look_at(address, (PERFORMANCE, *GATED)) for _ in range(runs)]
        if name == "front":
            print(settings(reports[0]), f"Median of {runs} runs.", sep="\n")
        scores = {category: median(score(report, category) for report in reports) for category in (PERFORMANCE, *GATED)}
        print(f"\n{name:<10}", *(f"{category} {value:.0f}" for category, value in scores.items()))
        for audit in ("first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time"):
            print(f"  {audit:<26}{value_of(reports, audit):7.0f} ms")
        print(f"  {'cumulative-layout-shift':<26}{value_of(reports, 'cumulative-layout-shift'):7.3f}")
        print(f"  {'bytes over the wire':<26}{value_of(reports, 'total-byte-weight') / 1000:7.1f} kB")
        missed += [f"{name}: {category} {value:.0f}" for category, value in scores.items() if value < least(category)]
    return missed


def score(report: dict[str, Any], category: str) -> float:
    """Of a hundred."""
    return round(100 * float(report["categories"][category]["score"]))


def least(category: str) -> int:
    """The score that is wanted."""
    return WANTED if category == PERFORMANCE else 100


def value_of(reports: Sequence[dict[str, Any]], audit: str) -> float:
    """The median of what an audit measured."""
    return median(report["audits"][audit]["numericValue"] for report in reports)


def faults(report: dict[str, Any], category: str) -> list[str]:
    """The audits of a category that took points, each with the first place where it did."""
    found = []
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            items = audit.get("details", {}).get("items", [])
            found.append(f"{audit['title']} ({reference['id']}) {json.dumps(items[:1], ensure_ascii=False)[:300]}")
    return found


def settings(report: dict[str, Any]) -> str:
    """By what it was measured."""
    configured, throttling = report["configSettings"], report["configSettings"]["throttling"]
    browser = next(part for part in report["environment"]["hostUserAgent"].split() if "Chrome/" in part)
    axe = report["environment"]["credits"]["axe-core"]
    return (
        f"Lighthouse {report['lighthouseVersion']}, axe-core {axe}, {browser}; "
        f"{configured['formFactor']}, throttling {configured['throttlingMethod']}: {throttling['rttMs']} ms, "
        f"{throttling['throughputKbps']:.0f} kbit/s, CPU {throttling['cpuSlowdownMultiplier']} times slower than this "
        f"machine, whose index is {report['environment']['benchmarkIndex']:.0f}."
    )


if __name__ == "__main__":
    main()
