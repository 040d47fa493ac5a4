"""Which examples Hypothesis draws: new ones with every `pytest`, the same ones with `python -m tests`, so that the gate
fails for what was changed and not for the day's dice."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
