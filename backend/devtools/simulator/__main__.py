"""Run the payment simulator on loopback until it is ended."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from devtools.simulator.server import Simulator


def main() -> int:
    """Serve; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m devtools.simulator", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--state", type=Path, help="a file in which its money outlives it")
    asked = parser.parse_args()
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_serve(Simulator(asked.port, asked.state)))
    return 0


async def _serve(simulator: Simulator) -> None:
    task = asyncio.ensure_future(simulator.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    await task


if __name__ == "__main__":
    sys.exit(main())
