"""The guided tour of the demonstration: six stops, from the loyal customers to a GO."""

from casework.record import Line, Prose, Record


class Stop(Record):
    """One stop: what to look at there, on which page, for which build where that matters."""

    title: Line
    text: Prose
    page: Line
    build: str | None = None


TOUR = (
    Stop(
        title="Meet the loyal customers",
        text="Seven thousand people played Clash of Armies. Three in ten count as loyal, by how "
        "recently, how often and for how much they bought. These are the people to ask.",
        page="customers",
    ),
    Stop(
        title="Hear a veto",
        text="Eight of them met before much was built. Read what they like, what they would "
        "build themselves, and the veto: what nobody at the pizza table had seen.",
        page="host_meeting",
    ),
    Stop(
        title="Read what testers wrote",
        text="In build 0.9.0 the Grinch catches Santa. Choose “Offended” to read what that did; "
        "the marked words say why each text reads as it does.",
        page="read_feedback",
    ),
    Stop(
        title="See why 0.9.0 must not ship",
        text="The limits were registered before the first answer. The verdict is NO-GO, and its "
        "first reason is offence, with the number of people, the interval and a quote.",
        page="read_verdict",
        build="0.9.0",
    ),
    Stop(
        title="Review the concern",
        text="Build 0.9.1 changed the scene. Every figure is fine, and still it is on HOLD: "
        "loyal people raised a matter of values. Read it, write your judgement, sign it.",
        page="read_verdict",
        build="0.9.1",
    ),
    Stop(
        title="Tell them, then bring your own",
        text="With the review on file 0.9.1 is a GO for a staged release. Participants are told "
        "what became of their words. Next: import your own customers and start your own study.",
        page="tell_back",
    ),
)
