"""What the data mean, for people who did not collect them: plain words first, codes and headings behind them."""

import streamlit as st

from vrin_ui.dictionary import dictionary_parts
from vrin_ui.wording import plain

st.title("Data dictionary", anchor=False)
st.markdown(
    "What each partner's data mean, what to beware of, and whom to ask. Codes, headings and tables stand behind "
    "the lines that open."
)
dictionary_parts.search()
feed, senders, _ = dictionary_parts.choose()

st.header(plain(feed.name), anchor=False)
dictionary_parts.feed_words(feed, senders)

st.header("What each field means", anchor=False)
dictionary_parts.fields(feed)
dictionary_parts.downloads(feed, senders)

st.header("Behind the feeds", anchor=False)
dictionary_parts.tables()
