"""Rejected rows."""

import streamlit as st

st.title("Rejected rows", anchor=False)
