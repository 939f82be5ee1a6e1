"""Whether the people of an activity are like the customers they stand for."""

import pandas as pd
import streamlit as st

from casework.cohort import sentence
from casework.text import escape_markdown
from db import cohorts
from db.activities import ActivityRow
from db.engine import Session


def show_cohort(session: Session, activity: ActivityRow) -> None:
    """The sentence for the summary, and each value's share in the group and in the base."""
    shares = cohorts.shares(session, activity)
    if not shares:
        return
    said = escape_markdown(sentence(shares))
    if any(share.warning for share in shares):
        st.warning(said, icon=":material/diversity_3:")
    else:
        st.info(said, icon=":material/diversity_3:")
    with st.expander("Shares in the group and among all customers", icon=":material/table:"):
        table = pd.DataFrame(
            {
                "Attribute": [share.attribute.label for share in shares],
                "Value": [share.value for share in shares],
                "Group": [100 * share.group_share for share in shares],
                "All customers": [100 * share.base_share for share in shares],
                "Unlike": ["unlike" if share.warning else "" for share in shares],
            }
        )
        percent = st.column_config.NumberColumn(format="%.0f%%")
        st.dataframe(
            table,
            hide_index=True,
            column_config={"Group": percent, "All customers": percent},
            alt="Each value's share in the group and among all customers",
        )
