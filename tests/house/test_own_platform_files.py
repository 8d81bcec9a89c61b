"""A site's own platforms: from a file that its settings name, or from an installed package; and what is said of a file that cannot be used."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.documents import DOCS, blocks
from support.paths import ROOT, TESTS

from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings, load

RECORD = blocks(DOCS / "own-platform.md", "python")[0]


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    environ |= {
        "PYTHONPATH": os.pathsep.join([str(folder / "packages"), str(TESTS), str(ROOT)]),
        "SHARIFF_CONFIG": "site/shariff.toml",
    }
    return subprocess.run(
        [sys.executable, "-m", "support.join_own_platforms"],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def install(folder: Path, record: str) -> None:
    """A package with an entry point, as an installer leaves it."""
    about = folder / "packages" / "town_platforms-1.0.dist-info"
    (folder / "packages" / "town_platforms").mkdir(parents=True)
    about.mkdir()
    (folder / "packages" / "town_platforms" / "__init__.py").touch()
    (folder / "packages" / "town_platforms" / "regio.py").write_text(record)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: town-platforms\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[shariff_py.platforms]\nregio_tube = town_platforms.regio\n")


@pytest.mark.subprocess
def test_platforms_join_from_files_and_packages_whatever_was_used_before(tmp_path: Path) -> None:
    platforms = tmp_path / "site" / "platforms"
    platforms.mkdir(parents=True)
    (platforms / "town_tube.py").write_text(RECORD)
    (tmp_path / "site" / "shariff.toml").write_text('platform_files = ["platforms/town_tube.py"]\n')
    shutil.copy(TESTS / "support" / "unknown_platform.py", tmp_path / "stranger.py")
    install(tmp_path, RECORD.replace("town_tube", "regio_tube").replace("towntube", "regiotube"))

    done = run(tmp_path)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "before": [["linked", "regio_tube"]],
        "domains before": False,
        "file": [["linked", "town_tube"], ["linked", "regio_tube"]],
        "domains": True,
        "twice": True,
        "variable": [["linked", "town_tube"], ["linked", "stranger"], ["linked", "regio_tube"]],
        "shared": [["shariff-button stranger", "M2 2h20v20H2z"]],
        "counts": True,
        "stub": 1,
        "company": "TownTube Cooperative",
        "frame": "https://player.towntube.example/embed/ab12cd?quiet=1",
        "same name": "platform_files: other.py: name: TownTube is named 'town_tube'. Choose another name.",
        "same host": "platform_files: other.py: hosts: 'towntube.example' overlaps 'towntube.example', a host of TownTube. "
        "Leave it to town_tube, or write the host that is this platform's alone. And 1 more: "
        "shariff_py.testing.check_platform shows all.",
        "corrected": ["", True],
    }


@pytest.mark.subprocess
def test_a_package_that_cannot_be_imported_is_named(tmp_path: Path) -> None:
    install(tmp_path, "import town_nothing\n")

    done = run(tmp_path)

    assert (
        "shariff_py.platforms: regio_tube: 'town_platforms.regio' cannot be imported: ModuleNotFoundError"
        in done.stderr
    )
    assert "Correct the package that has this entry point, or uninstall it." in done.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "platform_files: FILE: there is no such file. Correct the path"),
        (
            "x = (\n",
            r"platform_files: FILE: cannot be read, line 1: SyntaxError: '\(' was never closed. Correct it there.",
        ),
        ("\n\nraise SystemExit(3)\n", "platform_files: FILE: cannot be read, line 3: SystemExit: 3. Correct it there."),
        (
            "import town_nix\n",
            "cannot be read, line 1: ModuleNotFoundError: No module named 'town_nix'. Correct it there.",
        ),
        ("\ndef f():\n    return 1 / 0\n\nf()\n", "cannot be read, line 3: ZeroDivisionError: division by zero."),
        ("x = '\0'", "platform_files: FILE: cannot be read"),
        ("x = 1\n", r"platform_files: FILE: has no PLATFORM. Write PLATFORM = Platform\(...\) in it."),
        ("PLATFORM = {}\n", "platform_files: FILE: PLATFORM: is no Platform."),
        (f"{RECORD}SOURCE = 1\n", "platform_files: FILE: SOURCE: is no CountSource."),
        (f"{RECORD}STUBS = 1\n", "platform_files: FILE: STUBS: is no tuple of Stub."),
        (
            RECORD.replace('("towntube.example",)', '("towntube.example")'),
            "FILE: hosts: is of the type str, not tuple.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_line_or_the_field_and_the_cure(
    content: str | None, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "town.py"
    if content is not None:
        file.write_text(content)

    with pytest.raises(ConfigurationError, match=message.replace("FILE", str(file))) as refused:
        Settings.from_mapping({"platform_files": [str(file)]})
    assert refused.value.__cause__ is None


def test_a_path_in_the_configuration_file_is_relative_to_that_file(tmp_path: Path) -> None:
    (tmp_path / "shariff.toml").write_text('platform_files = ["below/town.py"]\n')

    with pytest.raises(ConfigurationError, match=f"platform_files: {tmp_path}/below/town.py: there is no such file"):
        load(file=tmp_path / "shariff.toml", environ={})


def test_what_is_no_list_of_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shariff.toml").write_text('platform_files = "town.py"\n')

    with pytest.raises(ConfigurationError, match="platform_files: is not a list"):
        load(file=tmp_path / "shariff.toml", environ={})
