"""What a search needed for a moment goes back to the machine."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
import sys
from pathlib import Path
import numpy as np
from aardekast.memory import give_back_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

if sys.argv[1] == "gives back":
    give_back_memory()
np.ones(16 << 20, dtype=np.uint8)  # freed at once: from now on glibc keeps arrays up to this size on its heap
before = resident()
arrays = [np.ones(3 << 20, dtype=np.uint8) for _ in range(5)]
last = np.ones(1000)
del arrays
print(resident() - before)
"""


def kept(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's malloc is what keeps it")
def test_freed_arrays_do_not_stay_with_the_process() -> None:
    assert kept("as it comes") > 10 << 20, "else nothing is shown"
    assert kept("gives back") < 1 << 20
