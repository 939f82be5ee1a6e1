"""HTTP beside Streamlit: what a script cannot do, such as setting a cookie."""
