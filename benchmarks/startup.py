"""How long ``reticent --version`` and ``import reticent`` take, as multiples of an interpreter that does nothing.

python benchmarks/startup.py                        # 15 rounds, a few seconds
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median

from measuring import Usage, in_turns, medians, run_child, verdict

BOUND = 6.0


def commands() -> dict[str, list[str]]:
    """What is compared; the console script where one is installed beside this interpreter."""
    script = Path(sys.executable).with_name("reticent")
    own = [str(script)] if script.exists() else [sys.executable, "-m", "reticent"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "reticent --version": [*own, "--version"],
        "import reticent": [sys.executable, "-c", "import reticent"],
    }


def main() -> None:
    """Reads the command line and prints the table."""
    parser = argparse.ArgumentParser(description="Start-up of the command and of the library.")
    parser.add_argument("--rounds", type=int, default=15, help="default: %(default)s")
    args = parser.parse_args()
    contestants = {name: lambda command=command: run_child(command) for name, command in commands().items()}
    in_turns(contestants, 2)  # files are cached from here on
    usages: dict[str, list[Usage]] = in_turns(contestants, args.rounds)
    base = usages["python -c pass"]
    print(f"{'median of ' + str(args.rounds):<22}{'CPU ms':>8}{'wall ms':>9}{'ratio':>8}")
    for name, given in usages.items():
        use = medians(given)
        ratio = median(own.cpu_s / other.cpu_s for own, other in zip(given, base, strict=True))
        told = verdict(ratio, BOUND, BOUND) if name.startswith("reticent") else ""
        print(f"{name:<22}{use.cpu_s * 1e3:>8.1f}{use.wall_s * 1e3:>9.1f}{ratio:>8.2f}  {told}".rstrip())


if __name__ == "__main__":
    main()
