"""The Streamlit app: pages, the map host, and what the server gives to outsiders."""
