"""The size of a frame is that of the pasted code where it says one in pixels, whichever way it says it."""

from __future__ import annotations

import pytest

from shariff_py.gate.snippet import read_snippet
from shariff_py.gate.written_size import written_size

VIDEO = "https://www.youtube.com/embed/AbCdEfGhIjK"


@pytest.mark.parametrize(
    ("pasted", "size"),
    [
        (f'<iframe src="{VIDEO}"></iframe>', (560, 315)),
        (f'<iframe src="{VIDEO}" width="640" height="360"></iframe>', (640, 360)),
        (f'<iframe src="{VIDEO}" width="100%" height="360px"></iframe>', (560, 360)),
        (f'<iframe src="{VIDEO}" style="width: 100%; height: 500px; border: 0"></iframe>', (560, 500)),
        (f'<iframe src="{VIDEO}" height="360" style="HEIGHT:500.5px!important"></iframe>', (560, 500)),
        (f'<iframe src="{VIDEO}" style="min-height:700px;line-height:20px;max-width:300px"></iframe>', (560, 315)),
        (f'<iframe src="{VIDEO}" width="1" height="99999"></iframe>', (200, 2000)),
        (
            '<div class="calendly-inline-widget" data-url="https://calendly.com/musterstadt/30min" style="min-width:320px;height:640px;"></div>',
            (640, 640),
        ),
    ],
)
def test_pasted_code_says_the_size_of_its_frame(pasted: str, size: tuple[int, int]) -> None:
    embed, _ = read_snippet(pasted)

    assert embed.size == size


@pytest.mark.parametrize(
    "style", ["height:50%", "height:auto", "height:10em", "height:calc(10px + 1em)", "xheight:10px", ""]
)
def test_what_is_no_number_of_pixels_is_no_size(style: str) -> None:
    assert written_size({"style": style, "height": "auto", "width": None}) == {}
