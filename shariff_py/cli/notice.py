"""The compliance documents: privacy notice, record of processing, accessibility passage, and the information as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from markupsafe import Markup

from shariff_py.consent_evidence import keep, verify
from shariff_py.consent_ui.compliance_documents import accessibility_passage, information_as_data, processing_record
from shariff_py.consent_ui.notice import notice as privacy_notice
from shariff_py.settings import load
from shariff_py.web.assets import static_folder

KINDS: Mapping[str, Callable[..., Markup]] = {
    "privacy": privacy_notice,
    "record": processing_record,
    "accessibility": accessibility_passage,
}


@click.command()
@click.option(
    "--kind", type=click.Choice([*KINDS, "data"]), default="privacy", show_default=True, help="Which text to generate."
)
@click.option("--lang", help="Language (default: the site's). Record and accessibility passage: German or English.")
@click.option("--controller", help="The id of the controller it is about (default: all of them).")
@click.option(
    "--archive",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Archive what visitors are shown in this folder, and verify it.",
)
def notice(kind: str, lang: str | None, controller: str | None, archive: Path | None) -> None:
    """Generate the privacy, processing-record and accessibility texts.

    privacy: for the privacy notice. record: GDPR Art. 30(1). accessibility: for the accessibility statement. data: all of it as JSON.

    With --archive only a version of the archive is written: all texts, the releases, the widget's files, and their checksums.
    """
    settings = load()
    if archive is not None:
        version = keep(archive, settings, static_folder(), datetime.now(UTC).date())
        click.echo(f"{version}\nVersions: {verify(archive)}, all unchanged.")
        return
    words = settings.language(lang)
    if kind == "data":
        information = information_as_data(settings, words, controller=controller)
        click.echo(json.dumps(information, ensure_ascii=False, indent=2))
    else:
        click.echo(KINDS[kind](settings, words, controller=controller))
