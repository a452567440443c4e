"""The dashboard as a process of its own, for tests that drive it from outside."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
READY_S = 60
END_S = 5


@contextmanager
def running(store: Path) -> Iterator[str]:
    """The address of a fresh server on this store; it has had no request but the one for /ready."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "VRIN_STORE": str(store)}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(server, address)
        yield address
    finally:
        end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """End a server as start.py does: now and then it waits for good for a connection that a browser left open."""
    server.terminate()
    try:
        server.wait(timeout=END_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait for /ready; an error where the server ends before, or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(READY_S * 10):
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with exit code {server.returncode}.")
        try:
            with opener.open(f"{address}/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {READY_S} seconds.")
