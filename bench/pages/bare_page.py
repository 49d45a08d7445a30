"""A bare Streamlit page: an era slider, and its value printed. What a step costs at least."""

import streamlit as st

era = st.select_slider("Era", options=[str(number) for number in range(11)])
st.write(f"value {era}")
