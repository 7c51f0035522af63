#!/usr/bin/env python3
"""Replay many plans: each folder below FOLDER holds start.json, batches/ and rollback/.

Each is led through its batches and back by the replay model. Where botocore and the checker
beside the checkout (../shared/tools/check_change_batch.py, or in $ZONECUT_SHARED) are there, every
file is also held against the constraints of the API model. Exit status 1: something differs.
"""

import contextlib
import importlib.util
import io
import os
import sys
from pathlib import Path

import replay

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def load_checker():
    """The function that checks a change batch against the API model; None where it is absent."""
    shared = Path(os.environ.get("ZONECUT_SHARED") or CHECKOUT.parent / "shared")
    file = shared / "tools" / "check_change_batch.py"
    try:
        spec = importlib.util.spec_from_file_location("check_change_batch", file)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    except (ImportError, OSError):
        return None
    return module.check


def replayed(folder):
    """What replaying one plan says, and whether all was as expected."""
    said = io.StringIO()
    rollback = ["--rollback", str(folder / "rollback")] if (folder / "rollback").exists() else []
    batches = [str(folder / "batches")] if (folder / "batches").exists() else []
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = replay.main([
            "--start", str(folder / "start.json"), *batches, "--zone-id", "ZTEST", *rollback,
            "--back-to", str(folder / "start.json")])
    return status == 0, said.getvalue().strip()


def main():
    folders = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_dir())
    check = load_checker()
    problems = files = 0
    for folder in folders:
        fine, said = replayed(folder)
        if not fine:
            problems += 1
            print(f"{folder.name}: {said}")
        for file in sorted(folder.glob("*/*.json")) if check else []:
            files += 1
            for line in check(replay.load_batch(file)):
                problems += 1
                print(f"{folder.name}/{file.name}: {line}")
    checked = f"{files} files within the API model" if check else "the API model is not at hand"
    print(f"{len(folders)} plans replayed, {checked}, {problems} problems")
    return 1 if problems or not folders else 0


if __name__ == "__main__":
    sys.exit(main())
