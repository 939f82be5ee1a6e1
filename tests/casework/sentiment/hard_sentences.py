"""Sentences of our own that are easy for a person and hard for a word list: text, side."""

IRONY = (
    ("Oh great, another update that deletes my village.", -1),
    ("Love how I pay twenty dollars and get a loading screen.", -1),
    ("Thanks for ruining the only level my son liked.", -1),
    ("Yeah right, 'optimised'. My phone could fry an egg.", -1),
    ("Nice job breaking the one thing that worked.", -1),
    ("Wow, what a surprise, it froze again.", -1),
    ("So much for the big Christmas event.", -1),
    ("Just what I needed, five ads before breakfast.", -1),
    ("Bravo, you managed to make snow boring.", -1),
    ("If you enjoy staring at error messages, this is perfect.", -1),
    ("Great game if you like losing your progress.", -1),
    ("Best sleeping pill I ever bought.", -1),
)
NEGATION = (
    ("It isn't good.", -1),
    ("Not bad at all.", 1),
    ("I can't say I enjoyed a single minute.", -1),
    ("This is not the fun sleigh ride you promised.", -1),
    ("I don't think it is worth the price.", -1),
    ("You won't regret buying it.", 1),
    ("Hardly any fun after level two.", -1),
    ("Nothing about it works.", -1),
    ("I have never been happier with a phone game.", 1),
    ("It wasn't boring for one second.", 1),
    ("There is no reason to keep it installed.", -1),
    ("Couldn't be better.", 1),
)
SLANG = (
    ("This soundtrack slaps.", 1),
    ("The new map is straight fire.", 1),
    ("Mid at best, ngl.", -1),
    ("The devs cooked with this one.", 1),
    ("Matchmaking is cheeks.", -1),
    ("This sleigh boss is goated.", 1),
    ("Pay to win trash tier.", -1),
    ("Lowkey addicted to it.", 1),
    ("The servers are cooked.", -1),
    ("Peak winter vibes, no cap.", 1),
    ("L update, rip my save.", -1),
    ("♥♥♥♥ this ♥♥♥♥♥♥ game", -1),
)
VALUES = (
    (
        "It is offensive to us to see the Grinch catching Santa Claus as it ruined our "
        "Christmas spirit.",
        -1,
    ),
    ("My little girl cried when they put Santa in a cage.", -1),
    ("You are mocking what our family holds sacred.", -1),
    ("The shaman is a lazy stereotype of my people.", -1),
    ("Kicking the reindeer for points is cruel.", -1),
    ("It respects our traditions and my kids adore it.", 1),
    ("A Christmas level without any faith, heart or shame.", -1),
    ("We had to switch it off in front of the children.", -1),
    ("Using a prayer as a punchline crosses a line.", -1),
    ("Finally a holiday game our whole church group can enjoy.", 1),
    ("The priest as a clown left a bad taste.", -1),
    ("It treats every culture with warmth and care.", 1),
)
ABSENCE = (
    ("No lag, no ads, no crashes.", 1),
    ("Never crashed on my old tablet.", 1),
    ("Finally a game without ads or timers.", 1),
    ("Zero bugs so far.", 1),
    ("They fixed the crash and it runs like a dream.", 1),
    ("You don't have to pay to win.", 1),
    ("Used to be great.", -1),
    ("It would be better if it did not freeze.", -1),
    ("Was fun before the update.", -1),
    ("I wanted to like it.", -1),
    ("Good graphics, but the controls are unusable.", -1),
    ("A bit short, but I enjoyed every second.", 1),
)
HARD_SENTENCES = IRONY + NEGATION + SLANG + VALUES + ABSENCE
