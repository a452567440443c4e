"""The launcher: `streamlit run app.py`. What the screens share is in vrin_ui/shell.py."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from vrin_ui.server import MIDDLEWARE, ROUTES, warm  # noqa: E402

# The main script stands outside the folder that holds pages/: beside it, Streamlit would serve a
# page's address without the shell until somebody had opened the front page.
app = st.App(ROOT / "vrin_ui" / "shell.py", lifespan=warm, routes=ROUTES, middleware=MIDDLEWARE)
