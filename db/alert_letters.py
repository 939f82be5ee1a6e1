"""An alert to those who run a study, in the words this studio gave such letters."""

from sqlmodel import Session

from casework.messages import Message
from casework.messages import wording as say
from casework.messages.templates import TemplateName, render
from db import letter_templates
from db.studies import StudyRow


def compose(
    session: Session, study: StudyRow, what: str, text: str, *, name: str, email: str
) -> Message:
    """The letter to one address.

    `what` is half a sentence for the subject, `text` a plain sentence or two; neither holds
    customers' names or words.
    """
    template = letter_templates.current(session, TemplateName.ALERT)
    values = say.of_study(study) | {"name": name, "what": what, "alert": text}
    written = render(template, values)
    return Message(
        kind=template.name.kind,
        name=name,
        email=email,
        subject=written.subject,
        body=written.body,
        template=template.reference,
        study_id=study.id,
    )
