"""Streamlit pages that are measured."""
