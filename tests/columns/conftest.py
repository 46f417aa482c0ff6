"""A real Spark and a real PostgreSQL on this machine, each started once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need a program that pip does not bring."""
    for item in items:
        if {"spark", "postgres"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("warehouse")


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.fail("Spark needs Java 17: install openjdk-17-jre-headless (see CONTRIBUTING.md)")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.memory", "2g")
        # A few rows are not worth compiling code for.
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.driver.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A connection to a PostgreSQL server of its own, which no other process can reach."""
    import psycopg

    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(each) for each in [shutil.which("initdb")] if each
    ]
    if not found:
        pytest.fail("these tests need PostgreSQL: install postgresql (see CONTRIBUTING.md)")
    programs = found[-1].parent
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="sg-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)

        def run(program: str, *arguments: str) -> None:
            subprocess.run([programs / program, *arguments], check=True, user=user, cwd=folder,
                           stdout=subprocess.DEVNULL)  # fmt: skip

        data = str(folder / "data")
        run("initdb", "-D", data, "-U", "tests", "--auth=trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            with psycopg.connect(host=str(folder), user="tests", dbname="postgres") as connection:
                yield connection
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
