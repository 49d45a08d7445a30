"""Sources: the findings, the register of claims, the bibliography."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from geo.app.library import open_library
from geo.app.state import open_state
from geo.model.bibliography import DOI_ADDRESS, cite
from geo.model.features import select_features
from geo.model.wording import load_wording

library = open_library()
open_state(library)
catalogue = library.catalogue
titles = {feature.id: feature.properties["title"] for feature in library.features}
shown_in: dict[str, set[str]] = {
    era.id: {
        feature.id
        for feature in select_features(library.features, era)
        if feature.layer in era.layers
    }
    for era in catalogue.eras
}

label = load_wording().ui["view"]


def list_works(names: Iterable[str]) -> str:
    """Return the citations of some sources."""
    return " · ".join(cite(catalogue.sources[name]) for name in names)


st.title("Sources")
st.markdown(
    "Every feature of the map leads to a work listed here and to a statement of the source text, "
    "the web page *Iran – Russia Relations* of 31 March 2017. The text is not a source of the map: "
    "where research disagrees with it, the finding says so."
)

findings, claims, bibliography = st.tabs(["Findings", "Claims of the text", "Bibliography"])
with findings:
    for claim in catalogue.claims.values():
        if claim.finding or claim.views:
            st.markdown(f"**{claim.id}** The text: {claim.statement}")
            if claim.finding:
                st.markdown(f"Research: {claim.finding}")
                st.caption(list_works(claim.finding_sources))
            for view in claim.views:
                st.markdown(f"{label.format(view.whose)} {view.says}")
                st.caption(list_works(view.sources))
            st.divider()
with claims:
    rows = [
        {
            "Claim": claim.id,
            "Eras": ", ".join(
                era.label
                for era in catalogue.eras
                if claim.id in era.claims or shown_in[era.id] & set(claim.features)
            ),
            "What the text says": claim.statement,
            "Shown by": "; ".join(titles.get(name, name) for name in claim.features),
            "Not mapped because": claim.not_mapped
            or (f"not yet: {claim.pending}" if claim.pending else ""),
        }
        for claim in catalogue.claims.values()
    ]
    st.dataframe(rows, hide_index=True, width="stretch", height=640)
with bibliography:
    works = [
        {
            "Source": source.title,
            "By": source.producer,
            "Citation": cite(source),
            "Link": source.url or None,
            "DOI": f"{DOI_ADDRESS}{source.doi}" if source.doi else None,
            "ISBN": source.isbn,
            "Read": source.read,
            "Licence": source.license,
        }
        for source in sorted(catalogue.sources.values(), key=lambda source: source.producer)
    ]
    st.dataframe(
        works,
        hide_index=True,
        width="stretch",
        height=640,
        column_config={
            "Link": st.column_config.LinkColumn(),
            "DOI": st.column_config.LinkColumn(display_text=f"{DOI_ADDRESS}(.*)"),
        },
    )
