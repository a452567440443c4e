"""Start VRIN, or test it, on a bare Python.

    python start.py                  make .venv, build the sample store if there is none, open the dashboard
    python start.py test [...]       the same environment with the test tools: ruff, mypy, pytest [...]
                                     (a test a core at a time; -n 0 runs one after another)

Standard library only. A second run finds everything in place and goes straight on.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
import webbrowser
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        "VRIN needs Python 3.11 or newer; this is Python %d.%d. Install a newer one and run "  # noqa: UP031
        "start.py with that." % sys.version_info[:2]
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FIRST_PORT = 8501
READY_SECONDS = 90
# A process of tests wants a core and about a gigabyte; one that breaks off has failed, and is not begun again.
SPREAD = ("-n", "auto", "--maxprocesses", "4", "--max-worker-restart", "0")


def main(arguments: list[str]) -> int:
    """The exit code of what was asked for: 0 done, 1 failed, 2 not understood."""
    os.chdir(ROOT)
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    if arguments:
        print(__doc__)
        return 0 if arguments[0] in ("-h", "--help", "help") else 2
    make_environment("requirements.txt")
    build_sample()
    return serve(free_port(FIRST_PORT))


# --- the environment ---------------------------------------------------------------------------------


def make_environment(*requirement_files: str) -> None:
    """Make .venv where it is missing or broken and install each file that changed since last time."""
    if not works(venv_python()):
        make_venv()
    for name in requirement_files:
        mark = VENV / (name + ".installed")
        if not mark.exists() or mark.read_text() != fingerprint(name):
            install(name)
            mark.write_text(fingerprint(name))


def make_venv() -> None:
    print("Making the environment in .venv ...", flush=True)
    try:
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    except subprocess.CalledProcessError:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "Python could not make an environment: its 'venv' or 'ensurepip' part is missing. On Debian "
            "and Ubuntu: apt-get install python3-venv. Then run start.py again."
        )


def install(name: str) -> None:
    """Install one requirements file with pip, one line of progress; stop with its last words if it fails."""
    total = sum(1 for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#"))
    print(f"Installing {total} packages of {name} (once; a minute or two) ...", flush=True)
    command = [
        venv_python(),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
        "-r",
        str(ROOT / name),
    ]
    lines, seen = [], 0
    with subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=child_environment(),
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            if line.startswith(("Collecting ", "Requirement already")):
                seen += 1
                progress(f"  {min(seen, total)} of {total} found")
            elif line.startswith("Installing collected"):
                progress(f"  {total} of {total} found, installing")
    progress("")
    if pip.returncode:
        print("\n".join(lines[-8:]), file=sys.stderr)
        sys.exit(
            f"\npip could not install {name}; its last words are above. The first run needs a network "
            "connection, or a package mirror that pip is set up for. Run start.py again when there is one."
        )


def progress(text: str) -> None:
    """Overwrite the current line of a terminal; say nothing into a file."""
    if sys.stdout.isatty():
        print("\r" + text.ljust(60), end="" if text else "\r", flush=True)


def fingerprint(name: str) -> str:
    """What an installation depends on: this Python, and the file."""
    python = "{}.{}.{} {}".format(*sys.version_info[:3], sys.platform)
    return hashlib.sha256(python.encode() + (ROOT / name).read_bytes()).hexdigest()


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(python: Path) -> bool:
    """Whether this interpreter starts, has pip and is of the version that runs start.py."""
    check = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])!r})"
    return python.exists() and subprocess.run([str(python), "-c", check], capture_output=True).returncode == 0


def child_environment() -> dict[str, str]:
    """The environment without settings that would let another Python's packages in."""
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}


def run(*arguments: str) -> int:
    """The exit code of the environment's Python run with these arguments, its output shown as it comes."""
    return subprocess.run([str(venv_python()), *arguments], cwd=ROOT, env=child_environment()).returncode


# --- the dashboard -----------------------------------------------------------------------------------


def build_sample() -> None:
    """Build the sample store unless a store is there."""
    store = Path(os.environ.get("VRIN_STORE") or ROOT / "store")
    if (store / "builds" / "current").exists():
        return
    print(f"Building the sample store in {store} (once; simulated data) ...", flush=True)
    if run("-m", "vrin_data", "--store", str(store), "sample"):
        sys.exit("The sample store could not be built; the lines above say why.")


def free_port(first: int) -> int:
    """The first port from `first` on that nobody on this machine uses."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if os.name != "nt":  # there the option would let two servers share the port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    sys.exit(f"No free port between {first} and {first + 99}. Close another server and run start.py again.")


def serve(port: int) -> int:
    """Run the dashboard until Ctrl-C or until it ends by itself; its exit code."""
    address = f"http://127.0.0.1:{port}"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = subprocess.Popen(
        [
            str(venv_python()),
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            "--logger.level",
            "error",
        ],
        cwd=ROOT,
        env=child_environment(),
        stdout=subprocess.DEVNULL,
    )
    try:
        if not wait_until_ready(server, address):
            sys.exit("The dashboard did not start; the lines above say why.")
        print(f"VRIN is running at {address}  (Ctrl-C stops it)", flush=True)
        if sys.stdout.isatty() and (os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY")):
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        stop(server)


def wait_until_ready(server: subprocess.Popen, address: str) -> bool:
    """Whether the server answers within READY_SECONDS; False at once when it ended."""
    # No proxy: the address is this machine's own, whatever the surroundings set for the rest.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with opener.open(address + "/ready", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def stop(server: subprocess.Popen) -> None:
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            server.kill()
    if sys.stdout.isatty():
        print("Stopped.")


# --- the tests ---------------------------------------------------------------------------------------


def run_tests(pytest_arguments: list[str]) -> int:
    """Lint, types and tests, all three run whatever the first says; 1 if any failed."""
    make_environment("requirements.txt", "requirements-test.txt")
    failed = []
    tests = [*SPREAD, *pytest_arguments]  # what is asked for comes last, and counts
    for name, arguments in (("ruff", ["check", "."]), ("mypy", []), ("pytest", tests)):
        print(f"== {name} {' '.join(arguments)}".rstrip(), flush=True)
        if run("-m", name, *arguments):
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
